"""Bounded values that programs send: lines, texts, moments, versions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from ninja.errors import HttpError
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from medevac.api.answers import NO_CONTROL

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
SAID = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"  # a line that is not blank
TOLD = r"^[^\x00]*[^\s\x00-\x1f\x7f][^\x00]*$"  # the same, of several lines

Line30 = Annotated[str, StringConstraints(max_length=30, pattern=NO_CONTROL)]
Line60 = Annotated[str, StringConstraints(max_length=60, pattern=NO_CONTROL)]
Line80 = Annotated[str, StringConstraints(max_length=80, pattern=NO_CONTROL)]
Line100 = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROL)]
Line120 = Annotated[str, StringConstraints(max_length=120, pattern=NO_CONTROL)]
Line200 = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROL)]
Line300 = Annotated[str, StringConstraints(max_length=300, pattern=NO_CONTROL)]
Said40 = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=SAID)]
Said60 = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=SAID)]
Said80 = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=SAID)]
Said100 = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=SAID)]
Said120 = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=SAID)]
Said200 = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=SAID)]
Text1000 = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Text2000 = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Told500 = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=TOLD)]
Told1000 = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=TOLD)]
Told2000 = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=TOLD)]
Told4000 = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=TOLD)]
ItemCode = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9._-]+$")]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


def _written_out(value: Any) -> Any:
    """Refuse a bare number, which would be taken for seconds since 1970."""
    if isinstance(value, str) and "-" not in value[1:]:
        raise ValueError("Expected a moment such as 2026-11-29T06:00:00Z.")
    return value


def _within(value: datetime) -> datetime:
    """Refuse what the database could not give back; a schema has no word for it, so it is a 409."""
    if not EARLIEST <= value <= LATEST:
        raise HttpError(409, f"Expected a moment from {EARLIEST:%Y} to {LATEST:%Y}, got {value.isoformat()}.")
    return value


def _brought_within(value: datetime) -> datetime:
    """What lies outside asks for the same as the bound."""
    return min(max(value, EARLIEST), LATEST)


Written = Annotated[AwareDatetime, BeforeValidator(_written_out)]
Moment = Annotated[Written, AfterValidator(_within)]
Since = Annotated[Written, AfterValidator(_brought_within)]
