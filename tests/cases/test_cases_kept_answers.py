"""Tests that what is kept while a request only reads opens the rows that the policy opens, and no other.

Many users ask one after another in one process, so that whatever is kept for a process or by the form of a
rule meets somebody whom it was not kept for. What is expected is worked out from the rule, past what is kept.
"""

from __future__ import annotations

import random
from copy import copy
from datetime import date, timedelta
from typing import Any

import pytest
from case_files import filed, in_state, reference
from directory_places import Places
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils import timezone
from part_deeds import prepared
from world import PLACE_OF, member, person

from medevac.cases import services
from medevac.cases.models import Case, Person, Suspicion
from medevac.cases.services.duty import desks_of, write_entry
from medevac.cases.states import State
from medevac.directory.models import Mission, MissionCountry
from medevac.documents.models import Document
from medevac.people.models import EmergencyAccess, Membership, Organisation, User
from medevac.people.policy import asking, reading, visible
from medevac.people.policy.rules import _RULES
from medevac.people.roles import Right, Role

NOBODYS = "messages.read"  # no role includes it
REASON = "The patient is unconscious and must be treated at once"
# What else is asked of a kind than to see it.
MORE = {
    Case: (*Right, "cases.change", "cases.decide_fitness", "people.break_glass"),
    Person: ("people.break_glass",),
    Document: ("documents.change", "documents.upload"),
    Organisation: ("people.invite", "people.break_glass"),
    Membership: ("people.review",),
}


def filled(places: Places) -> list[Any]:
    """Rows of many kinds, of several organisations and two missions; everybody who asks."""
    world = places.world
    case, _ids = prepared(places)
    other = Mission.unscoped.create(
        code="gaza",
        name_en="Gaza",
        name_nb="Gaza",
        name_uk="Газа",
        owner=world["owner"],
        first_day=case.created_at,
    )
    MissionCountry.unscoped.create(mission=other, country="NO", first_day=date(2022, 5, 1))
    elsewhere = filed(places, role=Role.MINISTRY, place="other_hospital", given_name="Марко")
    moved = in_state(filed(places, given_name="Леся", birth_year=1971), State.CHOSEN)
    Case.unscoped.filter(pk=moved.pk).update(mission=other)
    for kind, redacted in (("identity-paper", False), ("imaging", False), ("form-027", True)):
        for held_by in (case, moved):
            document = reference(places, kind, redacted=redacted)
            services.attach_document(world.people[Role.HOSPITAL_COORDINATOR], held_by, document)
    reference(places, "identity-paper")  # that nothing holds
    pair = sorted((case.person_id, elsewhere.person_id))
    Suspicion.unscoped.get_or_create(
        first_id=pair[0], second_id=pair[1], defaults={"score": 80, "likenesses": []}
    )
    desk_user = world.people[Role.MINISTRY]
    write_entry(desk_user, desks_of(desk_user)[0], "The ambulance is late", case=case, open_point=True)
    asks: list[Any] = [*world.people.values(), AnonymousUser(), person("nobody")]
    for role, place in PLACE_OF.items():
        for number, mission in enumerate((places.mission, other)):
            bound = person(f"{role.value}-{number}")
            Membership.unscoped.filter(pk=member(bound, world[place], role).pk).update(mission=mission.pk)
            asks.append(bound)
    both = person("both")
    member(both, world["other_hospital"], Role.HOSPITAL_COORDINATOR)
    member(both, world["region"], Role.REGION)
    asks += [both, *_behind_glass(places, case, moved)]
    return asks


def _behind_glass(places: Places, *cases: Case) -> list[User]:
    """People of one role: one has opened a case, one another case, one an organisation, one none."""
    found = []
    subjects = [(Case, one.pk) for one in cases] + [(Organisation, places.world["hospital"].pk), None]
    for number, subject in enumerate(subjects):
        user = person(f"glass-{number}")
        member(user, places.world["receiver"], Role.RECEIVING_HOSPITAL)
        if subject is not None:
            now = timezone.now()
            EmergencyAccess.unscoped.create(
                user=user,
                subject_kind=subject[0]._meta.label_lower,
                subject_id=subject[1],
                owner=places.world["hospital"],
                reason=REASON,
                opened_at=now,
                expires_at=now + timedelta(hours=1),
            )
        found.append(user)
    return found


def _plain(user: Any) -> Any:
    """The same user with the roles that the database has now, of whom nothing else is known."""
    plain = copy(user)
    if plain.is_authenticated:
        plain._standings = asking.current_standings(user)
    return plain


def _expected(user: Any, model: type[Model], action: str) -> list[Any]:
    """What the rule says, by the set of all open rows: nothing of it is kept."""
    granted, opened = asking.grants(user, action), asking._emergencies(user, action, model)
    rows = model._base_manager.filter(asking.rule_of(model).rows(granted, opened))
    return sorted(set(rows.order_by().values_list("pk", flat=True)))


def _found(user: Any, model: type[Model], action: str) -> list[Any]:
    return sorted(visible(user, model._base_manager.all(), action).order_by().values_list("pk", flat=True))


def test_nothing_kept_opens_a_row(
    places: Places, everybody_reaches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests every rule for every role, free, limited to a mission and behind glass, in a mixed order."""
    monkeypatch.setattr(asking, "_ASKS_ONLY_THE_ROW", {})
    monkeypatch.setattr(reading, "_TEXTS", {})
    asks, opened = filled(places), 0
    mixed = random.Random(1)
    seeing = [(model, rule.see) for model, rule in _RULES.items() if rule.see != NOBODYS]
    history = [(model, "audit.see_record") for model in _RULES]
    more = [(model, action) for model, actions in MORE.items() for action in actions]
    questions = seeing + history + more
    mixed.shuffle(asks)
    for user in asks:
        mixed.shuffle(questions)
        alone = _plain(user)
        plain = {question: _expected(alone, *question) for question in questions}
        with reading.reading():
            kept = {question: _found(user, *question) for question in questions}
            again = {question: _found(user, *question) for question in questions[:5]}
        assert kept == plain, user
        assert again.items() <= plain.items()
        for question in mixed.sample(questions, 12):
            assert _found(user, *question) == plain[question], (user, question)
        opened += sum(map(len, plain.values()))
    assert opened > 1000
