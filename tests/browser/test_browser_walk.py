"""Tests that every page is accessible, keeps to its policy and fits a telephone, in both looks."""

from __future__ import annotations

import pytest
from answering import Service, switched
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page
from walks import ELSEWHERE, LOOKED_UP, WALKS, Walk

from medevac.people.pages import Access, registered_pages

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
SIZES = ((1280, 900), (360, 740))
LOOKS = ("light", "dark")


def test_the_walk_is_complete() -> None:
    """Tests that every page of the service is walked, or says why it cannot be."""
    open_pages = {name for name, access in registered_pages().items() if access is not Access.CLOSED}
    walked = {walk.page for walk in WALKS} | set(ELSEWHERE)
    assert open_pages - walked == set(), "Add the page to tests/browser/walks.py."
    ours = {"demonstration:choose", "not found", "refused"}
    assert walked - open_pages - ours == set(), "The page is gone: take it out of tests/browser/walks.py."


def heard(page: Page) -> list[str]:
    """What the page complains of from now on: on the console, in scripts, by its content policy."""
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.mark.parametrize("walk", WALKS, ids=[walk.page for walk in WALKS])
def test_page(walk: Walk, visitor: BrowserContext, demonstration: Service) -> None:
    """Tests one page in four ways: it complains of nothing, axe finds nothing, nothing sticks out."""
    page = visitor.new_page()
    if walk.role:
        switched(page, demonstration, walk.role)
    complaints = heard(page)
    values = {name: demonstration.value(query) for name, query in LOOKED_UP.items() if name in walk.path}
    address = f"{demonstration.address}/{walk.path.format(**values)}"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for look in LOOKS:
            page.emulate_media(color_scheme=look)
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == walk.status, answer.text()[:2000]
            found = Axe().run(page, options=AXE).response["violations"]
            problems = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
            assert problems == [], f"{width} px, {look}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    expected = "status of 4" if walk.status >= 400 else None
    assert [one for one in complaints if expected is None or expected not in one] == []
