"""Tests that figures of the national view are those of the rows, and that rules switch at once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import needed
import offer_things
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offer_things import Things
from world import sign_in

from medevac.audit.models import Look
from medevac.cases.models import Case, Companion, Person
from medevac.cases.requirements import groups_of
from medevac.cases.services import act
from medevac.cases.states import Action, State
from medevac.directory.models import EligibilityRule, MissionLimit
from medevac.directory.models.mission_parts import Group
from medevac.offers.models import Ask, Hold, Place, PopulationShare, Round
from medevac.offers.selectors.national import National, national_for
from medevac.offers.selectors.parts import PartKind, parts_for
from medevac.offers.selectors.touched import cases_touched_by, counts_of, of_group
from medevac.offers.services.choosing import choose
from medevac.offers.services.offering import OfferFacts, draft_offer
from medevac.offers.services.shares import set_share
from medevac.offers.services.switching import switch_group
from medevac.offers.states import HoldState, PoolKind
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

ADDRESS = "/offers/national/"
REASON = "Decision of the ministry of 1 June."


def today() -> date:
    """The day of the test."""
    return current_day()


def seen_by(things: Things, user: User) -> National:
    """The view of the first part that a user's roles open."""
    return national_for(user, things.places.mission, parts_for(user)[0])


def person(things: Things, role: Role) -> User:
    """Somebody of the small world."""
    return things.places.world.people[role]


def rule(things: Things, group: Group, *, country: str = "", accepted: bool = False) -> EligibilityRule:
    """A rule that holds since yesterday."""
    return EligibilityRule.unscoped.create(
        mission=things.places.mission,
        group=group,
        country=country,
        accepted=accepted,
        reason=REASON,
        first_day=today() - timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("role", "kind", "country"),
    [
        (Role.COORDINATION_CENTRE, PartKind.COUNTRY, "NO"),
        (Role.REGION, PartKind.REGION, "NO"),
        (Role.MINISTRY, PartKind.MISSION, ""),
        (Role.ADMINISTRATOR, PartKind.MISSION, ""),
    ],
)
def test_each_role_sees_its_part(things: Things, role: Role, kind: PartKind, country: str) -> None:
    """Tests that a centre sees its country, a region itself, and the others every country."""
    (part,) = parts_for(person(things, role))
    assert (part.kind, part.country) == (kind, country)
    page = sign_in(Client(), person(things, role)).get(ADDRESS)
    assert page.status_code == 200
    assert "Norway" in page.content.decode()


@pytest.mark.parametrize("role", [Role.HOSPITAL_COORDINATOR, Role.RECEIVING_HOSPITAL, Role.DONOR])
def test_others_do_not_reach_it(things: Things, role: Role) -> None:
    """Tests that roles without the action are refused."""
    assert parts_for(person(things, role)) == []
    assert sign_in(Client(), person(things, role)).get(ADDRESS).status_code == 403


def test_shares_are_held_against_targets(things: Things) -> None:
    """Tests patients by region and trust: 1 of 1 where the target is 57 per cent, drafts uncounted."""
    world, mission = things.places.world, things.places.mission
    set_share(things.centre, mission, world["region"], Decimal("57.00"), source="SSB, 1 January 2026")
    first = things.offer(things.case(), things.place("one"))
    things.offer(things.case(given_name="Іван"), things.place("two"))
    facts = OfferFacts(earliest_day=today() + timedelta(days=2))
    draft_offer(things.centre, things.case(given_name="Петро"), world["centre"], things.place("three"), facts)
    choose(things.ministry, first, offer_things.chosen())
    view = seen_by(things, things.centre)
    (region,), (trust,) = view.regions.rows, view.trusts.rows
    assert (region.name, region.share, region.difference) == ("region", 100.0, 0)
    assert region.target == Decimal(57)
    assert (trust.name, trust.target, trust.difference) == ("receiver", None, None)
    assert (trust.tally.patients, trust.tally.reserved, trust.tally.offered) == (1, 1, 1)
    (country,) = view.countries
    assert (country.tally.taken, country.limit, country.left) == (2, None, None)


def test_the_share_of_many_patients(things: Things) -> None:
    """Tests the difference: of 4 patients in one trust, where its target is 25 per cent, 3 are above it."""
    world, mission = things.places.world, things.places.mission
    things.pool(PoolKind.ISOLATION, 9)
    set_share(things.centre, mission, world["receiver"], Decimal(25), source="SSB")
    for number in range(4):
        choose(
            things.ministry,
            things.offer(things.case(given_name=f"Іван{number}"), things.place(f"{number}")),
            offer_things.chosen(),
        )
    (trust,) = seen_by(things, things.centre).trusts.rows
    assert (trust.tally.patients, trust.difference, trust.mark) == (4, 3, "25.0")


def test_a_target_ends_the_one_before_it(things: Things) -> None:
    """Tests dated targets, their bounds, and that nobody sets one in another country."""
    world, mission = things.places.world, things.places.mission
    first = set_share(
        things.centre, mission, world["region"], Decimal(50), source="SSB", first_day=date(2026, 1, 1)
    )
    set_share(things.centre, mission, world["region"], Decimal(57), source="SSB")
    first.refresh_from_db()
    assert first.last_day == today() - timedelta(days=1)
    assert PopulationShare.unscoped.on(today()).get().share == 57
    with pytest.raises(RefusedError, match="where the share is from"):
        set_share(things.centre, mission, world["region"], Decimal(1), source=" ")
    with pytest.raises(RefusedError, match="100"):
        set_share(things.centre, mission, world["region"], Decimal(101), source="SSB")
    with pytest.raises(NotAllowedError):
        set_share(things.centre, mission, world["stranger_hospital"], Decimal(1), source="SSB")
    with pytest.raises(NotAllowedError):
        set_share(person(things, Role.REGION), mission, world["region"], Decimal(1), source="SSB")
    assert PopulationShare.unscoped.count() == 2


def test_frames_and_rooms(things: Things) -> None:
    """Tests the frame of the country, and isolation rooms in use of those there."""
    MissionLimit.unscoped.create(
        mission=things.places.mission, country="NO", what="frame-places", number=2, first_day=date(2022, 5, 1)
    )
    first = things.offer(things.case(), things.place("one"))
    things.offer(things.case(given_name="Іван"), things.place("two"))
    choose(things.ministry, first, offer_things.chosen())
    Hold.unscoped.filter(offer=first).update(state=HoldState.OCCUPIED)
    view = seen_by(things, things.centre)
    assert (view.countries[0].tally.taken, view.countries[0].left) == (2, 0)
    (room,) = view.rooms
    assert (room.in_use, room.promised, room.there, room.short) == (1, 1, 3, False)
    text = sign_in(Client(), things.centre).get(ADDRESS).content.decode()
    assert "2 of 2 places of the frame are taken" in text
    assert "None is left" in text
    assert "1 of 3" in text
    (row,) = seen_by(things, things.ministry).countries
    assert (row.rooms.in_use, row.rooms.there, row.places.open) == (1, 3, 2)


def test_places_that_end_soon_or_are_stale(things: Things) -> None:
    """Tests both lists: within 14 days and not on the 15th, and what nobody has confirmed in time."""
    soon, later = (things.place(f"in {n}", last_day=today() + timedelta(days=n)) for n in (14, 15))
    Place.unscoped.filter(pk=later.pk).update(confirmed_at=timezone.now() - timedelta(days=30))
    view = seen_by(things, things.centre)
    assert [line.place for line in view.expiring] == [soon]
    assert [line.place for line in view.stale] == [later]
    assert (view.places.open, view.places.expiring, view.places.stale) == (2, 1, 1)


def test_a_region_sees_its_own_hospitals(things: Things) -> None:
    """Tests that places of another organisation of the same country are not in a region's part."""
    things.place("own", last_day=today())
    hospital = things.places.foreign
    hospital.country = "NO"
    hospital.save()
    Place.unscoped.create(
        mission=things.places.mission,
        hospital=hospital,
        label="other",
        specialty="burns",
        first_day=today(),
        last_day=today(),
        confirmed_at=timezone.now(),
        confirmed_by=things.centre.pk,
    )
    labels = {
        role: [line.place.label for line in seen_by(things, person(things, role)).expiring]
        for role in (Role.COORDINATION_CENTRE, Role.REGION)
    }
    assert sorted(labels[Role.COORDINATION_CENTRE]) == ["other", "own"]
    assert labels[Role.REGION] == ["own"]
    assert [row.name for row in seen_by(things, person(things, Role.REGION)).trusts.rows] == ["receiver"]


def test_asks_without_an_answer(things: Things) -> None:
    """Tests the clock of an open ask, one whose time ran out, and who sees them."""
    world, now = things.places.world, timezone.now()
    rounds = [
        Round.unscoped.create(
            mission=things.places.mission,
            asker=world["centre"],
            deadline=now + timedelta(hours=hours, minutes=1),
            made_by=things.centre.pk,
        )
        for hours in (5, -5)
    ]
    waiting, late = things.case(), things.case(given_name="Іван")
    for one, case, state in ((rounds[0], waiting, "open"), (rounds[1], late, "expired")):
        Ask.unscoped.create(round=one, case=case, asked=world["receiver"], state=state)
    found = seen_by(things, things.centre).unanswered
    assert found is not None
    assert (found.count, found.late) == (2, 1)
    assert [(line.ask.case_id, line.late, line.time) for line in found.lines] == [
        (late.pk, True, "4 hours"),
        (waiting.pk, False, "5 hours"),
    ]
    act(things.ministry, late.pk, Action.TAKE_BACK, reason="incomplete")
    assert seen_by(things, things.centre).unanswered.count == 1  # type: ignore[union-attr]
    assert seen_by(things, person(things, Role.REGION)).unanswered.count == 1  # type: ignore[union-attr]
    assert seen_by(things, things.ministry).unanswered is None


def test_a_switch_ends_what_held_and_begins_today(things: Things) -> None:
    """Tests stopping and allowing at once, for the mission and a country, with the reason demanded."""
    owner, mission = person(things, Role.ADMINISTRATOR), things.places.mission
    old = rule(things, Group.SOLDIER)
    new = switch_group(owner, mission, Group.SOLDIER, accepted=True, reason="Allowed again.")
    old.refresh_from_db()
    assert (old.last_day, new.first_day, new.last_day) == (today() - timedelta(days=1), today(), None)
    again = switch_group(owner, mission, Group.SOLDIER, accepted=False, reason="Stopped after all.")
    assert (again.pk, again.accepted, again.reason) == (new.pk, False, "Stopped after all.")
    with pytest.raises(RefusedError, match="holds already"):
        switch_group(owner, mission, Group.SOLDIER, accepted=False, reason="Once more.")
    with pytest.raises(RefusedError, match="Write the reason"):
        switch_group(owner, mission, Group.CHILD, accepted=False, reason=" ")
    with pytest.raises(NotAllowedError):
        switch_group(things.centre, mission, Group.CHILD, accepted=False, reason="x")
    switch_group(owner, mission, Group.SOLDIER, country="NO", accepted=True, reason="Norway goes on.")
    assert EligibilityRule.unscoped.on(today()).count() == 2


def test_a_switch_holds_until_a_later_rule(things: Things) -> None:
    """Tests that a rule that is written for later stays, and the new one ends the day before it."""
    later = rule(things, Group.CHILD, accepted=True)
    later.first_day = today() + timedelta(days=10)
    later.save()
    owner = person(things, Role.ADMINISTRATOR)
    new = switch_group(owner, things.places.mission, Group.CHILD, accepted=False, reason=REASON)
    assert new.last_day == today() + timedelta(days=9)


def test_the_switch_stops_offers_at_once_and_explains_itself(things: Things) -> None:
    """Tests the form: an offer is refused from then on, the view says how many cases, the list names them
    only to whoever may see the person, and that is a look.
    """
    soldier, civilian = things.case(service="military"), things.case(given_name="Іван", service="civilian")
    owner = sign_in(Client(), person(things, Role.ADMINISTRATOR))
    form = owner.get("/offers/national/ukraine/switch/?group=soldier&accepted=no")
    assert form.status_code == 200
    values = {"group": "soldier", "country": "", "accepted": "no", "reason": REASON}
    missing = owner.post("/offers/national/ukraine/switch/", {**values, "reason": ""})
    assert (missing.status_code, EligibilityRule.unscoped.count()) == (422, 0)
    done = owner.post("/offers/national/ukraine/switch/", values, follow=True).content.decode()
    assert "Stopped from today on: soldiers. Open cases that it touches: 1." in done
    made = EligibilityRule.unscoped.get()
    with pytest.raises(RefusedError, match="does not take this patient"):
        things.offer(soldier, things.place("one"))
    things.offer(civilian, things.place("two"))

    path = f"/offers/national/rules/{made.pk}/"
    named = sign_in(Client(), things.ministry).get(path).content.decode()
    assert soldier.pseudonym in named
    assert civilian.pseudonym not in named
    assert Look.unscoped.filter(right="see.personal", actor=things.ministry.pk).exists()
    for user in (things.centre, person(things, Role.ADMINISTRATOR)):
        text = sign_in(Client(), user).get(path).content.decode()
        assert soldier.pseudonym not in text
        assert "1 open case is touched" in text
        assert "1 of them is not named here" in text
    stranger = sign_in(Client(), person(things, Role.HOSPITAL_COORDINATOR))
    assert stranger.get(path).status_code == 403
    assert sign_in(Client(), things.centre).get("/offers/national/ukraine/switch/").status_code == 404


def test_a_country_rule_leaves_out_whoever_refuses_the_country(things: Things) -> None:
    """Tests what a rule counts: not another state, not who refuses the country, not who has chosen."""
    case, other = things.case(), things.case(given_name="Іван")
    things.case(State.CHOSEN, given_name="Петро")
    Case.unscoped.filter(pk=other.pk).update(refused_countries=["NO"])
    whole, norway = rule(things, Group.EVERYBODY), rule(things, Group.EVERYBODY, country="NO")
    assert counts_of(things.ministry, [whole, norway], today()) == {whole.pk: 2, norway.pk: 1}
    assert list(cases_touched_by(things.centre, norway, today())) == [case]


PEOPLE = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(Person.Sex.values),
        "service": st.sampled_from(Person.Service.values),
        "born": st.dates(date(1960, 1, 1), date(2026, 1, 1)),
        "exact": st.booleans(),
        "companion": st.none()
        | st.tuples(
            st.sampled_from(Companion.Sex.values),
            st.sampled_from(["mother", "father", "guardian", "child"]),
            st.dates(date(1960, 1, 1), date(2026, 1, 1)),
        ),
    }
)


@given(people=PEOPLE, day=st.dates(date(2024, 2, 20), date(2024, 3, 10)))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_the_database_and_the_rule_agree_on_groups(
    groups_case: tuple[Case, Companion], people: dict[str, Any], day: date
) -> None:
    """Tests that both forms of a group find the same, around birthdays and the 29th of February too."""
    case, companion = groups_case
    born = people["born"]
    exact = {"birth_date": born if people["exact"] else None, "birth_year": born.year}
    Person.unscoped.filter(pk=case.person_id).update(sex=people["sex"], service=people["service"], **exact)
    if people["companion"] is None:
        Companion.unscoped.filter(pk=companion.pk).delete()
    else:
        companion.sex, companion.relation, companion.birth_date = people["companion"]
        companion.save(force_insert=not Companion.unscoped.filter(pk=companion.pk).exists())
    patient = Person.unscoped.get(pk=case.person_id)
    wanted = groups_of(patient, Companion.unscoped.filter(case=case), day)
    found = {group for group in Group if Case.unscoped.filter(of_group(group, day), pk=case.pk).exists()}
    assert found == {Group(one) for one in wanted}


@pytest.fixture
def groups_case(things: Things) -> tuple[Case, Companion]:
    """A case with somebody who goes along."""
    case = things.case()
    return case, needed.with_companion(things.places, case)


def test_the_view_asks_few_questions(things: Things) -> None:
    """Tests that the number of queries does not grow with places, offers, cases and rules."""
    client = sign_in(Client(), things.centre)
    things.pool(PoolKind.ISOLATION, 20)
    counted = []
    for number in range(2):
        for each in range(1 + 4 * number):
            place = things.place(f"{number} {each}", last_day=today() + timedelta(days=9))
            things.offer(things.case(given_name=f"Іван{number}{each}"), place)
        rule(things, [Group.SOLDIER, Group.CHILD][number])
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ADDRESS).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 40


def test_an_empty_mission_says_what_to_do(things: Things) -> None:
    """Tests the empty states: of places, rules and shares."""
    text = sign_in(Client(), things.centre).get(ADDRESS).content.decode()
    assert "No rule holds today: everybody is accepted." in text
    assert "Every place was confirmed in time." in text
    assert "Everybody who was asked has answered." in text
    assert "Set a target by population" in text
    client = sign_in(Client(), things.centre)
    values = {
        "organisation": str(things.places.world["region"].pk),
        "share": "57.1",
        "first_day": today().isoformat(),
        "source": "SSB, 1 January 2026",
    }
    done = client.post("/offers/national/ukraine/target/", values, follow=True).content.decode()
    assert "The target of “region” is saved." in done
    assert "57.1\N{NO-BREAK SPACE}%" in done
    wrong = client.post("/offers/national/ukraine/target/", {**values, "share": "101"})
    assert wrong.status_code == 422
