"""`medevac manifest`: a PDF for each flight, for the crew, the hub and those who receive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medevac.cli.instants import checked_instant, parse_instant
from medevac.cli.languages import ManifestLanguage
from medevac.cli.reading import PlanFile, ProblemFile, read_planned
from medevac.cli.screen import aborting, errors, fail, line, output
from medevac.cli.writing import CannotWriteError, prepared_folder, write_all

if TYPE_CHECKING:
    from medevac.papers import Manifest
    from medevac.planner.plan import Plan
    from medevac.planner.reading import ProblemDocument


def manifest(
    problem: ProblemFile,
    plan: PlanFile,
    output_folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the manifests.")
    ],
    flight: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this flight, such as F1; else all of them.")
    ] = None,
    with_proposals: Annotated[
        bool, typer.Option("--with-proposals", help="List patients who have not chosen too, marked as such.")
    ] = False,
    language: Annotated[
        ManifestLanguage, typer.Option("--language", "-l", help="Language of the manifests.")
    ] = ManifestLanguage.EN,
    printed: Annotated[
        str | None,
        typer.Option(
            callback=checked_instant,
            metavar="INSTANT",
            help="The instant that pages name, such as 2026-01-13T18:20Z; else when PLAN was written.",
        ),
    ] = None,
) -> None:
    """Print a manifest for each flight, as PDF.

    Exit codes: 0 written, 2 bad input, or the folder cannot be written.
    """
    with aborting():
        document, decided = read_planned(problem, plan)
        _check_flights(plan, decided, flight)
        from medevac.papers import make_manifests

        manifests = make_manifests(
            document,
            decided,
            language=language.value,
            flight=flight,
            with_proposals=with_proposals,
            printed=_printed(printed, plan),
        )
        _write(output_folder, manifests)
    _tell(document, decided, manifests)
    for one in manifests:
        line(output(), f"Written: {output_folder / one.file_name}")


def _printed(text: str | None, plan: Path) -> datetime:
    """The instant that was asked for, or that of the plan's file."""
    if text is not None:
        return parse_instant(text)
    return datetime.fromtimestamp(plan.stat().st_mtime, UTC).replace(second=0, microsecond=0)


def _check_flights(source: Path, plan: Plan, flight: str | None) -> None:
    flown = [one.id for one in plan.flights]
    if not flown:
        fail(f"{source}: expected a plan with flights, got one without any. Nothing was written.")
    if flight is not None and flight not in flown:
        known = ", ".join(flown)
        fail(f"--flight: expected a flight of the plan ({known}), got {flight}. Nothing was written.")


def _write(folder: Path, manifests: Sequence[Manifest]) -> None:
    try:
        with prepared_folder(folder):
            write_all(folder, {one.file_name: one.pdf for one in manifests})
    except CannotWriteError as error:
        fail(f"{error} Nothing was written.")


def _tell(document: ProblemDocument, plan: Plan, manifests: Sequence[Manifest]) -> None:
    """Say what a reader of the manifests should know: broken rules, and what could not be printed."""
    from medevac.planner.evaluate import evaluate

    console = errors()
    broken = len(evaluate(document.problem, plan).broken)
    if broken:
        told = "1 rule" if broken == 1 else f"{broken} rules"
        line(console, f"The plan breaks {told}: do not fly it. `medevac check` lists them.", "bold red")
    for warning in dict.fromkeys(warning for one in manifests for warning in one.warnings):
        line(console, warning, "yellow")
