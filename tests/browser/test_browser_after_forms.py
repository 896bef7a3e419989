"""Tests that the pages which only a form leads to are as accessible as those of the walk."""

from __future__ import annotations

import json

import pytest
from accessible import accessible_in_four_ways, heard
from answering import Service, switched
from playwright.sync_api import BrowserContext, expect
from walks import ADMINISTRATOR

SOUND = {
    "id": "NO-WALK",
    "country": "NO",
    "places": {"burns": 1},
    "reach": [{"airport": "ENBR", "road_minutes": 30, "x-estimate": True}],
    "x-name": "Prøvevik sykehus",
}
FAULTY = {**SOUND, "country": "Norway"}


def test_token(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests the page that shows a new token, and the list that it then stands in."""
    page = visitor.new_page()
    switched(page, demonstration, ADMINISTRATOR)
    complaints = heard(page)
    owner = demonstration.value("SELECT id FROM people_organisation WHERE kind = 'owner'")
    page.goto(f"{demonstration.address}/tokens/{owner}/make/")
    page.locator("main [name=name]").fill("Walk")
    page.locator("main [name=scopes][value='directory.read']").check()
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
    page.locator("main select[name=keeper]").select_option(index=1)
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(said)
    accessible_in_four_ways(page)
    assert complaints == []
