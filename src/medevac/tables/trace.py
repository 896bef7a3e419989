"""From a path in the document back to the cell it was read from, and from the planner's words to a sheet's.

The planner's reader finds the faults of a problem and names them by path; whoever fills a workbook thinks in
sheets, rows and columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from medevac.planner import Fault
from medevac.tables.findings import Findings, Location
from medevac.tables.records import SheetRecords

_LAST_STEP = re.compile(
    r"(?P<rest>.*?)(?:\.(?P<plain>[\w-]+)|\[(?P<index>\d+)\]|\[\"(?P<quoted>(?:[^\"\\]|\\.)*)\"\])\Z",
    re.DOTALL,
)
_SECTION_IN_WORDS = re.compile(r'\b(listed in|List it in|names in) "(\w+)"')
_KEY_IN_WORDS = re.compile(r'"(days|refuses|hospitals|chosen)"')
_BARE_KEY_IN_WORDS = re.compile(r"\b(fit_until|report_from)\b")
_PATH_IN_WORDS = re.compile(r"(?P<before>, as at |, which lies in )(?P<path>.+)\Z", re.DOTALL)
_HEADING_SHEET = {"days": "aircraft", "report_from": "duty_bands"}
_REMEDIES = {
    "Add the key.": "Fill in the cell.",
    "Write it in quotation marks.": "Write a text.",
    "Write true or false without quotation marks.": "Write yes or no.",
    "Write a whole number without quotation marks.": "Write a whole number.",
    "Add an entry.": "Fill in the cell.",
    "Use one of these words.": "Choose one from the list of the cell.",
}
_GOT = {"an empty list": "nothing"}
_EXPECTED = {"a string that is not blank": "a text", "at least 1 entry": "at least one name"}
_NO_PLACE = Location(-1, "")


class Trace:
    """Remembers from which row each object of a document was read.

    Parameters
    ----------
    sheets
        The records of every sheet, by its key.
    """

    def __init__(self, sheets: Mapping[str, SheetRecords]) -> None:
        self._sheets = sheets
        self._rows: dict[str, tuple[SheetRecords, int, str]] = {}

    def remember(self, path: str, sheet: SheetRecords, row: int = 0, key: str = "") -> None:
        """Note that what stands at a path was read from a row; a single value, from a key in it."""
        self._rows.setdefault(path, (sheet, row, key))

    def locate(self, path: str) -> Location:
        """The place of a path: the cell, or what is nearest to it."""
        steps: list[str] = []
        while path:
            if path in self._rows:
                sheet, row, key = self._rows[path]
                key = key or ".".join(steps)
                in_another_sheet = key in self._sheets and key not in sheet.sheet.by_key
                return sheet.at(row, "" if in_another_sheet else key)
            if path in self._sheets:
                return self._sheets[path].at()
            match = _LAST_STEP.fullmatch(path)
            if match is None:
                break
            path = match["rest"]
            name = match["plain"] or match["quoted"]
            if name is not None:
                steps.insert(0, name)
        return _NO_PLACE

    def take_over(self, fault: Fault, findings: Findings) -> None:
        """Note a fault or a warning of the planner's reader as one of the workbook."""
        at = self.locate(fault.path)
        expected, remedy = self._words(fault.expected), self._words(fault.remedy)
        got = _GOT.get(fault.got, _PATH_IN_WORDS.sub(self._place_in_words, fault.got))
        note = findings.warning if fault.severity == "warning" else findings.error
        note(at, _EXPECTED.get(expected, expected), got, _REMEDIES.get(remedy, remedy))

    def _place_in_words(self, match: re.Match[str]) -> str:
        at = self.locate(match["path"])
        before = ", as in " if "as at" in match["before"] else ", which lies in "
        return f"{before}{at}"

    def _words(self, text: str) -> str:
        text = _SECTION_IN_WORDS.sub(self._sheet_in_words, text)
        text = _KEY_IN_WORDS.sub(lambda match: f'"{self._heading(match[1])}"', text)
        return _BARE_KEY_IN_WORDS.sub(lambda match: f'"{self._heading(match[1])}"', text)

    def _sheet_in_words(self, match: re.Match[str]) -> str:
        sheet = self._sheets.get(match[2])
        verb = match[1].removesuffix(" in")
        return match[0] if sheet is None else f'{verb} on the sheet "{sheet.title}"'

    def _heading(self, key: str) -> str:
        return self._sheets[_HEADING_SHEET.get(key, "patients")].at(key=key).heading
