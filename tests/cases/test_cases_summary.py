"""The summary of a case: one A4 page in five languages, with and without the person, whatever the data."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import world as small_world
from case_files import filed, in_state
from directory_places import Places
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from medevac.audit.models import Export, Look
from medevac.cases.models import Case, FitDecision, Screening
from medevac.cases.models.case import Isolation, Position
from medevac.cases.models.screening import Organism, Result
from medevac.cases.states import State
from medevac.papers.case_summary import (
    SUMMARY_LANGUAGES,
    CaseFacts,
    ClinicalFacts,
    PersonFacts,
    Print,
    make_case_summary,
)
from medevac.papers.case_summary.content import ScreeningFacts
from medevac.papers.languages import texts_of
from medevac.people.roles import Role

NOW = datetime(2026, 11, 29, 3, 12, tzinfo=UTC)
MADE = Print(
    "117", "Olena Koval", NOW, "https://medevac.example.org/cases/0f6b7c1e-8a1b-4d55-9d0e-111111111111/"
)
LONG = "Дуже довгий текст із багатьма словами. " * 400
LONGEST_CASE = CaseFacts(
    pseudonym="RK-4082", mission=LONG[:300], state="ready-for-discharge", priority="P1", age_band="18-39",
    ewrs_number="W" * 40, specialties=["W" * 60] * 12, flight_class="1A", refused_countries=["BA"] * 40,
    preferred_countries=["NO", "DE", "PL", "SE", "FR", "ES", "IT", "GB", "US", "CA"], weight_kg=350,
    equipment=["ventilator", "monitor", "suction", "incubator"], position="intensive", cabin_altitude_m=1500,
    due_at=NOW, isolation="airborne", escort="guardian",
)  # fmt: skip
LONGEST_PERSON = PersonFacts(
    name="W" * 300, latin_name=LONG[:200], birth_year=1990, languages=LONG[:100], telephone="9" * 30,
    document_number="W" * 60, citizenship="BA",
)  # fmt: skip
LONGEST_PICTURE = ClinicalFacts(
    diagnosis=LONG[:4000], icd10=["S82.2222"] * 20, mechanism=LONG[:200], injury_date=date(2026, 1, 1),
    allergies=LONG[:2000], medicines=LONG[:4000], cautions=LONG[:2000], assessment=LONG[:4000],
    assessed_by=LONG[:120], assessed_at=NOW, fit=False, fit_by=LONG[:120], fit_at=NOW,
    screenings=[ScreeningFacts(organism="other", other_organism=LONG[:80], site=LONG[:80],
                               taken_on=date(2026, 1, 1), result="positive")] * 30,
)  # fmt: skip
BARE_CASE = CaseFacts(pseudonym="AB-0001", mission="Ukraine", state="draft", priority="P3", age_band="75+")


def text_of(pdf: bytes) -> str:
    """The text of the only page."""
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in (pages[0].mediabox.width, pages[0].mediabox.height)] == [595, 842]
    return " ".join(pages[0].extract_text().split())


@pytest.mark.parametrize("language", SUMMARY_LANGUAGES)
def test_one_page_whatever_the_data(language: str) -> None:
    """Tests the longest of everything, with and without a person, and that what is cut says so."""
    for person in (LONGEST_PERSON, None):
        made = make_case_summary(LONGEST_CASE, person, LONGEST_PICTURE, MADE, language=language)
        text = text_of(made.pdf)
        assert "[…]" in text
        assert texts_of(language)["summary.cut"] in text
        assert "WWWW" in text
        assert "RK-4082" in text


@pytest.mark.parametrize("language", SUMMARY_LANGUAGES)
def test_what_is_missing_is_said(language: str) -> None:
    """Tests that an empty picture says not given, none, not decided; a closed one that it is closed."""
    words = texts_of(language)
    text = text_of(
        make_case_summary(BARE_CASE, None, ClinicalFacts(diagnosis="Burns"), MADE, language=language).pdf
    )
    for key in ("unknown", "nothing", "undecided", "without_names"):
        assert words[f"summary.{key}"] in text, key
    text = text_of(make_case_summary(BARE_CASE, None, None, MADE, language=language).pdf)
    assert words["summary.closed"] in text


def test_every_code_has_its_words() -> None:
    """Tests states, positions, isolation, organisms and results of the service against the words."""
    known = texts_of("en")
    tables = {
        "state": State,
        "position": Position,
        "isolation": Isolation,
        "organism": Organism,
        "result": Result,
    }
    for table, codes in tables.items():
        for code in codes.values:
            assert f"summary.{table}_{code.replace('-', '_')}" in known, code


def test_a_name_that_cannot_be_printed_is_told() -> None:
    """Tests that a page is made all the same, with a box and a sentence."""
    person = PersonFacts(name="Юрій 🙂", latin_name="Yurii", birth_year=1990)
    made = make_case_summary(BARE_CASE, person, None, MADE)
    assert "U+1F642" in made.warnings[0]
    with pytest.raises(KeyError, match="Expected one of"):
        make_case_summary(BARE_CASE, person, None, MADE, language="sv")


def printed(client: Client, places: Places, case: Case, role: Role, **given: str) -> str:
    """The text of the page that somebody prints."""
    small_world.sign_in(client, places.world.people[role])
    answer = client.post(reverse("cases:summary", args=[case.pk]), {"language": "en", **given})
    assert answer["Content-Type"] == "application/pdf", answer.content
    return text_of(answer.content)


def test_the_page_with_and_without_the_person(places: Places, client: Client) -> None:
    """Tests both kinds, the number on the paper, the look with it, and a decision that holds no longer."""
    case = filed(places, birth_date=date(1990, 4, 5))
    who = places.world.people[Role.HOSPITAL_COORDINATOR].pk
    Screening.unscoped.create(
        case=case, organism="mrsa", site="nose", taken_on=date(2026, 1, 2), result="positive", recorded_by=who
    )
    now = timezone.now()
    FitDecision.unscoped.create(
        case=case, fit=True, decided_by="Dr Koval", decided_at=now - timedelta(days=3),
        valid_until=now - timedelta(days=1), recorded_by=who,
    )  # fmt: skip
    with_person = printed(client, places, case, Role.HOSPITAL_COORDINATOR, personal="on")
    assert "Згурський Юрій" in with_person
    assert "5 Apr 1990" in with_person
    assert "MRSA: POSITIVE" in with_person
    assert "no longer: it held until" in with_person
    export = Export.unscoped.get()
    assert f"Print no. {export.pk}" in with_person
    looks = set(Look.unscoped.filter(export=export.pk).values_list("right", flat=True))
    assert looks == {"see.personal", "see.summary"}
    without = printed(client, places, case, Role.HOSPITAL_COORDINATOR)
    assert "Згурський" not in without
    assert "1990" not in without
    assert case.pseudonym in without


def test_a_partner_prints_neither_person_nor_picture(places: Places, client: Client) -> None:
    """Tests that asking for the person gets the pseudonym, and a case that is not open is not found."""
    case = filed(places)
    small_world.sign_in(client, places.world.people[Role.RECEIVING_HOSPITAL])
    assert client.get(reverse("cases:summary", args=[case.pk])).status_code == 404
    in_state(case, State.PUBLISHED)
    text = printed(client, places, case, Role.RECEIVING_HOSPITAL, personal="on")
    assert "Згурський" not in text
    assert "not open to whoever printed this" in text
    assert not Look.unscoped.filter(export__isnull=False).exists()
