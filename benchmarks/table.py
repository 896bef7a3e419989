"""The page of the benchmark: figures and verdicts from what was measured, and the words around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from record import Baseline, Run, Session
from targets import BASELINES, TARGETS, verdict

SIZES = ("W", "M", "L", "XL")
INTRODUCTION = """# Benchmarks of the planner

This page is written by `benchmarks/planner.py` from what it measured; nobody edits it. The problems come
from `benchmarks/instances.py`, the same for ever by size and seed. All patients and hospitals in them are
invented. W is one Boeing 737 for one day with 60 waiting; M has 150 patients, 120 hospitals, 3 aircraft and 8
flights; L 1,000, 400, 8 and 35; XL 5,000, 1,000, 30 and 130.

How to read it:

- *call* is the whole library call `medevac.planner.solve`, each in a fresh process. *compiling* is the part
  of it that numba spent on compiling, or on loading what it had compiled earlier. *import* comes before it.
  The targets of W with warm caches are judged by the whole call; with empty caches compiling is not counted,
  since it happens once on a machine.
- *gap* is (bound − score) / max(1, score): no plan whatever can be better than this one by more.
- *memory* is the most that the process held until the call ended, and the one that finds bounds beside it.
- *flight by flight*: flights in date order, each solved to a gap of 0.1 % over the patients and places that
  are left. *match-then-route*: one model assigns everybody to a hospital by priority, suitability and
  preference with no thought of flights (places, rooms, families and countries' limits are kept; in XL the
  most urgent first, 250 at a time); then flights in date order, each the best for what was assigned. Both run
  in the same process after the call, with everything compiled.
- *gain* is how much higher the score is than the baseline's, as a share of the baseline's.
"""


def page(sessions: Sequence[Session]) -> str:
    """The whole page in Markdown."""
    runs = [run for session in sessions for run in session.runs]
    runs.sort(key=lambda r: (SIZES.index(r.size), r.cache != "warm", r.seed))
    warm = [run for run in runs if run.cache == "warm"]
    parts = [
        INTRODUCTION,
        _origin(sessions),
        _verdicts(runs),
        _plans(warm),
        _baselines(warm),
        _start_up(runs),
        _growth(warm),
        _stages(warm),
        _evaluation(warm),
        _checks(runs),
        _instances(warm),
    ]
    return "\n".join(part for part in parts if part)


def summary(run: Run) -> str:
    """One line on a run, for whoever waits."""
    faults = len(run.faults)
    return (
        f"{run.size} seed {run.seed} ({run.cache} cache): {run.status}, score {run.score:,.2f}, "
        f"gap {_percent(run.gap)}, call {run.call_seconds:.2f} s (compiling {run.compile_seconds:.2f}), "
        f"import {run.import_seconds:.2f} s, {run.memory_mb:,.0f} MB; {_gains(run)}; "
        f"{'every rule holds' if not faults else f'{faults} BROKEN RULES'}"
    )


def _gains(run: Run) -> str:
    found = []
    for name, key in BASELINES.items():
        baseline: Baseline | None = getattr(run, key)
        if baseline is not None:
            gain = _signed(run.gain(baseline))
            found.append(f"{name} {baseline.score:,.2f} in {baseline.seconds:.1f} s (gain {gain})")
    return ", ".join(found) or "no baselines"


# -- parts ---------------------------------------------------------------------------------------------


def _origin(sessions: Sequence[Session]) -> str:
    lines = ["## Where the figures come from\n"]
    for one in sessions:
        lines.append(f"- {one.date}, commit `{one.commit}`, {one.machine}:\n  `{one.command}`")
    return "\n".join(lines) + "\n"


def _verdicts(runs: Sequence[Run]) -> str:
    rows = []
    for target in TARGETS:
        met = verdict(target, runs)
        if met is not None:
            rows.append(
                (target.size, target.kind, target.text, "met" if met.met else "**missed**", met.found)
            )
    return _table("Targets", ("size", "kind", "target", "verdict", "found"), rows)


def _plans(runs: Sequence[Run]) -> str:
    head = (
        "size",
        "seed",
        "score",
        "bound",
        "gap",
        "call s",
        "limit s",
        "placed",
        "flights",
        "memory MB",
        "sha256",
    )
    rows = [
        (r.size, r.seed, _score(r.score), _score(r.bound), _percent(r.gap), f"{r.call_seconds:.2f}",
         f"{r.limit:g}", f"{r.placed} of {r.patients}", f"{r.flights} of {r.flights_offered}",
         f"{r.memory_mb:,.0f}",         f"`{r.sha256[:12]}`")
        for r in runs
    ]  # fmt: skip
    return _table("Plans", head, rows)


def _baselines(runs: Sequence[Run]) -> str:
    head = ["size", "seed", "score"]
    for name in BASELINES:
        head += [name, "in s", "gain"]
    rows = []
    for run in runs:
        made = [getattr(run, key) for key in BASELINES.values()]
        if all(one is None for one in made):
            continue
        cells: list[object] = [run.size, run.seed, _score(run.score)]
        for one in made:
            cells += (
                ["–"] * 3 if one is None else [_baseline(one), f"{one.seconds:.1f}", _signed(run.gain(one))]
            )
        rows.append(cells)
    note = ""
    if any("*" in str(cell) for row in rows for cell in row):
        note = (
            "\n\\* the time limit, or with more than 2,000 patients 256 stop sets, ended the search for at "
            "least one flight before its gap was 0.1 %.\n"
        )
    return _table("Against the baselines", head, rows) + note


def _baseline(one: Baseline) -> str:
    return _score(one.score) + ("" if one.widest_gap <= 1e-3 + 1e-9 else " \\*")


def _start_up(runs: Sequence[Run]) -> str:
    head = (
        "size",
        "seed",
        "compiled before",
        "import s",
        "call s",
        "of it compiling s",
        "call without s",
        "all s",
    )
    rows = [
        (r.size, r.seed, "yes" if r.cache == "warm" else "no", f"{r.import_seconds:.2f}",
         f"{r.call_seconds:.2f}", f"{r.compile_seconds:.2f}", f"{r.call_seconds - r.compile_seconds:.2f}",
         f"{r.import_seconds + r.call_seconds:.2f}")
        for r in runs
    ]  # fmt: skip
    return _table("Start-up and first compilation", head, rows)


def _growth(runs: Sequence[Run]) -> str:
    head = ("size", "patients", "hospitals", "flights", "first plan s", "first bound s", "gap ≤ 6 % s",
            "gap ≤ 2 % s", "call s", "memory MB", "flight by flight s")  # fmt: skip
    rows = []
    for size in SIZES:
        of = [r for r in runs if r.size == size]
        if not of:
            continue
        rows.append((
            size, of[0].patients, of[0].hospitals, of[0].flights_offered,
            _median(of, lambda r: next((p.seconds for p in r.trail if p.score), None)),
            _median(of, lambda r: next((p.seconds for p in r.trail if p.bound is not None), None)),
            _median(of, lambda r: r.seconds_to_gap(0.06)),
            _median(of, lambda r: r.seconds_to_gap(0.02)),
            _median(of, lambda r: r.call_seconds),
            _median(of, lambda r: r.memory_mb, "{:,.0f}"),
            _median(of, lambda r: r.flight_by_flight.seconds if r.flight_by_flight else None),
        ))  # fmt: skip
    words = "\nMedians over the seeds; – where a seed did not come so far within its limit.\n"
    return _table("How time grows", head, rows) + (words if rows else "")


def _stages(runs: Sequence[Run]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in run.stages))
    sizes = [size for size in SIZES if any(run.size == size for run in runs)]
    rows = []
    for name in names:
        cells = [name]
        for size in sizes:
            of = [run for run in runs if run.size == size]
            cells.append(f"{median(run.stages.get(name, 0.0) for run in of):.2f}")
        rows.append(cells)
    return _table("Where the time goes (seconds, medians)", ("stage", *sizes), rows)


def _evaluation(runs: Sequence[Run]) -> str:
    spent = [run.evaluate_ms for run in runs if run.evaluate_ms is not None]
    if not spent:
        return ""
    return (
        "## Judging a plan\n\n"
        f"`evaluate` judges the plan of W in {median(spent):.2f} ms once warm (median of 100 calls, then of "
        f"the seeds; the slowest seed {max(spent):.2f} ms). The target is 20 ms: "
        f"{'met' if max(spent) <= 20 else '**missed**'}.\n"
    )


def _checks(runs: Sequence[Run]) -> str:
    plans = baselines = 0
    broken = []
    for run in runs:
        plans += 1
        broken += [f"{run.size} seed {run.seed}: {fault}" for fault in run.faults]
        for name, key in BASELINES.items():
            one = getattr(run, key)
            if one is not None:
                baselines += 1
                broken += [f"{run.size} seed {run.seed}, {name}: {fault}" for fault in one.faults]
    words = (
        f"The second checker (`tests/oracle/checker.py`, written from the format alone) judged {plans} plans "
        f"and {baselines} plans of baselines, and `evaluate` judged the {plans} plans. "
    )
    told = (
        "No rule is broken." if not broken else "**Broken rules:**\n\n" + "\n".join(f"- {b}" for b in broken)
    )
    return f"## Do the plans obey every rule?\n\n{words}{told}\n"


def _instances(runs: Sequence[Run]) -> str:
    lines = dict.fromkeys(f"- {run.size} seed {run.seed}: `{run.sha256}`" for run in runs)
    return "## SHA-256 of the problem files\n\n" + "\n".join(lines) + "\n" if lines else ""


# -- cells ---------------------------------------------------------------------------------------------


def _table(title: str, head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    titles = list(head)
    lines: list[Sequence[object]] = [titles, ["---"] * len(titles), *rows]
    return (
        f"## {title}\n\n" + "\n".join("| " + " | ".join(str(c) for c in line) + " |" for line in lines) + "\n"
    )


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def _percent(share: float) -> str:
    return "–" if share == float("inf") else f"{100 * share:.3f} %"


def _signed(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:+.2f} %"


def _median(runs: Sequence[Run], of: Callable[[Run], float | None], shape: str = "{:.2f}") -> str:
    found = [of(run) for run in runs]
    known = [value for value in found if value is not None]
    return shape.format(median(known)) if len(known) == len(found) else "–"
