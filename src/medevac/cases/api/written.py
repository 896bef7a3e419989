"""What the writing of every part has in common: one deed on a case as it was read, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from ninja import Query, Schema
from ninja.errors import HttpError

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, answered_with
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import CLINICAL, PERSONAL, READ, case_for, look
from medevac.cases.api.values import Version
from medevac.cases.api.writing import WRITE
from medevac.cases.models import Case
from medevac.cases.services.changed import lock_as_seen
from medevac.people.policy import demand, visible
from medevac.people.roles import Right

T = TypeVar("T")
M = TypeVar("M", bound=Model)
writing_personal = TokenAccess(WRITE.name, PERSONAL.name)
writing_clinical = TokenAccess(WRITE.name, CLINICAL.name)
writing_operational = TokenAccess(WRITE.name, READ.name)


SeenVersion = Query[Version]  # where nothing else is sent


class Seen(Strict):
    """The version of the case as it was read."""

    version: Version


class Touched(Schema):
    """A case after one of its parts was taken away."""

    case: UUID
    version: int
    changed_at: datetime


class Written(Touched, Generic[T]):
    """A case after one of its parts was written, and the part."""

    part: T


def answers(schema: Any) -> dict[int, Any]:
    """The answers of an operation that writes a part."""
    return answered_with(schema, one=True) | {409: Fault}


@contextmanager
def deed_on(request: HttpRequest, id: UUID, action: str, seen: int) -> Iterator[tuple[Any, Case]]:
    """The token's holder and the case, locked as it was read; whole or not at all.

    Sent twice with one version it is done once, where it raises the version.
    """
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    with deed():
        demand(holder, action, case)
        lock_as_seen(case, seen)
        yield holder, case


def row_of(holder: Any, model: type[M], case: Case, id: UUID, right: Right) -> M:
    """One row of a part, or 404."""
    rows: Any = model._default_manager.filter(case=case, pk=id)
    found: M | None = visible(holder, rows, right).select_related("case").first()
    if found is None:
        what = model._meta.model_name
        raise HttpError(404, f"Expected the id of a {what} of case {case.pk} that is open, got {id}.")
    return found


def touched(holder: Any, case: Case) -> dict[str, Any]:
    """The case as it is now."""
    now = case_for(holder, case.pk)
    return {"case": now.pk, "version": now.version, "changed_at": now.changed_at}


def written(holder: Any, case: Case, right: Right, row: Model) -> dict[str, Any]:
    """The case and the row as they are now; telling what was not sent is a look."""
    look(holder, right, [case])
    row.refresh_from_db()
    return {**touched(holder, case), "part": row}
