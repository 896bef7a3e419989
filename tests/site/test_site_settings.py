"""Tests that the service refuses to start with settings that are missing or wrong, and says what to do."""

from __future__ import annotations

import pytest
import settings_page
from django.core.exceptions import ImproperlyConfigured

from medevac.cases.models.case import Priority
from medevac.cases.models.screening import Organism
from medevac.directory.steps import Step
from medevac.site.settings.environment import SETTINGS, read_settings
from medevac.site.settings.readers import ORGANISMS, PRIORITIES, STEPS

GOOD = {
    "MEDEVAC_SECRET_KEY": "k" * 60,
    "MEDEVAC_IDENTIFIER_KEY": "i" * 60,
    "DATABASE_URL": "postgresql://medevac_app:secret@db.example.org:5432/medevac",
}


def refusal(**changed: str) -> str:
    """What the service says where these variables are changed."""
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings({**GOOD, **changed})
    return str(refused.value)


def test_defaults_are_sound() -> None:
    """Tests that two variables are enough, and neither has a default."""
    assert read_settings(GOOD)["MEDEVAC_ADDRESS"] == "http://localhost:8000"
    assert {setting.name for setting in SETTINGS if setting.default is None} == set(GOOD)


def test_every_fault_is_told_at_once() -> None:
    """Tests that all that is missing is named, with how to make it."""
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings({"MEDEVAC_SESSION_HOURS": "0"})
    said = str(refused.value)
    assert "MEDEVAC_SECRET_KEY is not set." in said
    assert "secrets.token_urlsafe(50)" in said
    assert "DATABASE_URL is not set." in said
    assert 'MEDEVAC_SESSION_HOURS: expected a whole number from 1 to 168, got "0".' in said


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "MEDEVAC_SECRET_KEY",
            "short",
            "expected at least 50 random characters, got 5 characters (not shown)",
        ),
        ("DATABASE_URL", "sqlite:///x.db", "expected an address such as postgresql://"),
        ("MEDEVAC_ADDRESS", "http://medevac.example.org", "expected https"),
        ("MEDEVAC_ADDRESS", "https://medevac.example.org/path", "expected an address without a path"),
        ("MEDEVAC_MAIL_TLS", "maybe", 'expected yes or no, got "maybe"'),
        ("MEDEVAC_METRICS_FROM", "10.0.0.0/99", "expected addresses or networks such as"),
        (
            "MEDEVAC_METRICS_TOKEN",
            "short",
            "expected at least 32 random characters, or nothing, got 5 characters",
        ),
        ("MEDEVAC_LOG_LEVEL", "loud", "expected one of debug, info, warning, error"),
        ("MEDEVAC_TRUSTED_PROXIES", "-1", "expected a whole number from 0 to 10"),
        ("MEDEVAC_IDENTIFIER_OTHER_KEYS", "o" * 60 + " short", "expected secrets of at least 50 random"),
        ("MEDEVAC_IDENTIFIER_OTHER_KEYS", "i" * 60, "expected keys that are not MEDEVAC_IDENTIFIER_KEY"),
        ("MEDEVAC_PRIORITY_HOURS", "P1=24 P2=48", "expected P1=HOURS P2=HOURS P3=HOURS, whole hours from 1"),
        ("MEDEVAC_PRIORITY_HOURS", "P1=24 P2=12 P3=168", 'fewer than the one before, got "P1=24 P2=12'),
        ("MEDEVAC_REQUIRED_SCREENING", "mrsa plague", "expected words of mrsa, vre, esbl, cpe"),
        ("MEDEVAC_ITEM_DAYS", "submit=1 submit=2", "expected STEP=DAYS with steps of submit, verify"),
        ("MEDEVAC_ITEM_DAYS", "land=1", "expected STEP=DAYS with steps of submit, verify"),
        ("MEDEVAC_TIME_ZONE", "Oslo", 'expected the name of a time zone, such as Europe/Oslo, got "Oslo"'),
        ("MEDEVAC_TIME_ZONE", "../etc/passwd", "expected the name of a time zone"),
        ("MEDEVAC_CHASE_HOURS", "0", "expected a whole number from 1 to 1440"),
        (
            "MEDEVAC_OIDC_ISSUER",
            "https://id.example.org",
            "expected MEDEVAC_OIDC_CLIENT and MEDEVAC_OIDC_SECRET",
        ),
    ],
)
def test_each_fault_says_what_was_expected(name: str, text: str, sentence: str) -> None:
    """Tests that a wrong setting is refused with the law it broke."""
    assert sentence in refusal(**{name: text})


def test_the_words_of_cases_are_those_of_the_rooms() -> None:
    """Tests that the settings know every organism, priority and step that cases and missions know."""
    assert [*ORGANISMS, Organism.OTHER] == Organism.values
    assert list(PRIORITIES) == Priority.values
    assert list(STEPS) == Step.values


def test_secrets_are_never_repeated() -> None:
    """Tests that a refusal does not print what it refuses where that is secret."""
    assert "hunter2" not in refusal(
        DATABASE_URL="mysql://user:hunter2@db/medevac", MEDEVAC_SECRET_KEY="hunter2"
    )


def test_the_written_page_is_up_to_date() -> None:
    """Tests that the page of settings says what the service reads; tools/settings_page.py writes it."""
    written = settings_page.PAGE.read_text(encoding="utf-8")
    assert written == settings_page.written(), "Run tools/settings_page.py."
    assert all(setting.purpose.endswith(".") for setting in SETTINGS)
