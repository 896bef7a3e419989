"""The choice sheet: one page for up to four offers in three languages, whatever the data, without a name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from medevac.papers.choice_sheet import SHEET_LANGUAGES, OfferedPlace, Print, SheetFacts, make_choice_sheet
from medevac.papers.languages import texts_of

NOW = datetime(2026, 11, 29, 3, 12, tzinfo=UTC)
MADE = Print("118", "Olena Koval", NOW, "https://medevac.example.org/offers/case/0f6b7c1e-8a1b-4d55/choose/")
NORWAY = OfferedPlace(
    country="NO",
    city="Bergen",
    hospital="Haukeland universitetssjukehus",
    km=1764.4,
    earliest_day=date(2026, 12, 3),
    until=datetime(2026, 12, 1, 14, 0, tzinfo=UTC),
    stay_days=53,
    companions=2,
    housing="A flat near the hospital",
    homeward="By air, paid by the health service",
    payer="The Norwegian state",
)
BARE = OfferedPlace(
    country="DE", hospital="Charité", earliest_day=date(2026, 12, 5), until=datetime(2026, 12, 2, tzinfo=UTC)
)
LONG = "Дуже довгий текст із багатьма словами. " * 40
LONGEST = OfferedPlace(
    country="BA", city=LONG[:200], hospital=LONG[:300], km=19999, earliest_day=date(2026, 12, 30),
    until=NOW, stay_days=1000, companions=20, housing=LONG[:300], homeward="W" * 300, payer=LONG[:120],
)  # fmt: skip


def pages_of(facts: SheetFacts, language: str = "uk") -> list[str]:
    """The words of each page, which lies across."""
    pages = PdfReader(BytesIO(make_choice_sheet(facts, MADE, language=language).pdf)).pages
    for page in pages:
        assert [round(float(side)) for side in (page.mediabox.width, page.mediabox.height)] == [842, 595]
    return [" ".join(page.extract_text().split()) for page in pages]


@pytest.mark.parametrize("language", SHEET_LANGUAGES)
@pytest.mark.parametrize("number", [1, 4])
def test_up_to_four_offers_stand_on_one_page(language: str, number: int) -> None:
    """Tests the longest of everything: one page, boxes, lines to sign, and what is cut says so."""
    (text,) = pages_of(SheetFacts(pseudonym="RK-4082", offers=[LONGEST] * number), language)
    words = texts_of(language)
    for key in (
        "title",
        "first_choice",
        "second_choice",
        "none_of_these",
        "name",
        "interpreter",
        "signature",
    ):
        assert words[f"choice.{key}"] in text, key
    assert "[…]" in text
    assert "RK-4082" in text


def test_a_fifth_offer_stands_on_a_further_page_and_is_signed_there() -> None:
    """Tests that lines to sign stand once, on the last page, and that the first says that there is more."""
    first, last = pages_of(SheetFacts(pseudonym="RK-4082", offers=[NORWAY] * 4 + [BARE]))
    words = texts_of("uk")
    assert words["choice.more"] in first
    assert words["choice.representative"] not in first
    assert words["choice.representative"] in last
    assert "Німеччина" in last


def test_the_offers_are_compared_in_plain_words() -> None:
    """Tests each row in Ukrainian, and that what nobody has said is said to be unknown."""
    (text,) = pages_of(SheetFacts(pseudonym="RK-4082", offers=[NORWAY, BARE]))
    for words in (
        "Норвегія",
        "Bergen",
        "приблизно 1 760 км від Львова",
        "приблизно 53 дні",
        "2 особи",
        "A flat near the hospital",
        "Німеччина",
        "ще невідомо",
        "ніхто",
        "не зазначено: запитайте",
        "14:00 UTC",
        "Друк № 118",
    ):
        assert words in text.replace("\xa0", " "), words


def test_distances_count_from_the_hospital_where_it_is_known() -> None:
    """Tests the other beginning of the way, and that one offer alone is told of as one."""
    (text,) = pages_of(SheetFacts(pseudonym="RK-4082", offers=[NORWAY], from_hospital=True), "en")
    assert "about 1,760 km from your hospital" in text
    assert texts_of("en")["choice.one_offer"] in text


def test_what_cannot_be_made_is_refused() -> None:
    """Tests another language, no offer, and a character that no font has."""
    with pytest.raises(KeyError, match="Expected one of"):
        make_choice_sheet(SheetFacts(pseudonym="A", offers=[BARE]), MADE, language="sv")
    with pytest.raises(ValueError, match="Expected at least one offer"):
        make_choice_sheet(SheetFacts(pseudonym="A", offers=[]), MADE)
    odd = OfferedPlace(country="NO", hospital="Sykehus 🙂", earliest_day=date(2026, 12, 3), until=NOW)
    assert "U+1F642" in make_choice_sheet(SheetFacts(pseudonym="A", offers=[odd]), MADE).warnings[0]
