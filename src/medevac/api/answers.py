"""What every operation has in common: bounded pages, and faults in one form that the documentation names."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import Field, StringConstraints

T = TypeVar("T")
MOST_ROWS = 200
FARTHEST = 100_000
NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"

SearchText = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROL)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS)]
Offset = Annotated[int, Field(ge=0, le=FARTHEST)]


class Fault(Schema):
    """Why there is no answer: what was expected, what came, what to do."""

    detail: str


class FieldFault(Schema):
    """What is wrong with one value of the request."""

    where: list[str | int]
    expected: str


class Invalid(Schema):
    """Every value of the request that cannot be used."""

    detail: str
    faults: list[FieldFault]


class Paging(Schema):
    """Which part of a list is wanted."""

    limit: Limit = Field(50, description=f"At most so many rows, 1 to {MOST_ROWS}.")
    offset: Offset = Field(0, description="So many rows are passed over.")


class Page(Schema, Generic[T]):
    """A part of a list, and how long the whole is."""

    items: list[T]
    count: int
    limit: int
    offset: int


PageOf = Query[Paging]
FAULTS: dict[int, Any] = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 422: Invalid, 429: Fault}


def answered_with(schema: Any, *, one: bool = False) -> dict[int, Any]:
    """The answers of an operation: its own, and the faults that it can end in."""
    faults = FAULTS if one else {code: fault for code, fault in FAULTS.items() if code != 404}
    return {200: schema, **faults}


def page_of(rows: QuerySet[Any] | list[Any], paging: Paging) -> dict[str, Any]:
    """The wanted part of some rows."""
    count = len(rows) if isinstance(rows, list) else rows.count()
    part = rows[paging.offset : paging.offset + paging.limit]
    return {"items": list(part), "count": count, "limit": paging.limit, "offset": paging.offset}
