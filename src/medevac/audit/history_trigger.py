"""The trigger that writes history, with rights of its own: it cannot be switched off or borrowed.

Migrations of every room name `SealedTriggerSql`, so what it writes for a given trigger must not change; a new
way gets a new class.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from pghistory import DeleteEvent, InsertEvent, RowEvent, UpdateEvent
from pghistory.trigger import Event
from pgtrigger import compiler


class SealedTriggerSql(compiler.UpsertTriggerSql):
    """A trigger function that runs with its owner's rights and asks no setting whether it should run.

    Only its own table may use it: else a temporary table with this trigger would forge history.
    """

    def get_template(self) -> str:
        """The statements; the library fills in the names."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
                BEGIN
                    IF TG_RELID <> 'public.{table}'::regclass THEN
                        RAISE EXCEPTION 'Expected the table {table}, got %.', TG_RELID::regclass
                            USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    {func}
                END;
            $$;
            REVOKE ALL ON FUNCTION {pgid}() FROM PUBLIC;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table}
                FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class HistoryTrigger(Event):
    """Writes the row, the database's own time and the checked context into the history table."""

    def get_func(self, model: Any) -> str:
        """The body of the function."""
        events: Any = self.event_model
        tracked = {field.name for field in events.pgh_tracked_model._meta.fields}
        values = {
            field.column: f'{self.row}."{field.column}"'
            for field in events._meta.fields
            if field.name in tracked
        }
        key = events.pgh_tracked_model._meta.pk.column
        values |= {
            "pgh_created_at": "clock_timestamp()",
            "pgh_label": f"'{self.label}'",
            "pgh_obj_id": f'{self.row}."{key}"',
            "pgh_context": "audit_acting()",
        }
        columns = ", ".join(f'"{column}"' for column in values)
        return (
            f'INSERT INTO "{events._meta.db_table}" ({columns})'
            f" VALUES ({', '.join(values.values())}); RETURN NULL;"
        )

    def compile(self, model: Any) -> compiler.Trigger:
        """The trigger as migrations keep it."""
        return compiler.Trigger(
            name=self.name,
            sql=SealedTriggerSql(
                pgid=self.get_pgid(model),
                func=self.render_func(model),
                table=model._meta.db_table,
                when=self.when,
                operation=self.operation,
                level=str(self.level),
                condition=self.render_condition(model),
            ),
        )


class _Sealed(RowEvent):
    """Registers our trigger in place of the library's."""

    def add_event_trigger(self, event_model: Any) -> None:
        """Add the trigger to the recorded model."""
        pgtrigger.register(
            HistoryTrigger(  # type: ignore[no-untyped-call]
                event_model=event_model,
                label=self.label,
                name=self.trigger_name,
                row=self.row,
                operation=self.operation,
                condition=self.condition,
                level=pgtrigger.Row,
            )
        )(event_model.pgh_tracked_model)


class Made(_Sealed, InsertEvent):
    """A row was added."""


class Changed(_Sealed, UpdateEvent):
    """A row was changed."""


class Deleted(_Sealed, DeleteEvent):
    """A row was deleted; its last values are kept."""
