"""Closes the tombstones to everybody but the owner of the tables, after every migration."""

from __future__ import annotations

from typing import Any

from django.db import connections

from medevac.operations.models import Tombstone

_OPEN = """
    SELECT DISTINCT coalesce(role.rolname, 'PUBLIC')
    FROM pg_class AS class
    CROSS JOIN aclexplode(class.relacl) AS right_
    LEFT JOIN pg_roles AS role ON role.oid = right_.grantee
    WHERE class.oid = %s::regclass AND right_.grantee <> class.relowner AND right_.privilege_type <> 'SELECT'
"""


def close(using: str = "default", **_: Any) -> None:
    """Take every right but reading; receives `post_migrate`."""
    connection = connections[using]
    table = Tombstone._meta.db_table
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return
        cursor.execute(_OPEN, [f"public.{table}"])
        for (role,) in cursor.fetchall():
            name = role if role == "PUBLIC" else quote(role)
            cursor.execute(
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {quote(table)} FROM {name}"
            )
