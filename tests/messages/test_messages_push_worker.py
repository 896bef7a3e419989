"""Tests the script that shows notifications in a real browser, with what the service really sends.

The way of a push through Google's or Mozilla's servers is left out: the browser is handed the bytes that it
would have decrypted. A notification stands outside every page, where no test can click; so the script is
told of the click, and what it then asks the browser to open is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.db import transaction
from invented import browser_of
from live_site import live_site
from playwright.sync_api import Browser, CDPSession, Page, Worker, expect
from test_messages_browser import FACTS, PATIENCE_MILLISECONDS, opened
from test_messages_push import PUBLIC, SECRET

from medevac.messages.channels.push import payload_of
from medevac.messages.models import Delivery
from medevac.messages.services import allow_browser, tell
from medevac.messages.services.sending import letter_of
from medevac.people.models import User
from real_browser import real_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # WhiteNoise hands static files over as blocking iterators, which Django reads whole, with a warning.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators"),
]
ACTIVE = """async () => {
    const worker = (await navigator.serviceWorker.getRegistrations())[0];
    while (!worker.active) await new Promise((then) => setTimeout(then, 20));
    return true;
}"""
SHOWN = """async () => {
    const registration = (await navigator.serviceWorker.getRegistrations())[0];
    return (await registration.getNotifications()).map(
        (one) => ({ title: one.title, body: one.body, lang: one.lang, data: one.data }));
}"""
# What the browser does when somebody clicks; it opens windows for real clicks only, so what is asked is kept.
CLICKED = """async () => {
    const event = new Event("notificationclick");
    event.notification = (await self.registration.getNotifications())[0];
    const open = self.clients.openWindow;
    let waited, asked;
    self.clients.openWindow = (link) => { asked = link; return Promise.resolve(null); };
    event.waitUntil = (promise) => { waited = promise; };
    self.dispatchEvent(event);
    await waited;
    self.clients.openWindow = open;
    return { asked, left: (await self.registration.getNotifications()).length };
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for this module."""
    with pytest.MonkeyPatch.context() as patch, real_browser() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # Playwright runs a loop in the thread of the tests
        yield browser


def registered(page: Page, session: CDPSession) -> tuple[Worker, str]:
    """The worker that the page has registered, and the browser's number for it."""
    numbers: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: numbers.extend(one["registrationId"] for one in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.goto("/messages/preferences/")
    expect(page.locator("[data-push-state]")).not_to_be_empty(timeout=PATIENCE_MILLISECONDS)
    assert page.evaluate(ACTIVE)
    assert numbers, "Expected the browser to tell the number of its worker, got none."
    return page.context.service_workers[0], numbers[-1]


def test_a_notification_tells_a_pseudonym_and_opens_its_page(
    olena: User, chromium: Browser, settings
) -> None:
    """Tests a push from the outbox to the screen: no name, no hospital, no diagnosis; and the click."""
    settings.PUSH_KEY, settings.PUSH_HOSTS = b"\x07" * 32, ["127.0.0.1"]
    with live_site() as port:
        settings.ADDRESS = f"http://localhost:{port}"
        allow_browser(olena, "http://127.0.0.1/take", PUBLIC, SECRET)
        with transaction.atomic():
            message = tell(olena, "tests.offer_arrived", facts=FACTS, pseudonym="UA-4F7K")
        sent = payload_of(letter_of(Delivery.unscoped.get(channel="push")))
        context, page = opened(chromium, browser_of(olena), port)
        context.grant_permissions(["notifications"], origin=settings.ADDRESS)
        session = context.new_cdp_session(page)
        worker, number = registered(page, session)
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": settings.ADDRESS, "registrationId": number, "data": sent.decode()},
        )
        for _ in range(200):
            if shown := page.evaluate(SHOWN):
                break
            page.wait_for_timeout(50)
        link = f"{settings.ADDRESS}/messages/{message.pk}/"
        (notification,) = shown
        assert notification["body"] == "An offer has come for UA-4F7K. Sign in to read it."
        assert notification["data"] == {"link": link}
        assert notification["lang"] == "uk"
        told = json.dumps(notification, ensure_ascii=False)
        assert not any(word in told for word in (*FACTS.values(), "Haukeland", olena.name))
        clicked = worker.evaluate(CLICKED)
        assert clicked == {"asked": link, "left": 0}
        page.goto(clicked["asked"])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Haukeland")
        context.close()
