"""Tests that the policy asks each row of a case, not the set of all open cases, and that shortcuts agree."""

from __future__ import annotations

import case_files
import pytest
from case_files import filed
from directory_places import Places
from django.test import Client
from world import member, sign_in
from world import person as somebody

from medevac.audit.context import Acting, acting
from medevac.cases.models import Case, CaseDocument, CaseItem, CaseStep, Clinical, Person
from medevac.cases.policy import ACTIONS, CHANGE, CHANGE_CLINICAL, SEE_RECORD
from medevac.cases.services import change_case
from medevac.people.models import User
from medevac.people.policy import may, parts_of, visible
from medevac.people.policy.reading import reading
from medevac.people.roles import Right, Role


@pytest.mark.parametrize(
    "role", [Role.MINISTRY, Role.OBLAST_COORDINATOR, Role.HOSPITAL_COORDINATOR, Role.COORDINATION_CENTRE]
)
def test_no_set_of_open_rows_is_made(places: Places, role: Role) -> None:
    """Tests the form of the queries: the condition stands at the row, its case is looked up by key."""
    user = places.world.people[role]
    for model in (Case, Person, Clinical, CaseStep, CaseItem):
        sql = str(visible(user, model.objects.all()).query)
        key = f'"{model._meta.db_table}"."{model._meta.pk.column}"'
        assert f"{key} IN (SELECT" not in sql, model


def test_the_owners_auditor_reads_the_record_of_a_draft(places: Places) -> None:
    """Tests that who audits for the mission's owner opens it, without personal values, and nobody else."""
    case, people = filed(places), places.world.people
    with acting(Acting(actor=people[Role.HOSPITAL_COORDINATOR].pk)):
        change_case(people[Role.HOSPITAL_COORDINATOR], case, person={"family_name": "Їжакевич"})
    page = f"/record/history/cases.case/{case.pk}/"
    auditor = sign_in(Client(), people[Role.AUDITOR])
    assert case.pseudonym in auditor.get(page).content.decode()
    person = auditor.get(f"/record/history/cases.person/{case.person_id}/")
    assert (person.status_code, "Їжакевич" in person.content.decode()) == (200, False)
    assert auditor.get(f"/cases/{case.pk}/").status_code in (403, 404)
    assert sign_in(Client(), people[Role.ADMINISTRATOR]).get(page).status_code == 404
    elsewhere = member(somebody("auditor2"), places.world["other_hospital"], Role.AUDITOR).user
    assert sign_in(Client(), elsewhere).get(page).status_code == 404


def test_a_person_with_two_cases_is_found_once(places: Places) -> None:
    """Tests that asking through cases doubles no row."""
    case = case_files.in_state(case_files.filed(places), "returned")
    Case.unscoped.create(
        mission=case.mission,
        requester=case.requester,
        person=case.person,
        pseudonym="AB-0001",
        state_since=case.state_since,
        age_band=case.age_band,
    )
    ministry = places.world.people[Role.MINISTRY]
    assert visible(ministry, Person.objects.all()).count() == 1
    assert visible(ministry, Case.objects.all()).count() == 2


def test_rules_that_join_find_no_row_twice(places: Places) -> None:
    """Tests that a rule through another table, as that of users, still finds everybody once."""
    ministry = places.world.people[Role.MINISTRY]
    found = list(visible(ministry, User.objects.all()))
    assert len(found) == len(set(found)) > 0


@pytest.mark.parametrize("state", ["draft", "published", "chosen"])
def test_parts_of_a_case_are_those_that_are_visible(places: Places, state: str) -> None:
    """Tests for everybody that the case, asked once, opens the same parts as each part asked by itself."""
    case, other = case_files.in_state(case_files.filed(places), state), case_files.filed(places)
    actions = (None, *Right, CHANGE, CHANGE_CLINICAL)
    opened = set()
    for role, user in places.world.people.items():
        for model in (Clinical, CaseStep, CaseItem):
            for action in actions:
                each = set(visible(user, model.objects.filter(case=case), action))
                assert set(parts_of(user, model.objects.all(), case, action)) == each, (role, model, action)
                with reading():
                    may(user, action or Right.OPERATIONAL, other)  # what is remembered is of that case alone
                    assert set(parts_of(user, model.objects.all(), case, action)) == each
                opened |= {(role, action)} if each else set()
    assert len({role for role, _action in opened}) > 2
    assert len({action for _role, action in opened}) > 3


def test_rows_with_a_rule_of_their_own_are_asked_themselves(places: Places) -> None:
    """Tests that the shortcut refuses what asks for more than its case."""
    case, ministry = case_files.filed(places), places.world.people[Role.MINISTRY]
    for model in (Person, CaseDocument):
        with pytest.raises(ValueError, match="open where what they are part of is"):
            parts_of(ministry, model.objects.all(), case)


@pytest.mark.parametrize("state", ["draft", "submitted", "published", "offered", "chosen", "returned"])
def test_actions_that_are_one_question_have_one_answer(places: Places, state: str) -> None:
    """Tests for everybody and every action that remembered answers are those that the database gives anew."""
    case = case_files.in_state(case_files.filed(places), state)
    actions = [*Right, *ACTIONS, SEE_RECORD]
    opened = 0
    for role, user in places.world.people.items():
        anew = {action: may(user, action, case) for action in actions}
        for order in (actions, actions[::-1]):
            with reading():
                assert {action: may(user, action, case) for action in order} == anew, role
        opened += sum(anew.values())
    assert opened > 3
