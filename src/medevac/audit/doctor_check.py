"""What `medevac doctor` says of the record: whether it is closed, and whether history is written."""

from __future__ import annotations

from collections.abc import Iterator

from medevac.database import connect
from medevac.doctor.finding import Finding
from medevac.doctor.registry import Installation, register

# Tables of this room, and history tables, which alone have the column pgh_id.
_OPEN = """
    SELECT class.relname FROM pg_class AS class
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r'
        AND (class.relname LIKE 'audit\\_%' OR EXISTS (
            SELECT 1 FROM pg_attribute AS column_
            WHERE column_.attrelid = class.oid AND column_.attname = 'pgh_id' AND NOT column_.attisdropped))
        AND has_table_privilege(class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
    ORDER BY class.relname
"""
_SWITCHED_OFF = """
    SELECT tgrelid::regclass::text FROM pg_trigger
    WHERE tgname LIKE 'pgtrigger\\_%' AND tgenabled <> 'O' GROUP BY 1 ORDER BY 1
"""
_EXISTS = "SELECT to_regclass('public.audit_look') IS NOT NULL"


@register("record")
def record(installation: Installation) -> Iterator[Finding]:
    """Whether web and worker could change the record, and whether history is written."""
    if installation.addresses is None:
        return
    with connect(installation.addresses.app) as connection:
        if connection.execute(_EXISTS).fetchone() != (True,):
            yield Finding.fault("The tables of the record are missing.", "Run `medevac migrate`.")
            return
        open_tables = [name for (name,) in connection.execute(_OPEN)]
        silent = [name for (name,) in connection.execute(_SWITCHED_OFF)]
    if open_tables:
        yield Finding.fault(
            f"Web and worker could change the record: {', '.join(open_tables)}.",
            "Run `medevac migrate`, which closes these tables; then find out who opened them.",
        )
    if silent:
        yield Finding.fault(
            f"Triggers that write history are switched off: {', '.join(silent)}.",
            "As their owner, run ALTER TABLE … ENABLE TRIGGER ALL for each; then find out who did it.",
        )
    if not open_tables and not silent:
        yield Finding.well("History is written, and web and worker can change nothing of the record.")
