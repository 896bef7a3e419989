"""Tests that the loader of offers leaves what the services would have left: the tables agree."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest
from django.db import connection
from django.utils import timezone
from offer_agreement import disagreements

import case_world
import load_cases
import load_offers
import offer_world
from medevac.audit.history import recordings
from medevac.database import OWNER
from medevac.offers.models import Answer, Ask, Choice, Hold, Offer, Place
from medevac.people.policy import visible
from offer_load import filling
from offer_load.page import Measured, page_of, table_of
from offer_load.pages import requests_of

CASES, PLACES, OFFERS = 120, 300, 500


@pytest.fixture
def owner(transactional_db: None) -> Iterator[None]:
    """The role that owns the tables, as which a load is done."""
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = OWNER
    yield
    connection.close()
    connection.settings_dict["USER"] = before


def test_five_hundred_offers(owner: None) -> None:
    """Tests counts, history, agreement and reach of a small load, and that the same seed gives the same."""
    now = timezone.now()
    world = case_world.build_world(oblasts=2, hospitals_each=3)
    load_cases.load(world, CASES, seed=3, now=now)
    offering = offer_world.build_offer_world(world, now=now, hospitals_each=2)
    written = load_offers.load_offers(offering, PLACES, OFFERS, seed=3, now=now)
    assert (Place.unscoped.count(), Offer.unscoped.count()) == (PLACES, OFFERS)
    for model in (Place, Offer, Hold, Choice, Ask, Answer):
        assert model.unscoped.count() == written[model._meta.db_table] > 0
        events = recordings()[model._meta.label_lower].events
        assert events.objects.count() == written[events._meta.db_table]
    assert disagreements() == []
    states = Counter(Offer.unscoped.values_list("state", flat=True))
    assert {"chosen", "not-chosen", "withdrawn", "expired"} <= states.keys()
    assert states.keys() & {"sent", "reserve"}
    assert Answer.unscoped.filter(yes=True).exists()
    for row in [*Offer.unscoped.all()[:50], *Place.unscoped.all()[:50], *Answer.unscoped.all()[:50]]:
        row.full_clean()
    centre = world.people["partner"]
    assert visible(centre, Place.objects.all()).count() == PLACES
    again = load_offers.invent_places(offering, 5, seed=3, now=now)
    assert Place.unscoped.filter(pk__in=[row["id"] for row in again]).count() == len(again)


def test_pages_are_found_asked_for_and_told_of(owner: None) -> None:
    """Tests that each user is given pages that answer them, and that the table tells each kind of them."""
    now = timezone.now()
    world = case_world.build_world(oblasts=2, hospitals_each=3)
    load_cases.load(world, CASES, seed=3, now=now)
    offering = offer_world.build_offer_world(world, now=now, hospitals_each=2)
    load_offers.load_offers(offering, PLACES, OFFERS, seed=3, now=now)
    users = filling._people(world, offering, "rain over Lviv 26")
    assert len(users) == 20
    draw = random.Random(1)
    for user in (users[0], users[-4]):  # of a centre, and of the ministry
        person = filling._told(user, draw)
        assert {"case page with offers", "list of cases"} <= person["pages"].keys()
        asked = {request.kind: request.path for request in islice(requests_of(person, seed=1), 300)}
        assert asked.keys() == person["pages"].keys()
        assert asked["list of cases"] == "/cases/"
    answers = {"milliseconds": {"list of cases": [100.0, 300.0]}, "failed": [], "seconds": 1.0}
    measured = Measured(
        {"offers_offer": OFFERS}, 1.0, {**answers, "bytes_read": {"list of cases": 1}}, answers
    )
    assert measured.too_slow == ["list of cases"]
    assert "| list of cases | 2 | 100 | 300 | 300 | 300 | 0 |" in table_of(measured)
    assert "Beyond the target: list of cases." in page_of(measured, [], "Nothing else.", 0.5)
