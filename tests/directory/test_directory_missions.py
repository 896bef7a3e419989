"""Tests that missions are dated data that cannot contradict itself, and who sees and changes them."""

from __future__ import annotations

from datetime import date

import pytest
from directory_places import Places
from django.db import IntegrityError, transaction
from world import member, person

from medevac.directory import services
from medevac.directory.models import (
    EligibilityRule,
    Mission,
    MissionActor,
    MissionCountry,
    MissionHub,
    MissionItem,
    MissionLimit,
    RetentionPeriod,
)
from medevac.directory.policy import CHANGE_MISSIONS, SEE
from medevac.directory.selectors.missions import mission_for, missions_for, sections
from medevac.directory.services.airports import keep_airport
from medevac.directory.services.missions import MissionFacts
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

JANUARY, JUNE, JULY = date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1)


def one_of_each(places: Places) -> list[tuple[type, dict]]:
    """A row of each kind of part, without its days."""
    names = {"name_en": "a", "name_nb": "b", "name_uk": "c"}
    return [
        (MissionHub, {"airport": keep_airport("ENGM")}),
        (MissionCountry, {"country": "PL"}),
        (MissionActor, {"organisation": places.world["hub"], "part": "hub"}),
        (EligibilityRule, {"country": "NO", "group": "soldier", "reason": "decided"}),
        (MissionItem, {"code": "form-027", "kind": "paper", "group": "civilian", **names}),
        (MissionLimit, {"what": "hub-patients", "number": 20}),
        (RetentionPeriod, {"what": "case", "months": 120, "basis": "law"}),
    ]


@pytest.mark.any_postgresql
@pytest.mark.parametrize("number", range(7))
def test_no_two_hold_at_once(places: Places, number: int) -> None:
    """Tests for each kind of part that the database refuses a second one for the same thing on one day."""
    model, values = one_of_each(places)[number]
    values["mission"] = places.mission
    model.unscoped.create(first_day=JANUARY, last_day=JUNE, **values)
    for first, last in ((JUNE, None), (date(2023, 1, 1), JANUARY), (date(2024, 2, 1), date(2024, 2, 1))):
        with pytest.raises(IntegrityError, match="_once"), transaction.atomic():
            model.unscoped.create(first_day=first, last_day=last, **values)
    with pytest.raises(IntegrityError, match="_days"), transaction.atomic():
        model.unscoped.create(first_day=date(2025, 1, 2), last_day=date(2025, 1, 1), **values)
    model.unscoped.create(first_day=JULY, **values)  # the day after the last one is free


def test_what_held_on_a_day(places: Places) -> None:
    """Tests that a mission tells for any day what held then: soldiers refused, then accepted."""
    for accepted, first, last in ((False, JANUARY, JUNE), (True, JULY, None)):
        EligibilityRule.unscoped.create(
            mission=places.mission,
            group="soldier",
            accepted=accepted,
            reason="decided",
            first_day=first,
            last_day=last,
        )
    mission = mission_for(places.world.people[Role.REGION], "ukraine")
    assert mission is not None

    def held(day: date) -> list[bool]:
        rows = next(one for one in sections(mission, day) if one.kind.name == "eligibility").rows
        return [row.accepted for row in rows]

    assert held(date(2023, 12, 31)) == []
    assert held(JANUARY) == held(JUNE) == [False]
    assert held(JULY) == held(date(2030, 1, 1)) == [True]


def test_who_sees_and_who_changes(places: Places) -> None:
    """Tests for every role whether it sees the mission, and whether it may change it."""
    see_nothing = {Role.DONOR, Role.PARTNER, Role.FUNDER, Role.READER}
    for role, user in places.world.people.items():
        assert may(user, SEE, places.mission) == (role not in see_nothing), role
        assert may(user, CHANGE_MISSIONS, places.mission) == (role is Role.ADMINISTRATOR), role
        assert missions_for(user).exists() == (role not in see_nothing), role
    stranger = person("stranger")
    member(stranger, places.world["stranger_hospital"], Role.RECEIVING_HOSPITAL)
    assert not missions_for(stranger).exists()
    MissionActor.unscoped.create(
        mission=places.mission,
        organisation=places.world["stranger"],
        part="receives",
        first_day=places.mission.first_day,
    )
    assert missions_for(stranger).get() == places.mission
    assert Mission.objects.count() == 0


def test_ministry_and_centre_change_their_own(places: Places) -> None:
    """Tests that a centre runs a mission of its own, and cannot touch that of the owner."""
    centre = places.world.people[Role.COORDINATION_CENTRE]
    facts = MissionFacts("Own", "Egen", "Власна", JANUARY)
    own = services.add_mission(centre, places.world["centre"], "own", facts)
    assert may(centre, CHANGE_MISSIONS, own)
    assert not may(places.world.people[Role.REGION], CHANGE_MISSIONS, own)
    with pytest.raises(NotAllowedError):
        services.add_mission(centre, places.world["owner"], "other", facts)
    with pytest.raises(NotAllowedError):
        services.close_mission(centre, places.mission, "no")


def test_two_who_write_at_once_are_told(places: Places) -> None:
    """Tests that whoever saw an older version is refused instead of overwriting."""
    user = places.world.people[Role.ADMINISTRATOR]
    facts = MissionFacts("New", "Ny", "Нова", date(2022, 5, 1))
    services.change_mission(user, places.mission, facts, version=1)
    with pytest.raises(RefusedError, match="Somebody else has changed this mission"):
        services.change_mission(user, places.mission, facts, version=1)
    assert Mission.unscoped.get().name_en == "New"


def test_a_closed_mission_is_only_read(places: Places) -> None:
    """Tests that a closed mission says why, is not changed, and can be opened again."""
    user = places.world.people[Role.ADMINISTRATOR]
    with pytest.raises(RefusedError, match="Expected a reason"):
        services.close_mission(user, places.mission, "  ")
    services.close_mission(user, places.mission, "The agreement has ended.")
    closed = Mission.unscoped.get()
    assert not closed.runs_on(JULY)
    part = MissionCountry(country="PL", first_day=JULY)
    with pytest.raises(RefusedError, match="is closed"):
        services.add_part(user, closed, part)
    assert places.mission in missions_for(user)
    services.reopen_mission(user, closed)
    assert Mission.unscoped.get().runs_on(JULY)
    services.add_part(user, closed, MissionCountry(country="pl", first_day=JULY))
    assert MissionCountry.unscoped.filter(country="PL").exists()


def test_the_sentence_comes_before_the_constraint(places: Places) -> None:
    """Tests that an overlap is told as a sentence, and that nothing was written."""
    user = places.world.people[Role.ADMINISTRATOR]
    with pytest.raises(RefusedError, match="End it first, or choose other days"):
        services.add_part(user, places.mission, MissionCountry(country="NO", first_day=JULY))
    with pytest.raises(RefusedError, match="Expected a first day on or after the mission's own"):
        services.add_part(user, places.mission, MissionCountry(country="PL", first_day=date(2020, 1, 1)))
    with pytest.raises(RefusedError, match="got “XX”"):
        services.add_part(user, places.mission, MissionCountry(country="XX", first_day=JULY))
    assert MissionCountry.unscoped.count() == 1


def test_ending_keeps_what_was(places: Places) -> None:
    """Tests that a part is ended by its last day and then begins anew."""
    user = places.world.people[Role.ADMINISTRATOR]
    part = MissionCountry.unscoped.get()
    services.end_part(user, part, JUNE)
    services.add_part(user, places.mission, MissionCountry(country="NO", first_day=JULY, fair_share=4))
    assert [row.fair_share for row in MissionCountry.unscoped.order_by("first_day")] == [None, 4]
