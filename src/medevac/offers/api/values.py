"""Bounded values that programs send to this room: days, lines, stays."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja.errors import HttpError
from pydantic import AfterValidator, Field, StringConstraints

from medevac.api.answers import NO_CONTROL
from medevac.cases.api.values import TOLD

EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


def _within(value: date) -> date:
    """Refuse a day that nobody can mean; a schema has no word for it, so it is a 409."""
    if not EARLIEST <= value <= LATEST:
        raise HttpError(409, f"Expected a day from {EARLIEST:%Y} to {LATEST:%Y}, got {value.isoformat()}.")
    return value


def _brought_within(value: date) -> date:
    """What lies outside asks for the same as the bound."""
    return min(max(value, EARLIEST), LATEST)


NearDay = Annotated[date, AfterValidator(_within)]
AskedDay = Annotated[date, AfterValidator(_brought_within)]
Stay = Annotated[int, Field(ge=1, le=1000)]
Line500 = Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROL)]
Told300 = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=TOLD)]
