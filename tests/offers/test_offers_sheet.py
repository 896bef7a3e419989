"""Tests that the choice sheet is printed under a number, by whoever records the choice, without a name."""

from __future__ import annotations

from io import BytesIO

import pytest
from directory_places import kept
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from world import sign_in

from medevac.audit.models import Export
from medevac.cases.models import Case
from medevac.offers.services.choice_sheets import print_choice_sheet
from medevac.people.policy import NotAllowedError


def printed(client: Client, case: Case, language: str = "uk") -> str:
    """The words of the sheet that somebody prints."""
    answer = client.post(reverse("offers:sheet", args=[case.pk]), {"language": language})
    assert answer["Content-Type"] == "application/pdf", answer.content
    (page,) = PdfReader(BytesIO(answer.content)).pages
    return " ".join(page.extract_text().split())


def test_the_sheet_is_numbered_and_names_nobody(things) -> None:
    """Tests the print of the ministry: its number is on record with the offers; the name is not on it."""
    case = things.case()
    offers = [things.offer(case, things.place(f"4A-{n}"), housing="A flat") for n in range(2)]
    client = sign_in(Client(), things.ministry)
    text = printed(client, case)
    export = Export.unscoped.get()
    assert export.title == "offers.choice_sheet"
    assert export.contents["offers"] == [str(one.pk) for one in offers]
    assert f"Друк № {export.pk}" in text
    assert case.pseudonym in text
    assert "Згурський" not in text
    assert "від Львова" in text
    kept(things.places.world["hospital"], "UA-1", "Лікарня", "Харків", "UA")
    assert "from your hospital" in printed(client, case, "en")


def test_a_sheet_needs_an_offer_and_whoever_records_the_choice(things) -> None:
    """Tests a case without an offer, and a centre, which shows no sheet to a patient."""
    case = things.case()
    client = sign_in(Client(), things.ministry)
    told = client.post(reverse("offers:sheet", args=[case.pk]), {"language": "uk"}).content.decode()
    assert "no offer is open" in told
    things.offer(case, things.place())
    with pytest.raises(NotAllowedError):
        print_choice_sheet(things.centre, case, language="uk")
    assert not Export.unscoped.exists()
