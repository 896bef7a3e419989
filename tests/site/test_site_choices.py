"""Tests that language, look and keys are chosen without a script, and lead nowhere else."""

from __future__ import annotations

import pytest
from catalogues import ROOMS_FOLDER, catalogue, filled, read, texts_of_single_pages
from django.test import Client
from django.utils import translation
from world import sign_in

from medevac.people.page_languages import SINGLE_PAGE_LANGUAGES, pages_with_more, register_languages
from medevac.people.roles import Role
from medevac.people.services.demonstration import account_of, make_people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("look", ["light", "dark", "auto"])
def test_the_look_is_kept(look: str) -> None:
    """Tests that the choice stands in the next page, and that a strange one is refused."""
    client = Client()
    client.post("/look/", {"look": look, "next": "/about/"})
    assert f'data-color-scheme="{look}"' in client.get("/about/").content.decode()
    assert client.post("/look/", {"look": '"><script>'}).status_code == 400


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_away(address: str) -> None:
    """Tests that a choice leads back to a page of ours only."""
    for path, data in (("/look/", {"look": "dark"}), ("/language/", {"language": "nb"}), ("/shortcuts/", {})):
        assert Client().post(path, {**data, "next": address}).headers["Location"] == "/"


def test_a_signed_in_user_s_language_follows_everywhere() -> None:
    """Tests that the switch changes the user's own language, in which messages are written as well."""
    make_people()
    user = account_of(Role.DONOR)
    assert user is not None
    client = sign_in(Client(), user)
    client.post("/language/", {"language": "uk", "next": "/"})
    user.refresh_from_db()
    assert user.language == "uk"
    assert 'lang="uk"' in client.get("/").content.decode()


@pytest.mark.parametrize("language", SINGLE_PAGE_LANGUAGES)
def test_single_pages_in_more_languages(language: str) -> None:
    """Tests that a page that has told of it speaks German or Polish, and others stay as they were."""
    client = Client()
    client.post("/language/", {"language": language, "next": "/about/"})
    assert f'<html lang="{language}"' in client.get("/about/").content.decode()
    assert '<html lang="en"' in client.get("/sign-in/login/").content.decode()


@pytest.mark.parametrize("language", SINGLE_PAGE_LANGUAGES)
def test_single_pages_are_complete(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that nothing that such a page says to a visitor falls back to English."""
    english: set[str] = set()
    said = translation.gettext

    def listening(text: str) -> str:
        spoken = said(text)
        if (
            translation.get_language() == language
            and spoken == text
            and text not in ("Start", "Menu", "medevac")
        ):
            english.add(text)
        return spoken

    client = Client()
    client.post("/language/", {"language": language})
    monkeypatch.setattr("django.utils.translation.gettext", listening)
    monkeypatch.setattr("django.templatetags.i18n.translation.gettext", listening)
    for page in pages_with_more():
        assert page == "about", "Give the walk the address of the new page."
        client.get("/about/")
    assert english == set()


def test_a_language_without_a_catalogue_is_refused() -> None:
    """Tests that a page cannot promise what nobody translates."""
    with pytest.raises(ValueError, match="Expected one of"):
        register_languages("about", "fr")


def test_keys_can_be_switched_off() -> None:
    """Tests that a browser which asked for it gets pages without keys of one letter."""
    make_people()
    user = account_of(Role.DONOR)
    assert user is not None
    client = sign_in(Client(), user)
    assert "data-shortcuts" in client.get("/").content.decode()
    client.post("/shortcuts/", {"shortcuts": "off", "next": "/"})
    assert "data-shortcuts" not in client.get("/").content.decode()


@pytest.mark.parametrize("language", SINGLE_PAGE_LANGUAGES)
def test_catalogues_of_single_pages_are_complete(language: str) -> None:
    """Tests that every text of those pages, and of what the shell says around them, is translated."""
    kept = read(catalogue(ROOMS_FOLDER / "site", language), language)
    wanted = {message.id for message in texts_of_single_pages() if message.id}
    assert {text for text in wanted if not filled(getattr(kept.get(text), "string", ""))} == set()
