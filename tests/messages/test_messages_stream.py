"""Tests of the event stream over real connections: nothing is missed, and it ends with the session."""

from __future__ import annotations

import random
import threading
import time
import urllib.request
from contextlib import closing

import psycopg
import pytest
from django.db import connection, transaction
from invented import browser_of
from live_site import Page, live_site

from medevac.database import SUPERUSER, Server
from medevac.messages.events import publish
from medevac.messages.services import mark_all_read, tell
from medevac.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = {"hospital": "Haukeland", "name": "Тарас"}
LISTENING = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"


def told(user: User) -> None:
    """A message in a transaction of its own."""
    with transaction.atomic():
        tell(user, "tests.offer_arrived", facts=FACTS)


def publish_one(user: User, number: int) -> None:
    """An event with a number, in a transaction that takes a while."""
    try:
        with transaction.atomic():
            publish(user.pk, "numbered", {"number": str(number)})
            time.sleep(random.Random(number).random() / 50)
    finally:
        connection.close()


def test_the_number_of_unread_messages_follows(olena: User, kari: User) -> None:
    """Tests that a page hears at once of its own user's messages, and of nobody else's."""
    with live_site() as port, closing(Page(port, browser_of(olena))) as page:
        assert page.status == 200
        assert page.headers["Content-Type"] == "text/event-stream"
        assert page.until("unread").content == {"count": 0}
        told(kari)
        told(olena)
        assert page.next().content == {"count": 1}
        told(olena)
        assert page.next().content == {"count": 2}
        mark_all_read(olena)
        assert page.next().content == {"count": 0}


def test_strangers_hear_only_that_they_are_signed_out(olena: User) -> None:
    """Tests that without a session the stream says so, in whole, and ends, whatever there is to hear."""
    publish_one(olena, 1)
    with live_site() as port, urllib.request.urlopen(f"http://localhost:{port}/messages/stream/") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.read() == b"id: 0\nevent: signed_out\ndata: {}\n\n"


def test_who_comes_back_misses_nothing(olena: User) -> None:
    """Tests 60 events of six threads at once while the page leaves and comes back after every fifth."""
    browser = browser_of(olena)
    with live_site() as port:
        page = Page(port, browser)
        last = page.until("unread").position
        threads = [
            threading.Thread(target=lambda start=start: [publish_one(olena, start + n) for n in range(10)])
            for start in range(0, 60, 10)
        ]
        for thread in threads:
            thread.start()
        heard: list[int] = []
        while len(heard) < 60:
            event = page.until("numbered")
            assert event.position > last  # none twice, none out of order
            last = event.position
            heard.append(int(event.content["number"]))
            if len(heard) % 5 == 0:
                page.close()
                # As a browser comes back by itself, and as the script opens a stream anew.
                page = Page(port, browser, last) if len(heard) % 10 else Page(port, browser, after=last)
        page.close()
        for thread in threads:
            thread.join()
    assert sorted(heard) == list(range(60))


def test_a_lost_database_connection_costs_nothing(olena: User, embedded_server: Server) -> None:
    """Tests that one connection listens for several pages, and that events written while it is cut arrive."""
    url = embedded_server.url(SUPERUSER, connection.settings_dict["NAME"])
    with (
        live_site() as port,
        closing(Page(port, browser_of(olena))) as first,
        closing(Page(port, browser_of(olena))) as second,
        psycopg.connect(url, autocommit=True) as superuser,
    ):
        for page in (first, second):
            page.until("unread")
        listening = superuser.execute(LISTENING).fetchall()
        assert len(listening) == 1
        superuser.execute("SELECT pg_terminate_backend(%s)", listening[0])
        publish_one(olena, 1)
        for page in (first, second):
            assert page.until("numbered").content == {"number": "1"}
        publish_one(olena, 2)
        for page in (first, second):
            assert page.until("numbered").content == {"number": "2"}


def test_the_stream_ends_with_the_session(olena: User) -> None:
    """Tests that signing out ends the streams of this session at once, and no other's."""
    here, elsewhere = browser_of(olena), browser_of(olena)
    with (
        live_site() as port,
        closing(Page(port, here)) as ending,
        closing(Page(port, elsewhere)) as staying,
    ):
        for page in (ending, staying):
            page.until("unread")
        here.logout()  # Django's test client signs out through the same signal as the page
        assert ending.until("signed_out").content == {}
        assert ending.next() is None
        told(olena)
        assert staying.until("unread").content == {"count": 1}


def connections_when_calm(url: str, since: object) -> int:
    """How many made since then are kept once what was read for the pages is done, after 20 s at most.

    Those of earlier tests' threads may still be there, and are not meant.
    """
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'medevac_app' AND backend_start >= %s"
    until = time.monotonic() + 20
    with psycopg.connect(url, autocommit=True) as superuser:
        while True:
            row = superuser.execute(query, (since,)).fetchone()
            assert row is not None
            kept: int = row[0]
            if kept <= 3 or time.monotonic() > until:
                return kept
            time.sleep(0.2)


def test_a_stream_keeps_no_connection(olena: User, embedded_server: Server) -> None:
    """Tests that twelve open pages need no connection each: pages would soon have no database left."""
    url = embedded_server.url(SUPERUSER, connection.settings_dict["NAME"])
    browser = browser_of(olena)
    connection.close()
    with psycopg.connect(url) as superuser:
        row = superuser.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    with live_site() as port:
        pages = [Page(port, browser) for _ in range(12)]
        for page in pages:
            page.until("unread")
        kept = connections_when_calm(url, row[0])
        for page in pages:
            page.close()
    assert kept <= 3  # one that listens, two that read
