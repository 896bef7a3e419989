"""Tests that files which are no sound workbook are refused in plain words, in little time and memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from books import changed, faults_of, sheet_part, sound, with_part
from openpyxl import Workbook

from medevac.planner import FaultsError
from medevac.tables import looks_like_workbook, read_workbook

NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def patients_as(rows: bytes) -> bytes:
    """The workbook with other rows on the sheet of patients."""
    return with_part(
        sheet_part("Patients"), b"<worksheet " + NS + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    )


def with_flag(data: bytes) -> bytes:
    """The archive with its first entry marked as encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + bytes([data[at] | 1]) + data[at + 1 :]


ROW = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>'
WHOLE_FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "got an empty file"),
    ("text", lambda: b"id;hub;ready\n1;EPRZ;2026-01-12\n", "got something else"),
    ("old workbook", lambda: OLE + bytes(5000), "an Office file of the old kind (such as .xls)"),
    (
        "password",
        lambda: OLE + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000),
        "expected a workbook without a password, got a password-protected file. Open it, remove the password",
    ),
    ("encrypted zip", lambda: with_flag(sound()), "got an encrypted archive"),
    ("cut off", lambda: sound()[: len(sound()) // 2], "got a damaged or cut off file"),
    ("only the start", lambda: sound()[:40], "got a damaged or cut off file"),
    ("another archive", lambda: archive({"a.txt": b"a"}), "got an archive that is no workbook"),
    ("opendocument", lambda: archive({"content.xml": b"<a/>", "mimetype": b"x"}), "an OpenDocument file"),
    ("binary workbook", lambda: archive({"xl/workbook.bin": b"x"}), "a binary workbook (.xlsb)"),
    (
        "zip bomb",
        lambda: with_part("xl/media/a.bin", bytes(301_000_000)),
        "expected at most 300,000,000 bytes when unpacked",
    ),
    (
        "large part",
        lambda: with_part("xl/styles.xml", b" " * 11_000_000),
        "expected at most 10,000,000 bytes in the part xl/styles.xml",
    ),
    (
        "many parts",
        lambda: archive({f"xl/{n}": b"" for n in range(3000)} | {"[Content_Types].xml": b"<a/>"}),
        "2,000 parts",
    ),
    (
        "entities",
        lambda: with_part("xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'),
        "expected parts without a document type, got one in xl/styles.xml",
    ),
    (
        "nesting",
        lambda: with_part("xl/theme/theme1.xml", b"<a>" * 5000 + b"</a>" * 5000),
        "expected at most 64 levels in xl/theme",
    ),
    ("broken xml", lambda: with_part("xl/workbook.xml", b"<workbook"), "got a damaged part xl/workbook.xml"),
    ("no workbook part", lambda: with_part("xl/workbook.xml", b"<a/>"), "got no such sheet"),
    ("empty styles", lambda: with_part("xl/styles.xml", b"<a/>"), ""),
    (
        "strict",
        lambda: with_part(
            "xl/workbook.xml",
            lambda old: old.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        ),
        'got one saved as "Strict Open XML"',
    ),
    ("rows", lambda: patients_as(ROW * 1_500_000), "expected at most 200,000 rows with content on one sheet"),
    (
        "empty rows",
        lambda: patients_as(b"<row/>" * 1_500_000),
        "expected at most 1,048,576 rows on one sheet",
    ),
    ("a row far away", lambda: patients_as(b'<row r="1500000"/>'), "got a row 1,500,000"),
    (
        "columns",
        lambda: patients_as(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        "expected at most 500 columns",
    ),
    (
        "blank cells",
        lambda: patients_as(b"<row>" + b"<c/>" * 6_000_001 + b"</row>"),
        "expected at most 6,000,000 cells",
    ),
    (
        "disorder",
        lambda: patients_as(b'<row r="3"/><row r="2"/>'),
        "expected rows and cells in order, got row 2 after row 3",
    ),
    ("a cell astray", lambda: patients_as(b'<row r="3"><c r="A4"/></row>'), "got the cell A4 in row 3"),
    (
        "not a number",
        lambda: patients_as(b'<row r="1"><c r="A1"><v>ten</v></c></row>'),
        'damage in the sheet "Patients"',
    ),
    (
        "texts",
        lambda: with_part("xl/sharedStrings.xml", b"<sst " + NS + b">" + b"<si/>" * 500_001 + b"</sst>"),
        "expected at most 500,000 texts",
    ),
    (
        "a long tag",
        lambda: patients_as(b'<row r="' + b"1" * 40_000_000 + b'"/>'),
        "expected no tag or text longer than 1,000,000",
    ),
    (
        "a long remark",
        lambda: with_part("xl/styles.xml", b"<a><!--" + b">" * 9_000_000 + b"--></a>"),
        "expected no tag or text longer than 1,000,000",
    ),
    (
        "a long text",
        lambda: patients_as(b'<row><c t="inlineStr"><is><t>' + b"a" * 40_000_000 + b"</t></is></c></row>"),
        "expected no tag or text longer than 1,000,000",
    ),
    (
        "marks",
        lambda: with_part("xl/styles.xml", b"<a>" + b"<b/>" * 300_001 + b"</a>"),
        "expected fewer elements",
    ),
]


@pytest.mark.parametrize(
    ("make", "words"), [case[1:] for case in WHOLE_FILES], ids=[case[0] for case in WHOLE_FILES]
)
def test_a_file_that_cannot_be_used_is_refused(make: Callable[[], bytes], words: str) -> None:
    """Tests that there is a fault, not another exception, and that it says what came and what to do."""
    faults = faults_of(make())
    assert len(faults) <= 100
    if words:
        assert words in faults[0], faults
        assert faults[0].startswith(("the workbook: expected", 'sheet "'))


def test_a_huge_sheet_costs_little_memory() -> None:
    """Tests that 1.5 million rows are given up on the way, not after they were read."""
    data = patients_as(ROW * 1_500_000)
    tracemalloc.start()
    faults_of(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_a_huge_declared_dimension_is_not_believed() -> None:
    """Tests that a sheet which claims to reach its last cell is read as far as it has content."""

    def widen(old: bytes) -> bytes:
        start = old.index(b"<dimension")
        return old[:start] + b'<dimension ref="A1:XFD1048576"/>' + old[old.index(b"/>", start) + 2 :]

    assert faults_of(with_part(sheet_part("Patients"), widen)) == []


def test_far_rows_and_columns_without_content_do_not_count() -> None:
    """Tests formats and empty rows at the very end of a sheet, as some programs write them."""

    def change(book: Workbook) -> None:
        book["Patients"].cell(1_048_576, 1).number_format = "@"
        book["Patients"].cell(2, 16_384).number_format = "@"

    assert faults_of(changed(change)) == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Tests names that no file has, and a folder."""
    with pytest.raises(FaultsError, match=r"no such file\. Check the name and the folder."):
        read_workbook(tmp_path / "week.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(FaultsError, match="got a folder"):
        read_workbook(tmp_path / "folder.xlsx")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Tests a file of which only the size is large."""
    path = tmp_path / "week.xlsx"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(FaultsError, match=r"at most 50,000,000 bytes, got more"):
        read_workbook(path)


def test_a_workbook_is_known_by_its_content_or_its_name(tmp_path: Path) -> None:
    """Tests what is read as a workbook and what as JSON."""
    for name, content, expected in [
        ("a.xlsx", b"text", True),
        ("b.json", sound(), True),
        ("c", OLE, True),
        ("d.json", b"{}", False),
        ("e.XLSX", b"", True),
    ]:
        (tmp_path / name).write_bytes(content)
        assert looks_like_workbook(tmp_path / name) is expected
    assert not looks_like_workbook(tmp_path / "missing.json")
