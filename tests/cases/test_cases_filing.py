"""Filing with five fields and growing; one live case for a person; pseudonyms, names and ages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.db import IntegrityError, transaction
from django.utils import timezone
from world import member
from world import person as somebody

from medevac.cases.models import Case, Clinical, Person
from medevac.cases.naming import age_band, age_on, new_pseudonym
from medevac.cases.services import CaseFacts, PersonFacts, act, change_case, file_case
from medevac.cases.services.entering import Entered, enter_case
from medevac.cases.states import Action, Reason, State
from medevac.people.days import current_day
from medevac.people.models import EmergencyAccess
from medevac.people.policy import NotAllowedError, may, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right, Role

LVIV = PersonFacts(birth_year=1988, family_name="Їжакевич", given_name="Знам'яна")


def test_five_fields_are_enough(places: Places) -> None:
    """Tests that mission, requester, name, year of birth and a diagnosis make a draft with the rest open."""
    case = filed(places, birth_year=current_day().year - 9)
    assert (case.state, case.priority, case.age_band, case.child) == ("draft", "P3", "2-11", True)
    person = Person.unscoped.get(pk=case.person_id)
    assert (person.latin_family_name, person.latin_given_name) == ("Zghurskyi", "Yurii")
    assert Clinical.unscoped.get(pk=case.pk).diagnosis.startswith("Open fracture")
    assert len(case.pseudonym) == 7


def test_a_pseudonym_instead_of_a_name(places: Places) -> None:
    """Tests that nobody needs a name to begin with."""
    case = filed(places, family_name="", given_name="")
    assert Person.unscoped.get(pk=case.person_id).search_key == ""
    assert case.pseudonym


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"birth_year": 1800}, "birth"), ({"sex": "x"}, "sex"), ({"citizenship": "ukraine"}, "citizenship")],
)
def test_a_wrong_field_is_named_and_nothing_is_written(places: Places, changes: dict, said: str) -> None:
    """Tests that a fault names its field, and that no half of a case remains."""
    with pytest.raises(RefusedError, match=said):
        filed(places, **changes)
    assert not Person.unscoped.exists()
    assert not Case.unscoped.exists()


def test_the_missions_days_are_kept(places: Places) -> None:
    """Tests that an ended mission takes no new case."""
    places.mission.last_day = current_day() - timedelta(days=1)
    places.mission.save()
    with pytest.raises(RefusedError, match="takes no new cases"):
        filed(places)


def test_nobody_files_for_others(places: Places) -> None:
    """Tests that a hospital files for itself and not for its neighbour."""
    with pytest.raises(NotAllowedError):
        filed(places, place="other_hospital")


@pytest.mark.any_postgresql
def test_one_live_case_for_a_person(places: Places) -> None:
    """Tests that the second is refused with the pseudonym of the first, by the database too."""
    first = filed(places)
    hospital = places.world.people[Role.HOSPITAL_COORDINATOR]
    facts = CaseFacts(places.mission, places.world["hospital"], first.person, "Burns of both hands")
    with pytest.raises(RefusedError, match=first.pseudonym):
        file_case(hospital, facts)
    with pytest.raises(IntegrityError, match="cases_case_one_live"), transaction.atomic():
        Case.unscoped.create(
            mission=places.mission,
            requester=places.world["hospital"],
            person=first.person,
            pseudonym="AA-0000",
            state_since=timezone.now(),
            age_band="18-39",
        )
    act(hospital, first.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    second = file_case(hospital, replace(facts))
    assert second.person_id == first.person_id
    assert Person.unscoped.count() == 1


def test_a_live_case_elsewhere_is_not_named(places: Places) -> None:
    """Tests that a hospital that may not see the person's live case hears of it without its pseudonym."""
    first = filed(places)
    Case.unscoped.filter(pk=first.pk).update(requester=places.world["other_hospital"])
    hospital = places.world.people[Role.HOSPITAL_COORDINATOR]
    facts = CaseFacts(places.mission, places.world["hospital"], first.person, "Burns of both hands")
    with pytest.raises(RefusedError, match="not open to you") as refused:
        file_case(hospital, facts)
    assert first.pseudonym not in str(refused.value)


def test_what_has_become_known_is_written(places: Places) -> None:
    """Tests that case, person and clinical picture grow in one deed, and that a stale writer is refused."""
    case, hospital = filed(places), places.world.people[Role.HOSPITAL_COORDINATOR]
    changed = change_case(
        hospital,
        case,
        seen=1,
        fields={"position": "litter", "oxygen_litres": 4, "specialties": ["orthopaedics"]},
        person={"birth_date": date(1991, 2, 3), "latin_family_name": "Zgurski", "latin_by_hand": True},
        clinical={"allergies": "penicillin"},
    )
    assert (changed.position, changed.version) == ("litter", 2)
    person = Person.unscoped.get(pk=case.person_id)
    assert (person.birth_year, person.latin_family_name) == (1991, "Zgurski")
    assert "згурський" in person.search_key
    with pytest.raises(RefusedError, match="Somebody has changed"):
        change_case(hospital, case, seen=1, fields={"position": "seat"})


def test_an_ended_case_is_not_changed(places: Places) -> None:
    """Tests that the dossier of an ended case is closed for writing."""
    case = in_state(filed(places), State.WITHDRAWN)
    with pytest.raises(RefusedError, match="has ended"):
        change_case(places.world.people[Role.HOSPITAL_COORDINATOR], case, fields={"position": "seat"})


def test_the_clock_begins_with_verification_and_again_with_another_priority(places: Places) -> None:
    """Tests that P3 gives 168 hours from verification, and a change to P1 24 hours from then."""
    case = in_state(filed(places), State.SUBMITTED)
    ministry = places.world.people[Role.MINISTRY]
    verified = act(ministry, case.pk, Action.VERIFY)
    assert verified.due_at is not None
    assert verified.priority_since is not None
    assert verified.due_at - verified.priority_since == timedelta(hours=168)
    urgent = change_case(ministry, case, fields={"priority": "P1"})
    assert urgent.due_at is not None
    assert urgent.priority_since is not None
    assert urgent.due_at - urgent.priority_since == timedelta(hours=24)
    assert urgent.priority_since > verified.priority_since


@pytest.mark.any_postgresql
def test_three_rights_over_one_case(places: Places) -> None:
    """Tests who sees what of a draft, and what a partner and who is asked see of it once it is published."""
    case = filed(places)
    people = places.world.people
    for role in (Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR, Role.MINISTRY):
        assert all(may(people[role], right, case) for right in Right)
        assert visible(people[role], Person.objects.all()).exists()
        assert visible(people[role], Clinical.objects.all()).exists()
    centre = people[Role.COORDINATION_CENTRE]
    region = people[Role.REGION]
    for partner in (centre, region):
        assert not any(may(partner, right, case) for right in Right)
    in_state(case, State.PUBLISHED)
    for partner in (centre, region):
        assert may(partner, Right.OPERATIONAL, case)
        for right in (Right.CLINICAL, Right.PERSONAL):
            assert not may(partner, right, case)
        assert not visible(partner, Person.objects.all()).exists()
        assert not visible(partner, Clinical.objects.all()).exists()
    # A published request asks the national centres; a region is asked by a row.
    assert may(centre, Right.SUMMARY, case)
    assert not may(region, Right.SUMMARY, case)
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.DONOR, Role.READER, Role.MUNICIPALITY):
        assert not visible(people[role], Case.objects.all()).exists()


def test_ages_and_pseudonyms() -> None:
    """Tests ages around the birthday, their bands, and the form of a pseudonym."""
    assert age_on(date(2026, 3, 1), 2008, date(2008, 3, 2)) == 17
    assert age_on(date(2026, 3, 2), 2008, date(2008, 3, 2)) == 18
    assert age_on(date(2026, 3, 2), 2008, None) == 18
    assert [age_band(age) for age in (0, 1, 2, 11, 12, 17, 18, 39, 40, 59, 60, 74, 75, 101)] == [
        "0-1", "0-1", "2-11", "2-11", "12-17", "12-17", "18-39", "18-39", "40-59", "40-59", "60-74", "60-74",
        "75+", "75+",
    ]  # fmt: skip
    assert all(one[2] == "-" and one[3:].isdigit() for one in (new_pseudonym() for _ in range(50)))


def test_what_an_emergency_opened_does_not_stay_open_by_an_own_case(places: Places) -> None:
    """Tests that nobody files another case of a person whom they see for an hour, nor is asked about them."""
    ended, now, elsewhere = (
        in_state(filed(places), State.RETURNED),
        timezone.now(),
        places.world["other_hospital"],
    )
    user = somebody("elsewhere")
    member(user, elsewhere, Role.HOSPITAL_COORDINATOR)
    EmergencyAccess.unscoped.create(
        user=user,
        subject_kind="cases.case",
        subject_id=ended.pk,
        owner=ended.requester,
        reason="The patient is unconscious and must be treated at once",
        opened_at=now,
        expires_at=now + timedelta(hours=1),
    )
    assert may(user, Right.PERSONAL, ended.person)
    facts = CaseFacts(places.mission, elsewhere, ended.person, "Fever")
    with pytest.raises(NotAllowedError):
        file_case(user, facts)
    same_name = PersonFacts(birth_year=1990, family_name="Згурський", given_name="Юрій")
    answer = enter_case(user, uuid4(), replace(facts, person=same_name))
    assert isinstance(answer, Entered)
    assert answer.case.person_id != ended.person_id
