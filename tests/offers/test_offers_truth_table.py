"""The life of an offer and of a hold: the tables themselves, and every state × action × role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import offer_countries
import offer_things
import pytest
from django.db import transaction
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.rules import SENDERS
from medevac.cases.states import State
from medevac.offers.models import Hold, Offer
from medevac.offers.rules import BY_ACTION, ENDED, HOLDING, HOLDS, ROLE_TABLE, TRANSITIONS, allowed_from
from medevac.offers.services.choosing import choose
from medevac.offers.services.holding import move
from medevac.offers.services.moving import take
from medevac.offers.services.offering import lose_place, send_offer, withdraw_offer
from medevac.offers.states import HoldState, OfferAction, OfferState
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role, grants_of

A, S = OfferAction, OfferState
BY_PEOPLE = [row for row in TRANSITIONS if row.who]
# How the place of an offer is held in each state; a draft holds none.
HELD = {
    S.SENT: HoldState.OFFERED,
    S.RESERVE: HoldState.OFFERED,
    S.CHOSEN: HoldState.RESERVED,
    **dict.fromkeys(ENDED, HoldState.FREED),
}
DEEDS: dict[OfferAction, Callable[[User, Offer], object]] = {
    A.SEND: send_offer,
    A.CHOOSE: lambda user, offer: choose(user, offer, offer_things.chosen()),
    A.WITHDRAW: lambda user, offer: withdraw_offer(user, offer, reason=reason_for(A.WITHDRAW)),
    A.LOSE: lambda user, offer: lose_place(user, offer, reason=reason_for(A.LOSE)),
}


def reason_for(action: OfferAction) -> str:
    """A reason that the table takes for an action."""
    return str(BY_ACTION[action].reasons[0]) if BY_ACTION[action].reasons else ""


def reached(role: Role, state: OfferState) -> bool:
    """Whether a role that may at all reaches an offer of the receiving side in a state.

    A draft is the affair of whoever offers: those who filed the case do not see it.
    """
    return role not in SENDERS or state != S.DRAFT


@pytest.fixture
def case(things: offer_things.Things) -> Case:
    """A published case, of which the receiving hospital is asked."""
    case = things.case()
    offer_countries.Countries(things).ask(case, "receiver")
    return case


def in_state(things: offer_things.Things, case: Case, state: OfferState) -> Offer:
    """An offer of the receiving hospital as if it had come there, with its hold."""
    offer = Offer.unscoped.create(
        mission=case.mission,
        case=case,
        organisation=things.places.world["receiver"],
        place=things.place(f"place of {state}"),
        state=state,
        reason="other" if state in ENDED else "",
        expires_at=timezone.now() + timedelta(hours=1),
        earliest_day=current_day(),
        made_by=things.centre.pk,
    )
    if state in HELD:
        Hold.unscoped.create(
            mission=case.mission,
            place=offer.place,
            case=case,
            offer=offer,
            state=HELD[state],
            first_day=offer.earliest_day,
        )
    return offer


def test_the_tables_are_whole() -> None:
    """Tests that every action has one row, every state is reached, and nothing leads on from an end."""
    assert sorted(row.action for row in TRANSITIONS) == sorted(A)
    assert {S.DRAFT, *(row.target for row in TRANSITIONS)} == set(S)
    assert not any(allowed_from(state) for state in ENDED)
    assert not any(set(row.sources) & set(ENDED) for row in TRANSITIONS)
    assert all(bool(row.reasons) == (row.target in ENDED) for row in TRANSITIONS)
    assert set(HOLDS) == set(HoldState)
    assert all(HoldState.FREED in HOLDS[state] for state in HoldState if state != HoldState.FREED)


def test_what_only_follows_is_in_nobodys_right() -> None:
    """Tests that no role was given an action that another deed brings."""
    for row in TRANSITIONS:
        if row.who:
            assert grants_of(row.right) == row.who
        else:
            assert row.right not in ROLE_TABLE
            with pytest.raises(KeyError):
                grants_of(row.right)


@pytest.mark.any_postgresql
def test_every_state_and_action_is_open_to_exactly_the_roles_of_the_table(things, case) -> None:
    """Tests 7 states × 4 actions × 17 roles by the policy, one offer in each state."""
    offers = {state: in_state(things, case, state) for state in S}
    for row, role in product(BY_PEOPLE, Role):
        opened = visible(things.places.world.people[role], Offer.objects.all(), row.right)
        expected = {offers[state].pk for state in S if role in row.who and reached(role, state)}
        assert set(opened.values_list("pk", flat=True)) == expected, (row.action, role)


@pytest.mark.any_postgresql
@pytest.mark.parametrize("action", DEEDS)
def test_every_deed_leads_on_from_exactly_the_states_of_the_table(things, case, action) -> None:
    """Tests each of the 7 states: every role that may does it or is refused; one that may not, neither."""
    row = BY_ACTION[action]
    may_not = next(role for role in Role if role not in row.who)
    for state in S:
        offer = in_state(things, case, state)
        Case.unscoped.filter(pk=case.pk).update(state="chosen" if state is S.CHOSEN else "offered")
        for role in (may_not, *row.who):
            with transaction.atomic():
                outcome = _outcome(things.places.world.people[role], offer, action)
                transaction.set_rollback(True)
            if role is may_not or not reached(role, state):
                assert outcome == "not allowed", (state, role)
            else:
                assert outcome == ("done" if state in row.sources else "refused"), (state, role)
        Hold.unscoped.filter(offer=offer).delete()
        offer.delete()


def _outcome(user: User, offer: Offer, action: OfferAction) -> str:
    try:
        with transaction.atomic():
            DEEDS[action](user, Offer.unscoped.get(pk=offer.pk))
    except NotAllowedError:
        return "not allowed"
    except RefusedError:
        return "refused"
    row = BY_ACTION[action]
    offer.refresh_from_db()
    assert (offer.state, offer.reason) == (row.target, reason_for(action))
    held = set(Hold.unscoped.filter(offer=offer).values_list("state", flat=True))
    assert held in ({row.hold}, set()), "a draft that is withdrawn held nothing"
    return "done"


def test_every_action_moves_the_hold_as_the_table_says(things, case) -> None:
    """Tests 9 actions × 7 states, those too that only follow from another deed."""
    offers = {state: in_state(things, case, state) for state in S}
    for row, state in product(TRANSITIONS, S):
        with transaction.atomic():
            # One chosen and one in reserve for a case: the others step aside.
            Offer.unscoped.filter(case=case).exclude(pk=offers[state].pk).update(
                state=S.EXPIRED, reason="not-answered"
            )
            offer = Offer.unscoped.get(pk=offers[state].pk)
            if state in row.sources:
                take(offer, row.action, reason=reason_for(row.action))
                assert offer.state == row.target
                held = Hold.unscoped.filter(offer=offer).values_list("state", flat=True)
                assert set(held) <= {row.hold}, (row.action, state)
                assert held.exists() == (state in HOLDING), (row.action, state)
            else:
                with pytest.raises(RefusedError, match="is not possible any more"):
                    take(offer, row.action, reason=reason_for(row.action))
            transaction.set_rollback(True)


def test_no_action_is_taken_for_another_reason_than_the_tables(things, case) -> None:
    """Tests that an end without a reason, or with one of another row, is refused."""
    offer = in_state(things, case, S.SENT)
    for action, reason in ((A.WITHDRAW, ""), (A.WITHDRAW, "boarded"), (A.EXPIRE, "released"), (A.LOSE, "")):
        with pytest.raises(RefusedError):
            take(offer, action, reason=reason)
    with pytest.raises(RefusedError, match="in a few words"):
        take(offer, A.WITHDRAW, reason="other")


def test_a_hold_goes_one_way(things, case) -> None:
    """Tests 4 states × 4 states of a hold: what is freed stays freed."""
    held = Hold.unscoped.get(offer=in_state(things, case, S.SENT))
    for source, target in product(HoldState, HoldState):
        Hold.unscoped.filter(pk=held.pk).update(state=source)
        held.refresh_from_db()
        if source == target or target in HOLDS[source]:
            move(held, target)
            held.refresh_from_db()
            assert held.state == target
        else:
            with pytest.raises(RefusedError, match="cannot become"):
                move(held, target)


def test_the_case_follows_and_is_never_set(things) -> None:
    """Tests that no step of a case leads past its table, by an offer in every state it can be in."""
    case = things.case(State.VERIFIED)
    with pytest.raises((RefusedError, NotAllowedError)):
        things.offer(case, things.place())
    case.refresh_from_db()
    assert case.state == State.VERIFIED
    assert not Offer.unscoped.exists()
