"""`medevac import-hospitals`: published lists of hospitals and runways in, hospitals for a problem out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from medevac.cli.screen import (
    ExitCode,
    aborting,
    errors,
    fail,
    line,
    output,
    print_faults,
    print_warnings,
)
from medevac.cli.writing import CannotWriteError, prepared_folder, write_all
from medevac.planner.faults import FaultsError

if TYPE_CHECKING:
    from medevac.tables.facilities import HospitalImport, ImportRule
    from medevac.tables.facilities.published_lists import Facility, PublishedList, RunwayAirport
    from medevac.tables.facilities.stated_places import StatedPlaces

T = TypeVar("T")


@dataclass(frozen=True)
class _Lists:
    """What was read from the files."""

    facilities: PublishedList[Facility]
    runways: PublishedList[RunwayAirport]
    stated: dict[str, StatedPlaces]


def import_hospitals(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The list of hospitals: CSV as Eurostat's.")],
    runways: Annotated[Path, typer.Option(metavar="FILE", help="The list of airports with runways: CSV.")],
    output_file: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="The file to write, such as hospitals.json."),
    ],
    places: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What hospitals offer: CSV. Without it that is an assumption."),
    ] = None,
    assume_the_rest: Annotated[
        bool, typer.Option(help="Assume places for hospitals that are not in --places, too.")
    ] = False,
    min_runway_ft: Annotated[float, typer.Option(help="The shortest runway that suffices, in feet.")] = 6000,
    road_factor: Annotated[float, typer.Option(help="Road km for each km of great circle.")] = 1.3,
    road_kmh: Annotated[float, typer.Option(help="Speed on the road, in km/h.")] = 70,
    max_road_minutes: Annotated[
        float, typer.Option(help="The longest road to a hospital, in minutes.")
    ] = 120,
    nearest: Annotated[
        int | None, typer.Option(metavar="N", help="Keep only the N nearest airports of each hospital.")
    ] = None,
    without_airport: Annotated[
        list[str] | None, typer.Option(metavar="ICAO", help="An airport that is not used; may be repeated.")
    ] = None,
    iata_only: Annotated[
        bool, typer.Option("--iata-only", help="Use only airports with an IATA code: no air bases.")
    ] = False,
    skip_bad_rows: Annotated[
        bool,
        typer.Option("--skip-bad-rows", help="Leave out rows with faults, instead of refusing the file."),
    ] = False,
    start: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="First date; the next Monday unless given."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no summary.")] = False,
) -> None:
    """Make hospitals with airports and roads from published lists.

    Road times are estimates. Exit codes: 0 written, 2 bad input, or no hospital could be placed.
    """
    from medevac.tables.facilities import ImportRule, ReachRule, RoadEstimate
    from medevac.tables.facilities import import_hospitals as make_hospitals

    _refuse_overwriting(output_file, (file, runways, places))
    try:
        without = frozenset(code.upper() for code in without_airport or ())
        road = RoadEstimate(road_factor, road_kmh)
        reach = ReachRule(min_runway_ft, road, max_road_minutes, nearest, without, iata_only)
        rule = ImportRule((start or _next_monday()).date(), reach, places is None or assume_the_rest)
    except ValueError as error:
        fail(str(error))
    with aborting():
        lists = _read(file, runways, places, skip_bad_rows=skip_bad_rows, iata=iata_only)
        with _bar(quiet=quiet) as progress:
            made = make_hospitals(lists.facilities, lists.runways, lists.stated, rule, progress=progress)
        print_warnings(places, made.warnings)
        if not made.document["hospitals"]:
            _print_left_out(made)
            fail("No hospital could be placed. Nothing was written. See the reasons above.")
        made.document["x-source"] = [source.name for source in (file, runways, places) if source]
        _write(output_file, made, lists.facilities.columns)
    if not quiet:
        _print_summary(made, rule)
        line(output(), f"Written: {output_file} and {_beside(output_file)}")


def _next_monday() -> datetime:
    """The first Monday after today."""
    today = datetime.combine(datetime.now().date(), datetime.min.time())
    return today + timedelta(days=7 - today.weekday())


def _refuse_overwriting(output_file: Path, sources: tuple[Path | None, ...]) -> None:
    for source in sources:
        if source is not None and source.resolve() in (output_file.resolve(), _beside(output_file).resolve()):
            fail(f"{source}: expected as --output another file than is read, got the same. Choose another.")
    if output_file.is_dir():
        fail(f"{output_file}: expected a file to write, got a folder. Name a file inside it.")


def _read(file: Path, runways: Path, places: Path | None, *, skip_bad_rows: bool, iata: bool) -> _Lists:
    """Read all files, and end with the faults of all of them if there are any."""
    from medevac.tables.facilities import read_facilities, read_places, read_runways

    facilities = _sound(file, lambda: _strict(read_facilities(file), skip_bad_rows=skip_bad_rows))
    airports = _sound(runways, lambda: _strict(read_runways(runways, iata=iata), skip_bad_rows=skip_bad_rows))
    known = None if facilities is None else {it.id for it in facilities.entries}
    stated = {} if places is None else _sound(places, lambda: read_places(places, known))
    if facilities is None or airports is None or stated is None:
        raise typer.Exit(ExitCode.BAD_INPUT)
    if airports.bad:
        print_warnings(runways, [fault for bad in airports.bad for fault in bad.faults][:100])
    return _Lists(facilities, airports, stated)


def _sound(file: Path, read: Callable[[], T]) -> T | None:
    """What was read, or None when the file has faults, which are told."""
    try:
        return read()
    except FaultsError as error:
        print_faults(file, error)
        return None


def _strict(found: PublishedList[T], *, skip_bad_rows: bool) -> PublishedList[T]:
    """The list, unless rows of it are bad and must not be left out."""
    if found.bad and not skip_bad_rows:
        raise FaultsError([fault for bad in found.bad for fault in bad.faults])
    return found


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, a line in a file."""
    console = errors()
    if not console.is_terminal or quiet:
        if not quiet:
            line(console, "Finding airports for hospitals …")
        yield lambda _done, _all: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Finding airports", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _beside(output_file: Path) -> Path:
    """The file for the rows that were left out."""
    return output_file.with_name(f"{output_file.stem}.left-out.csv")


def _write(output_file: Path, made: HospitalImport, columns: tuple[str, ...]) -> None:
    from medevac.tables.facilities.left_out import left_out_bytes

    contents = {
        output_file.name: (json.dumps(made.document, ensure_ascii=False, indent=1) + "\n").encode(),
        _beside(output_file).name: left_out_bytes(columns, made.left_out),
    }
    try:
        with prepared_folder(output_file.parent):
            write_all(output_file.parent, contents)
    except CannotWriteError as error:
        fail(f"{error} Nothing was written.")


def _print_summary(made: HospitalImport, rule: ImportRule) -> None:
    from medevac.tables.facilities.importing import CORRECTED

    document, console = made.document, output()
    hospitals = document["hospitals"]
    each = sum(len(it["reach"]) for it in hospitals) / len(hospitals)
    line(
        console,
        f"{_many(len(hospitals), 'hospital', 'hospitals')} in "
        f"{_many(len(document['countries']), 'country', 'countries')}, reached from "
        f"{_many(len(document['airports']), 'airport', 'airports')} with {rule.reach.min_runway_ft:,.0f} ft "
        f"of runway or more, {each:.1f} airports each.",
    )
    line(
        console,
        f"Road times are estimates: {rule.reach.road}, at most {rule.reach.max_road_minutes:g} minutes.",
    )
    if made.kinds:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in made.kinds.items())
        line(
            console, f"Places are an assumption for {sum(made.kinds.values()):,} hospitals, by kind: {kinds}."
        )
    if made.renumbered:
        line(console, f"{made.renumbered:,} rows had the id of another row above; they are numbered: ID-2.")
    if made.corrected:
        line(
            console, f"Positions put right ({len(made.corrected)}): {', '.join(made.corrected)}. {CORRECTED}"
        )
    _print_left_out(made)


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _print_left_out(made: HospitalImport) -> None:
    from medevac.tables.facilities import REASONS

    console = output()
    line(console, f"Rows left out: {len(made.left_out):,}.")
    for reason, count in made.reasons().items():
        line(console, f"  {count:>6,}  {reason}: {REASONS[reason]}")
