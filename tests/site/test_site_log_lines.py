"""Tests that no line of the log holds a name, an address, a telephone number or a birth date.

What must not be logged is made at run time, so that it is nobody's constant, as a user's input is.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.urls import path
from procrastinate.contrib.django import app
from world import World, build, sign_in

from medevac.people import pages
from medevac.people.models import User
from medevac.people.roles import Role
from medevac.site import log_lines
from medevac.site.log_lines import JsonFormatter, StderrHandler, log_settings, take_process
from medevac.site.request_id import request_id

# Turned round in the source: no constant of the code is one of these.
NAME = "aksnilaK anelO"[::-1]
CYRILLIC = "анилаК аєлО"[::-1]
EMAIL = "gro.elpmaxe@anilak.o"[::-1]
BIRTH = "71-30-4891"[::-1]
BIRTH_WRITTEN = "4891.30.71"[::-1]
BIRTH_NUMBER = int("71304891"[::-1])
PHONE = "765432144083+"[::-1]
PERSONAL = (NAME, *NAME.split(), CYRILLIC, EMAIL, BIRTH, BIRTH_WRITTEN, str(BIRTH_NUMBER), PHONE, PHONE[1:])
logger = logging.getLogger("medevac.tests")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Every line that the service's own handler would write, from the finest weight on."""
    written = io.StringIO()
    before = logging.getLogRecordFactory(), logging.getLogger().level, logging.getLogger().handlers[:]
    hooks = sys.excepthook, threading.excepthook
    log_lines.configure(log_settings("debug"))
    root = logging.getLogger()
    for one in root.handlers[:]:
        if isinstance(one, StderrHandler):
            root.removeHandler(one)
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root.addHandler(handler)
    try:
        yield written
    finally:
        logging.captureWarnings(False)
        sys.excepthook, threading.excepthook = hooks
        logging.setLogRecordFactory(before[0])
        root.setLevel(before[1])
        root.handlers[:] = before[2]


def told(lines: io.StringIO) -> list[dict[str, object]]:
    """The lines so far, each of which must be whole JSON without anything personal."""
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    for line in found:
        text = json.dumps(line, ensure_ascii=False).lower()
        assert not [value for value in PERSONAL if value.lower() in text], line
    return found


def broken(request: object, name: str) -> None:
    """A page that breaks and quotes what it was given."""
    raise ValueError(f"Expected a name, got {name}, {EMAIL}, born {BIRTH}")


urlpatterns = [path("broken/<str:name>/", broken, name="broken")]


def test_texts_and_what_fills_them(lines: io.StringIO) -> None:
    """Tests that a text of the source is kept, its values are not, and one made at run time is left out."""
    logger.info("%s was born on %s and has the number %d; try %d of %.1f", NAME, BIRTH, BIRTH_NUMBER, 3, 1.5)
    logger.info("Written by %(who)s.", {"who": EMAIL})
    logger.info(f"{CYRILLIC} was born on {BIRTH_WRITTEN}")
    logger.info(NAME)
    logger.info("Called " + PHONE)
    logger.info(User(name=NAME, email=EMAIL))
    logger.info("Facts.", extra={"facts": {"page": NAME, "name": NAME, "born": BIRTH_NUMBER, "status": 404}})
    texts = [line["text"] for line in told(lines)]
    assert texts[0] == "… was born on … and has the number …; try 3 of 1.500"
    assert texts[1] == "Written by …."
    assert texts[2:6] == [log_lines.MADE_AT_RUN_TIME] * 4
    assert told(lines)[-1]["status"] == 404


def test_faults_keep_type_and_place_and_no_message(lines: io.StringIO) -> None:
    """Tests exceptions, what caused them, and groups of them."""
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise LookupError(f"nobody is called {NAME}") from error
    except LookupError:
        logger.exception("It broke.")
    logger.error("Both broke.", exc_info=ExceptionGroup(NAME, [ValueError(EMAIL), KeyError(BIRTH)]))
    first, second = told(lines)
    fault = first["fault"]
    assert isinstance(fault, dict)
    assert fault["type"] == "builtins.LookupError"
    assert fault["caused_by"]["type"] == "builtins.ValueError"
    assert "test_faults_keep_type_and_place_and_no_message" in fault["at"][0]
    assert [part["type"] for part in second["fault"]["parts"]] == ["builtins.ValueError", "builtins.KeyError"]  # type: ignore[index]


@pytest.mark.django_db
def test_the_database_quotes_nothing(lines: io.StringIO) -> None:
    """Tests a broken constraint, whose message would quote the row, and statements at their finest weight."""
    User.objects.create_user(EMAIL, name=NAME, latin_name=NAME)
    with override_settings(DEBUG=True):
        connection.force_debug_cursor = True
        try:
            with transaction.atomic():
                User.objects.create_user(EMAIL, name=CYRILLIC, latin_name=NAME, phone=PHONE)
        except IntegrityError:
            logger.exception("It was refused.")
        finally:
            connection.force_debug_cursor = False
    refused = told(lines)[-1]["fault"]
    assert isinstance(refused, dict)
    assert refused["caused_by"]["sqlstate"] == "23505"
    assert refused["caused_by"]["constraint"].startswith("people_user_email")


@pytest.mark.django_db
def test_requests_of_every_kind(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests pages found, missing, refused, broken and forged, with personal values all over."""
    world: World = build()
    User.objects.filter(pk=world.people[Role.ADMINISTRATOR].pk).update(name=NAME, phone=PHONE)
    client = sign_in(Client(raise_request_exception=False), world.people[Role.ADMINISTRATOR])
    answer = client.get(
        "/people/access/", {"who": NAME, "born": BIRTH}, headers={"Referer": f"http://x/{EMAIL}"}
    )
    client.get(f"/{NAME}/{BIRTH}")
    client.get(f"/people/{EMAIL}/")
    client.post("/sign-in/login/", {"login": EMAIL, "password": NAME})
    client.generic(NAME.split()[0].upper(), "/people/access/")
    client.get("/people/access/", headers={"Host": f"{NAME.split()[0]}.example.org"})
    client.get("/people/access/", headers={"User-Agent": f"{CYRILLIC} {PHONE}"})
    Client(enforce_csrf_checks=True).post("/sign-in/login/", {"login": EMAIL})
    monkeypatch.setitem(pages._PAGES, "broken", pages.Access.EVERYBODY)
    with override_settings(ROOT_URLCONF=__name__):
        assert client.get(f"/broken/{NAME}/").status_code == 500
    found = told(lines)
    answered = [line for line in found if line["text"] == "A request was answered."]
    assert {(line["page"], line["status"]) for line in answered if "page" in line} >= {
        ("people:access", 200),
        ("broken", 500),
    }
    assert answer.headers["X-Request-ID"] in {line.get("request") for line in answered}
    assert any(line.get("fault", {}).get("type") == "builtins.ValueError" for line in found)  # type: ignore[union-attr, attr-defined]


@app.task(name="medevac.tests.letter")
def letter(to: str, about: str) -> None:
    """A job that breaks and quotes what it was given."""
    logging.getLogger("medevac.jobs").info("Writing to %s about %s", to, about)
    mail.send_mail(about, f"Dear {about}, born {BIRTH}", None, [to])
    raise RuntimeError(f"{to} does not take letters about {about}")


@pytest.mark.django_db(transaction=True)
def test_background_jobs(lines: io.StringIO) -> None:
    """Tests a real worker with a job that is given personal values, logs them, and breaks."""
    letter.defer(to=EMAIL, about=f"{NAME} {BIRTH}")
    running = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def work() -> None:
        async with running.open_async():
            await running.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(work())
    found = told(lines)
    assert any(line.get("job") == "medevac.tests.letter" for line in found)
    assert any(
        isinstance(fault := line.get("fault"), dict) and fault["type"] == "builtins.RuntimeError"
        for line in found
    )


def test_ends_of_processes_and_threads_and_warnings(lines: io.StringIO) -> None:
    """Tests what Python itself would print with its message."""
    take_process()
    error = ValueError(f"{NAME}, {EMAIL}")
    sys.excepthook(ValueError, error, None)

    def breaks() -> None:
        raise ValueError(NAME)

    thread = threading.Thread(target=breaks)
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"{NAME} is deprecated", stacklevel=1)
    assert [line["text"] for line in told(lines)][:2] == [
        "The process ends with a fault.",
        "A thread ended with a fault.",
    ]
    assert len(told(lines)) == 3


def test_the_number_of_the_request_stands_in_its_lines(lines: io.StringIO) -> None:
    """Tests that lines outside a request have none, and lines inside have the one of the answer."""
    logger.info("Outside.")
    token = request_id.set("f" * 32)
    logger.info("Inside.")
    request_id.reset(token)
    outside, inside = told(lines)
    assert "request" not in outside
    assert inside["request"] == "f" * 32
