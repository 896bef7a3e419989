"""Closes the tables of the record to everybody but their owner, after every migration; and says what is open.

A new table is open to the application's role by the database's default rights. Django's `post_migrate` comes
after the last migration of one `medevac migrate`, so no history table is open when the service starts again.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models
from pghistory.models import Event

_CHANGING = "INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
_OPEN = """
    SELECT class.oid::regclass::text, coalesce(role.rolname, 'everybody'), right_.privilege_type
    FROM pg_class AS class
    CROSS JOIN aclexplode(class.relacl) AS right_
    LEFT JOIN pg_roles AS role ON role.oid = right_.grantee
    WHERE class.oid = %s::regclass AND right_.grantee <> class.relowner AND right_.privilege_type <> 'SELECT'
"""


def record_tables() -> list[str]:
    """The tables of history, access log and exports."""
    own = apps.get_app_config("audit").get_models()
    events = (model for model in apps.get_models() if issubclass(model, Event))
    return sorted({_table(model) for model in (*own, *events)})


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def open_rights(using: str = "default") -> list[tuple[str, str, str]]:
    """Table, role and right, for every right to change the record that anybody but its owner has."""
    found: list[tuple[str, str, str]] = []
    with connections[using].cursor() as cursor:
        for table in record_tables():
            cursor.execute(_OPEN, [f"public.{table}"])
            found.extend(cursor.fetchall())
    return found


def close(using: str = "default", **_: Any) -> None:
    """Take every right but reading from everybody but the owner; receives `post_migrate`."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in record_tables():
            if table not in existing:
                continue
            cursor.execute(_OPEN, [f"public.{table}"])
            for role in {role for _, role, _ in cursor.fetchall()}:
                name = "PUBLIC" if role == "everybody" else quote(role)
                cursor.execute(f"REVOKE {_CHANGING} ON {quote(table)} FROM {name}")
