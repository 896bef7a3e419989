"""Tests that the pages which only a form leads to are as accessible as those of the walk."""

from __future__ import annotations

import json

import pytest
from answering import Service, switched
from playwright.sync_api import BrowserContext, Page, expect
from test_browser_walk import LOOKS, SIZES, accessible, heard
from walks import ADMINISTRATOR

SOUND = {
    "id": "NO-WALK",
    "country": "NO",
    "places": {"burns": 1},
    "reach": [{"airport": "ENBR", "road_minutes": 30, "x-estimate": True}],
    "x-name": "Prøvevik sykehus",
}
FAULTY = {**SOUND, "country": "Norway"}


def accessible_in_four_ways(page: Page) -> None:
    """The page as it stands, at both sizes and in both looks."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for look in LOOKS:
            page.emulate_media(color_scheme=look, reduced_motion="reduce")  # axe reads no half-changed colour
            accessible(page, f"{width} px, {look}")


def test_token(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests the page that shows a new token, and the list that it then stands in."""
    page = visitor.new_page()
    switched(page, demonstration, ADMINISTRATOR)
    complaints = heard(page)
    owner = demonstration.value("SELECT id FROM people_organisation WHERE kind = 'owner'")
    page.goto(f"{demonstration.address}/tokens/{owner}/make/")
    page.locator("main [name=name]").fill("Walk")
    page.locator("main [name=scopes]").first.check()
    page.locator("main button[type=submit]").click()
    expect(page.locator("code.told")).to_be_visible()
    accessible_in_four_ways(page)
    page.goto(f"{demonstration.address}/tokens/")
    expect(page.locator("main tbody th")).to_have_text("Walk")
    accessible_in_four_ways(page)
    assert complaints == []


@pytest.mark.parametrize(("entry", "said"), [(SOUND, "NO-WALK"), (FAULTY, "hospitals[0].country")])
def test_import(entry: dict[str, object], said: str, visitor: BrowserContext, demonstration: Service) -> None:
    """Tests the page that says what a file would change, and the one that names its faults."""
    page = visitor.new_page()
    switched(page, demonstration, ADMINISTRATOR)
    complaints = heard(page)
    page.goto(f"{demonstration.address}/directory/hospitals/import/")
    content = json.dumps({"hospitals": [entry]}).encode()
    page.locator("main [type=file]").set_input_files(
        {"name": "hospitals.json", "mimeType": "application/json", "buffer": content}
    )
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(said)
    accessible_in_four_ways(page)
    assert complaints == []
