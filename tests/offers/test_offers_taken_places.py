"""Tests that a promised place on which another patient still lies is told days before, once, and shown."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from offer_things import TODAY
from world import sign_in

from medevac.messages.models import Message
from medevac.offers.models import Hold
from medevac.offers.services.taken_places import STILL_TAKEN, tell_of_taken_places
from medevac.offers.states import HoldState

DAY = timedelta(days=1)


def told() -> list[str]:
    """Who was told, by name, once for each message."""
    return list(
        Message.unscoped.filter(kind=STILL_TAKEN).order_by("user__name").values_list("user__name", flat=True)
    )


def test_a_promised_place_that_is_still_taken_is_told_before_the_day(things, settings) -> None:
    """Tests the task of the worker on each side of its days, its messages, and the three pages."""
    settings.MEDEVAC_OFFERS_TAKEN_DAYS = 3
    place, lying, coming = things.place(), things.case(), things.case(given_name="Іван")
    first = things.offer(lying, place, stay_days=2)
    there = Hold.unscoped.filter(offer=first)
    there.update(state=HoldState.OCCUPIED, first_day=TODAY() - 9 * DAY, last_day=TODAY() + DAY)
    second = things.offer(coming, place, earliest_day=TODAY() + 4 * DAY)
    centre, hospital = sign_in(Client(), things.centre), sign_in(Client(), things.hospital)
    pages = {
        f"/cases/{coming.pk}/": ("The place is still occupied.", centre),
        reverse("offers:hospital_places", args=[place.hospital_id, place.mission.code]): (
            "promised to another from",
            hospital,
        ),
        f"{reverse('offers:national')}?mission={place.mission.code}": (coming.pseudonym + ", from", centre),
    }

    def shown() -> list[bool]:
        return [words in client.get(path).content.decode() for path, (words, client) in pages.items()]

    assert (tell_of_taken_places(), shown()) == (0, [False] * 3)  # four days are too far
    settings.MEDEVAC_OFFERS_TAKEN_DAYS = 4
    assert (tell_of_taken_places(), tell_of_taken_places()) == (1, 1)
    assert told() == ["Coordination_centre", "Receiving_hospital"]  # once, however often the worker comes by
    assert shown() == [True] * 3
    message = Message.unscoped.filter(kind=STILL_TAKEN).first()
    assert message.subject.startswith(f"{coming.pseudonym}: the place promised from")
    assert lying.pseudonym not in message.subject + " ".join(message.sentences)
    there.update(last_day=TODAY() - DAY)
    page = centre.get(f"/cases/{coming.pk}/").content.decode()
    assert "That patient was expected to leave by" in page
    assert "if not, withdraw the offer" in page
    Hold.unscoped.filter(offer=second).update(first_day=TODAY() + 3 * DAY)
    tell_of_taken_places()
    assert len(told()) == 4  # another day is told anew
    there.update(state=HoldState.FREED)
    assert (tell_of_taken_places(now=timezone.now() + 9 * DAY), shown()) == (0, [False] * 3)
