"""Instants on the command line, written as in the documents: `2026-01-14T07:30Z`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer


def parse_instant(text: str) -> datetime:
    """An instant as the format writes it; a usage error if it is none."""
    from medevac.planner.reading.checks import UnfitError, instant

    try:
        return instant(text)
    except UnfitError as unfit:
        raise typer.BadParameter(f"expected {unfit.expected}, got {text!r}. {unfit.remedy}") from None


def checked_instant(text: str | None) -> str | None:
    """An option's value, once it is seen to be an instant."""
    if text is not None:
        parse_instant(text)
    return text


Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="INSTANT",
        callback=checked_instant,
        help="Such as 2026-01-14T07:30Z; what lies before it is flown as printed.",
    ),
]
