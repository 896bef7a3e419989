"""Tests that every page is accessible, keeps to its policy and fits a telephone, in both looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from accessible import SIZES, accessible_in_every_look, heard
from advising import advise_the_demonstration
from answering import IDENTIFIER_KEY, Service, switched
from playwright.sync_api import Browser, BrowserContext
from walks import ELSEWHERE, LOOKED_UP, NOBODY, WALKS, Walk

from databases import lead_to
from medevac.database import APP, Server
from medevac.people.pages import Access, registered_pages
from real_browser import PATIENCE_MILLISECONDS

DATABASE = "medevac_browser"  # of the demonstration, as conftest.py calls it


def test_the_walk_is_complete() -> None:
    """Tests that every page of the service is walked, or says why it cannot be."""
    no_page = (Access.CLOSED, Access.TOKEN)  # what asks for a token answers programs
    open_pages = {name for name, access in registered_pages().items() if access not in no_page}
    walked = {walk.page for walk in WALKS} | set(ELSEWHERE)
    assert open_pages - walked == set(), "Add the page to tests/browser/walks.py."
    ours = {"demonstration:choose", "not found", "refused"}
    assert walked - open_pages - ours == set(), "The page is gone: take it out of tests/browser/walks.py."


@pytest.fixture(scope="module")
def advised(
    demonstration: Service, embedded_server: Server, django_db_blocker: pytest.FixtureRequest
) -> None:
    """A run of advice, worked out in this process as the worker would: the demonstration itself has none.

    It is made before the browser, beside whose loop Django asks no database.
    """
    from django.db import connection
    from django.test import override_settings

    connection.close()
    lead_to(embedded_server, APP, DATABASE)
    try:
        with django_db_blocker.unblock(), override_settings(MEDEVAC_IDENTIFIER_KEY=IDENTIFIER_KEY):
            advise_the_demonstration()
    finally:
        connection.close()
        lead_to(embedded_server, APP)


@pytest.fixture(scope="module")
def walkers(advised: None, chromium: Browser, demonstration: Service) -> Iterator[dict[str, BrowserContext]]:
    """The browser of each role that walks, signed in once, and of a stranger; walking changes nothing."""
    contexts: dict[str, BrowserContext] = {}
    for role in sorted({walk.role for walk in WALKS}):
        context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        if role != NOBODY:
            page = context.new_page()
            switched(page, demonstration, role)
            page.close()
        contexts[role] = context
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("walk", WALKS, ids=[walk.page for walk in WALKS])
def test_page(walk: Walk, walkers: dict[str, BrowserContext], demonstration: Service) -> None:
    """Tests one page in four ways: it complains of nothing, axe finds nothing, nothing sticks out."""
    page = walkers[walk.role].new_page()
    complaints = heard(page)
    values = {name: demonstration.value(query) for name, query in LOOKED_UP.items() if name in walk.path}
    address = f"{demonstration.address}/{walk.path.format(**values)}"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == walk.status, answer.text()[:2000]
        accessible_in_every_look(page, f"{width} px")
    page.close()
    expected = "status of 4" if walk.status >= 400 else None
    assert [one for one in complaints if expected is None or expected not in one] == []
