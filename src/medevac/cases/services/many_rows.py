"""Thousands of rows of one kind in a few statements, each with one parameter: the rows as JSON.

The library's own way writes a placeholder for each value, or a CASE for each changed row, which takes longer
than the database needs. Triggers, constraints and who acts are those of any other statement.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

ROWS_AT_ONCE = 1000


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, whose keys are known before.

    Raises
    ------
    IntegrityError
        Where a constraint refuses one of them.
    """
    if not rows:
        return
    fields = list(rows[0]._meta.local_concrete_fields)
    names = ", ".join(_quoted(field.column) for field in fields)
    statement = f"INSERT INTO {_table(rows[0])} ({names}) SELECT {names} FROM {_given(fields)}"
    for part in _parts(rows):
        _run(statement, part, fields, new=True)
        for row in part:
            row._state.adding, row._state.db = False, connection.alias


def update_rows(rows: Sequence[models.Model], names: Collection[str]) -> None:
    """Write the fields of these names of rows of one model.

    Raises
    ------
    IntegrityError
        Where a constraint refuses one of them.
    """
    if not rows or not names:
        return
    key = rows[0]._meta.pk
    assert key is not None
    fields = [field for field in rows[0]._meta.local_concrete_fields if field.name in names]
    changes = ", ".join(f"{_quoted(field.column)} = given.{_quoted(field.column)}" for field in fields)
    statement = (
        f"UPDATE {_table(rows[0])} AS kept SET {changes} FROM {_given([key, *fields])}"
        f" WHERE kept.{_quoted(key.column)} = given.{_quoted(key.column)}"
    )
    for part in _parts(rows):
        _run(statement, part, [key, *fields], new=False)


def _run(
    statement: str, rows: Sequence[models.Model], fields: Sequence[models.Field[Any, Any]], *, new: bool
) -> None:
    said = [
        {field.column: field.get_db_prep_save(field.pre_save(row, new), connection) for field in fields}
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(said, default=_plain, ensure_ascii=False)])


def _given(fields: Sequence[models.Field[Any, Any]]) -> str:
    columns = ", ".join(f"{_quoted(field.column)} {field.db_type(connection)}" for field in fields)
    return f"json_to_recordset(%s::json) AS given({columns})"


def _parts(rows: Sequence[models.Model]) -> Iterator[Sequence[models.Model]]:
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[begin : begin + ROWS_AT_ONCE]


def _plain(value: Any) -> str:
    """What JSON has no word for, as the database reads it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"Expected a value that the database can read from a text, got {type(value).__name__}.")


def _table(row: models.Model) -> str:
    return _quoted(row._meta.db_table)


def _quoted(name: str | None) -> str:
    assert name is not None, "Expected a field with a column of its own."
    return connection.ops.quote_name(name)
