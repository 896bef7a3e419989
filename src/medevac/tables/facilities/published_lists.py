"""The published lists of hospitals and of airports with runways, read into plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from medevac.tables.facilities.rows import BadRow, CsvTable, Row, read_csv
from medevac.tables.facilities.values import RowReader
from medevac.tables.known_airports import corrected

T = TypeVar("T")

FACILITY_COLUMNS = ("id", "hospital_name", "lat", "lon", "cc")
RUNWAY_COLUMNS = ("icao", "country", "lat", "lon", "longest_open_runway_ft")
SOFT_SURFACES = ("gr", "turf", "dirt", "sand", "snow", "water", "earth", "soil")
"""How names of surfaces begin on which no airliner lands: grass in its spellings, gravel and the like."""


@dataclass(frozen=True, slots=True)
class Facility:
    """One row of a list of hospitals."""

    row: Row
    id: str
    name: str
    site: str
    kind: str
    city: str
    country: str
    lat: float
    lon: float

    @property
    def full_name(self) -> str:
        """The name with the site's, where that says more."""
        return f"{self.name}, {self.site}" if self.site and self.site != self.name else self.name


@dataclass(frozen=True, slots=True)
class RunwayAirport:
    """One row of a list of airports: where it is, and its longest open runway in feet, 0 where it is soft.

    `corrected` says that the list has a known mistake in the position, which was put right.
    """

    icao: str
    iata: str
    name: str
    country: str
    lat: float
    lon: float
    runway_ft: float
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class PublishedList(Generic[T]):
    """What a list holds: its columns, its sound entries in order, and the rows that cannot be used."""

    columns: tuple[str, ...]
    entries: tuple[T, ...]
    bad: tuple[BadRow, ...]


def read_facilities(source: Path | bytes) -> PublishedList[Facility]:
    """Read a list of hospitals in the form of Eurostat's.

    Raises
    ------
    FaultsError
        When the file as a whole cannot be used.
    """
    return _read(read_csv(source, FACILITY_COLUMNS), _facility)


def read_runways(source: Path | bytes, *, iata: bool = False) -> PublishedList[RunwayAirport]:
    """Read a list of airports with their longest open runway.

    Parameters
    ----------
    source
        The file or its bytes.
    iata
        Whether the list must have a column with IATA codes.

    Raises
    ------
    FaultsError
        When the file as a whole cannot be used.
    """
    seen: dict[str, int] = {}

    def airport(reader: RowReader) -> RunwayAirport:
        found = _airport(reader)
        first = seen.setdefault(found.icao, reader.row.line)
        if found.icao and first != reader.row.line:
            reader.fault(
                "icao", "each airport once", f"{found.icao} as in line {first}", "Remove one of them."
            )
        return found

    return _read(read_csv(source, (*RUNWAY_COLUMNS, "iata") if iata else RUNWAY_COLUMNS), airport)


def _read(table: CsvTable, make: Callable[[RowReader], T]) -> PublishedList[T]:
    entries, bad = [], list(table.bad)
    for row in table.rows:
        reader = RowReader(row)
        entry = make(reader)
        if reader.faults:
            bad.append(reader.bad_row())
        else:
            entries.append(entry)
    return PublishedList(table.columns, tuple(entries), tuple(sorted(bad, key=lambda it: it.row.line)))


def _facility(reader: RowReader) -> Facility:
    row = reader.row
    lat, lon = reader.position()
    return Facility(
        row=row,
        id=reader.text("id"),
        name=" ".join(reader.text("hospital_name").split()),
        site=" ".join(row["site_name"].split()),
        kind=row["facility_type"],
        city=row["city"],
        country=reader.country("cc"),
        lat=lat,
        lon=lon,
    )


def _airport(reader: RowReader) -> RunwayAirport:
    row = reader.row
    icao = reader.text("icao").upper()
    stated = reader.position()
    lat, lon = corrected(icao, *stated)
    soft = row["surface"].lower().startswith(SOFT_SURFACES)
    runway = reader.number("longest_open_runway_ft")
    return RunwayAirport(
        icao=icao,
        iata=row["iata"],
        name=row["name"],
        country=reader.country("country"),
        lat=lat,
        lon=lon,
        runway_ft=0.0 if soft else runway,
        corrected=(lat, lon) != stated,
    )
