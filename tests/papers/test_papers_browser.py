"""Tests of the page in a real browser: accessible, usable by keyboard, readable on a phone, off the network.

They need Chromium and are skipped where it is missing; where MEDEVAC_NEEDS_CHROMIUM is set, as by `.ci/run`,
they fail instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from small_week import HOSTILE, Document, infeasible, planned, read

from medevac.papers import PAGE_LANGUAGES, make_page
from medevac.planner.advice import Proposal
from medevac.planner.advice.figures import Figure
from real_browser import real_browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
DESKTOP, PHONE, NARROWEST = (1280, 900), (360, 740), (320, 700)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all of them."""
    with real_browser() as browser:
        yield browser


def hostile(data: Document) -> None:
    """Long and odd names in every place that is shown."""
    names = list(HOSTILE.values())
    for patient, name in zip(data["patients"], names, strict=False):
        patient["id"] = name
    data["hospitals"][0]["x-name"] = HOSTILE["long"]
    data["name"] = HOSTILE["long"]


def written(folder: Path, kind: str, language: str = "en") -> str:
    """The address of a page in a file."""
    document = read(hostile if kind == "hostile" else lambda _: None)
    plan = infeasible(document) if kind == "infeasible" else planned(document)
    facts = {"hospital": "DE-UKE", "specialty": "burns", "count": 2}
    advice = [Proposal("place", "", facts, Figure(10.2, "exact"))] if kind == "advised" else None
    path = folder / "plan.html"
    path.write_bytes(make_page(document, plan, language=language, advice=advice))
    return path.as_uri()


def opened(browser: Browser, address: str, size: tuple[int, int], scheme: str = "light") -> Page:
    """The page in a window of this size; a word on the console or a request is an error."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url))
    page.goto(address)
    assert told == [address]
    return page


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_is_accessible(
    browser: Browser, tmp_path: Path, language: str, scheme: str, size: tuple[int, int]
) -> None:
    """Tests WCAG 2.2 AA as far as axe can: contrast, names, headings, tables, landmarks, targets."""
    page = opened(browser, written(tmp_path, "advised", language), size, scheme)
    result = Axe().run(page, options=AXE)
    assert result.violations_count == 0, result.generate_report()


def test_a_fault_would_be_found(browser: Browser, tmp_path: Path) -> None:
    """Tests that the test above can fail: grey on white is told."""
    page = opened(browser, written(tmp_path, "plain"), DESKTOP)
    page.evaluate("document.querySelector('.note').style.color = '#aaa'")
    assert "color-contrast" in Axe().run(page, options=AXE).generate_snapshot()


@pytest.mark.parametrize("kind", ["infeasible", "hostile"])
def test_odd_pages_are_accessible(browser: Browser, tmp_path: Path, kind: str) -> None:
    """Tests a page of conflicts, and one with names that are long or hostile."""
    result = Axe().run(opened(browser, written(tmp_path, kind), DESKTOP), options=AXE)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("kind", ["plain", "hostile", "infeasible"])
@pytest.mark.parametrize("size", [PHONE, NARROWEST], ids=["360", "320"])
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_nothing_is_cut_off_on_a_phone(
    browser: Browser, tmp_path: Path, kind: str, size: tuple[int, int], language: str
) -> None:
    """Tests that nobody has to scroll sideways."""
    page = opened(browser, written(tmp_path, kind, language), size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_page_can_be_used_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Tests that Tab first reaches a visible link to the content, then every link in the page's order."""
    page = opened(browser, written(tmp_path, "plain"), DESKTOP)
    focused = "document.activeElement.getAttribute('href') || document.activeElement.tagName"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "#content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    links = page.evaluate("[...document.querySelectorAll('nav a')].map(it => it.getAttribute('href'))")
    reached = []
    for _ in links:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(focused))
    assert reached == links
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_hospitals_that_receive_nobody_open_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Tests the only part of the page that can be closed."""

    def third(data: Document) -> None:
        data["hospitals"].append(data["hospitals"][1] | {"id": "DE-TUM"})

    document = read(third)
    path = tmp_path / "plan.html"
    path.write_bytes(make_page(document, planned(document)))
    page = opened(browser, path.as_uri(), DESKTOP)
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("details table").is_visible()


def test_the_page_prints_on_a4(browser: Browser, tmp_path: Path) -> None:
    """Tests that it prints, in dark mode too, and that what only helps on a screen is left out."""
    page = opened(browser, written(tmp_path, "plain"), DESKTOP, "dark")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95" in pdf or b"/MediaBox [0 0 595" in pdf
