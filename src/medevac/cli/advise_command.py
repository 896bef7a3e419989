"""`medevac advise`: the single change that would help most, and what fixed patients cost."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from medevac.cli.languages import Language
from medevac.cli.plan_folder import OfPage, plan_folder, say_written, write_plan
from medevac.cli.reading import PlanFile, ProblemFile, read_planned
from medevac.cli.screen import ExitCode, aborting, errors, fail, line, output, print_faults, shown
from medevac.planner.faults import FaultsError

if TYPE_CHECKING:
    from medevac.planner.advice import Advice, Pin
    from medevac.planner.advice.candidates import ChangeKind
    from medevac.planner.advice.figures import Figure
    from medevac.planner.plan import Plan
    from medevac.planner.problem import Problem

LONGEST = 120.0  # seconds for the whole call


def advise(
    problem: ProblemFile,
    plan: PlanFile,
    per_kind: Annotated[int, typer.Option(min=1, help="How many changes of each kind are solved.")] = 3,
    seconds: Annotated[float, typer.Option(min=0.1, help="For the whole call.")] = LONGEST,
    pins: Annotated[bool, typer.Option("--pins", help="Price the fixed patients, and nothing else.")] = False,
    output_folder: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write the plan with its pins, and a page with the advice."
        ),
    ] = None,
    language: OfPage = Language.EN,
) -> None:
    """Find the one extra place, seat, layout, stop, aircraft date or closing hour that helps most.

    Each figure is the difference of two solves. Exit codes: 0 advice, 2 bad input.
    """
    with aborting():
        document, decided = read_planned(problem, plan)
        if decided.status == "infeasible":
            fail(f"{plan}: the plan is infeasible. Mend the problem and plan anew before asking for advice.")
        with plan_folder(output_folder) if output_folder is not None else nullcontext():
            try:
                asked = _Asked(document.problem, decided, per_kind, seconds)
                advice = None if pins else asked.advise(pins_too=output_folder is not None)
                if pins or output_folder is not None:
                    decided = asked.price(advice)
            except FaultsError as error:
                print_faults(plan, error)
                raise typer.Exit(ExitCode.BAD_INPUT) from None
            if output_folder is not None:
                proposals = None if advice is None else advice.proposals
                write_plan(output_folder, document, decided, language=language.value, advice=proposals)
    if output_folder is not None:
        say_written(output_folder)


class _Asked:
    """One call: what it is about, and the time that all of its solves share."""

    def __init__(self, problem: Problem, plan: Plan, per_kind: int, seconds: float) -> None:
        self._problem, self._plan, self._per_kind = problem, plan, per_kind
        self._seconds, self._began = seconds, time.monotonic()

    def advise(self, *, pins_too: bool) -> Advice:
        """Find and print advice; leaves a part of the time to the fixed patients where they follow."""
        from medevac.planner.advice import advise as find_advice
        from medevac.planner.advice import releasable_pins
        from medevac.planner.advice.candidates import KINDS

        solves = 1 + self._per_kind * len(KINDS)
        pins = len(releasable_pins(self._problem)) if pins_too else 0
        seconds = self._seconds * solves / (solves + pins)
        advice = find_advice(
            self._problem, self._plan, per_kind=self._per_kind, seconds=seconds, progress=self._tell
        )
        print_advice(output(), advice)
        return advice

    def price(self, advice: Advice | None) -> Plan:
        """Price the fixed patients, and print it; the plan with what they cost."""
        from medevac.planner.advice import price_pins, releasable_pins, with_pins

        priced = price_pins(
            self._problem,
            self._plan,
            seconds=max(0.1, self._seconds - self._elapsed()),
            before=None if advice is None else advice.before,
            progress=self._tell,
        )
        print_pins(output(), priced, len(releasable_pins(self._problem)))
        return with_pins(self._plan, priced)

    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _tell(self, sentence: str) -> None:
        line(errors(), f"{self._elapsed():5.0f} s of {self._seconds:g} · solving {sentence} …")


def print_advice(console: Console, advice: Advice) -> None:
    """Print what was tried, the most helpful first."""
    from medevac.cli.tables import new_table

    proof = "proven the best" if advice.proven else "not proven the best"
    line(console, f"Score as it is: {advice.score:,.2f}, {proof}.")
    best = advice.best
    line(
        console,
        _nothing_helps(advice) if best is None else f"Most helpful: {best.sentence}: {_figure(best.figure)}.",
        "bold cyan",
    )
    console.print()
    table = new_table("Score", "Change")
    for one in advice.proposals:
        table.add_row(_figure(one.figure), Text(shown(one.sentence)))
    console.print(table)
    _print_untried(console, "Not tried, as the time ended", advice.out_of_time, "--seconds")
    _print_untried(console, "Not tried, as others promise more", advice.untried, "--per-kind")


def _nothing_helps(advice: Advice) -> str:
    """What it means that no change was found to help."""
    if all(one.figure.kind == "exact" for one in advice.proposals) and advice.proposals:
        return "None of the changes that were tried helps."
    return "No change that was tried gave a better plan in the time; that proves nothing."


def _print_untried(console: Console, why: str, counts: Mapping[ChangeKind, int], option: str) -> None:
    untried = [f"{count:,} of kind {kind}" for kind, count in counts.items() if count]
    if untried:
        line(console, f"{why}: {', '.join(untried)}. Try more with {option}.")


def _figure(figure: Figure) -> str:
    gain = f"{round(figure.gain, 2) + 0.0:+,.2f}"
    if figure.kind == "exact":
        return gain
    return f"at least {gain}" if figure.kind == "at least" else f"{gain} found, not proven"


def print_pins(console: Console, pins: tuple[Pin, ...], releasable: int) -> None:
    """Print what each fixed patient costs, of so many who could be planned otherwise."""
    from medevac.cli.tables import new_table

    if not releasable:
        line(console, "No patient is fixed who could be planned otherwise.")
        return
    line(console, "What fixed patients cost", "bold cyan")
    console.print()
    table = new_table("Patient", "Fixed to", "Released, the score changes by")
    for pin in pins:
        flight = pin.fixed.flight
        where = (
            pin.fixed.hospital if flight is None else f"{pin.fixed.hospital}, {flight.aircraft} {flight.date}"
        )
        table.add_row(shown(pin.fixed.patient), shown(where), _figure(pin.figure))
    console.print(table)
    if len(pins) < releasable:
        line(console, f"Not priced, as the time ended: {releasable - len(pins)}. Give more with --seconds.")
