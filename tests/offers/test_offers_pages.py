"""Tests the pages of offers and of the choice: who sees what, a form sent twice, and the next step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import case_files
import directory_places
import offer_things
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from world import sign_in

from medevac.audit.models import Look
from medevac.cases.models import Case, CaseDocument
from medevac.cases.states import State
from medevac.directory.models import EligibilityRule, Hospital, MissionCountry
from medevac.documents.keyring import make_ring
from medevac.offers.models import Choice, Hold, Offer, Place, Pool
from medevac.offers.services.choosing import choose
from medevac.offers.services.offering import OfferFacts, draft_offer, withdraw_offer
from medevac.offers.services.place_exporting import _places
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.roles import Role

TODAY = current_day


def visitor(user: User) -> Client:
    """Somebody signed in."""
    return sign_in(Client(), user)


def of(things: offer_things.Things, role: Role) -> Client:
    """The person of a role, signed in."""
    return visitor(things.places.world.people[role])


def text_of(client: Client, address: str) -> str:
    """The words of a page, in one line."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def germany(things: offer_things.Things) -> Hospital:
    """A German hospital of the directory that keeps no places here; its country takes part."""
    MissionCountry.unscoped.create(mission=things.places.mission, country="DE", first_day=date(2022, 5, 1))
    return directory_places.kept(things.places.world["owner"], "DE-1", "Klinikum am Fluss", "Bonn", "DE")


def offer_form(things: offer_things.Things, **values: str) -> dict[str, str]:
    """What is written in the form of an offer."""
    return {
        "organisation": str(things.places.world["centre"].pk),
        "earliest_day": (TODAY() + timedelta(days=2)).isoformat(),
        "stay_days": "40",
        "isolation": "on",
        "companions": "0",
        "housing": "A flat near the hospital",
        "homeward": "By air",
        "payer": "The state",
        "expires_at": (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
        **values,
    }


def choice_form(first: Offer, second: Offer | None = None, **values: object) -> dict[str, object]:
    """What is written of a choice."""
    return {
        "first": str(first.pk),
        "second": str(second.pk) if second else "",
        "chooser": "patient",
        "chooser_name": "Згурський Юрій",
        "language": "українська",
        "interpreter": "",
        "chosen_at": (timezone.localtime() - timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M"),
        "document": "",
        **values,
    }


def test_a_place_is_offered_once_however_often_the_form_is_sent(things) -> None:
    """Tests that the centre's button leads to the form, that a free place is offered, and only once."""
    case, place = things.case(), things.place("4A-1")
    client = visitor(things.centre)
    assert "Your next step" in text_of(client, f"/cases/{case.pk}/")
    assert client.get(f"/cases/{case.pk}/act/offer/").headers["Location"] == reverse(
        "offers:offer", args=[case.pk]
    )
    address = reverse("offers:offer", args=[case.pk])
    assert "4A-1" in text_of(client, address)
    values = offer_form(things, place=str(place.pk))
    for _ in range(2):
        answer = client.post(address, values, follow=True)
        assert "is sent, and “4A-1” is held" in answer.content.decode()
    assert Offer.unscoped.count() == Hold.unscoped.count() == 1
    Offer.unscoped.update(made_at=timezone.now() - timedelta(hours=1))
    told = client.post(address, values).content.decode()  # somebody has taken the place meanwhile
    assert "is not one of the available choices" in told
    assert "A flat near the hospital" in told  # nothing typed is lost
    page = text_of(visitor(things.ministry), f"/cases/{case.pk}/")
    for word in ("Norway", "Akershus", "A flat near the hospital", "By air", "The state", "holds for"):
        assert word in page, word


def test_a_draft_is_seen_by_its_own_side_until_it_is_sent(things) -> None:
    """Tests that a draft is kept once, hidden from the ministry, and sent once by its button."""
    case, place = things.case(), things.place("4A-1")
    client, address = visitor(things.centre), reverse("offers:offer", args=[case.pk])
    values = offer_form(things, place=str(place.pk), draft="yes")
    for _ in range(2):
        assert client.post(address, values).status_code == 302
    offer = Offer.unscoped.get()
    assert offer.state == "draft"
    assert "4A-1" in text_of(client, f"/cases/{case.pk}/")
    assert "4A-1" not in text_of(of(things, Role.FLIGHT_DESK), f"/cases/{case.pk}/")
    for _ in range(2):
        sent = client.post(reverse("offers:send", args=[offer.pk]), follow=True)
        assert "is sent, and “4A-1” is held" in sent.content.decode()
    assert Hold.unscoped.count() == 1


def test_the_ministry_records_a_place_that_was_named_by_mail(things) -> None:
    """Tests that hospital and place of a country without an account are named, held at once, and once; and
    that the row is closed when it is free again.
    """
    hospital, case = germany(things), things.case()
    client, address = visitor(things.ministry), reverse("offers:offer", args=[case.pk])
    assert "Klinikum am Fluss, Bonn" in text_of(client, address)
    values = offer_form(
        things,
        organisation=str(things.places.world["ministry"].pk),
        hospital=str(hospital.pk),
        label="Station 4, Fenster",
        specialty="orthopaedics",
    )
    for _ in range(2):
        answer = client.post(address, values, follow=True)
        assert "The offer from Germany is sent" in answer.content.decode()
    offer = Offer.unscoped.get()
    assert (offer.state, Hold.unscoped.get().place, Pool.unscoped.get(hospital=hospital).number) == (
        "sent",
        offer.place,
        1,
    )
    assert offer.place.named
    assert "Station 4, Fenster (named for one patient)" in text_of(client, f"/cases/{case.pk}/")
    shown = reverse(
        "offers:hospital_places", kwargs={"public_id": hospital.pk, "code": things.places.mission.code}
    )
    assert "named for one patient" in text_of(visitor(things.centre), shown)
    (row,) = _places(hospital, things.places.mission)
    assert row["named"] == "yes"
    other = things.case(given_name="Іван")
    again = reverse("offers:offer", args=[other.pk])
    client.post(again, {**values, "label": "Station 5"})
    assert Pool.unscoped.get(hospital=hospital).number == 2  # as many rooms as were named
    withdraw_offer(things.ministry, offer, reason="place-lost")
    assert Place.unscoped.get(pk=offer.place_id).closed_at is not None
    assert Place.unscoped.filter(hospital=hospital, closed_at=None).count() == 1


def test_places_of_a_hospital_that_keeps_them_are_not_named(things) -> None:
    """Tests that nobody names a place beside those that a hospital keeps here."""
    case, client = things.case(), visitor(things.centre)
    page = text_of(client, reverse("offers:offer", args=[case.pk]) + "?place=named")
    assert "there is no hospital whose place you could name" in page
    client = visitor(things.ministry)
    values = offer_form(things, hospital=str(things.places.hospital.pk), label="4A", specialty="burns")
    germany(things)
    told = client.post(reverse("offers:offer", args=[case.pk]), values).content.decode()
    assert "is not one of the available choices" in told
    assert not Offer.unscoped.exists()


@pytest.fixture
def ring(tmp_path: Path, settings) -> Path:
    """A key ring, so that files can be kept."""
    path = tmp_path / "document-keys.json"
    make_ring(path)
    settings.DOCUMENT_KEYS_FILE = str(path)
    return path


def test_a_choice_is_recorded_once_with_its_signed_sheet(things, ring: Path) -> None:
    """Tests the form of the choice: nothing is chosen for anybody, the sheet is kept, twice is once."""
    case = things.case()
    first, second = (things.offer(case, things.place(f"4A-{n}")) for n in range(2))
    client, address = visitor(things.ministry), reverse("offers:choose", args=[case.pk])
    page = text_of(client, address)
    assert "checked" not in page.split('name="first"')[1].split("</fieldset>")[0]
    assert "Silence is never a choice" in page
    same = client.post(address, choice_form(first, first)).content.decode()
    assert "must be another offer than the first" in same
    child = client.post(address, choice_form(first, chooser="parent")).content.decode()
    assert "Parents do not choose for an adult" in child
    picture = case_files.image()
    picture.seek(0)
    values = {**choice_form(first, second), "sheet": picture}
    assert client.post(address, values).status_code == 302
    again = client.post(address, choice_form(first, second), follow=True)
    assert "The choice is recorded: Norway" in again.content.decode()
    choice = Choice.unscoped.get()
    paper = CaseDocument.unscoped.get(case=case).document
    assert (choice.document, paper.kind) == (paper.pk, "choice-sheet")
    assert {one.state for one in Offer.unscoped.all()} == {"chosen", "reserve"}
    page = text_of(client, f"/cases/{case.pk}/")
    assert "Chosen by the patient: Згурський Юрій" in page
    assert "Second choice: Norway" in page
    late = client.get(address, follow=True).content.decode()
    assert "The choice is recorded" in late  # the same person, just now
    hospital = of(things, Role.HOSPITAL_COORDINATOR).get(address, follow=True).content.decode()
    assert "A choice can be recorded while the case is “offered”" in hospital


def test_who_chose_is_shown_to_those_who_may_see_the_person(things) -> None:
    """Tests that a region that was not chosen reads which offer was, and not by whom; a look is on record."""
    case = things.case()
    choose(things.ministry, things.offer(case, things.place()), offer_things.chosen())
    foreign = text_of(of(things, Role.FLIGHT_DESK), f"/cases/{case.pk}/")
    assert "Згурський" not in foreign
    before = Look.unscoped.count()
    assert "Chosen by the patient" in text_of(visitor(things.centre), f"/cases/{case.pk}/")
    assert Look.unscoped.count() > before


def test_a_lost_place_shows_what_is_in_reserve(things) -> None:
    """Tests the way from a lost place to the reserve: Germany is chosen without a new request."""
    hospital, case = germany(things), things.case()
    norway = things.offer(case, things.place())
    values = offer_form(
        things,
        organisation=str(things.places.world["ministry"].pk),
        hospital=str(hospital.pk),
        label="Station 4",
        specialty="orthopaedics",
    )
    ministry, centre = visitor(things.ministry), visitor(things.centre)
    ministry.post(reverse("offers:offer", args=[case.pk]) + "?place=named", values)
    german = Offer.unscoped.get(place__hospital=hospital)
    choose(things.ministry, norway, offer_things.chosen(second=german.pk))
    address = reverse("offers:lose", args=[norway.pk])
    assert centre.get(f"/cases/{case.pk}/act/lose-place/").headers["Location"] == address
    assert "Germany is in reserve and can be chosen at once" in text_of(centre, address)
    for _ in range(2):
        lost = centre.post(address, {"reason": "isolation-lost", "remark": ""}, follow=True)
        assert "Germany is in reserve and can be chosen at once" in lost.content.decode()
    page = text_of(ministry, f"/cases/{case.pk}/")
    assert "1 offer that ended" in page
    assert "The isolation room is no longer there" in page
    ministry.post(reverse("offers:choose", args=[case.pk]), choice_form(german))
    case.refresh_from_db()
    german.refresh_from_db()
    assert (case.state, german.state) == (State.CHOSEN, "chosen")


def test_an_offer_is_withdrawn_once_with_its_reason(things) -> None:
    """Tests that another reason is told in words, and that the second press is friendly."""
    case = things.case()
    offer = things.offer(case, things.place())
    client, address = visitor(things.centre), reverse("offers:withdraw", args=[offer.pk])
    assert "Let the reserve go" not in text_of(client, address)
    assert "write in a few words" in client.post(address, {"reason": "other"}).content.decode()
    for _ in range(2):
        done = client.post(address, {"reason": "staff-lost", "remark": ""}, follow=True)
        assert "The offer from Norway is withdrawn" in done.content.decode()
    case.refresh_from_db()
    assert case.state == State.PUBLISHED
    assert client.get(f"/cases/{case.pk}/act/lose-offers/", follow=True).status_code == 200


NEXT = [
    (State.PUBLISHED, Role.MINISTRY, "Next step", "National coordination centre, Health region"),
    (State.PUBLISHED, Role.COORDINATION_CENTRE, "Your next step", "Offer a place"),
    (State.PUBLISHED, Role.REGION, "Next step", "Offer a place."),
    (State.PUBLISHED, Role.HOSPITAL_COORDINATOR, "Next step", "Offer a place."),
    (State.OFFERED, Role.MINISTRY, "Your next step", "Record the choice"),
    (State.OFFERED, Role.HOSPITAL_COORDINATOR, "Your next step", "Record the choice"),
    (State.OFFERED, Role.COORDINATION_CENTRE, "Next step", "Record the choice."),
    (State.OFFERED, Role.RECEIVING_HOSPITAL, "Next step", "Record the choice."),
    (State.CHOSEN, Role.MINISTRY, "Next step", "Book a flight."),
    (State.CHOSEN, Role.COORDINATION_CENTRE, "Next step", "Book a flight."),
]


@pytest.mark.parametrize(("state", "role", "whose", "words"), NEXT)
def test_the_next_step_is_said_to_whom_it_concerns(things, state, role, whose: str, words: str) -> None:
    """Tests the box of the case page before, with and after offers, for each side."""
    case = things.case()
    if state != State.PUBLISHED:
        offer = things.offer(case, things.place())
        if state == State.CHOSEN:
            choose(things.ministry, offer, offer_things.chosen())
    box = text_of(of(things, role), f"/cases/{case.pk}/").split('class="next-step')[1].split("</section>")[0]
    assert f">{whose}<" in box
    assert words in box


def test_barriers_are_told_with_decision_and_date_to_those_who_may_know(things) -> None:
    """Tests a stop for soldiers: the ministry reads why and since when, a centre that it takes him not."""
    case = things.case(service="military")
    EligibilityRule.unscoped.create(
        mission=things.places.mission, country="NO", group="soldier", reason="Decision 7", first_day=TODAY()
    )
    for address in (f"/cases/{case.pk}/", reverse("offers:offer", args=[case.pk])):
        told = text_of(visitor(things.ministry), address)
        since = date_format(TODAY(), "SHORT_DATE_FORMAT")
        assert f"Norway has taken no soldiers since {since}: Decision 7" in told
        told = text_of(visitor(things.centre), address)
        assert "Norway does not take this patient at present, by a rule of eligibility." in told
        assert "Decision 7" not in told
    place = things.place()
    values = offer_form(things, place=str(place.pk))
    told = visitor(things.centre).post(reverse("offers:offer", args=[case.pk]), values).content.decode()
    assert "does not take this patient at present" in told
    assert not Offer.unscoped.exists()


def test_what_is_not_open_is_not_found(things) -> None:
    """Tests strangers to each page: a region that was not asked, a donor, a centre that may not choose."""
    case = things.case()
    offer = things.offer(case, things.place())
    assert of(things, Role.REGION).get(reverse("offers:offer", args=[case.pk])).status_code == 404
    assert visitor(things.centre).get(reverse("offers:choose", args=[case.pk])).status_code == 403
    assert of(things, Role.DONOR).get(reverse("offers:lose", args=[offer.pk])).status_code == 403
    assert visitor(things.ministry).get(reverse("offers:lose", args=[case.pk])).status_code == 404
    assert visitor(things.centre).get(reverse("offers:send", args=[offer.pk])).status_code == 405


@pytest.mark.parametrize("language", ["en", "nb", "uk"])
def test_every_page_opens(things, language: str) -> None:
    """Tests each page in each language, with and without anything to show."""
    case, empty = things.case(), things.case(given_name="Іван")
    offer = things.offer(case, things.place())
    draft = draft_offer(
        things.centre, case, things.places.world["centre"], things.place("2"), OfferFacts(TODAY())
    )
    for user in (things.ministry, things.centre):
        user.language = language
        user.save()
    ministry, centre = visitor(things.ministry), visitor(things.centre)
    pages = [
        (ministry, reverse("offers:offer", args=[empty.pk])),
        (centre, reverse("offers:offer", args=[case.pk])),
        (centre, reverse("offers:offer", args=[case.pk]) + "?place=named"),
        (centre, reverse("offers:withdraw", args=[draft.pk])),
        (centre, f"/cases/{case.pk}/"),
        (ministry, f"/cases/{empty.pk}/"),
        (ministry, reverse("offers:choose", args=[case.pk])),
        (ministry, reverse("offers:sheet", args=[case.pk])),
        (ministry, reverse("offers:sheet", args=[empty.pk])),
    ]
    for client, address in pages:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in answer.content.decode(), address
    Offer.unscoped.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(hours=3))
    assert ministry.get(reverse("offers:choose", args=[case.pk])).status_code == 200


def queries(client: Client, address: str) -> int:
    """How often a page asks the database, once what is asked once has been asked."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_as_often_for_six_offers_as_for_two(things) -> None:
    """Tests that neither the case page nor the choice asks for each offer."""
    things.pool("isolation", 9)
    case = Case.unscoped.get(pk=things.case().pk)
    client = visitor(things.ministry)
    pages = [
        f"/cases/{case.pk}/",
        reverse("offers:choose", args=[case.pk]),
        reverse("offers:offer", args=[case.pk]),
    ]
    for n in range(2):
        things.offer(case, things.place(f"4A-{n}"))
    few = [queries(client, page) for page in pages]
    for n in range(2, 6):
        things.offer(case, things.place(f"4A-{n}"))
    many = [queries(client, page) for page in pages]
    assert many == few
    assert max(many) <= 90, many
