"""Tests that a mission is written as a problem that the planner's reader accepts, with what is free now."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from fitting_things import needing, reached
from offer_things import TODAY

from medevac.cases.models import Case, FamilyGroup, Person
from medevac.directory.models import EligibilityRule, MissionCountry, MissionHub, MissionLimit
from medevac.directory.services.airports import keep_airport
from medevac.offers.free_places import Window, _most, count_free
from medevac.offers.next_flight import hours_of
from medevac.offers.problem import DAYS_AHEAD, write_problem
from medevac.offers.services.offering import withdraw_offer
from medevac.offers.services.places import change_place, close_place
from medevac.offers.states import OfferReason, PoolKind
from medevac.people.refusals import RefusedError
from medevac.planner import read_problem
from medevac.planner.reading.document import PROBLEM_FORMAT


def pose(things, *cases: Case, **more):
    """The problem of some cases."""
    found = [Case.unscoped.select_related("person", "family").get(pk=case.pk) for case in cases]
    return write_problem(things.places.mission, found, **more)


def entry(posed, code: str = "NO-AHUS"):
    """How a hospital stands in the document."""
    return next(one for one in posed.document["hospitals"] if one["id"] == code)


def test_a_case_and_a_place(things) -> None:
    """Tests every field of a patient and a hospital, and that the document is read without a fault."""
    reached(things)
    things.place()
    things.place("7B-2")
    case = needing(things, priority="P2", position="litter", ready_from=TODAY() + timedelta(days=3))
    posed = pose(things, case)
    document = posed.document
    assert (document["format"], document["start"], document["days"]) == (
        PROBLEM_FORMAT,
        TODAY().isoformat(),
        DAYS_AHEAD,
    )
    assert read_problem(document).problem == posed.problem
    assert document["patients"] == [
        {
            "id": case.pseudonym,
            "hub": "EPRZ",
            "ready": (TODAY() + timedelta(days=3)).isoformat(),
            "priority": 2,
            "waiting_days": 0,
            "position": "litter",
            "needs": ["orthopaedics"],
            "isolation": "contact",
            "child": False,
            "companions": 0,
            "max_transit_minutes": 720,
            "family": None,
            "refuses": [],
            "prefers": None,
            "hospitals": None,
        }
    ]
    hospital = entry(posed)
    assert hospital["reach"] == [{"airport": "ENGM", "road_minutes": 45}]
    assert hospital["places"] == {"orthopaedics": 2}
    assert hospital["suitability"] == {"orthopaedics": 0.9}
    assert (hospital["isolation"], hospital["child"], hospital["arrivals_per_day"]) == (3, 0, None)
    (aircraft,) = document["aircraft"]
    assert (aircraft["base"], aircraft["max_flights"], len(aircraft["days"])) == ("ENGM", 1, DAYS_AHEAD)
    assert list(document["airports"]) == ["EPRZ", "ENGM"]


def test_what_is_held_is_not_free(things) -> None:
    """Tests that an offer takes its place and its room, and that both are back when it is withdrawn."""
    reached(things)
    things.pool(PoolKind.HOUSING, 4)
    place = things.place()
    things.place("7B-2")
    offer = things.offer(things.case(given_name="Іван"), place)
    case = needing(things)
    hospital = entry(pose(things, case))
    assert hospital["places"] == {"orthopaedics": 1}
    assert (hospital["isolation"], hospital["companions"]) == (2, 4)
    withdraw_offer(things.centre, offer, reason=OfferReason.STAFF_LOST)
    hospital = entry(pose(things, case))
    assert (hospital["places"], hospital["isolation"]) == ({"orthopaedics": 2}, 3)


def test_closed_and_unstaffed_places_count_nothing(things) -> None:
    """Tests that a hospital with a place that nobody staffs still stands there, with 0."""
    case = needing(things)
    closed, empty = things.place(), things.place("7B-2")
    close_place(things.hospital, closed, reason="renovation")
    change_place(things.hospital, empty, {"staffed": False})
    assert entry(pose(things, case))["places"] == {"orthopaedics": 0}


def test_places_that_come_and_go(things) -> None:
    """Tests the days of a place that begins on the fifth day and ends on the ninth, for stays of two days.

    Held on the seventh, it is free on the fifth for two days, and on the eighth and ninth.
    """
    first = TODAY()
    later = {"first_day": first + timedelta(days=4), "last_day": first + timedelta(days=8), "stay_days": 2}
    place = things.place(**later)
    case = needing(things)
    assert entry(pose(things, case))["places"] == {
        "orthopaedics": {
            "count": 1,
            "from": (first + timedelta(days=4)).isoformat(),
            "until": (first + timedelta(days=8)).isoformat(),
        }
    }
    things.offer(things.case(given_name="Іван"), place, earliest_day=first + timedelta(days=6), stay_days=1)
    free = count_free(things.places.mission.pk, Window(first, DAYS_AHEAD))
    found = free[things.places.hospital.pk]["orthopaedics"]
    assert (found.count, found.first, found.last) == (1, first + timedelta(days=7), first + timedelta(days=8))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([2, 2, 2], (2, None, None)),
        ([0, 0, 0], (0, None, None)),
        ([0, 3, 3], (3, 1, None)),  # 2 × 3 is more than 3 × 0
        ([1, 1, 5], (5, 2, None)),  # 1 × 5 is more than 3 × 1
        ([1, 1, 1, 2], (1, None, None)),  # 4 × 1 is more than 1 × 2
        ([2, 2, 0, 1], (2, None, 1)),
    ],
)
def test_one_number_that_holds_on_all_its_days(counts, expected) -> None:
    """Tests the most places for the most days."""
    window = Window(date(2026, 1, 12), len(counts))
    found = _most(counts, window)
    days = window.each()
    count, first, last = expected
    assert (found.count, found.first, found.last) == (
        count,
        None if first is None else days[first],
        None if last is None else days[last],
    )


def test_rooms_that_are_fewer_later(things) -> None:
    """Tests that a stay begun in the window does not promise a room that is gone in its third week."""
    things.pool(PoolKind.ISOLATION, 1, TODAY() + timedelta(days=20))
    things.place()
    assert entry(pose(things, needing(things)))["isolation"] == 1


def test_arrivals_that_are_full_on_one_day(things) -> None:
    """Tests that a full day does not close the others, and that what is left is never more than there is."""
    things.pool(PoolKind.ARRIVALS, 1)
    things.place()
    things.offer(things.case(given_name="Іван"), things.place("7B-2"))
    assert entry(pose(things, needing(things)))["arrivals_per_day"] == 1


def test_limits_and_shares_that_are_left(things) -> None:
    """Tests that what is held in a country is taken off its frame and its share of two weeks."""
    mission = things.places.mission
    MissionLimit.unscoped.create(
        mission=mission, what=MissionLimit.What.FRAME, number=5, country="NO", first_day=TODAY()
    )
    MissionCountry.unscoped.filter(mission=mission, country="NO").update(fair_share=2)
    things.offer(things.case(given_name="Іван"), things.place())
    assert pose(things, needing(things)).document["countries"] == {"NO": {"limit": 4, "fair_share": 3}}


def test_refusals_and_rules_of_eligibility_close_countries(things) -> None:
    """Tests that both become `refuses`, and that a preferred country which is closed is not preferred."""
    mission = things.places.mission
    MissionCountry.unscoped.create(mission=mission, country="DE", first_day=TODAY())
    MissionCountry.unscoped.create(mission=mission, country="SE", first_day=TODAY())
    case = needing(things, refused_countries=["DE", "FR"], preferred_countries=["NO", "SE"])
    Person.unscoped.filter(pk=case.person_id).update(service=Person.Service.MILITARY)
    EligibilityRule.unscoped.create(
        mission=mission, country="NO", group="soldier", reason="Decision of 3 May", first_day=TODAY()
    )
    (patient,) = pose(things, case).document["patients"]
    assert patient["refuses"] == ["DE", "NO"]
    assert patient["prefers"] == "SE"


def test_the_family_comes_along(things) -> None:
    """Tests that who waits of the family is in the problem, and how closely they stay together."""
    case, other = needing(things), needing(things, given_name="Іван")
    gone = needing(things, given_name="Олена", state="withdrawn")
    family = FamilyGroup.unscoped.create(
        mission=things.places.mission, owner=things.places.world["hospital"], together="same-stop"
    )
    Case.unscoped.filter(pk__in=[case.pk, other.pk, gone.pk]).update(family=family)
    posed = pose(things, case)
    assert set(posed.cases) == {case.pseudonym, other.pseudonym}
    assert posed.document["families"] == {f"family {family.pk}": "same-stop"}
    assert {one.family for one in posed.problem.patients} == {f"family {family.pk}"}


def test_who_has_no_needs_is_left_out(things) -> None:
    """Tests that a case of which nobody has said what it needs is told apart, and the rest goes on."""
    bare = things.case()
    posed = pose(things, bare, needing(things, given_name="Іван"))
    assert [one.pk for one in posed.left_out] == [bare.pk]
    assert len(posed.document["patients"]) == 1


def test_hospitals_that_said_no_are_ruled_out(things) -> None:
    """Tests that an answer closes one hospital to one patient."""
    reached(things)
    things.place()
    case = needing(things)
    posed = pose(things, case, ruled_out={case.pk: ["NO-AHUS"]})
    assert posed.document["patients"][0]["hospitals"] == []


def test_a_mission_without_a_hub(things) -> None:
    """Tests that a mission that names no hub is told what to do."""
    MissionHub.unscoped.filter(mission=things.places.mission).delete()
    with pytest.raises(RefusedError, match="names no hub or no country"):
        pose(things, needing(things))


def test_another_aircraft(things, settings, tmp_path) -> None:
    """Tests that a file that is missing, or holds no aircraft, is refused with the name of the setting."""
    things.place()
    case, file = needing(things), tmp_path / "aircraft.json"
    settings.MEDEVAC_OFFERS_AIRCRAFT = str(file)
    with pytest.raises(RefusedError, match="cannot be read from"):
        pose(things, case)
    file.write_text('{"base": "EPWA"}', encoding="utf-8")
    with pytest.raises(RefusedError, match="MEDEVAC_OFFERS_AIRCRAFT"):
        pose(things, case)


@pytest.mark.parametrize(
    ("closed_from", "closed_until", "expected"),
    [
        (None, None, {}),
        # In winter Frankfurt is an hour ahead of UTC.
        (time(23), time(5), {"opens": "04:00", "closes": "22:00"}),
        (time(1), time(5), {"opens": "04:00", "closes": "24:00"}),
        # Open from 13:00 to 24:00 and on to 02:00 in UTC: the longer part counts.
        (time(3), time(14), {"opens": "13:00", "closes": "24:00"}),
        (time(20), time(22), {"opens": "00:00", "closes": "19:00"}),
    ],
)
def test_hours_in_utc(db, closed_from, closed_until, expected) -> None:
    """Tests that an airport never counts as open while it is closed."""
    airport = keep_airport("EDDF")
    airport.closes_at, airport.opens_at = closed_from, closed_until
    assert hours_of(airport, date(2026, 1, 12)) == expected
