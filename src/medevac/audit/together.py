"""Operations of a migration that are carried out against one state, so that a new database takes seconds."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps
from pgtrigger.migrations import AddTrigger

LAID_OVER: dict[type[Operation], str] = {
    AddConstraint: "constraints",
    AddIndex: "indexes",
    AddTrigger: "triggers",
}


class Together(SeparateDatabaseAndState):
    """Several operations that do not build on each other, such as all tables or all triggers of a migration.

    Django draws every model that a changed one touches anew after each operation, and nearly every model
    touches the user: five hundred times for a new database, four fifths of its time. Here they are drawn
    once for all of them, and only where fields of a table that is there change: new tables are drawn beside
    those that are there, and what is laid over fields is told to their models. Each operation sees the state
    before the first and the state after the last, so an operation whose SQL depends on another one in the
    list (a field and a constraint over it) belongs in a later list. `operations`: in the order in which
    their SQL is run.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return type(self).__name__, [], {"operations": self.state_operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        drawn: StateApps | None = state.__dict__.pop("apps", None)  # nothing is drawn after each operation
        super().state_forwards(app_label, state)
        if drawn is None:
            return
        state.is_delayed = True  # what runs Python over the models has all of them drawn anew, as with Django
        tables = [one for one in self.state_operations if isinstance(one, CreateModel)]
        over = [
            one for one in self.state_operations if isinstance(one, (AddConstraint, AddIndex, AddTrigger))
        ]
        if len(tables) == len(self.state_operations):
            drawn.render_multiple([state.models[app_label, one.name_lower] for one in tables])
            state.__dict__["apps"] = drawn
        elif len(over) == len(self.state_operations):
            for one in over:
                what, name = LAID_OVER[type(one)], one.model_name.lower()
                setattr(
                    drawn.get_model(app_label, name)._meta, what, state.models[app_label, name].options[what]
                )
            state.__dict__["apps"] = drawn

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
