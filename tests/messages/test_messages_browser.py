"""Tests of the room's pages in a real browser: the number follows by itself, keys work, axe is content.

Where MEDEVAC_PICTURES names a folder, a picture of every page is kept there, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from invented import browser_of
from live_site import live_site
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from kill_service.mail_server import MailServer
from medevac.messages.models import ChannelState, Delivery
from medevac.messages.rules import State
from medevac.messages.services import ask_in_person, tell
from medevac.people.models import User
from real_browser import PATIENCE_MILLISECONDS, real_browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
SIZES = {"desktop": (1280, 900), "phone": (360, 740)}
FACTS = {"hospital": "Haukeland universitetssjukehus", "name": "Тарас"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all of them."""
    with pytest.MonkeyPatch.context() as patch, real_browser() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # Playwright runs a loop in the thread of the tests
        yield browser


def opened(
    chromium: Browser, client: Client, port: int, size: str = "desktop"
) -> tuple[BrowserContext, Page]:
    """A window with the session of a signed-in client."""
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, base_url=f"http://localhost:{port}"
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": f"http://localhost:{port}"}])
    return context, context.new_page()


def note_fault(faults: list[str], said: ConsoleMessage) -> None:
    """Keep what the browser complains of, save for the icon that it looks for by itself."""
    if said.type == "error" and not said.location["url"].endswith("/favicon.ico"):
        faults.append(said.text)


def told(user: User, count: int = 1) -> None:
    """Some messages."""
    for _ in range(count):
        with transaction.atomic():
            tell(user, "tests.offer_arrived", facts=FACTS, pseudonym="UA-4F7K")


def test_the_number_follows_and_keys_lead_through(olena: User, chromium: Browser) -> None:
    """Tests that an open page shows a new message's number by itself, and that j, k and Enter work."""
    told(olena, 2)
    faults: list[str] = []
    client = browser_of(olena)
    with live_site() as port:
        context, page = opened(chromium, client, port)
        page.on("console", lambda said: note_fault(faults, said))
        page.goto("/messages/")
        number = page.locator("[data-unread]")
        expect(number).to_have_text("2")
        told(olena)
        expect(number).to_have_text("3")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        expect(page.locator("[data-inbox] a").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Haukeland")
        page.get_by_role("button", name="Позначити прочитаним").click()
        expect(number).to_have_text("2")
        client.logout()
        page.wait_for_url("**/sign-in/login/**")
        context.close()
    assert faults == []


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible(
    kari: User, mail_server: MailServer, chromium: Browser, settings, size: str
) -> None:
    """Tests each page, full and empty, with axe, and that nothing is wider than the window."""
    settings.PUSH_KEY = b"\x07" * 32
    pages = {"empty": "/messages/", "empty-channels": "/messages/channels/"}
    with live_site() as port:
        context, page = opened(chromium, browser_of(kari), port, size)
        for name, path in pages.items():
            look(page, name, path, size)
        told(kari, 27)
        asked = ask_asked(kari)
        Delivery.unscoped.filter(kind="tests.offer_arrived").update(
            state=State.DEAD, last_error="550 5.1.1 The mailbox that was asked for is not here"
        )
        now = asked.created_at
        ChannelState.objects.create(
            channel="email", last_failed_at=now, last_error="451 later", silent_since=now
        )
        pages = {
            "inbox": "/messages/",
            "message": f"/messages/{asked.pk}/",
            "preferences": "/messages/preferences/",
            "channels": "/messages/channels/",
        }
        for name, path in pages.items():
            look(page, name, path, size)
        context.close()


def ask_asked(user: User):
    """Something to be told in person."""
    with transaction.atomic():
        message = ask_in_person(user, "tests.death", pseudonym="UA-4F7K")
    message.refresh_from_db()
    return message


def look(page: Page, name: str, path: str, size: str) -> None:
    """Open a page, keep its picture, and have it examined."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if folder := os.environ.get("MEDEVAC_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}-{size}.png"), full_page=True)
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], name
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size][0], name
