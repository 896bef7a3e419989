"""Whatever becomes of a patient: places are free, asks are closed, and whoever held a place is told, once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import offer_countries
import offer_things
import pytest
from django.utils import timezone
from offer_agreement import disagreements

from medevac.cases.models import Case
from medevac.cases.rules import BY_ACTION
from medevac.cases.services import act
from medevac.cases.services.acting import follow
from medevac.cases.services.consents import Given, give_consent, withdraw_consent
from medevac.cases.services.families import join_family
from medevac.cases.services.merging import merge, undo_merge
from medevac.cases.states import Action, Reason, State
from medevac.messages.models import Message
from medevac.offers.models import Ask, Choice, Hold, Offer
from medevac.offers.services.choosing import choose
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.refusals import RefusedError

ENDS = (
    Action.WITHDRAW, Action.FIND_UNFIT, Action.RECORD_DEATH, Action.MOVE_OTHERWISE, Action.MARK_DUPLICATE,
    Action.CLOSE_WITHOUT_OFFER,
)  # fmt: skip


@pytest.fixture
def wide(things: offer_things.Things) -> offer_countries.Countries:
    """Norway and Germany."""
    return offer_countries.widen(things)


def offered(wide: offer_countries.Countries) -> tuple[Case, Offer, Offer]:
    """A case that both countries have offered a place for, while a hospital is still asked."""
    case = wide.things.case()
    wide.ask(case, "receiver")
    return case, wide.things.offer(case, wide.things.place()), wide.german_offer(case)


def step(actor: User, case: Case, action: Action, **more) -> Case:
    """A step with what the table asks for."""
    row = BY_ACTION[action]
    given = {"reason": str(row.reasons[0])} if row.reasons else {}
    if row.names_notifier:
        given["notifier"] = "Dr Koval"
    return act(actor, case.pk, action, **{**given, **more})


def told(user: User, kind: str) -> int:
    """How often a user was told something."""
    return Message.unscoped.filter(user=user, kind=kind).count()


@pytest.mark.parametrize("action", ENDS)
def test_an_end_while_offered_frees_both_countries_places(wide, action) -> None:
    """Tests each end: both places are free, the ask is closed, each country hears of its own once."""
    case, norwegian, german = offered(wide)
    other = wide.things.case(given_name="Іван")
    step(wide.things.ministry, case, action, live_case=other.pk)
    for offer in (norwegian, german):
        offer.refresh_from_db()
        assert (offer.state, offer.reason, offer.hold.state) == ("withdrawn", "case-ended", "freed")
    assert Ask.unscoped.get(case=case).state == "withdrawn"
    for user in (wide.things.centre, wide.things.hospital, wide.people["germany"]):
        assert told(user, "offers.offer_gone") == 1
    assert disagreements() == []


@pytest.mark.parametrize("action", [one for one in ENDS if one is not Action.CLOSE_WITHOUT_OFFER])
def test_an_end_while_chosen_frees_the_place_and_the_reserve(wide, action) -> None:
    """Tests each end before departure: nothing stays chosen, in reserve, or held."""
    case, norwegian, german = offered(wide)
    choose(wide.things.ministry, norwegian, offer_things.chosen(second=german.pk))
    other = wide.things.case(given_name="Іван")
    step(wide.things.ministry, case, action, live_case=other.pk)
    assert set(Offer.unscoped.values_list("state", "reason")) == {("withdrawn", "case-ended")}
    assert set(Hold.unscoped.values_list("state", flat=True)) == {"freed"}
    assert not Choice.unscoped.filter(ended_at__isnull=True).exists()
    for user in (wide.things.centre, wide.people["germany"]):
        assert told(user, "offers.offer_gone") == 1
    assert disagreements() == []


@pytest.mark.parametrize("state", [State.BOARDED, State.HANDED_OVER, State.IN_TREATMENT])
def test_a_death_on_the_way_or_abroad_frees_the_place_and_keeps_what_was_true(wide, state) -> None:
    """Tests that the patient had chosen that place stays on record."""
    case, norwegian, _german = offered(wide)
    choose(wide.things.ministry, norwegian, offer_things.chosen())
    Case.unscoped.filter(pk=case.pk).update(state=state)
    step(wide.things.ministry, case, Action.RECORD_DEATH)
    norwegian.refresh_from_db()
    assert (norwegian.state, norwegian.hold.state) == ("chosen", "freed")
    assert Choice.unscoped.get().ended_at is None
    assert disagreements() == []


def test_whoever_arrives_is_admitted_and_who_stays_longer_is_offered_to_nobody_else(wide) -> None:
    """Tests the admission to a place that is promised to another for later: what happens is written down."""
    things = wide.things
    case, norwegian, _german = offered(wide)
    Hold.unscoped.filter(offer=norwegian).update(last_day=norwegian.earliest_day)
    later = norwegian.earliest_day + timedelta(days=30)
    things.offer(things.case(given_name="Іван"), norwegian.place, earliest_day=later)
    choose(things.ministry, norwegian, offer_things.chosen())
    Case.unscoped.filter(pk=case.pk).update(state=State.HANDED_OVER)
    follow(None, case.pk, Action.ADMIT)
    held = Hold.unscoped.get(offer=norwegian)
    assert held.state == "occupied"
    assert disagreements() == []
    held.first_day = held.last_day = current_day() - timedelta(days=1)  # the expected stay is over
    held.save()
    with pytest.raises(RefusedError, match="still held for a patient whose days there are over"):
        things.offer(
            things.case(given_name="Павло"), norwegian.place, earliest_day=later + timedelta(days=90)
        )


def test_a_duplicate_that_is_merged_frees_what_it_held_and_lives_again_without(wide) -> None:
    """Tests a merge of the same patient, and its undoing: no place comes back by itself."""
    things = wide.things
    goes_on = things.case()
    case, norwegian, german = offered(wide)
    choose(things.ministry, norwegian, offer_things.chosen(second=german.pk))
    record = merge(things.ministry, goes_on.person, case.person)
    case.refresh_from_db()
    assert case.state == State.DUPLICATE
    assert disagreements() == []
    undo_merge(things.ministry, record)
    case.refresh_from_db()
    assert case.state == State.PUBLISHED
    assert set(Hold.unscoped.values_list("state", flat=True)) == {"freed"}
    assert disagreements() == []


def test_without_consent_to_treatment_the_request_and_its_offers_are_taken_back(wide) -> None:
    """Tests the withdrawal while countries are offering."""
    case, norwegian, _german = offered(wide)
    given = Given(
        purpose="treatment-abroad",
        giver="patient",
        giver_name="Згурський Юрій",
        language="українська",
        given_at=timezone.now() - timedelta(minutes=1),
    )
    consent = give_consent(wide.things.ministry, case, given)
    withdraw_consent(wide.things.ministry, consent, withdrawn_by="Згурський Юрій")
    norwegian.refresh_from_db()
    assert (norwegian.state, norwegian.reason) == ("withdrawn", "request-taken-back")
    assert told(wide.things.centre, "offers.offer_gone") == 1
    assert Case.unscoped.get(pk=case.pk).state == State.VERIFIED
    assert disagreements() == []


def test_what_happens_to_one_of_a_family_leaves_the_others_places(wide) -> None:
    """Tests that a brother's place stays held when his sister's case ends."""
    things = wide.things
    case, _norwegian, _german = offered(wide)
    brother = things.case(given_name="Іван")
    kept = things.offer(brother, things.place("7B-2"))
    join_family(things.ministry, case, brother)
    step(things.ministry, case, Action.WITHDRAW)
    kept.refresh_from_db()
    assert (kept.state, kept.hold.state) == ("sent", "offered")
    assert disagreements() == []


def test_words_about_the_patient_do_not_reach_every_partner(wide) -> None:
    """Tests that the remark of a lost place stays where personal data are, and that a long one is fine."""
    case, norwegian, _german = offered(wide)
    choose(wide.things.ministry, norwegian, offer_things.chosen())
    remark = "Юрій Згурський wants to stay with his mother. " * 10
    act(wide.things.ministry, case.pk, Action.LOSE_PLACE, reason=Reason.PATIENT_CHANGED_MIND, remark=remark)
    norwegian.refresh_from_db()
    assert (norwegian.state, norwegian.remark) == ("withdrawn", "")
    assert Choice.unscoped.get().ended_why == remark.strip()[:300]


def test_a_reserve_is_not_chosen_over_a_choice_that_holds(wide) -> None:
    """Tests that the first choice is given up first, with its reason, and that the sentence says so."""
    _case, norwegian, german = offered(wide)
    choose(wide.things.ministry, norwegian, offer_things.chosen(second=german.pk))
    with pytest.raises(RefusedError, match="record that first"):
        choose(wide.things.ministry, german, offer_things.chosen())
    assert Choice.unscoped.filter(ended_at__isnull=True).count() == 1


def test_a_hospital_that_was_closed_gives_no_place(wide) -> None:
    """Tests that a place left over there is not offered."""
    things = wide.things
    place = things.place()
    things.places.hospital.closed_at = timezone.now()
    things.places.hospital.save()
    with pytest.raises(RefusedError, match="has been closed"):
        things.offer(things.case(), place)


def test_nobody_is_told_the_same_twice(wide) -> None:
    """Tests a life with a loss, a second choice and an end: each message once for each that it is about."""
    case, norwegian, german = offered(wide)
    things = wide.things
    choose(things.ministry, norwegian, offer_things.chosen(second=german.pk))
    act(things.ministry, case.pk, Action.LOSE_PLACE, reason=Reason.PLACE_LOST)
    choose(things.ministry, german, offer_things.chosen())
    step(things.ministry, case, Action.WITHDRAW)
    rows = Message.unscoped.filter(kind__startswith="offers.").values_list("user", "kind", "subject")
    assert [row for row, number in Counter(rows).items() if number > 1] == []
    assert told(things.centre, "offers.place_lost") == 1
    assert told(wide.people["germany"], "offers.chosen") == 1
