"""The places file: what hospitals have said that they offer, one row per hospital and specialty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from medevac.planner.faults import FaultList
from medevac.planner.reading.phrases import nearest, show
from medevac.tables.facilities.rows import read_csv
from medevac.tables.facilities.values import RowReader

PLACES_COLUMNS = ("hospital", "specialty", "count")
ROOMS = ("isolation", "intensive", "child", "companions", "arrivals_per_day")


@dataclass
class StatedPlaces:
    """What one hospital offers, in the keys of a problem."""

    places: dict[str, Any] = field(default_factory=dict)
    suitability: dict[str, float] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)


def read_places(source: Path | bytes, known: Collection[str] | None) -> dict[str, StatedPlaces]:
    """Read a places file: places, suitability and rooms by hospital.

    Parameters
    ----------
    source
        The file or its bytes. Columns: `hospital` (an id of the list), `specialty`, `count`; further, if
        wanted, `from`, `until`, `suitability`, and for the hospital as a whole `isolation`, `intensive`,
        `child`, `companions`, `arrivals_per_day`, in one of its rows, or the same in several.
    known
        The ids of the list; None where the list could not be read, so that any will do.

    Raises
    ------
    FaultsError
        With every fault, when there is one.
    """
    table = read_csv(source, PLACES_COLUMNS)
    faults = FaultList()
    for bad in table.bad:
        _note(bad.faults, faults)
    found: dict[str, StatedPlaces] = {}
    for row in table.rows:
        reader = RowReader(row)
        _add(reader, found, known)
        _note(reader.faults, faults)
    faults.refuse()
    return found


def _note(of_row: Collection[Any], faults: FaultList) -> None:
    for fault in of_row:
        faults.error(fault.path, fault.expected, fault.got, fault.remedy)


def _add(reader: RowReader, found: dict[str, StatedPlaces], known: Collection[str] | None) -> None:
    identity, specialty = reader.text("hospital"), reader.text("specialty")
    if identity and known is not None and identity not in known:
        remedy = f"{nearest(identity, known)}Take the id from the list of hospitals."
        reader.fault("hospital", "an id of the list of hospitals", show(identity), remedy)
    stated = found.setdefault(identity, StatedPlaces())
    if specialty and specialty in stated.places:
        reader.fault(
            "specialty", "each specialty once per hospital", f"{show(specialty)} again", "Join the rows."
        )
    stated.places[specialty] = _places(reader)
    suitability = reader.maybe("suitability", reader.share)
    if suitability is not None:
        stated.suitability[specialty] = suitability
    _add_rooms(reader, stated)


def _places(reader: RowReader) -> Any:
    """A count, or a count with dates of its own."""
    count = reader.count("count")
    first, last = reader.maybe("from", reader.day), reader.maybe("until", reader.day)
    if first and last and first > last:
        reader.fault("until", f"a date from {first} on", str(last), "Exchange or correct the dates.")
    if first is None and last is None:
        return count
    return {"count": count, "from": _written(first), "until": _written(last)}


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _add_rooms(reader: RowReader, stated: StatedPlaces) -> None:
    for room in ROOMS:
        count = reader.maybe(room, reader.count)
        if count is None:
            continue
        if stated.rooms.setdefault(room, count) != count:
            expected = f"{stated.rooms[room]}, as in another row of the hospital"
            reader.fault(room, expected, str(count), "Write it in one row, or the same in all.")
