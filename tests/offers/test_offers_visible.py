"""Who sees places, holds, offers, asks, answers and choices, and what asked and chosen open of a case."""

from __future__ import annotations

from datetime import timedelta

import offer_countries
import offer_things
import pytest
import world as small_world
from directory_places import Places
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.services import act
from medevac.cases.services.consents import Given, give_consent, withdraw_consent
from medevac.cases.states import Action, Reason, State
from medevac.offers.models import Answer, Ask, Choice, Hold, Offer, Place, Pool, Round
from medevac.offers.policy import ANSWER, ASK, CHOOSE, KEEP_PLACES, LOSE, SEND, WITHDRAW
from medevac.offers.services.choosing import choose
from medevac.offers.services.offering import OfferFacts, draft_offer, lose_place
from medevac.people.days import current_day
from medevac.people.models import Membership, User
from medevac.people.policy import may, visible
from medevac.people.roles import RIGHTS, Reach, Right, Role

PARTNERS = {role for role, reach in RIGHTS[Right.OPERATIONAL].items() if reach is Reach.MISSION}
SENDERS = {Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR, Role.MINISTRY}
SUMMARY = {Right.OPERATIONAL, Right.SUMMARY}
WHOLE = set(Right)


@pytest.fixture
def wide(things: offer_things.Things) -> offer_countries.Countries:
    """Norway and Germany."""
    return offer_countries.widen(things)


def opened(user: User, case: Case) -> set[Right]:
    """What of a case is open to a user."""
    return {right for right in Right if may(user, right, case)}


def seers(places: Places, model: type) -> set[Role]:
    """The roles of the small world that see any row of a kind."""
    return {role for role in Role if visible(places.world.people[role], model.objects.all()).exists()}


def chosen_in(wide: offer_countries.Countries, *, reserve: bool = True) -> tuple[Case, Offer, Offer]:
    """A case whose patient has chosen Norway; Germany is in reserve, or was passed over."""
    case = wide.things.case()
    norwegian, german = wide.things.offer(case, wide.things.place()), wide.german_offer(case)
    second = german.pk if reserve else None
    choose(wide.things.ministry, norwegian, offer_things.chosen(second=second))
    return case, norwegian, german


def test_places_pools_and_holds_are_seen_by_the_partners_of_the_mission(things) -> None:
    """Tests 17 roles: whoever has the operational right over a mission, and nobody else."""
    things.offer(things.case(), things.place())
    for model in (Place, Pool, Hold, Offer):
        assert seers(things.places, model) == PARTNERS, model


def test_who_takes_no_part_in_the_mission_sees_nothing_of_it(things) -> None:
    """Tests a stranger of each partner's role, in an organisation that nobody has admitted."""
    case = things.case()
    things.offer(case, things.place())
    offer_countries.Countries(things).ask(case, "receiver")
    for role in Role:
        stranger = small_world.person(f"stranger-{role.value}")
        small_world.member(stranger, things.places.world["stranger_hospital"], role)
        for model in (Place, Pool, Hold, Offer, Round, Ask, Answer, Choice):
            assert not visible(stranger, model.objects.all()).exists(), (role, model)
        assert opened(stranger, case) == set(), role


def test_a_draft_is_seen_by_its_own_side_alone(things) -> None:
    """Tests that neither the patient's hospital nor a partner reads what a country still thinks about."""
    facts = OfferFacts(earliest_day=current_day())
    draft_offer(things.centre, things.case(), things.places.world["region"], things.place(), facts)
    assert seers(things.places, Offer) == {Role.COORDINATION_CENTRE, Role.REGION}


def test_the_ministry_sees_the_draft_that_its_own_people_wrote(things) -> None:
    """Tests that what the ministry records for a country that telephoned is open to it before it is sent."""
    facts = OfferFacts(earliest_day=current_day())
    draft = draft_offer(things.ministry, things.case(), things.places.world["centre"], things.place(), facts)
    assert may(things.ministry, SEND, draft)
    assert may(things.centre, SEND, draft)
    assert not may(things.places.world.people[Role.OBLAST_COORDINATOR], Right.OPERATIONAL, draft)


def test_asks_and_answers_are_seen_by_who_asks_and_who_is_asked(wide) -> None:
    """Tests the chain centre, region, hospital; the neighbouring region sees nothing; the auditor all."""
    people = wide.things.places.world.people
    region, hospital = wide.ask(wide.things.case(), "region", "receiver")
    wide.answer(hospital)
    expected = {
        Role.COORDINATION_CENTRE: {region, hospital},
        Role.REGION: {region, hospital},
        Role.RECEIVING_HOSPITAL: {hospital},
        Role.AUDITOR: {region, hospital},
    }
    for role in Role:
        seen = set(visible(people[role], Ask.objects.all()))
        assert seen == expected.get(role, set()), role
        assert visible(people[role], Answer.objects.all()).exists() == bool(seen), role
    for name, user in wide.people.items():
        assert not visible(user, Ask.objects.all()).exists(), name
        assert not visible(user, Answer.objects.all()).exists(), name
    assert may(people[Role.COORDINATION_CENTRE], ASK, region)
    assert not may(people[Role.REGION], ASK, region), "who is asked does not take the question back"
    assert may(people[Role.RECEIVING_HOSPITAL], ANSWER, hospital)
    assert not may(people[Role.RECEIVING_HOSPITAL], ANSWER, region)


def test_a_choice_names_persons_and_is_open_where_the_case_is(wide) -> None:
    """Tests that of the partners only those who filed the case and those who were chosen read who chose."""
    chosen_in(wide)
    receiving = {Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL}
    assert seers(wide.things.places, Choice) == SENDERS | receiving
    for name, user in wide.people.items():
        assert not visible(user, Choice.objects.all()).exists(), name


def test_who_is_asked_sees_the_summary_and_not_the_person(wide) -> None:
    """Tests the published request, and a hospital before and after it is asked."""
    people = wide.things.places.world.people
    case = wide.things.case()
    hospital, region = people[Role.RECEIVING_HOSPITAL], people[Role.REGION]
    assert opened(wide.things.centre, case) == opened(wide.people["germany"], case) == SUMMARY
    assert opened(hospital, case) == opened(region, case) == {Right.OPERATIONAL}
    (ask,) = wide.ask(case, "receiver")
    assert opened(hospital, case) == SUMMARY
    assert opened(region, case) == SUMMARY, "what a hospital of theirs is asked"
    assert opened(wide.people["other_receiver"], case) == {Right.OPERATIONAL}
    assert opened(wide.people["other_region"], case) == {Right.OPERATIONAL}
    wide.answer(ask, yes=False)
    assert opened(hospital, case) == {Right.OPERATIONAL}, "who says no has read enough"


def test_a_case_that_is_not_published_is_open_to_nobody_abroad(wide) -> None:
    """Tests that not even an ask opens it."""
    case = wide.things.case(State.VERIFIED)
    wide.ask(case, "receiver")
    for role in (Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL):
        assert opened(wide.things.places.world.people[role], case) == set()


def test_the_choice_opens_the_dossier_to_one_country_and_leaves_the_reserve_the_summary(wide) -> None:
    """Tests what each sees once Norway is chosen and Germany in reserve."""
    people = wide.things.places.world.people
    case, _norwegian, german = chosen_in(wide)
    for role in (Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL):
        assert opened(people[role], case) == WHOLE, role
    for name in ("germany", "klinikum"):
        assert opened(wide.people[name], case) == SUMMARY, name
    for name in ("other_region", "other_receiver", "foreign_ministry"):
        assert opened(wide.people[name], case) == {Right.OPERATIONAL}, name
    for action in ("cases.lose_place", "cases.record_death", "cases.offer"):
        assert not may(wide.people["germany"], action, case), action
    assert german.state == "sent"


def test_who_was_passed_over_sees_nothing_more(wide) -> None:
    """Tests that the summary closes with the choice where nothing was kept in reserve."""
    case, _norwegian, _german = chosen_in(wide, reserve=False)
    for name in ("germany", "klinikum"):
        assert opened(wide.people[name], case) == {Right.OPERATIONAL}, name


def test_nothing_of_the_person_stays_open_once_the_place_is_lost(wide) -> None:
    """Tests that dossier, person and choice close; the centre is asked again by the open request."""
    people = wide.things.places.world.people
    case, norwegian, _german = chosen_in(wide)
    lose_place(wide.things.centre, norwegian, reason="isolation-lost")
    assert opened(people[Role.COORDINATION_CENTRE], case) == SUMMARY
    for role in (Role.REGION, Role.RECEIVING_HOSPITAL):
        assert opened(people[role], case) == {Right.OPERATIONAL}
    assert not visible(people[Role.COORDINATION_CENTRE], Choice.objects.all()).exists()


def test_the_withdrawal_of_consent_closes_the_case_to_that_country_alone(wide) -> None:
    """Tests that where the case stands stays open, and nothing of the patient does."""
    case, _norwegian, _german = chosen_in(wide)
    given = Given(
        purpose="data-transfer",
        giver="patient",
        giver_name="Згурський Юрій",
        language="українська",
        given_at=timezone.now() - timedelta(minutes=1),
        country="NO",
    )
    consent = give_consent(wide.things.ministry, case, given)
    assert opened(wide.things.centre, case) == WHOLE
    withdraw_consent(wide.things.ministry, consent, withdrawn_by="Згурський Юрій")
    for role in (Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL):
        assert opened(wide.things.places.world.people[role], case) == {Right.OPERATIONAL}
    assert not visible(wide.things.centre, Choice.objects.all()).exists()
    assert opened(wide.people["germany"], case) == SUMMARY


def test_a_refused_country_is_not_asked(wide) -> None:
    """Tests that a refusal closes the summary to the centre, and to whoever there was asked before."""
    case = wide.things.case()
    wide.ask(case, "receiver")
    Case.unscoped.filter(pk=case.pk).update(refused_countries=["NO"])
    for role in (Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL):
        assert opened(wide.things.places.world.people[role], case) == {Right.OPERATIONAL}
    assert opened(wide.people["germany"], case) == SUMMARY


def test_a_mission_may_show_who_it_is_earlier_and_gives_no_say_by_that(wide) -> None:
    """Tests a mission that shows identity to whoever is asked: they read it, and take no step."""
    mission = wide.things.places.mission
    mission.identity = mission.Identity.ASKED
    mission.save()
    case = wide.things.case()
    wide.ask(case, "receiver")
    people = wide.things.places.world.people
    for role in (Role.COORDINATION_CENTRE, Role.RECEIVING_HOSPITAL):
        assert opened(people[role], case) == WHOLE, role
        assert not may(people[role], "cases.record_death", case), role
        assert not may(people[role], "cases.lose_place", case), role
    assert opened(wide.people["other_receiver"], case) == {Right.OPERATIONAL}


def test_a_case_that_ended_at_home_stays_open_to_no_country(wide) -> None:
    """Tests that with the end of the case everything abroad closes, chosen or in reserve."""
    case, _norwegian, _german = chosen_in(wide)
    act(wide.things.ministry, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    for user in (wide.things.centre, wide.people["germany"]):
        assert opened(user, case) == {Right.OPERATIONAL}


def test_a_membership_limited_to_another_mission_opens_nothing_here(wide) -> None:
    """Tests the same person with the same role, limited to this mission and to another one."""
    case, norwegian, _german = chosen_in(wide)
    wide.ask(wide.things.case(given_name="Іван"), "receiver")
    other = offer_countries.further_mission(wide.things)
    rows = Membership.unscoped.filter(user=wide.things.centre)
    rows.update(mission=other.pk)
    centre = User.objects.get(pk=wide.things.centre.pk)
    for model in (Place, Pool, Hold, Offer, Round, Ask, Choice):
        assert not visible(centre, model.objects.all()).exists(), model
    assert opened(centre, case) == set()
    assert not any(may(centre, action, norwegian) for action in (SEND, WITHDRAW, LOSE))
    assert not may(centre, KEEP_PLACES, norwegian.place)
    rows.update(mission=case.mission_id)
    for model in (Place, Pool, Hold, Offer, Ask, Choice):
        assert visible(centre, model.objects.all()).exists(), model
    assert opened(centre, case) == WHOLE
    assert may(centre, LOSE, norwegian)


def test_a_membership_that_is_over_opens_nothing(wide) -> None:
    """Tests that who has left the centre sees and does nothing any more."""
    case, norwegian, _german = chosen_in(wide)
    Membership.unscoped.filter(user=wide.things.centre).update(ends=timezone.now())
    assert opened(wide.things.centre, case) == set()
    assert not visible(wide.things.centre, Offer.objects.all()).exists()
    assert not may(wide.things.centre, LOSE, norwegian)


def test_a_ministry_above_a_centre_does_not_choose_for_another_countrys_patient(wide) -> None:
    """Tests that the ministry over the German centre reaches its offer, and not the patient's choice."""
    german = wide.german_offer(wide.things.case())
    assert may(wide.people["foreign_ministry"], WITHDRAW, german)
    assert not may(wide.people["foreign_ministry"], CHOOSE, german)
    assert may(wide.things.ministry, CHOOSE, german)


def test_the_hospital_says_itself_that_its_bed_is_lost(wide) -> None:
    """Tests that who keeps the chosen place may say so, though the centre made the offer; others not."""
    _case, norwegian, _german = chosen_in(wide)
    assert may(wide.things.hospital, LOSE, norwegian)
    assert not may(wide.things.hospital, WITHDRAW, norwegian), "what the centre offers, the centre withdraws"
    assert not may(wide.people["other_receiver"], LOSE, norwegian)
    assert not may(wide.people["klinikum"], LOSE, norwegian)
