"""Tests that the house's migrations draw their models a few times, not after each operation."""

from __future__ import annotations

from itertools import pairwise

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

# What does not build on another of its kind: tables, fields, and what is laid over them.
KINDS: tuple[tuple[type[Operation], ...], ...] = (
    (CreateModel,),
    (AddField,),
    (AddIndex, AddConstraint, AddTrigger),
)


def test_like_operations_are_carried_out_together() -> None:
    """Tests that no two operations of a kind follow each other outside a Together."""
    alone = [
        f"{app}.{name}: {second.describe()}"
        for (app, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if type(migration).__module__.startswith("medevac.")
        for first, second in pairwise(migration.operations)
        if any(isinstance(first, kind) and isinstance(second, kind) for kind in KINDS)
    ]
    assert alone == [], "Put these with those before them into a medevac.audit.together.Together."
