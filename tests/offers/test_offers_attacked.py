"""Attempts to do more in this room than the rules say: each is refused, and changes nothing."""

from __future__ import annotations

from datetime import timedelta

import offer_countries
import offer_things
import pytest
from django.utils import timezone

from medevac.cases import above
from medevac.cases.models import Case, Consent
from medevac.cases.services import act
from medevac.cases.states import Action, Reason, State
from medevac.messages.models import Message
from medevac.offers.models import Hold, Offer, Place, Pool
from medevac.offers.services.choosing import choose
from medevac.offers.services.expiring import expire_offers
from medevac.offers.services.offering import (
    OfferFacts,
    draft_offer,
    lose_place,
    offer_place,
    send_offer,
    withdraw_offer,
)
from medevac.offers.services.places import add_places, change_place, set_pool
from medevac.offers.states import HoldState, OfferReason, PoolKind
from medevac.people.days import current_day
from medevac.people.models import Membership
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError


@pytest.fixture
def wide(things: offer_things.Things) -> offer_countries.Countries:
    """Norway and Germany."""
    return offer_countries.widen(things)


def soon(**facts) -> OfferFacts:
    """What an offer says."""
    return OfferFacts(**{"earliest_day": current_day() + timedelta(days=2), **facts})


def test_nobody_offers_beds_that_another_country_keeps(wide) -> None:
    """Tests that a place cannot be held by an offer of an organisation that does not keep it."""
    things, place = wide.things, wide.german_place()
    for actor in (things.centre, things.ministry):
        with pytest.raises(RefusedError, match="does not keep places of"):
            offer_place(actor, things.case(given_name="Іван"), things.places.world["centre"], place, soon())
    assert not Offer.unscoped.exists()
    assert not Hold.unscoped.exists()


def test_the_ministry_offers_what_a_country_without_an_account_has_named(wide) -> None:
    """Tests that a place of a hospital that nobody keeps here can be offered in the ministry's own name."""
    things, place = wide.things, wide.german_place()
    Membership.unscoped.filter(user__in=(wide.people["klinikum"], wide.people["germany"])).update(
        ends=timezone.now()
    )
    set_by_nobody = soon(isolation=False)
    offer = offer_place(things.ministry, things.case(), things.places.world["ministry"], place, set_by_nobody)
    assert offer.state == "sent"


def test_nobody_offers_in_the_name_of_another_organisation(wide) -> None:
    """Tests Norway in Germany's name, and a region in its neighbour's."""
    things = wide.things
    case, place = things.case(), wide.german_place()
    with pytest.raises(NotAllowedError):
        offer_place(things.centre, case, things.places.world["germany"], place, soon())
    wide.ask(case, "other_region")
    with pytest.raises(NotAllowedError):
        offer_place(wide.people["other_region"], case, things.places.world["region"], things.place(), soon())
    assert not Offer.unscoped.exists()


def test_who_is_not_asked_offers_nothing(wide) -> None:
    """Tests a hospital and a region in a country whose centre is asked, and a ministry of another state."""
    things, world = wide.things, wide.things.places.world
    case, place = things.case(), things.place()
    tried = (
        (things.hospital, world["receiver"], place),
        (wide.people["other_region"], world["other_region"], place),
        (wide.people["klinikum"], world["klinikum"], wide.german_place()),
        (wide.people["foreign_ministry"], world["germany"], wide.german_place("Bett 2")),
    )
    for actor, organisation, place in tried:
        with pytest.raises(NotAllowedError):
            offer_place(actor, case, organisation, place, soon())
    assert not Offer.unscoped.exists()


def test_the_ministry_does_not_send_what_a_country_only_drafted(wide) -> None:
    """Tests that a draft stays its country's, and that nobody chooses it."""
    things = wide.things
    draft = draft_offer(things.centre, things.case(), things.places.world["centre"], things.place(), soon())
    for deed in (
        lambda: send_offer(things.ministry, draft),
        lambda: withdraw_offer(things.ministry, draft, reason="released"),
        lambda: choose(things.ministry, draft, offer_things.chosen()),
        lambda: send_offer(wide.people["germany"], draft),
    ):
        with pytest.raises(NotAllowedError):
            deed()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_ministry_of_another_state_chooses_for_nobody(wide) -> None:
    """Tests the ministry above the centre that made the offer."""
    case = wide.things.case()
    german = wide.german_offer(case)
    with pytest.raises(NotAllowedError):
        choose(wide.people["foreign_ministry"], german, offer_things.chosen())
    case.refresh_from_db()
    assert case.state == State.OFFERED


def test_an_offer_of_another_case_is_not_chosen_along(wide) -> None:
    """Tests that the second choice must be of the same case."""
    things = wide.things
    first = things.offer(things.case(), things.place())
    other = things.offer(things.case(given_name="Іван"), things.place("7B-2"))
    with pytest.raises(RefusedError, match="not one of the case's"):
        choose(things.ministry, first, offer_things.chosen(second=other.pk))


def test_a_bed_of_another_mission_is_not_offered(wide) -> None:
    """Tests that places given to one mission serve its patients alone."""
    things = wide.things
    other = offer_countries.further_mission(things)
    values = {"label": "1", "specialty": "burns", "first_day": current_day()}
    (place,) = add_places(things.hospital, things.places.hospital, other, values)
    with pytest.raises(RefusedError, match="another mission"):
        things.offer(things.case(), place)


def test_nobody_keeps_beds_in_a_mission_without_taking_part(things) -> None:
    """Tests the hospital of a stranger, which would fill the mission's lists with its places."""
    stranger = offer_things.directory_places.small_world.person("keeper")
    world = things.places.world
    offer_things.directory_places.small_world.member(
        stranger, world["stranger_hospital"], "receiving_hospital"
    )
    values = {"label": "1", "specialty": "burns", "first_day": current_day()}
    with pytest.raises(NotAllowedError):
        add_places(stranger, things.places.foreign, things.places.mission, values)
    with pytest.raises(NotAllowedError):
        set_pool(stranger, things.places.foreign, things.places.mission, PoolKind.INTENSIVE, 4)
    assert not Place.unscoped.exists()


def test_nobody_learns_of_cases_by_setting_anothers_pool(wide) -> None:
    """Tests that the refusal which names cases comes after the question of rights."""
    things = wide.things
    things.offer(things.case(), things.place())
    for user in (wide.people["other_receiver"], wide.people["klinikum"], things.ministry):
        with pytest.raises(NotAllowedError):
            set_pool(user, things.places.hospital, things.places.mission, PoolKind.ISOLATION, 0)
    assert Pool.unscoped.get(hospital=things.places.hospital, kind="isolation").number == 3


def test_an_answer_of_another_case_or_country_carries_no_offer(wide) -> None:
    """Tests answers of another case, of another organisation, a no, and one that was corrected."""
    things = wide.things
    case, other = things.case(), things.case(given_name="Іван")
    (right,) = wide.ask(case, "receiver")
    (elsewhere,) = wide.ask(other, "receiver")
    (german,) = wide.ask(case, "klinikum", asker="germany")
    (neighbour,) = wide.ask(case, "other_receiver")
    replaced = wide.answer(neighbour)
    replaced.replaced_at = timezone.now()
    replaced.save()
    wrong = (wide.answer(elsewhere), wide.answer(german), replaced)
    for answer in wrong:
        with pytest.raises(RefusedError, match="says yes to case"):
            things.offer(case, things.place(f"for {answer.pk}"), answer=answer)
    assert things.offer(case, things.place(), answer=wide.answer(right)).answer_id


def test_a_country_that_the_patient_refuses_is_neither_offered_nor_chosen(wide) -> None:
    """Tests a refusal that comes after the draft, and one that comes after the offer."""
    things = wide.things
    case, world = things.case(), things.places.world
    draft = draft_offer(things.centre, case, world["centre"], things.place(), soon())
    german = wide.german_offer(case)
    Case.unscoped.filter(pk=case.pk).update(refused_countries=["NO", "DE"])
    with pytest.raises((RefusedError, NotAllowedError)):
        send_offer(things.centre, draft)
    by_telephone = soon()
    with pytest.raises(RefusedError, match="The patient refuses"):
        offer_place(things.ministry, case, world["centre"], things.place("7B-2"), by_telephone)
    with pytest.raises(RefusedError, match="The patient refuses"):
        choose(things.ministry, german, offer_things.chosen())


def test_no_offer_where_the_data_may_not_go(wide) -> None:
    """Tests that a withdrawn consent to the transfer of data stops offer and choice of that country alone."""
    things = wide.things
    case = things.case()
    norwegian, german = things.offer(case, things.place()), wide.german_offer(case)
    Consent.unscoped.create(
        case=case,
        purpose="data-transfer",
        country="NO",
        giver="patient",
        giver_name="Згурський Юрій",
        language="українська",
        given_at=timezone.now() - timedelta(hours=2),
        recorded_by=things.ministry.pk,
        withdrawn_at=timezone.now(),
        withdrawn_by="Згурський Юрій",
    )
    with pytest.raises(RefusedError, match="may not go to Norway"):
        things.offer(case, things.place("7B-2"))
    with pytest.raises(RefusedError, match="may not go to Norway"):
        choose(things.ministry, norwegian, offer_things.chosen())
    with pytest.raises(RefusedError, match="may not go to Norway"):
        choose(things.ministry, german, offer_things.chosen(second=norwegian.pk))
    choose(things.ministry, german, offer_things.chosen())


def test_a_case_that_takes_no_offers_gets_no_draft_either(wide) -> None:
    """Tests that nothing is left open on a case before its publication or after its end."""
    things = wide.things
    for state in (State.VERIFIED, State.CHOSEN, State.WITHDRAWN, State.DIED):
        case = things.case(state, family_name=f"Коваль {state}")
        with pytest.raises(RefusedError, match="takes no offers now"):
            draft_offer(things.ministry, case, things.places.world["centre"], things.place(state), soon())
    assert not Offer.unscoped.exists()


def test_a_day_that_is_over_holds_no_bed(wide) -> None:
    """Tests that an offer of the past does not leave the place free for a second one."""
    things = wide.things
    place = things.place(first_day=current_day() - timedelta(days=90))
    with pytest.raises(RefusedError, match="earliest day of the offer is over"):
        things.offer(things.case(), place, earliest_day=current_day() - timedelta(days=80))


def test_who_stays_longer_than_expected_keeps_the_bed_and_the_room(things) -> None:
    """Tests that days which are over free nothing: the place and the isolation room are still taken."""
    things.pool(PoolKind.ISOLATION, 1)
    place = things.place(first_day=current_day() - timedelta(days=90))
    offer = things.offer(things.case(), place)
    yesterday = current_day() - timedelta(days=1)
    Hold.unscoped.filter(offer=offer).update(
        first_day=yesterday - timedelta(days=50), last_day=yesterday, state=HoldState.OCCUPIED
    )
    with pytest.raises(RefusedError, match="still held for a patient"):
        things.offer(things.case(given_name="Іван"), place)
    with pytest.raises(RefusedError, match="isolation rooms: 2 wanted"):
        things.offer(things.case(given_name="Петро"), things.place("7B-2"))
    with pytest.raises(RefusedError, match="is promised on"):
        things.pool(PoolKind.ISOLATION, 0)


def test_a_promised_bed_keeps_its_specialty(things) -> None:
    """Tests that a place for burns is not made one for teeth under an offer."""
    place = things.place()
    things.offer(things.case(), place)
    with pytest.raises(RefusedError, match="is offered for case"):
        change_place(things.hospital, place, {"specialty": "dentistry"})
    assert change_place(things.hospital, place, {"label": "7B-1 by the window"}).version == 2


def test_the_same_thing_is_done_once_however_often_it_is_sent(wide) -> None:
    """Tests a double click on each deed: one effect, one message to each, and a sentence."""
    things = wide.things
    case = things.case()
    draft = draft_offer(things.centre, case, things.places.world["centre"], things.place(), soon())
    send_offer(things.centre, draft)
    with pytest.raises(RefusedError, match="not possible any more"):
        send_offer(things.centre, draft)
    choose(things.ministry, draft, offer_things.chosen())
    with pytest.raises(RefusedError, match="not possible any more"):
        choose(things.ministry, draft, offer_things.chosen())
    lose_place(things.centre, draft, reason=OfferReason.STAFF_LOST)
    with pytest.raises(RefusedError, match="not possible any more"):
        lose_place(things.centre, draft, reason=OfferReason.STAFF_LOST)
    told = list(Message.unscoped.values_list("user", "kind"))
    assert len(told) == len(set(told)) > 0


def test_only_members_of_this_mission_are_told(wide) -> None:
    """Tests that a membership limited to another mission brings no message about this one's patients."""
    things = wide.things
    other = offer_countries.further_mission(things)
    Membership.unscoped.filter(user=things.hospital).update(mission=other.pk)
    case, place = (
        things.case(),
        Place.unscoped.create(
            mission=things.places.mission,
            hospital=things.places.hospital,
            label="7B-1",
            specialty="burns",
            first_day=current_day(),
            confirmed_at=timezone.now(),
            confirmed_by=things.centre.pk,
        ),
    )
    choose(things.ministry, things.offer(case, place), offer_things.chosen())
    assert Message.unscoped.filter(user=things.centre, kind="offers.chosen").exists()
    assert not Message.unscoped.filter(user=things.hospital).exists()


def test_an_offer_that_cannot_expire_stops_no_other(things) -> None:
    """Tests that the worker ends what it can, and then says what it could not."""
    offers = [things.offer(things.case(given_name=f"Іван {n}"), things.place(f"place {n}")) for n in range(3)]
    past = timezone.now() - timedelta(minutes=1)
    Offer.unscoped.update(expires_at=past)

    def fail(taken) -> None:
        if taken.case.pk == offers[0].case_id:
            raise RuntimeError("A room above is broken.")

    above.register_follower(Action.LOSE_OFFERS, "tests", fail)
    try:
        with pytest.raises(ExceptionGroup) as raised:
            expire_offers()
    finally:
        above._FOLLOWERS[Action.LOSE_OFFERS].pop("tests")
    assert len(raised.value.exceptions) == 1
    assert Offer.unscoped.filter(state="expired").count() == 2


def test_a_step_answers_with_the_case_as_it_is_now(things) -> None:
    """Tests that whoever says that the place is lost is shown the request that is open again by that."""
    case = things.case()
    choose(things.ministry, things.offer(case, things.place()), offer_things.chosen())
    told = act(things.ministry, case.pk, Action.LOSE_PLACE, reason=Reason.PLACE_LOST)
    kept = Case.unscoped.get(pk=case.pk)
    assert (told.state, told.version) == (kept.state, kept.version) == (State.PUBLISHED, kept.version)
