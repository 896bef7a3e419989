"""Tests that the shell answers with its headers, and that no page is open by omission."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from medevac.people.models import Organisation
from medevac.people.pages import registered_pages
from medevac.site.templatetags.form_fields import control


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """The name of every address."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names(pattern.url_patterns, space)
        else:
            found.add(f"{prefix}{pattern.name}")
    return found


def test_every_address_has_a_rule() -> None:
    """Tests that each address is known to the policy, and that no rule is for an address that is gone."""
    addresses = names(get_resolver().url_patterns)
    assert {name for name in addresses if "None" not in name} == set(registered_pages())


@pytest.mark.django_db
def test_headers_of_every_answer() -> None:
    """Tests that nothing inline and nothing foreign runs, and that each answer has its number."""
    answer = Client().get("/sign-in/login/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert len(answer.headers["X-Request-ID"]) == 32
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_start_page_asks_to_sign_in() -> None:
    """Tests that a stranger is sent to the sign-in page, and back afterwards."""
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/login/?next=/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/sign-in/signup/", "/sign-in/email/"])
def test_what_is_not_offered_is_not_found(path: str) -> None:
    """Tests that a wrong address, and a library's page that we do not offer, says where to go on."""
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_an_empty_choice_says_so_in_words() -> None:
    """Tests that a choice of rows that is still empty asks to choose, or says that nothing is chosen."""
    for required, words in ((True, "Choose one"), (False, "not chosen")):
        rows = forms.ModelChoiceField(queryset=Organisation.unscoped.none(), required=required)
        form = type("OneForm", (forms.Form,), {"place": rows})()
        drawn = control(form["place"])
        assert f'<option value="" selected>{words}</option>' in drawn
        assert "---" not in drawn
