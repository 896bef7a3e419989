"""Tests that the page about the workbook says what the sheets are, and that its how-to is there."""

from __future__ import annotations

from pathlib import Path

from medevac.tables import container, survey
from medevac.tables.reference import reference_tables

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "workbook.md").read_text(encoding="utf-8")


def test_the_page_has_every_sheet_and_column() -> None:
    """Tests the page's tables word for word; after a change print them with the module and paste them."""
    start, end = "<!-- tables -->\n", "<!-- end of tables -->"
    found = PAGE[PAGE.index(start) + len(start) : PAGE.index(end)]
    assert found == reference_tables(), "run: python -m medevac.tables.reference"


def test_the_page_tells_the_limits() -> None:
    """Tests that every number beyond which a workbook is refused is on the page."""
    for limit in (
        container.LARGEST_FILE // 1_000_000,
        container.LARGEST_UNPACKED // 1_000_000,
        survey.MOST_ROWS,
        survey.MOST_CELLS,
        survey.MOST_COLUMNS,
    ):
        assert f"{limit:,}" in PAGE
