"""Tests that the house's migrations draw their models a few times, not after each operation."""

from __future__ import annotations

from itertools import pairwise

from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CASCADE
from pgtrigger.migrations import AddTrigger

from medevac.audit.together import Together

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


def test_models_are_as_if_drawn_anew() -> None:
    """Tests that what is drawn beside models, or told to them, is what a whole new drawing shows."""
    key = models.BigAutoField(primary_key=True)
    state = ProjectState()
    CreateModel("Ward", [("id", key)]).state_forwards("clinic", state)
    before = state.apps
    place = [
        ("id", key),
        ("number", models.IntegerField()),
        ("ward", models.ForeignKey("clinic.Ward", CASCADE)),
    ]
    positive = models.CheckConstraint(condition=models.Q(number__gt=0), name="positive")
    steps: tuple[list[Operation], ...] = (
        [CreateModel("Place", place), CreateModel("Nurse", [("id", key)])],
        [
            AddConstraint("place", positive),
            AddIndex("place", models.Index(fields=["number"], name="numbers")),
        ],
    )
    for operations in steps:
        Together(operations).state_forwards("clinic", state)
        assert state.apps is before
        assert _shown(state) == _shown(ProjectState(models=state.models))


def _shown(state: ProjectState) -> dict[str, tuple[list[str], ...]]:
    return {
        model.__name__: (
            [repr(field) for field in model._meta.get_fields()],
            [repr(one) for one in [*model._meta.constraints, *model._meta.indexes]],
        )
        for model in state.apps.get_models()
    }
