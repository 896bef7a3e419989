"""Tests with real connections that race: one wins, the others read a sentence, and the tables agree.

`benchmarks/offers_races.py` repeats every race many times.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import case_files
import offer_things
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from offer_races import RACES, Races
from racing import race
from world import sign_in

from medevac.cases.models import CaseDocument
from medevac.documents.keyring import make_ring
from medevac.documents.models import Document
from medevac.offers.models import Choice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_postgresql]
MANY = ("offer the last place", "choose on one case")  # fifty clients at once
ROUNDS = 2


@pytest.mark.parametrize("name", MANY)
def test_one_of_fifty_wins(name: str) -> None:
    """Tests that of fifty clients one gets the place or records the choice, and 49 are told why not."""
    outcome = RACES[name](Races())
    assert (outcome.wins, outcome.refused, outcome.faults) == (1, 49, [])
    assert all(len(sentence) > 30 for sentence in outcome.refusals)


def test_whatever_comes_first_has_one_outcome() -> None:
    """Tests two or more deeds that exclude each other, at the same moment, some rounds of each."""
    races = Races()
    for name, raced in RACES.items():
        if name not in MANY:
            for _ in range(ROUNDS):
                raced(races)


def test_the_form_of_the_choice_sent_at_once_keeps_one_sheet(tmp_path: Path, settings) -> None:
    """Tests four presses with a sheet: refused, it is kept once; recorded, it is the one that was kept."""
    settings.DOCUMENT_KEYS_FILE = str(tmp_path / "document-keys.json")
    make_ring(Path(settings.DOCUMENT_KEYS_FILE))
    things = offer_things.build()
    case = things.case()
    first, second = (things.offer(case, things.place(f"4A-{n}")) for n in range(2))
    content = case_files.image().getvalue()
    browsers = [sign_in(Client(), things.ministry) for _ in range(4)]
    told = {
        "first": str(first.pk),
        "second": str(second.pk),
        "chooser_name": "Згурський Юрій",
        "language": "українська",
        "chosen_at": (timezone.localtime() - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M"),
    }

    def press(browser: Client, chooser: str) -> int:
        sheet = case_files.image()
        assert sheet.getvalue() == content  # the same file
        sheet.seek(0)
        values = {**told, "chooser": chooser, "sheet": sheet}
        return browser.post(reverse("offers:choose", args=[case.pk]), values).status_code

    for chooser, status, choices in (("parent", 200, 0), ("patient", 302, 1)):
        answers = race(*[lambda b=browser, c=chooser: press(b, c) for browser in browsers])
        assert answers == [status] * 4
        assert Choice.unscoped.count() == choices
        assert (Document.unscoped.count(), CaseDocument.unscoped.count()) == (1, 1)
    assert Choice.unscoped.get().document == Document.unscoped.get().pk
