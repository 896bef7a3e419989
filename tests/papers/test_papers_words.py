"""Tests that every text stands in every language, complete and with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import medevac.papers
from medevac.cli.languages import Language, ManifestLanguage
from medevac.papers import MANIFEST_LANGUAGES, PAGE_LANGUAGES
from medevac.papers.languages import texts_of, words_for

ROOM = Path(medevac.papers.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SAME_IN_ALL = {"shared.basis_proposal"}


def forms(text: str | dict[str, str]) -> list[str]:
    """A text's forms: one, or one for each plural."""
    return [text] if isinstance(text, str) else list(text.values())


def expected_keys(language: str) -> set[str]:
    """All keys, or those of manifests and summaries in a language without a page."""
    keys = set(texts_of("en"))
    if language in PAGE_LANGUAGES:
        return keys
    return {key for key in keys if key.startswith(("shared.", "manifest.", "summary."))}


@pytest.mark.parametrize("language", MANIFEST_LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    """Tests that a language has all keys and no others, and that none is empty."""
    texts = texts_of(language)
    assert set(texts) == expected_keys(language)
    assert [key for key, text in texts.items() if not all(form.strip() for form in forms(text))] == []


@pytest.mark.parametrize("language", MANIFEST_LANGUAGES)
def test_placeholders_are_those_of_english(language: str) -> None:
    """Tests that a translation can be filled with the same values; each plural form with all of them."""
    english: dict[str, Any] = texts_of("en")
    for key, text in texts_of(language).items():
        wanted = set(PLACEHOLDER.findall(forms(english[key])[-1]))
        for form in forms(text):
            assert set(PLACEHOLDER.findall(form)) <= wanted, (language, key)
        if isinstance(text, str):
            assert isinstance(english[key], str), (language, key)


@pytest.mark.parametrize("language", MANIFEST_LANGUAGES)
def test_texts_with_a_count_have_every_plural_of_their_language(language: str) -> None:
    """Tests that Ukrainian and Polish have one, few, many and other, and the others one and other."""
    plurals = set(Locale.parse(language).plural_form.tags) | {"other"}
    counted = {key: text for key, text in texts_of(language).items() if not isinstance(text, str)}
    assert counted
    for key, text in counted.items():
        assert set(text) == plurals, (language, key)


@pytest.mark.parametrize("language", ["nb", "uk", "de", "pl"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    """Tests that a whole sentence is not the English one."""
    english = texts_of("en")
    left = [
        key
        for key, text in texts_of(language).items()
        if forms(text) == forms(english[key]) and len(forms(text)[0]) > 24
    ]
    assert left == []


def test_no_text_is_left_over() -> None:
    """Tests that code or a template names each key, whole or by the beginning that it is composed from."""
    sources = (path for path in ROOM.rglob("*") if path.suffix in (".py", ".html", ".typ"))
    whole = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    composed = set(re.findall(r"[\".]([a-z]+_)(?:\{|\")", whole))
    for key in texts_of("en"):
        name = key.partition(".")[2]
        reason = name.removesuffix("_meaning").replace("_", "-")
        assert name in whole or reason in whole or any(name.startswith(part) for part in composed), key


def test_the_manifest_s_template_asks_for_texts_that_exist() -> None:
    """Tests every `words.key` of the template, which is filled where no checker looks."""
    template = (ROOM / "manifest" / "manifest.typ").read_text(encoding="utf-8")
    asked = {f"manifest.{name}" for name in re.findall(r"words\.([a-z_]+)", template)}
    assert len(asked) > 20
    assert asked <= set(texts_of("en"))


def test_the_command_line_offers_the_languages_that_there_are() -> None:
    """Tests the two lists of languages that help shows without loading the papers."""
    assert tuple(Language) == PAGE_LANGUAGES
    assert tuple(ManifestLanguage) == MANIFEST_LANGUAGES


@pytest.mark.parametrize(
    ("language", "one", "two", "five", "number"),
    [
        ("en", "1 patient", "2 patients", "5 patients", "1,234.5"),
        ("nb", "1 pasient", "2 pasienter", "5 pasienter", "1\xa0234,5"),
        ("uk", "1 пацієнт", "2 пацієнти", "5 пацієнтів", "1\xa0234,5"),
    ],
)
def test_numbers_and_plurals(language: str, one: str, two: str, five: str, number: str) -> None:
    """Tests that each language counts and writes numbers in its own way."""
    words = words_for(language)
    assert [words.count("shared.patients", n) for n in (1, 2, 5)] == [one, two, five]
    assert words.number(1234.5, 1) == number


def test_durations_are_whole_minutes_with_a_sign() -> None:
    """Tests hours and minutes, an exact hour, less than an hour, and a margin that is used up."""
    words = words_for("en")
    assert [words.duration(minutes) for minutes in (125, 60, 21.4, 0, -75)] == [
        "2 h 05 min",
        "1 h",
        "21 min",
        "0 min",
        "−1 h 15 min",
    ]
