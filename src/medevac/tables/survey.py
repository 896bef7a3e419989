"""Looks through every XML part of a workbook once, in little memory, before it is read in earnest.

It refuses what no spreadsheet program writes (document types, deep nesting) and what is too much (rows,
cells), and finds what the reader that follows does not tell: where the content ends, which cells are
merged, which formulas were never calculated, and how many rows are hidden.
"""

from __future__ import annotations

import lzma
import re
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from medevac.planner import FaultsError
from medevac.tables.container import refuse

DAMAGE = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What unpacking a damaged part may raise."""

MOST_ROWS = 200_000  # with content, on one sheet
MOST_ROW_MARKS = 1_048_576  # rows that a sheet can have at all
MOST_CELLS = 3_000_000  # with content, on all sheets together
MOST_CELL_MARKS = 6_000_000  # with or without content, on one sheet
MOST_TEXTS = 500_000  # that sheets share
MOST_TEXT_MARKS = 2_000_000  # elements in the part of the shared texts
MOST_MARKS = 300_000  # elements in any other part, rows and cells aside
MOST_COLUMNS = 500
MOST_MERGED = 1_000  # merged ranges of one sheet that are looked at
MOST_UNCALCULATED = 500_000  # formulas without a value on one sheet
DEEPEST_NESTING = 64
LONGEST_STRETCH = 1_000_000  # bytes of one tag or remark, characters of one text
_CHUNK = 1 << 16  # bytes

_COPY = "Copy what is needed into a new template."
_REPAIR = "Open it, let it be repaired, and save it again."
_CELL_CONTENT = ("f", "v", "is", "t")
_ROW = re.compile(r"[1-9][0-9]{0,9}")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


@dataclass(slots=True)
class SheetSurvey:
    """What a sheet's part holds; rows and columns are counted from 1.

    Parameters
    ----------
    last_row, last_column
        Where content ends.
    merged
        Merged ranges: first row, first column, last row, last column.
    uncalculated
        Row and column of each formula that has no value.
    hidden_rows
        The rows with content that are hidden.
    """

    last_row: int = 0
    last_column: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0


def survey(archive: ZipFile) -> dict[str, SheetSurvey]:
    """Look through every XML part.

    Returns
    -------
    dict[str, SheetSurvey]
        What was found, by the part's name, for each part that is a sheet.

    Raises
    ------
    FaultsError
        When a part is damaged, hostile, or holds more than can be read.
    """
    sheets: dict[str, SheetSurvey] = {}
    cells = 0
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        look = _Look(part.filename, MOST_CELLS - cells)
        look.through(archive)
        cells += look.cells
        if look.is_sheet:
            sheets[part.filename] = look.sheet
    return sheets


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Look:
    """One walk through one part."""

    def __init__(self, name: str, cells_left: int) -> None:
        self.name = name
        self.sheet = SheetSurvey()
        self.is_sheet = False
        self.cells = 0
        self._cells_left = cells_left
        self._depth = self._marks = self._cell_marks = self._row_marks = self._texts = self._rows = 0
        self._row = self._column = 0
        self._row_hidden = self._row_filled = False
        self._formula = self._value = self._filled = False
        self._inside = ""
        self._text_length = 0

    def through(self, archive: ZipFile) -> None:
        """Walk through the part to its end."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.CharacterDataHandler = self._text
        try:
            with archive.open(self.name) as part:
                fed = 0
                while chunk := part.read(_CHUNK):
                    parser.Parse(chunk, False)
                    fed += len(chunk)
                    if fed - parser.CurrentByteIndex > LONGEST_STRETCH:
                        raise self._too_long()  # expat would begin the same tag anew with every chunk
            parser.Parse(b"", True)
        except FaultsError:
            raise
        except (*DAMAGE, expat.ExpatError) as error:
            got = f"a damaged part {self.name} ({error})"
            raise refuse("a whole Excel workbook (.xlsx)", got, _REPAIR) from None

    def _too_long(self) -> FaultsError:
        return refuse(f"no tag or text longer than {LONGEST_STRETCH:,}", f"one in {self.name}", _COPY)

    def _refuse_doctype(self, *_: Any) -> None:
        raise refuse("parts without a document type", f"one in {self.name}", _COPY)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._text_length = 0
        name = tag.rpartition(" ")[2]
        if self._depth == 1:
            self.is_sheet = name == "worksheet"
        if self._depth > DEEPEST_NESTING:
            raise refuse(f"at most {DEEPEST_NESTING} levels in {self.name}", "more", _COPY)
        if not self.is_sheet:
            self._count_mark(name, attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name in _CELL_CONTENT:
            self._inside = name
            self._formula = self._formula or name == "f"
        else:
            self._count_mark(name, attributes)

    def _count_mark(self, name: str, attributes: dict[str, str]) -> None:
        """Count what the reader takes long over, and note what it does not tell."""
        self._marks += 1
        shares_texts = self.name.lower().endswith("sharedstrings.xml")
        if self._marks > (MOST_TEXT_MARKS if shares_texts else MOST_MARKS):
            raise refuse("fewer elements", f"very many in {self.name}", _COPY)
        self._texts += name == "si"
        if self._texts > MOST_TEXTS:
            raise refuse(f"at most {MOST_TEXTS:,} texts", f"more in {self.name}", _COPY)
        if name == "mergeCell":
            self._note_merged(attributes.get("ref", ""))
        elif name == "Override" and "spreadsheetml" in attributes.get("ContentType", ""):
            part = attributes.get("PartName", "")
            if not part.lower().endswith((".xml", ".rels")):
                raise refuse("parts that are named .xml", f"{part} in {self.name}", _COPY)

    def _text(self, text: str) -> None:
        self._text_length += len(text)
        if self._text_length > LONGEST_STRETCH:
            raise self._too_long()
        if self._inside in ("v", "t") and not self._filled and text.strip():
            self._filled = self._value = True

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if not self.is_sheet:
            return
        name = tag.rpartition(" ")[2]
        if name in _CELL_CONTENT:
            self._inside = ""
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._row_filled:
            self._end_row()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_marks += 1
        if self._row_marks > MOST_ROW_MARKS:
            raise self._too_much(f"at most {MOST_ROW_MARKS:,} rows", "more")
        given = attributes.get("r", "")
        row = int(given) if _ROW.fullmatch(given) else self._row + 1
        if row > MOST_ROW_MARKS:
            raise self._too_much(f"at most {MOST_ROW_MARKS:,} rows", f"a row {row:,}")
        if row <= self._row:
            raise self._disordered(f"row {row} after row {self._row}")
        self._row = row
        self._column = 0
        self._row_filled = False
        self._row_hidden = attributes.get("hidden") in ("1", "true")

    def _end_row(self) -> None:
        self._rows += 1
        self.sheet.hidden_rows += self._row_hidden
        if self._rows > MOST_ROWS:
            raise self._too_much(f"at most {MOST_ROWS:,} rows with content", "more")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell_marks += 1
        if self._cell_marks > MOST_CELL_MARKS:
            raise self._too_much(f"at most {MOST_CELL_MARKS:,} cells", "more")
        self._formula = self._filled = False
        self._value = attributes.get("t") == "str"  # a text result that is empty is a value all the same
        match = _CELL.fullmatch(attributes.get("r", ""))
        column = column_number(match[1]) if match else self._column + 1
        if column <= self._column or (match and int(match[2]) != self._row):
            raise self._disordered(f"the cell {attributes.get('r')} in row {self._row}")
        self._column = column

    def _end_cell(self) -> None:
        if self._formula and not self._value:
            self._filled = True
            self.sheet.uncalculated.add((self._row, self._column))
            if len(self.sheet.uncalculated) > MOST_UNCALCULATED:
                raise self._too_much(f"at most {MOST_UNCALCULATED:,} formulas without a value", "more")
        if not self._filled:
            return
        self._row_filled = True
        self.cells += 1
        if self.cells > self._cells_left:
            raise self._too_much(f"at most {MOST_CELLS:,} cells with content", "more")
        if self._column > MOST_COLUMNS:
            raise self._too_much(f"at most {MOST_COLUMNS} columns", f"content in column {self._column:,}")
        self.sheet.last_row = max(self.sheet.last_row, self._row)
        self.sheet.last_column = max(self.sheet.last_column, self._column)

    def _note_merged(self, ref: str) -> None:
        match = _RANGE.fullmatch(ref)
        if match is None or len(self.sheet.merged) >= MOST_MERGED:
            return
        top, left = int(match[2]), column_number(match[1])
        bottom = int(match[4]) if match[4] else top
        right = column_number(match[3]) if match[3] else left
        self.sheet.merged.append((top, left, bottom, right))

    def _disordered(self, got: str) -> FaultsError:
        """Rows and cells that do not follow each other, of which the reader would drop some."""
        return refuse("rows and cells in order", f"{got} ({self.name})", _REPAIR)

    def _too_much(self, expected: str, got: str) -> FaultsError:
        remedy = "Delete the rows and columns that are not needed, or copy the rest into a new template."
        return refuse(f"{expected} on one sheet ({self.name})", got, remedy)
