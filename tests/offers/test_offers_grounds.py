"""Tests that whoever offers hears of a no, or a lesser yes, to what the offer rests on; what to do next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asked_things import asked, linked, no, region_of, the_ask, yes
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from offer_things import Things, chosen
from world import sign_in

from medevac.messages.models import Message
from medevac.offers.models import Offer
from medevac.offers.services.answering import answer, record_answer
from medevac.offers.services.choosing import choose
from medevac.offers.services.links import answer_by_link
from medevac.offers.services.offering import withdraw_offer
from medevac.offers.states import PoolKind
from medevac.people.days import current_day

GONE, FROM_A_NO = "What this offer rests on is gone.", "offers.ground_gone"
LESS, FROM_A_YES = "What this offer rests on promises less now.", "offers.ground_less"


def told(kind: str = FROM_A_NO) -> list[str]:
    """Who was told, by first name, once for each message."""
    rows = Message.unscoped.filter(kind=kind).order_by("user__name")
    return list(rows.values_list("user__name", flat=True))


def on_a_yes(things: Things, whom: str = "receiver") -> tuple[Offer, object]:
    """An offer that Norway has sent on the yes of its hospital, or of its region."""
    case = things.case()
    one = the_ask(asked(things, case, whom=(whom,)), whom)
    by = things.hospital if whom == "receiver" else region_of(things)
    answer(by, one, yes(hospital=things.places.hospital.pk))
    return things.offer(case, things.place()), one


def text_of(user, address: str) -> str:
    """A page, as somebody reads it."""
    page = sign_in(Client(), user).get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize("whom", ["receiver", "region"])
def test_an_offer_rests_on_the_yes_and_its_correction_is_told(things, whom: str) -> None:
    """Tests a yes, the offer on it, the correction to no, and both sides of the case page."""
    offer, one = on_a_yes(things, whom)
    case = f"/cases/{offer.case_id}/"
    assert offer.answer is not None
    assert offer.answer.ask == one
    assert GONE not in text_of(things.centre, case)
    by = things.hospital if whom == "receiver" else region_of(things)
    answer(by, one, no())
    assert told() == ["Coordination_centre", "Receiving_hospital"]
    message = Message.unscoped.filter(kind=FROM_A_NO, user=things.centre).get()
    assert f"{offer.case.pseudonym}: {whom} says no after your offer" in message.subject
    assert "Withdraw it, or ask once more" in " ".join(message.sentences)
    offer.refresh_from_db()
    assert offer.state == "sent"  # people decide
    shown = text_of(things.centre, case)
    assert GONE in shown
    assert "Withdraw the offer, or ask once more" in shown
    again = f"cases={offer.case_id}&amp;hospital={things.places.hospital.pk}"
    assert again in shown
    withdrawing = text_of(things.centre, reverse("offers:withdraw", args=[offer.pk]))
    assert "What it rests on is gone" in withdrawing
    for address in (case, reverse("offers:choose", args=[offer.case_id])):
        chooser = text_of(things.ministry, address)
        assert GONE in chooser
        assert "Find out whether it still stands" in chooser
        assert again not in chooser


def test_every_way_of_a_no_is_told_and_a_new_yes_mends_it(things) -> None:
    """Tests a telephoned no, a second no, a no by link of whoever was asked later, and the yes after it."""
    offer, one = on_a_yes(things)
    case = f"/cases/{offer.case_id}/"
    spoken = {"answerer": "Kari, ward leader", "answered_at": timezone.now()}
    record_answer(things.centre, one, no(), **spoken)
    assert len(told()) == 2
    record_answer(things.centre, one, yes(), **spoken)
    assert GONE not in text_of(things.centre, case)
    record_answer(things.centre, one, no("no-staff"), **spoken)
    assert len(told()) == 4  # what is gone once more is told once more
    later = the_ask(asked(things, offer.case))
    answer_by_link(linked(things, later)[1], yes(), answerer="Kari")
    assert GONE not in text_of(things.centre, case)
    third = the_ask(asked(things, offer.case))
    answer_by_link(linked(things, third)[1], no(), answerer="Kari")
    assert len(told()) == 6
    assert GONE in text_of(things.centre, case)


def test_a_no_to_something_else_takes_nothing_away(things) -> None:
    """Tests a no before the offer, of a neighbour, to another case, and after the offer has ended."""
    case, other = things.case(), things.case(given_name="Іван")
    before = the_ask(asked(things, case))
    answer(things.hospital, before, no())
    offer = things.offer(case, things.place())  # the hospital has found one after all
    assert offer.answer is None
    region = the_ask(asked(things, case, whom=("region",)), "region")
    answer(region_of(things), region, no())
    answer(things.hospital, the_ask(asked(things, other)), no())
    assert told() == []
    assert GONE not in text_of(things.centre, f"/cases/{case.pk}/")
    withdraw_offer(things.centre, offer, reason="released")
    answer(things.hospital, the_ask(asked(things, case)), no())
    assert told() == []


def test_what_was_chosen_in_spite_of_a_no_says_so(things) -> None:
    """Tests that the sentence stays beside the offer that the patient has chosen."""
    offer, one = on_a_yes(things)
    answer(things.hospital, one, no())
    choose(things.ministry, offer, chosen())
    assert GONE in text_of(things.centre, f"/cases/{offer.case_id}/")


def test_a_corrected_yes_that_promises_less_is_told_with_what_is_less(things) -> None:
    """Tests each thing that can be less, what is beside the offer, what is no less, and the no after it."""
    case, day = things.case(), current_day
    one = the_ask(asked(things, case, whom=("region",)), "region")
    region, hospital = region_of(things), things.places.hospital.pk
    full = {"hospital": hospital, "isolation": True, "companions": 2, "payer": "The region"}
    answer(region, one, yes(**full))
    things.pool(PoolKind.HOUSING, 2)
    facts = {"isolation": True, "companions": 1, "earliest_day": day() + timedelta(days=5)}
    offer = things.offer(case, things.place(), **facts)
    page = f"/cases/{case.pk}/"
    # A later day that is early enough for the offer, and housing for the one who comes along, are no less.
    answer(region, one, yes(**full | {"companions": 1}, earliest_day=day() + timedelta(days=5)))
    assert told(FROM_A_YES) == []
    assert LESS not in text_of(things.centre, page)
    lesser = {"isolation": False, "companions": 0, "payer": "The patient"}
    answer(region, one, yes(**full | lesser, earliest_day=day() + timedelta(days=9)))
    assert told(FROM_A_YES) == ["Coordination_centre", "Receiving_hospital"]
    message = Message.unscoped.filter(kind=FROM_A_YES, user=things.centre).get()
    assert f"{case.pseudonym}: region promises less after your offer" in message.subject
    for place in (" ".join(message.sentences), text_of(things.centre, page), text_of(things.ministry, page)):
        assert f"the earliest day is {date_format(day() + timedelta(days=9), 'SHORT_DATE_FORMAT')}" in place
        assert "no isolation room comes with it any more; companions that can be housed: 0 and not 2" in place
        assert "who pays: The patient and not The region" in place
    assert "Withdraw the offer and offer anew" in text_of(things.centre, page)
    assert "Find out whether it still stands" in text_of(things.ministry, page)
    withdrawing = text_of(things.centre, reverse("offers:withdraw", args=[offer.pk]))
    assert "What it rests on promises less now: the earliest day" in withdrawing
    answer(region, one, yes(**full))  # as before: nothing is less
    assert LESS not in text_of(things.centre, page)
    answer(region, one, no())
    assert (len(told(FROM_A_YES)), len(told())) == (2, 2)
    assert GONE in text_of(things.centre, page)
