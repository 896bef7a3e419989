"""Ids that go to the database as one value: `column = ANY('{…}')` instead of `column IN (…, …, …)`.

A page asks for the organisations below one's own some fifty times. As a value for each id, the driver reads
every question anew, however often it has been asked, and Django looks at every id each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast
from uuid import UUID

from django.db.models import ForeignObject, UUIDField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class SentIds:
    """Some ids for `__in`, written once; they cannot be gone through, only be asked for."""

    def __init__(self, ids: Iterable[UUID]) -> None:
        self._ids = frozenset(ids)
        self.literal = "{" + ",".join(sorted(map(str, self._ids))) + "}"

    def __contains__(self, one: object) -> bool:
        return one in self._ids

    def __len__(self) -> int:
        return len(self._ids)


def sent(ids: Iterable[UUID]) -> Collection[UUID]:
    """Ids for `__in`, of which there may be hundreds; to the checker of types they are as good as a list."""
    return cast("Collection[UUID]", SentIds(ids))


class _Sent(In):
    """`in` that knows such ids, and leaves everything else to Django."""

    def get_prep_lookup(self) -> Any:
        return self.rhs if isinstance(self.rhs, SentIds) else super().get_prep_lookup()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if not isinstance(self.rhs, SentIds):
            return super().as_sql(compiler, connection)
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", [*parameters, self.rhs.literal]


@UUIDField.register_lookup
class SentIn(_Sent):
    """Of a column with ids."""


@ForeignObject.register_lookup
class SentRelatedIn(_Sent, RelatedIn):
    """Of a column that points to another row."""
