"""One column of the sheet of cases, in three languages."""

from __future__ import annotations

from typing import Any

from medevac.tables.cases.words import CHOICES
from medevac.tables.columns import Column, Kind, worded


def case_column(
    key: str,
    kind: Kind,
    heading: tuple[str, str, str],
    note: tuple[str, str, str],
    example: Any = None,
    *,
    required: bool = False,
) -> Column:
    """Heading and note in English, Norwegian and Ukrainian; the choices are those of the key."""
    choices = tuple(CHOICES.get(key, ()))
    return worded(key, kind, heading, note, example, required=required, choices=choices)
