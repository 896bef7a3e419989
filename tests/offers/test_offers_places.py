"""Tests keeping places: how they stand, confirming, numbers of a hospital, and the chase of what is stale."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import offer_things
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from world import member, person

from medevac.cases.states import State
from medevac.directory.services.demonstration import make as make_directory
from medevac.messages.models import Message
from medevac.offers.models import Hold, Place, Pool
from medevac.offers.selectors.places import kept_hospitals, lines_for, numbers_of, pools_of, rows_of
from medevac.offers.services import demonstration_places
from medevac.offers.services.choosing import choose
from medevac.offers.services.offering import withdraw_offer
from medevac.offers.services.place_chasing import chase_places
from medevac.offers.services.places import add_places, close_place, confirm_all, confirm_places
from medevac.offers.standing import Standing, standing_of
from medevac.offers.states import HoldState, OfferReason, PoolKind
from medevac.offers.weeks import DAYS, weeks_of
from medevac.people.models import Membership, Organisation
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.services.demonstration import make_people
from medevac.people.work_items import work_of

DAY = timedelta(days=1)


def rows(things: offer_things.Things, user=None):
    """The rows of the Norwegian hospital by their names."""
    places = things.places
    _, found = rows_of(user or things.hospital, places.hospital, places.mission)
    return {row.place.label: row for row in found}


def counted(things: offer_things.Things) -> dict[str, int]:
    """The numbers of the Norwegian hospital that are not zero."""
    places = things.places
    numbers = numbers_of(things.hospital, places.mission, [places.hospital.pk])[places.hospital.pk]
    return {word: number for word, number in numbers.by_standing.items() if number}


def made_stale(places=None) -> None:
    """As if nobody had confirmed places for ten days."""
    found = Place.unscoped.all() if places is None else Place.unscoped.filter(pk__in=[p.pk for p in places])
    found.update(confirmed_at=timezone.now() - 10 * DAY)


def test_a_place_is_never_both_offered_and_free(things) -> None:
    """Tests each standing as a page has it, along the life of an offer that begins in two days."""
    free, place = things.place("free"), things.place("7B-1")
    things.place("off", staffed=False)
    things.place("later", first_day=offer_things.TODAY() + DAY)
    assert counted(things) == {"free": 2, "unstaffed": 1, "later": 1}
    case = things.case()
    offer = things.offer(case, place)
    assert counted(things) == {"free": 1, "offered": 1, "unstaffed": 1, "later": 1}
    row = rows(things)["7B-1"]
    assert (row.standing, row.case_name) == ("offered", case.pseudonym)
    choose(things.ministry, offer, offer_things.chosen())
    assert rows(things)["7B-1"].standing == Standing.RESERVED
    Hold.unscoped.filter(place=place).update(
        state=HoldState.OCCUPIED,
        first_day=offer_things.TODAY() - 9 * DAY,
        last_day=offer_things.TODAY() - DAY,
    )
    assert rows(things)["7B-1"].standing == Standing.OCCUPIED  # longer than expected, and still there
    Hold.unscoped.filter(place=place).update(state=HoldState.FREED)
    assert rows(things)["7B-1"].standing == Standing.FREE
    assert standing_of(free, None, offer_things.TODAY() - DAY) == Standing.LATER


def test_what_the_database_counts_is_what_each_row_says(things) -> None:
    """Tests every standing with and without days, staff and holds: the two forms of the rule agree."""
    today = offer_things.TODAY()
    things.pool(PoolKind.ISOLATION, 9)
    for number, (first, last) in enumerate(((0, None), (0, 9), (1, None), (-9, -1), (-9, 0))):
        for staffed in (True, False):
            things.place(
                f"{number} {staffed}",
                first_day=today + first * DAY,
                last_day=None if last is None else today + last * DAY,
                staffed=staffed,
            )
    things.offer(things.case(), things.place("held"))
    told = Counter(row.standing.value for row in rows(things).values())
    assert counted(things) == told
    assert set(told) == {"free", "offered", "unstaffed", "later", "over"}
    made_stale()
    numbers = lines_for(things.hospital, things.places.mission)[1][0].numbers
    assert (numbers.all, numbers.stale) == (11, 9)  # what is over waits for nobody


def test_the_coming_weeks_are_drawn_and_told(things) -> None:
    """Tests the bars of an offer that begins in two days and lasts ten, and what a screen reader hears."""
    today = offer_things.TODAY()
    place = things.place(stay_days=10, last_day=today + 20 * DAY)
    things.offer(things.case(), place)
    weeks = rows(things)["7B-1"].weeks
    assert [(bar.word, bar.start, bar.days) for bar in weeks.bars] == [("given", 0, 21), ("offered", 2, 10)]
    assert weeks.words.startswith("offered from ")
    nothing = weeks_of(things.place("later", first_day=today + (DAYS + 1) * DAY), [], today)
    assert (nothing.bars, nothing.words) == ((), "It is not given in these eight weeks.")


def test_numbers_hold_from_a_day_on_and_tell_what_is_taken(things) -> None:
    """Tests today's number, what is taken of it today, and the number from a later day on."""
    today = offer_things.TODAY()
    things.pool(PoolKind.HOUSING, 4)
    things.pool(PoolKind.HOUSING, 6, first_day=today + 7 * DAY)
    things.offer(things.case(), things.place(), companions=2, earliest_day=today)
    lines = {
        line.kind: line for line in pools_of(things.hospital, things.places.hospital, things.places.mission)
    }
    housing = lines[PoolKind.HOUSING]
    assert (housing.today.number, housing.taken, housing.free) == (4, 2, 2)
    assert [(row.number, row.first_day) for row in housing.later] == [(6, today + 7 * DAY)]
    assert (lines[PoolKind.INTENSIVE].today, lines[PoolKind.INTENSIVE].free) == (None, None)
    assert lines[PoolKind.ARRIVALS].taken == 1


def test_a_number_of_a_later_day_stands(things) -> None:
    """Tests a number set before one of a later day, one between them, and what is promised by then."""
    today, kind = offer_things.TODAY(), PoolKind.HOUSING
    for number, days in ((4, 0), (9, 14), (5, 0), (6, 7)):
        things.pool(kind, number, first_day=today + days * DAY)
    kept = Pool.unscoped.filter(kind=kind).order_by("first_day")
    assert [(row.number, row.first_day, row.last_day) for row in kept] == [
        (5, today, today + 6 * DAY),
        (6, today + 7 * DAY, today + 13 * DAY),
        (9, today + 14 * DAY, None),
    ]
    things.offer(things.case(), things.place(), companions=8, earliest_day=today + 14 * DAY)
    things.pool(kind, 0)  # holds until the offer begins
    with pytest.raises(RefusedError, match="8 are promised"):
        things.pool(kind, 7, first_day=today + 14 * DAY)


def test_who_keeps_which_hospital(things) -> None:
    """Tests the hospital itself, region and centre above it, and nobody else; also within one mission."""
    places, people = things.places, things.places.world.people
    keeping = {
        role
        for role, user in people.items()
        if kept_hospitals(user, places.mission).contains(places.hospital)
    }
    assert keeping == {Role.RECEIVING_HOSPITAL, Role.REGION, Role.COORDINATION_CENTRE}
    Membership.unscoped.filter(user=things.hospital).update(mission=places.mission.pk)
    assert kept_hospitals(things.hospital, places.mission).contains(places.hospital)
    place = things.place()
    Membership.unscoped.filter(user=things.hospital).update(mission=place.pk)  # some other mission
    assert not kept_hospitals(things.hospital, places.mission).contains(places.hospital)
    with pytest.raises(NotAllowedError):
        confirm_all(things.hospital, places.hospital, places.mission)
    with pytest.raises(NotAllowedError):
        confirm_places(things.hospital, [place])


def test_a_list_asks_the_same_number_of_questions_for_any_number_of_places(things) -> None:
    """Tests the queries of the list and of one hospital's rows, with one place and with twenty held ones."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            lines_for(things.hospital, things.places.mission)
            rows(things)
        return len(queries)

    things.pool(PoolKind.ISOLATION, 20)
    things.offer(things.case(), things.place("first"))
    before = asked()
    for number in range(10):
        things.offer(things.case(given_name=f"Іван{number}"), things.place(f"bay {number}"))
    assert asked() == before


def test_confirming_one_and_all(things) -> None:
    """Tests that what is confirmed is not stale, that numbers go along, and what was taken back stays."""
    one, two, gone = things.place("one"), things.place("two"), things.place("gone")
    close_place(things.hospital, gone, reason="renovation")
    made_stale()
    Pool.unscoped.update(confirmed_at=timezone.now() - 10 * DAY)
    assert {name for name, row in rows(things).items() if row.stale} == {"one", "two"}
    assert confirm_places(things.hospital, [one]) == 1
    assert {name for name, row in rows(things).items() if row.stale} == {"two"}
    assert confirm_all(things.centre, things.places.hospital, things.places.mission) == 2
    two.refresh_from_db()
    gone.refresh_from_db()
    assert (two.confirmed_by, gone.confirmed_by) == (things.centre.pk, things.hospital.pk)
    lines = pools_of(things.hospital, things.places.hospital, things.places.mission)
    assert not any(line.stale for line in lines)
    assert confirm_places(things.hospital, [gone]) == 0


def test_a_closed_hospital_takes_no_new_places(things) -> None:
    """Tests that places of a hospital that is closed, or of a mission that is over, are refused."""
    hospital, mission = things.places.hospital, things.places.mission
    hospital.closed_at = timezone.now()
    values = {"label": "x", "specialty": "burns", "first_day": offer_things.TODAY()}
    with pytest.raises(RefusedError, match="is closed"):
        add_places(things.hospital, hospital, mission, values)
    hospital.closed_at = None
    mission.last_day = offer_things.TODAY() - DAY
    with pytest.raises(RefusedError, match="takes no new places today"):
        add_places(things.hospital, hospital, mission, values)


def test_places_that_are_stale_are_chased_once_a_day(things) -> None:
    """Tests who is told, how often, and that nobody is told of what is confirmed or over."""
    things.place("fresh")
    assert chase_places() == 0
    places = [things.place("one"), things.place("two", last_day=offer_things.TODAY() + DAY)]
    made_stale(places)
    assert chase_places() == 1
    assert chase_places() == 1  # told already: nothing new is written
    [message] = Message.unscoped.filter(kind="offers.places_stale")
    assert message.user == things.hospital
    assert message.subject == "Akershus universitetssykehus: please confirm the places"
    assert "confirmed too long ago: 2." in message.sentences[0]
    assert message.address.endswith(f"/{things.places.hospital.pk}/{things.places.mission.code}/")
    assert chase_places(now=timezone.now() + 2 * DAY) == 1
    assert Message.unscoped.filter(kind="offers.places_stale").count() == 2
    confirm_all(things.hospital, things.places.hospital, things.places.mission)
    assert chase_places() == 0


def test_where_the_hospital_has_nobody_the_nearest_above_is_told(things) -> None:
    """Tests message and work item of the region for a hospital without anybody; two of one hospital each."""
    made_stale([things.place()])
    region, centre = (things.places.world.people[role] for role in (Role.REGION, Role.COORDINATION_CENTRE))
    second = person("second")
    member(second, things.places.world["receiver"], Role.RECEIVING_HOSPITAL)
    sentence = "Confirm the places of Akershus universitetssykehus: 1 place was confirmed too long ago."
    for user, waits in ((things.hospital, True), (second, True), (region, False), (centre, False)):
        assert (sentence in [item.sentence for item in work_of(user)]) == waits
    Membership.unscoped.filter(role=Role.RECEIVING_HOSPITAL).update(ends=timezone.now())
    assert sentence in [item.sentence for item in work_of(region)]
    assert chase_places() == 1
    assert Message.unscoped.get(kind="offers.places_stale").user == region


def test_a_withdrawn_offer_frees_the_place_on_the_page(things) -> None:
    """Tests that a page and the holds cannot disagree: both are the same rows."""
    place = things.place()
    offer = things.offer(things.case(), place)
    withdraw_offer(things.centre, offer, reason=OfferReason.STAFF_LOST)
    assert counted(things) == {"free": 1}
    assert rows(things)["7B-1"].hold is None


def test_a_case_that_is_not_open_is_not_named(things) -> None:
    """Tests that the hold is told and its case is not opened to a partner who may not see the case."""
    case = things.case()
    things.offer(case, things.place())
    case.refresh_from_db()
    case.state = State.DRAFT
    case.save()
    row = rows(things)["7B-1"]
    assert (row.standing, row.case_name) == ("offered", "")


@pytest.mark.django_db
def test_the_demonstration_gives_each_receiving_hospital_places() -> None:
    """Tests six to ten places for each, numbers besides, some to confirm, and that they are made once."""
    make_people()
    make_directory()
    demonstration_places.make()
    demonstration_places.make()
    keepers = Organisation.unscoped.filter(kind=Kind.RECEIVING_HOSPITAL)
    counts = [Place.unscoped.filter(hospital__keeper=keeper).count() for keeper in keepers]
    assert len(counts) == 2
    assert all(6 <= count <= 10 for count in counts)
    kinds = Pool.unscoped.filter(hospital__keeper=keepers[0]).values_list("kind", flat=True)
    assert set(kinds) == set(PoolKind.values)
    assert chase_places() == 1
