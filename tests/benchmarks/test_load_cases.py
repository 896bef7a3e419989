"""Tests that the loader of many cases writes what it says, under all constraints, and the same by seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection

import case_rows
import case_world
import load_cases
from medevac.audit.history import recordings
from medevac.cases.models import Case, CaseItem, CaseStep, Clinical, Companion, Person
from medevac.database import OWNER
from medevac.people.policy import visible

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COUNT = 200


@pytest.fixture
def owner(transactional_db: None) -> Iterator[None]:
    """The role that owns the tables, as which a load is done; the application's may switch off no trigger."""
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = OWNER
    yield
    connection.close()
    connection.settings_dict["USER"] = before


def test_two_hundred_cases(owner: None) -> None:
    """Tests counts, shares, names in both scripts, history and reach of a small load."""
    world = case_world.build_world(oblasts=4, hospitals_each=5)
    written = load_cases.load(world, COUNT, seed=7, now=NOW)
    for model in (Person, Case, Clinical, CaseStep, CaseItem, Companion):
        assert model.unscoped.count() == written[model._meta.db_table]
        events = recordings()[model._meta.label_lower].events
        assert events.objects.count() == written[events._meta.db_table]
    assert Case.unscoped.count() == Clinical.unscoped.count() == COUNT
    assert CaseItem.unscoped.count() == COUNT * len(case_world.ITEMS)
    assert 170 < Person.unscoped.count() <= COUNT  # some came back with a second case
    states = recordings()["cases.case"].events.objects.count()
    assert states == COUNT + CaseStep.unscoped.count()
    kinds = Counter(Case.unscoped.values_list("category", flat=True))
    assert 130 < kinds["trauma"] < 175  # 74 of 100; with burns the published 78.7
    live = sum(one.live for one in Case.unscoped.all())
    assert 10 < live < 45  # 12 of 100
    for person in Person.unscoped.exclude(family_name="")[:20]:
        assert person.latin_family_name.isascii()
        assert person.latin_family_name.lower() in person.search_key
    for case in Case.unscoped.all():
        last = CaseStep.unscoped.filter(case=case).order_by("-at", "-pk").first()
        assert case.state == (last.target if last else "draft")
        case.full_clean(exclude=["person"])
    seen = {name: visible(user, Case.objects.all()).count() for name, user in world.people.items()}
    assert seen["ministry"] == COUNT >= seen["oblast"] >= seen["hospital"] > 0
    hidden = Case.unscoped.filter(state__in=("draft", "submitted", "verified")).count()
    assert seen["partner"] == COUNT - hidden


def test_what_comes_after_is_recorded(owner: None) -> None:
    """Tests that the triggers and the numbers of steps go on after a load."""
    world = case_world.build_world(oblasts=1, hospitals_each=1)
    load_cases.load(world, 20, seed=1, now=NOW)
    case = Case.unscoped.first()
    events = recordings()["cases.case"].events
    before = events.objects.filter(pgh_obj_id=case.pk).count()
    case.payer = "Somebody"
    case.save()
    assert events.objects.filter(pgh_obj_id=case.pk).count() == before + 1
    step = CaseStep.unscoped.create(
        case=case,
        action="transfer",
        source=case.state,
        target=case.state,
        actor=world.people["ministry"].pk,
        at=NOW,
    )
    assert step.pk == CaseStep.unscoped.count()


@pytest.mark.django_db
def test_the_same_rows_by_seed() -> None:
    """Tests that a seed gives the same cases again, and another seed others."""
    world = case_world.build_world(oblasts=1, hospitals_each=2)
    one, two, other = (
        [rows.case for rows in case_rows.invent(world, 30, seed=seed, now=NOW)] for seed in (3, 3, 4)
    )
    assert one == two
    assert one != other
