"""What writes the record: looks and exports. History writes itself, by triggers."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from medevac.audit.context import tell_database

MOST_THINGS = 10_000  # in one row of the access log, as the table's own rule


class UnsealedExportError(RuntimeError):
    """An export ended without its bytes."""


def record_look(
    right: str,
    kind: str,
    things: Mapping[UUID, UUID | None] | Iterable[tuple[UUID, UUID | None]],
    *,
    export: int | None = None,
) -> None:
    """Write that whoever acts has looked, in the transaction of the caller.

    One row is written for each data owner, with all ids: a list is one row, unless it shows the data of
    several owners, each of whom is to see only their own part.

    Parameters
    ----------
    right
        The action of the policy that opened the things ("see.clinical").
    kind
        The model of the things ("people.user").
    things
        The id of each thing with the organisation that owns it; pairs, where one has several owners. Nothing
        is written for none.
    export
        The number of the export in which they leave.

    Raises
    ------
    django.db.DatabaseError
        Where nobody acts, or nobody that the database knows: the look must then not be shown.
    """
    by_owner: dict[UUID | None, list[UUID]] = defaultdict(list)
    for thing, owner in things.items() if isinstance(things, Mapping) else things:
        by_owner[owner].append(thing)
    rows = [(owner, part) for owner, ids in by_owner.items() for part in _parts(ids)]
    if not rows:
        return
    with transaction.atomic():
        tell_database()
        values = [value for owner, ids in rows for value in (right, kind, ids, owner, export)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(["audit_look(%s, %s, %s, %s, %s)"] * len(rows)), values)


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), MOST_THINGS):
        yield ids[start : start + MOST_THINGS]


@dataclass
class NumberedExport:
    """An export on its way out.

    Parameters
    ----------
    number
        To be printed on it and to stand in its file name.
    """

    number: int
    sealed: bool = False

    def seal(self, content: bytes) -> bytes:
        """Keep the hash of what leaves, and give it back."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_seal_export(%s, %s, %s)",
                [self.number, hashlib.sha256(content).digest(), len(content)],
            )
        self.sealed = True
        return content


@contextmanager
def numbered_export(title: str, file_format: str, contents: Mapping[str, Any]) -> Iterator[NumberedExport]:
    """Give an export its number, in one transaction with the making of its bytes::

        with numbered_export("audit.access_log", "csv", {"rows": 12}) as export:
            content = export.seal(make(export.number))

    Whoever else exports waits meanwhile. When it fails, the number goes to the next.

    Parameters
    ----------
    title
        What leaves: "people.access".
    file_format
        "csv", "pdf", "print" …
    contents
        What is in it: conditions, columns, how many rows, ids; no names.

    Raises
    ------
    UnsealedExportError
        Where the block ends without `seal`.
    """
    with transaction.atomic():
        tell_database()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_begin_export(%s, %s, %s)",
                [title, file_format, json.dumps(contents, cls=DjangoJSONEncoder)],
            )
            export = NumberedExport(cursor.fetchone()[0])
        yield export
        if not export.sealed:
            raise UnsealedExportError(
                f"Expected seal() with the bytes of export {export.number} inside its block, got none."
            )


def things_owned_by(owner: UUID | None, things: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """The form that `record_look` takes, where all things have one owner."""
    return dict.fromkeys(things, owner)
