"""Workbooks in and out: a problem as a spreadsheet that a coordinator fills in, and the faults found in it.

In three calls::

    import json
    from pathlib import Path
    from medevac.tables import read_workbook, write_template, write_workbook

    Path("week.xlsx").write_bytes(write_template("nb"))
    document = read_workbook(Path("filled.xlsx"))  # a problem, or every fault with sheet, row and column
    Path("again.xlsx").write_bytes(write_workbook(json.loads(document.raw), "uk"))

openpyxl is loaded when a workbook is first read or written, so that everything else starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from medevac.tables.columns import LANGUAGES, Language
from medevac.tables.container import looks_like_workbook

if TYPE_CHECKING:
    from medevac.tables.reading import read_workbook
    from medevac.tables.writing import write_template, write_workbook

__all__ = [
    "LANGUAGES",
    "Language",
    "looks_like_workbook",
    "read_workbook",
    "write_template",
    "write_workbook",
]

_LATER = {"read_workbook": "reading", "write_template": "writing", "write_workbook": "writing"}


def __getattr__(name: str) -> Any:
    """Load what needs openpyxl when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"medevac.tables.{_LATER[name]}"), name)
