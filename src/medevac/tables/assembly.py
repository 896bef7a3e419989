"""From the records of all sheets to one document, remembering from which row each part of it came."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from medevac.planner.reading import PROBLEM_FORMAT
from medevac.planner.reading.phrases import child, item
from medevac.tables.cells import shown
from medevac.tables.findings import Findings
from medevac.tables.known_airports import known_airports
from medevac.tables.records import Record, SheetRecords
from medevac.tables.trace import Trace

Document = dict[str, Any]


class Assembly:
    """One document in the making.

    Parameters
    ----------
    sheets
        The records of every sheet by its key; those of missing sheets are empty.
    findings
        Takes the faults.
    """

    def __init__(self, sheets: Mapping[str, SheetRecords], findings: Findings) -> None:
        self.sheets = sheets
        self.findings = findings
        self.trace = Trace(sheets)
        self.document: Document = {"format": PROBLEM_FORMAT}

    def run(self) -> Document:
        """Build the whole document."""
        self._settings()
        for section in ("airports", "hubs", "countries"):
            self._keyed(section)
        self._positions()
        self._hospitals()
        self._aircraft()
        self._list("patients")
        self._families()
        self._list("fixed")
        self._fixed_flights()
        self._weights()
        self._add_inner_keys()
        return self.document

    def _settings(self) -> None:
        sheet = self.sheets["settings"]
        for column in sheet.sheet.columns:
            self.trace.remember(column.key, sheet, key=column.key)
        for record in sheet.records:
            self.document |= {key: value for key, value in record.values.items() if not _inner(key)[0]}

    def _add_inner_keys(self) -> None:
        """Add the x- keys of whole sections, such as `airports.x-source`, which stand among the settings."""
        for record in self.sheets["settings"].records:
            for key, value in record.values.items():
                section, name = _inner(key)
                if section:
                    self.document.setdefault(section, {})[name] = value

    def _weights(self) -> None:
        sheet = self.sheets["weights"]
        for column in sheet.sheet.columns:
            self.trace.remember(f"weights.{column.key}", sheet, key=column.key)
        weights: Document = {}
        for record in sheet.records:
            for key, value in record.values.items():
                priority = key.removeprefix("priority.")
                if priority == key:
                    weights[key] = value
                else:
                    weights.setdefault("priority", {})[priority] = value
        if weights:
            self.document["weights"] = weights

    def _keyed(self, section: str) -> None:
        """A section whose keys are names."""
        sheet = self.sheets[section]
        if not sheet.found:
            return
        found: Document = {}
        rows: dict[str, int] = {}
        for record in sheet.records:
            name = self._own_name(sheet, record, "code", rows)
            if name is None:
                continue
            found[name] = {key: value for key, value in record.values.items() if key != "code"}
            self.trace.remember(child(section, name), sheet, record.row)
        self.document[section] = found

    def _own_name(self, sheet: SheetRecords, record: Record, key: str, rows: dict[str, int]) -> str | None:
        """The name of a row, which no row before may have."""
        name = self._name(sheet, record, key)
        if name is None:
            return None
        if name in rows:
            got = f"{shown(name)}, as in row {rows[name]}"
            self.findings.error(
                sheet.at(record.row, key), "each name once", got, "Remove or rename one of the two rows."
            )
            return None
        rows[name] = record.row
        return name

    def _name(self, sheet: SheetRecords, record: Record, key: str) -> str | None:
        name = record.values.get(key)
        if isinstance(name, str) and name.strip() and not name.startswith("x-"):
            return name
        got = "nothing" if name is None else shown(name)
        remedy = "Fill in the cell." if name is None else "Write another name."
        self.findings.error(sheet.at(record.row, key), "a name that does not begin with x-", got, remedy)
        return None

    def _positions(self) -> None:
        """Take the positions of known airports from the list of airports."""
        sheet = self.sheets["airports"]
        for record in sheet.records:
            code = record.values.get("code")
            entry = self.document.get("airports", {}).get(code) if isinstance(code, str) else None
            if entry is None or "lat" in entry or "lon" in entry:
                continue
            at = sheet.at(record.row, "lat")
            known = known_airports().get(str(code))
            if known is not None:
                entry["lat"], entry["lon"] = known.position
            elif not self.findings.has(at) and not self.findings.has(sheet.at(record.row, "lon")):
                remedy = "Fill in latitude and longitude, or correct the code."
                self.findings.error(
                    at, "a position, or an ICAO code that is known", f"nothing for {shown(code)}", remedy
                )

    def _list(self, section: str) -> list[Document]:
        """A section that is a list of rows."""
        sheet = self.sheets[section]
        entries: list[Document] = []
        for index, record in enumerate(sheet.records):
            entries.append(_nested(record.values))
            self.trace.remember(item(section, index), sheet, record.row)
        if sheet.found and (entries or sheet.sheet.required):
            self.document[section] = entries
        return entries

    def _hospitals(self) -> None:
        entries = self._list("hospitals")
        for entry in entries:
            entry["reach"] = []
            entry["places"] = entry.get("places", {})
        parents = _first_by_id(entries)
        for record, index in self._children("reach", "hospital", parents):
            reach = entries[index]["reach"]
            self.trace.remember(
                item(f"{item('hospitals', index)}.reach", len(reach)), self.sheets["reach"], record.row
            )
            reach.append({key: value for key, value in record.values.items() if key != "hospital"})
        self._specialties("places", entries, parents)
        self._specialties("suitability", entries, parents)

    def _specialties(self, section: str, entries: list[Document], parents: dict[str, int]) -> None:
        sheet = self.sheets[section]
        rows: dict[int, dict[str, int]] = {}
        for record, index in self._children(section, "hospital", parents):
            name = self._own_name(sheet, record, "specialty", rows.setdefault(index, {}))
            if name is None:
                continue
            values = {
                key: value for key, value in record.values.items() if key not in ("hospital", "specialty")
            }
            path = child(f"{item('hospitals', index)}.{section}", name)
            single = "suitability" if section == "suitability" else "count"
            self.trace.remember(path, sheet, record.row, single if list(values) == [single] else "")
            if section == "suitability":
                self._need(sheet, record, "suitability", "a number from 0 to 1")
            whole = values.get(single) if section == "suitability" or list(values) == ["count"] else values
            entries[index].setdefault(section, {})[name] = whole

    def _need(self, sheet: SheetRecords, record: Record, key: str, expected: str) -> None:
        if record.values.get(key) is None:
            self.findings.error(sheet.at(record.row, key), expected, "nothing", "Fill in the cell.")

    def _children(self, section: str, parent: str, parents: dict[str, int]) -> list[tuple[Record, int]]:
        """The rows of a sheet with the number of the hospital or aircraft that each belongs to."""
        sheet = self.sheets[section]
        owner = self.sheets["hospitals" if parent == "hospital" else "aircraft"]
        found: list[tuple[Record, int]] = []
        for record in sheet.records:
            name = record.values.get(parent)
            if isinstance(name, str) and name in parents:
                found.append((record, parents[name]))
            elif owner.found:
                alike = get_close_matches(str(name)[:60], list(parents)[:500], n=1) if name else []
                hint = f"Did you mean {shown(alike[0])}? " if alike else ""
                remedy = "Fill in the cell." if name is None else f"{hint}List it there, or correct it."
                expected = f'a name that is listed on the sheet "{owner.title}"'
                got = "nothing" if name is None else shown(name)
                self.findings.error(sheet.at(record.row, parent), expected, got, remedy)
        return found

    def _aircraft(self) -> None:
        entries = self._list("aircraft")
        for entry in entries:
            entry["layouts"] = []
        parents = _first_by_id(entries)
        for record, index in self._children("layouts", "aircraft", parents):
            layouts = entries[index]["layouts"]
            path = item(f"{item('aircraft', index)}.layouts", len(layouts))
            self.trace.remember(path, self.sheets["layouts"], record.row)
            layouts.append({key: value for key, value in record.values.items() if key != "aircraft"})
        for record, index in self._children("duty_bands", "aircraft", parents):
            self._band(entries[index], index, record)

    def _band(self, entry: Document, index: int, record: Record) -> None:
        sheet = self.sheets["duty_bands"]
        bands = entry.setdefault("duty_minutes", [])
        if not isinstance(bands, list):
            owner = self.sheets["aircraft"]
            at = owner.at(owner.records[index].row, "duty_minutes")
            got = f'{shown(bands)}, and bands on the sheet "{sheet.title}"'
            self.findings.error(at, "one number, or bands", got, "Clear the cell, or remove the bands.")
            return
        self.trace.remember(item(f"{item('aircraft', index)}.duty_minutes", len(bands)), sheet, record.row)
        values = {key: value for key, value in record.values.items() if key != "aircraft"}
        bands.append({"legs": {}} | _nested(values))

    def _families(self) -> None:
        sheet = self.sheets["families"]
        families: Document = {}
        rows: dict[str, int] = {}
        for record in sheet.records:
            name = self._own_name(sheet, record, "family", rows)
            if name is None:
                continue
            self._need(sheet, record, "rule", '"same hospital" or "same stop"')
            self.trace.remember(child("families", name), sheet, record.row, "rule")
            families[name] = record.values.get("rule")
        if families:
            self.document["families"] = families

    def _fixed_flights(self) -> None:
        for entry in self._list("fixed_flights"):
            when, clock = entry.get("date"), entry.get("leaves_base")
            if isinstance(when, str) and isinstance(clock, str) and "T" not in clock and clock != "24:00":
                entry["leaves_base"] = f"{when}T{clock}Z"


def _inner(key: str) -> tuple[str, str]:
    """The section and the key of a setting such as `airports.x-source`; two blanks for any other."""
    if key.startswith("x-") or "." not in key:
        return "", ""
    section, _, name = key.partition(".")
    return section, name


def _nested(values: Mapping[str, Any]) -> Document:
    """The values with those of inner objects, such as `flight.date`, inside them."""
    entry: Document = {}
    for key, value in values.items():
        section, name = _inner(key)
        if section:
            entry.setdefault(section, {})[name] = value
        else:
            entry[key] = value
    return entry


def _first_by_id(entries: list[Document]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if isinstance(entry.get("id"), str):
            found.setdefault(entry["id"], index)
    return found
