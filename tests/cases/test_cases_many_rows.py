"""Many rows at once: every kind of value comes back as it was, constraints and history hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from case_files import filed
from directory_places import Places
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from medevac.audit.context import Acting, acting
from medevac.audit.history import recordings
from medevac.cases.models import Case, Clinical, Person
from medevac.cases.services.many_rows import ROWS_AT_ONCE, insert_rows, update_rows
from medevac.people.roles import Role


def _values(row: Case | Person | Clinical) -> dict[str, object]:
    return {field.name: getattr(row, field.attname) for field in row._meta.local_concrete_fields}


def person(places: Places, **fields: object) -> Person:
    """A person who is not kept yet."""
    return Person(keeper=places.world["hospital"], birth_year=1990, family_name="Згурський", **fields)


def test_every_kind_of_value_comes_back(places: Places) -> None:
    """Tests lists, decimals, days, nothing, quotes, an encrypted number, and who did it in the history."""
    one = person(places, birth_date=date(1990, 4, 5), document_number='FX "1" \\ %s {}', telephone="'; --")
    case = Case(
        person=one, requester=places.world["hospital"], mission=places.mission, pseudonym="RK-0001",
        age_band="18-39", state_since=timezone.now(), specialties=["orthopaedics", 'burns, "large"', "{a}"],
        oxygen_litres=Decimal("2.5"), monitor=True, wants_return=None,
    )  # fmt: skip
    picture = Clinical(case=case, diagnosis="Опік\n\t— 40 %", icd10=[])
    user = places.world.people[Role.HOSPITAL_COORDINATOR]
    with acting(Acting(kind="user", actor=user.pk)):
        for row in (one, case, picture):
            insert_rows([row])
    for row in (one, case, picture):
        assert not row._state.adding
        assert _values(type(row).unscoped.get(pk=row.pk)) == _values(row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT document_number FROM cases_person")
        assert "FX" not in cursor.fetchone()[0]
    event = recordings()["cases.case"].events.objects.get()
    assert (event.pgh_label, event.pgh_context["actor"]) == ("insert", str(user.pk))


def test_only_the_fields_that_are_named_are_written(places: Places) -> None:
    """Tests that others keep what is kept, and that the history has one change for a changed row."""
    cases = [filed(places, family_name=name) for name in ("Перша", "Друга")]
    for number, case in enumerate(cases):
        case.weight_kg, case.payer, case.preferred_countries = 70 + number, "nobody", ["NO", "DE"]
    events = recordings()["cases.case"].events.objects
    before = events.count()
    update_rows(cases, {"weight_kg", "preferred_countries"})
    kept = {case.pk: case for case in Case.unscoped.all()}
    assert [(kept[case.pk].weight_kg, kept[case.pk].payer) for case in cases] == [(70, ""), (71, "")]
    assert kept[cases[0].pk].preferred_countries == ["NO", "DE"]
    assert events.count() == before + 2


def test_a_constraint_refuses_all_of_them(places: Places) -> None:
    """Tests a text that is too long, a broken rule and a row that is there twice: nothing is written."""
    sound = person(places)
    for bad, error in (
        (person(places, telephone="+" * 31), DataError),
        (person(places, sex="maybe"), IntegrityError),
        (sound, IntegrityError),
    ):
        with pytest.raises(error), transaction.atomic():
            insert_rows([sound, bad])
    assert not Person.unscoped.exists()


def test_one_statement_for_a_thousand_rows(places: Places) -> None:
    """Tests the number of statements, and that nothing at all costs none."""
    with CaptureQueriesContext(connection) as asked:
        insert_rows([])
        update_rows([], {"telephone"})
        insert_rows([person(places) for _ in range(ROWS_AT_ONCE + 1)])
    assert len(asked) == 2
    assert Person.unscoped.count() == ROWS_AT_ONCE + 1
