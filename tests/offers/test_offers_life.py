"""Tests that an offer holds a place, that one is chosen, and that every way out frees what is held."""

from __future__ import annotations

from datetime import timedelta

import offer_things
import pytest
from django.utils import timezone

from medevac.cases.models import CaseStep
from medevac.cases.services import act
from medevac.cases.states import Action, Reason, State
from medevac.offers.models import Choice, Hold, Offer
from medevac.offers.services.choosing import choose
from medevac.offers.services.expiring import expire_offers
from medevac.offers.services.offering import lose_place, withdraw_offer
from medevac.offers.services.places import change_place, close_place
from medevac.offers.states import HoldState, OfferReason, OfferState, PoolKind
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError


def held(offer: Offer) -> str:
    """How the place of an offer is held."""
    return Hold.unscoped.get(offer=offer).state


def state(offer: Offer) -> tuple[str, str]:
    """State and reason of an offer, as the database has them."""
    offer.refresh_from_db()
    return offer.state, offer.reason


def test_an_offer_holds_its_place_and_the_case_is_offered(things) -> None:
    case, place = things.case(), things.place()
    offer = things.offer(case, place)
    case.refresh_from_db()
    assert (offer.state, held(offer), case.state) == ("sent", "offered", "offered")
    with pytest.raises(RefusedError, match="is held for another patient"):
        things.offer(things.case(given_name="Іван"), place)


def test_a_choice_frees_the_others_and_keeps_one_in_reserve(things) -> None:
    case = things.case()
    first, second, third = (things.offer(case, things.place(f"place {n}")) for n in range(3))
    choose(things.ministry, first, offer_things.chosen(second=second.pk))
    case.refresh_from_db()
    assert case.state == State.CHOSEN
    assert [state(one)[0] for one in (first, second, third)] == ["chosen", "reserve", "not-chosen"]
    assert [held(one) for one in (first, second, third)] == ["reserved", "offered", "freed"]
    assert set(Choice.unscoped.get(case=case).shown) == {str(one.pk) for one in (first, second, third)}


def test_the_reserve_can_be_chosen_once_the_place_is_lost(things) -> None:
    case = things.case()
    first, second = (things.offer(case, things.place(f"place {n}")) for n in range(2))
    choose(things.ministry, first, offer_things.chosen(second=second.pk))
    lose_place(things.centre, first, reason=OfferReason.ISOLATION_LOST)
    case.refresh_from_db()
    assert case.state == State.OFFERED
    assert state(first) == ("withdrawn", "isolation-lost")
    assert Choice.unscoped.get(case=case).ended_at is not None
    choose(things.ministry, second, offer_things.chosen())
    case.refresh_from_db()
    assert (case.state, state(second)[0], held(second)) == (State.CHOSEN, "chosen", "reserved")


def test_a_lost_place_without_reserve_opens_the_request_again(things) -> None:
    case = things.case()
    offer = things.offer(case, things.place())
    choose(things.ministry, offer, offer_things.chosen())
    act(things.ministry, case.pk, Action.LOSE_PLACE, reason=Reason.PATIENT_CHANGED_MIND)
    case.refresh_from_db()
    assert case.state == State.PUBLISHED
    assert state(offer) == ("withdrawn", "patient-changed-mind")
    assert held(offer) == HoldState.FREED


def test_a_choice_needs_an_offer(things) -> None:
    case = things.case(State.OFFERED)
    with pytest.raises(RefusedError, match="Record which offer was chosen"):
        act(things.ministry, case.pk, Action.CHOOSE)


def test_an_offer_expires_by_the_clock_and_the_request_is_open_again(things) -> None:
    case = things.case()
    offer = things.offer(case, things.place())
    Offer.unscoped.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(RefusedError, match="has expired"):
        choose(things.ministry, offer, offer_things.chosen())
    assert expire_offers() == 1
    case.refresh_from_db()
    assert (case.state, *state(offer), held(offer)) == ("published", "expired", "not-answered", "freed")
    assert CaseStep.unscoped.filter(case=case).latest("pk").actor is None
    assert expire_offers() == 0


@pytest.mark.parametrize("action", [Action.WITHDRAW, Action.FIND_UNFIT])
def test_a_case_that_ends_frees_every_place(things, action) -> None:
    case = things.case()
    first, second = (things.offer(case, things.place(f"place {n}")) for n in range(2))
    choose(things.ministry, first, offer_things.chosen(second=second.pk))
    reason = Reason.TREATED_AT_HOME if action is Action.WITHDRAW else Reason.WORSENED
    act(things.ministry, case.pk, action, reason=reason)
    assert {state(one) for one in (first, second)} == {("withdrawn", "case-ended")}
    assert {held(one) for one in (first, second)} == {"freed"}
    assert not Choice.unscoped.filter(case=case, ended_at__isnull=True).exists()


def test_a_request_that_is_taken_back_takes_its_offers_with_it(things) -> None:
    case = things.case()
    offer = things.offer(case, things.place())
    act(things.ministry, case.pk, Action.TAKE_BACK, reason=Reason.INCOMPLETE)
    assert state(offer) == ("withdrawn", "request-taken-back")
    assert held(offer) == "freed"


def test_no_more_isolation_rooms_than_there_are(things) -> None:
    things.pool(PoolKind.ISOLATION, 1)
    things.offer(things.case(), things.place("one"))
    with pytest.raises(RefusedError, match="isolation rooms: 2 wanted"):
        things.offer(things.case(given_name="Іван"), things.place("two"))
    with pytest.raises(RefusedError, match="is promised on"):
        things.pool(PoolKind.ISOLATION, 0)


def test_a_place_that_is_promised_is_neither_taken_back_nor_left_without_staff(things) -> None:
    place = things.place()
    offer = things.offer(things.case(), place)
    with pytest.raises(RefusedError, match="is offered for case"):
        close_place(things.hospital, place, reason="renovation")
    with pytest.raises(RefusedError, match="is offered for case"):
        change_place(things.hospital, place, {"staffed": False})
    withdraw_offer(things.centre, offer, reason=OfferReason.STAFF_LOST)
    assert close_place(things.hospital, place, reason="renovation").closed_at is not None


def test_a_country_that_the_patient_refuses_cannot_offer(things) -> None:
    case = things.case()
    case.refused_countries = ["NO"]
    case.save()
    with pytest.raises(NotAllowedError):
        things.offer(case, things.place())


def test_a_choice_is_recorded_once(things) -> None:
    case = things.case()
    offer = things.offer(case, things.place())
    choose(things.ministry, offer, offer_things.chosen())
    with pytest.raises(RefusedError, match="is not possible any more"):
        choose(things.ministry, offer, offer_things.chosen())
    assert Choice.unscoped.filter(case=case).count() == 1
    assert state(offer)[0] == OfferState.CHOSEN
