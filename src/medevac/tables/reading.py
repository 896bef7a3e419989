"""Reads a whole workbook as a problem: all faults at once, each with sheet, row and column."""

from __future__ import annotations

import json
import warnings
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from medevac.planner import FaultsError, read_problem
from medevac.planner.reading import ProblemDocument
from medevac.tables.assembly import Assembly
from medevac.tables.columns import Sheet, plain
from medevac.tables.container import read_file
from medevac.tables.findings import Findings, Location
from medevac.tables.grid import Grid, open_grids
from medevac.tables.records import SheetRecords, read_records
from medevac.tables.sheets import SHEETS
from medevac.tables.vocabulary import GUIDE, LISTS

_TITLES: dict[str, Sheet] = {
    plain(title): sheet for sheet in SHEETS for title in (sheet.key, *sheet.name.all)
}
_IGNORED = {plain(title) for title in (*GUIDE.all, *LISTS.all)}
_AFTER_ALL = len(SHEETS)


def read_workbook(source: Path | bytes) -> ProblemDocument:
    """Read a problem from a workbook.

    Parameters
    ----------
    source
        A file or its bytes.

    Returns
    -------
    ProblemDocument
        Its `raw` bytes are those of the problem as a JSON document, which `convert` writes.

    Raises
    ------
    FaultsError
        With every fault of the workbook, up to a hundred, in the order of its sheets and rows.
    """
    data = read_file(source) if isinstance(source, Path) else source
    findings = Findings()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of looks that it does not know
        sheets = _read_sheets(open_grids(data), findings)
    assembly = Assembly(sheets, findings)
    document = assembly.run()
    problem = _judge(document, assembly, findings)
    findings.refuse()
    assert problem is not None
    return ProblemDocument(problem.problem, findings.warnings, problem.raw)


def _judge(document: dict[str, Any], assembly: Assembly, findings: Findings) -> ProblemDocument | None:
    """Let the planner's own reader judge the document, and take its faults over."""
    try:
        found = read_problem(_as_json(document))
    except FaultsError as error:
        for fault in error.faults:
            assembly.trace.take_over(fault, findings)
        findings.count_more(error.more)
        return None
    for warning in found.warnings:
        assembly.trace.take_over(warning, findings)
    return found


def _as_json(document: dict[str, Any]) -> bytes:
    """The document as JSON; what is no valid Unicode, which x- keys may hold, is written as escapes."""
    try:
        return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(document, indent=2)}\n".encode()


def _read_sheets(grids: list[Grid], findings: Findings) -> dict[str, SheetRecords]:
    found: dict[str, SheetRecords] = {}
    for grid in grids:
        sheet = _TITLES.get(plain(grid.title))
        if sheet is None:
            _note_unknown(grid, findings)
        elif sheet.key in found:
            got = f'this one and "{found[sheet.key].title}"'
            remedy = "Bring their rows together on one, and delete the other."
            findings.error(Location(_AFTER_ALL, grid.title), "one sheet of a kind", got, remedy)
        else:
            found[sheet.key] = _read_sheet(sheet, grid, findings)
    for sheet in SHEETS:
        if sheet.key not in found:
            found[sheet.key] = _missing(sheet, findings)
    return found


def _read_sheet(sheet: Sheet, grid: Grid, findings: Findings) -> SheetRecords:
    if not grid.visible:
        result = SheetRecords(sheet, grid.title, found=True)
        remedy = "Unhide it and look it through, or delete it."
        findings.error(result.at(), "a sheet that can be seen", "a hidden sheet", remedy)
    return read_records(sheet, grid, findings)


def _note_unknown(grid: Grid, findings: Findings) -> None:
    """Note a sheet that is not known, unless it is empty, one's own, or hidden."""
    title = plain(grid.title)
    if title in _IGNORED or title.startswith("x-") or grid.empty:
        return
    at = Location(_AFTER_ALL, grid.title)
    if not grid.visible:
        findings.warning(at, "a sheet that can be seen", "a hidden sheet", "It is not known, and is ignored.")
        return
    alike = get_close_matches(title, list(_TITLES), n=1)
    hint = f'Did you mean "{_TITLES[alike[0]].name.en}"? ' if alike else ""
    remedy = f"{hint}Rename it, delete it, or let its name start with x-."
    findings.error(at, "the name of a known sheet", "another name", remedy)


def _missing(sheet: Sheet, findings: Findings) -> SheetRecords:
    result = SheetRecords(sheet, sheet.name.en, found=False)
    if sheet.required:
        names = " or ".join(f'"{name}"' for name in dict.fromkeys(sheet.name.all))
        remedy = "Add it, or copy the workbook into a new template."
        findings.error(result.at(), f"a sheet named {names}", "no such sheet", remedy)
    return result
