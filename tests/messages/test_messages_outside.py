"""Tests that nothing but a pseudonym and a link leaves the house, whatever kind of message it is."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re

import pytest
from django.conf import settings
from django.db import transaction
from web_server import WebServer

from kill_service.mail_server import MailServer
from medevac.messages import outside
from medevac.messages.channels import push
from medevac.messages.channels.email import body_of, headers_of
from medevac.messages.channels.gateway import signature
from medevac.messages.kinds import Kind, registered_kinds
from medevac.messages.models import Delivery
from medevac.messages.services import ask_in_person, deliver, take_notice, tell
from medevac.messages.services.sending import deliver_due, letter_of
from medevac.people.models import User
from medevac.people.notices import Notice

SECRETS = ("Тарас", "Мельник", "Taras", "Melnyk", "S72.0", "sepsis", "1987-03-12")
LANGUAGES = [code for code, _ in settings.LANGUAGES]


class Everything(dict[str, str]):
    """Facts that have whatever a text asks for, each of them a name and a diagnosis."""

    def __missing__(self, key: str) -> str:
        return " ".join(SECRETS)


def told_in_every_kind(user: User, kind: Kind) -> None:
    """Hand over names and diagnoses wherever a kind takes text."""
    room, _, word = kind.name.partition(".")
    with transaction.atomic():
        if kind.grave:
            ask_in_person(user, kind.name, pseudonym="UA-4F7K", address="/cases/1/")
        elif room == "people":
            sentences = (" ".join(SECRETS),)
            address = f"{settings.ADDRESS}/people/account/"
            take_notice(Notice(word, sentences[0], sentences, address, user.language, user=user.pk))
        else:
            tell(user, kind.name, facts=Everything(), pseudonym="UA-4F7K", address="/cases/1/")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_carries_a_name_or_a_diagnosis(
    olena: User, mail_server: MailServer, settings, language: str
) -> None:
    """Tests each registered kind by each channel: what would leave holds none of what it was told with."""
    settings.PUSH_KEY, settings.GATEWAY_URL = b"\x01" * 32, "http://localhost:1/"
    olena.language, olena.phone = language, "+380 44 000 00 00"
    olena.save()
    kinds = registered_kinds()
    assert len(kinds) >= 9
    for kind in kinds:
        told_in_every_kind(olena, kind)
    deliveries = list(Delivery.unscoped.select_related("message", "user"))
    assert {delivery.kind for delivery in deliveries} == {kind.name for kind in kinds if not kind.grave}
    for delivery in deliveries:
        letter = letter_of(delivery)
        leaving = "\n".join(
            (body_of(letter), str(headers_of(letter)), letter.subject, push.payload_of(letter).decode())
        )
        assert letter.link.startswith("http://localhost:8000/")
        assert not [secret for secret in SECRETS if secret.lower() in leaving.lower()], delivery.kind
        assert "%(" not in leaving


def test_a_letter_has_no_room_for_more() -> None:
    """Tests what a letter is made of: whoever adds a parameter must think about it here first."""
    assert set(inspect.signature(outside.write_letter).parameters) == {
        *("delivery", "reference", "recipient", "language", "link", "fields", "digest")
    }
    assert {field.name for field in dataclasses.fields(outside.Fields)} == {"kind", "pseudonym"}


def test_every_kind_uses_allowed_placeholders() -> None:
    """Tests the sentence of each kind, and that labels have no placeholders at all."""
    for kind in registered_kinds():
        assert set(re.findall(r"%\((\w+)\)", str(kind.outside))) <= {"pseudonym"}, kind.name
        assert "%" not in str(kind.label)


@pytest.mark.parametrize("text", ["UA-4F7K", "NO-2026-17", "4F7K"])
def test_pseudonyms(text: str) -> None:
    """Tests what passes as one."""
    assert outside.Fields("tests.offer_arrived", text).pseudonym == text


@pytest.mark.parametrize("text", ["Taras", "ТАРАС-1", "MELNYK", "UA-4F7K\n", "a b 1", "1" * 40])
def test_what_is_no_pseudonym(text: str) -> None:
    """Tests that names, small letters, other scripts and line ends are refused."""
    with pytest.raises(ValueError, match="Expected a pseudonym"):
        outside.Fields("tests.offer_arrived", text)


@pytest.mark.django_db(transaction=True)
def test_the_gateway_gets_a_signed_request(olena: User, settings) -> None:
    """Tests the generic adapter against a real server: signature, number for repeats, text without names."""
    with WebServer() as server:
        settings.GATEWAY_URL, settings.GATEWAY_SECRET, settings.EMAIL_HOST = server.address, "s" * 32, ""
        User.objects.filter(pk=olena.pk).update(phone="+380440000000")
        olena.refresh_from_db()
        server.answers = [503, 200]
        with transaction.atomic():
            tell(olena, "tests.flight_changed", facts={"time": "08:00"}, pseudonym="UA-4F7K")
        delivery = Delivery.unscoped.get()
        assert not deliver(delivery.pk)
        Delivery.unscoped.update(due_at=delivery.created_at)
        assert deliver_due() == 1
    first, second = server.requests
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] == str(delivery.pk)
    assert second.headers["X-Medevac-Signature"] == signature(second.body, "s" * 32)
    told = json.loads(second.body)
    assert (told["to"], told["urgent"]) == ("+380440000000", True)
    assert told["text"] == "The flight of UA-4F7K has changed. Sign in to read how."
    assert "08:00" not in second.body.decode()
