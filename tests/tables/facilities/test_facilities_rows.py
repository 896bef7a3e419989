"""Tests that a CSV file is read whatever program wrote it, or refused with every fault and its line."""

from __future__ import annotations

import pytest

from medevac.planner.faults import FaultsError
from medevac.tables.facilities.rows import read_csv


def sentences(data: bytes, *needed: str) -> list[str]:
    """The faults of a file."""
    with pytest.raises(FaultsError) as refused:
        read_csv(data, needed)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize(
    "data",
    [
        b"id,name\n1,Oslo\n",
        b"id;name\r\n1;Oslo\r\n",
        b"id\tname\n1\tOslo",
        b"\xef\xbb\xbfid,name\n1,Oslo\n",
        b" id , name \n\n 1 , Oslo \n,\n",
        b'id,"name"\n1,"Oslo"\n',
    ],
)
def test_the_same_rows_from_different_programs(data: bytes) -> None:
    """Tests commas, semicolons, tabs, a mark, spaces, empty lines, quotation marks, no last line end."""
    table = read_csv(data, ("id", "name"))
    assert table.columns == ("id", "name")
    assert [dict(row.values) for row in table.rows] == [{"id": "1", "name": "Oslo"}]
    assert table.bad == ()


def test_a_line_is_where_its_row_begins() -> None:
    """Tests a value that goes over two lines: the next row begins at line 4."""
    table = read_csv(b'id,name\n1,"Oslo\nUS"\n2,Bergen\n', ())
    assert [row.line for row in table.rows] == [2, 4]
    assert table.rows[0]["name"] == "Oslo\nUS"


def test_every_missing_column_is_named_at_once() -> None:
    """Tests two missing columns, of which one is nearly there, and one that comes twice."""
    found = sentences(b"id,Lat,id\n1,2,3\n", "id", "lat", "lon")
    assert found == [
        'line 1, column lat: expected that column, got only "id", "Lat", "id". Did you mean "Lat"? '
        "Name the column in the first line.",
        'line 1, column lon: expected that column, got only "id", "Lat", "id". '
        "Name the column in the first line.",
        "line 1, column id: expected it once, got it 2 times. Remove one.",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing: it is empty"),
        (b" \n \n", "nothing: it is empty"),
        (b"id,name\n", "at least one row"),
        (b"\xff\xfei\x00d\x00", "UTF-16"),
        (b"PK\x03\x04 rest of a workbook", "a workbook"),
        (b"id,name\n1,Troms\xf8\n", "line 2: expected UTF-8 text, got the byte 0xF8"),
        (b"id,name\n1,Os\x00lo\n", "line 2: expected text, got a character NUL"),
        (b'id,name\n1,Oslo\n2,"Bergen\n3,Bod\n', "line 3: expected a row of values"),
        (b'id,name\n1,"Oslo" US\n', "line 2: expected a row of values"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, words: str) -> None:
    """Tests empty, header only, other encodings, a workbook, NUL, and quotation marks gone wrong."""
    (found,) = sentences(data, "id")
    assert words in found


def test_a_row_with_too_few_or_too_many_values_is_bad() -> None:
    """Tests that the others stay, and that a short last row is called cut off."""
    table = read_csv(b"id,name\n1,a,b\n2,c\n3", ("id",))
    assert [row["id"] for row in table.rows] == ["2"]
    first, last = (str(bad.faults[0]) for bad in table.bad)
    assert first == (
        "line 2: expected 2 values, as many as columns, got 3. Check separators and quotation marks."
    )
    assert last == (
        "line 4: expected 2 values, as many as columns, got 1. The file seems to be cut off: fetch it again."
    )
