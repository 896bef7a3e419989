"""Tests the way from a published request to the reserve that is chosen, at a desk and on a phone.

Norway offers, Germany offers too by mail, the family chooses on the sheet with Germany in reserve, Norway
loses its isolation room, and Germany is chosen without a new request.
"""

from __future__ import annotations

import pytest
from accessible import accessible_in_every_look, heard
from answering import Service, switched
from playwright.sync_api import BrowserContext, Page, expect

SIZES = {"desk": (1280, 900), "phone": (360, 740)}
PATIENTS = {"desk": "Дяченко", "phone": "Чорновіл"}  # adults whose request is published in the demonstration
PATIENCE = 60_000


def stands(page: Page, state: str) -> None:
    """The state of the case that the page shows."""
    expect(page.locator(".case-signs .state")).to_have_attribute("data-state", state, timeout=PATIENCE)


def recorded(page: Page, first: str, second: str | None) -> None:
    """Fill in the form of the choice, and send it with two presses."""
    page.get_by_role("group", name="First choice").get_by_label(first).check()
    if second is not None:
        page.get_by_role("group", name="Second choice").get_by_label(second).check()
    page.locator("#id_chooser").select_option("patient")
    page.locator("#id_chooser_name").fill("Оксана Дяченко")
    page.locator("#id_language").fill("українська")
    accessible_in_every_look(page, "choice")
    page.locator("main form p.actions button").dblclick()
    stands(page, "chosen")


@pytest.mark.parametrize("size", list(SIZES))
def test_from_the_request_to_the_reserve(visitor: BrowserContext, demonstration: Service, size: str) -> None:
    """Tests each step by the buttons of the case page; two presses have one effect."""
    page = visitor.new_page()
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    case = demonstration.value(
        "SELECT c.id FROM cases_case c JOIN cases_person p ON p.id = c.person_id"
        f" WHERE p.family_name = '{PATIENTS[size]}' AND c.state = 'published'"
    )
    address = f"{demonstration.address}/cases/{case}/"
    offers = f"SELECT count(*) FROM offers_offer WHERE case_id = '{case}'"

    # Norway offers a place that is free.
    switched(page, demonstration, "coordination_centre")
    complaints = heard(page)
    page.goto(address)
    page.locator(".next-step").get_by_role("link", name="Offer a place").click()
    page.locator("#id_place").select_option(index=1)
    page.locator("#id_housing").fill("A flat near the hospital")
    accessible_in_every_look(page, "offer")
    page.get_by_role("button", name="Send the offer").dblclick()
    stands(page, "offered")
    assert demonstration.value(offers) == "1"

    # Germany offers too, by mail; the ministry writes it down.
    switched(page, demonstration, "ministry")
    page.goto(address)
    page.get_by_role("link", name="Record an offer that came by mail or telephone").click()
    page.locator("#id_organisation").select_option(label="Koordinierungsstelle (Beispiel)")
    hospital = page.locator("#id_hospital optgroup[label='Germany'] option").first
    page.locator("#id_hospital").select_option(value=hospital.get_attribute("value"))
    page.locator("#id_label").fill(f"Station 4, {size}")
    accessible_in_every_look(page, "named")
    page.get_by_role("button", name="Send the offer").dblclick()
    expect(page.locator(".offer")).to_have_count(2, timeout=PATIENCE)
    assert demonstration.value(offers) == "2"

    # The family chooses on the sheet: Norway first, Germany in reserve.
    page.get_by_role("link", name="Print the choice sheet").click()
    accessible_in_every_look(page, "sheet")
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Make the sheet").click()
    assert sheet.value.suggested_filename.endswith(".pdf")
    page.goto(address)
    page.locator(".next-step").get_by_role("link", name="Record the choice").click()
    recorded(page, "Norway", "Germany")
    expect(page.locator(".offer[data-state=chosen] h3")).to_contain_text("Norway")
    expect(page.locator(".offer[data-state=reserve] h3")).to_contain_text("Germany")
    accessible_in_every_look(page, "chosen")

    # Norway loses its isolation room; Germany can be chosen at once.
    switched(page, demonstration, "coordination_centre")
    page.goto(address)
    page.get_by_role("link", name="Say that the place is lost").click()
    expect(page.locator("main")).to_contain_text("Germany is in reserve and can be chosen at once")
    page.get_by_label("the isolation room is no longer there").check()
    accessible_in_every_look(page, "lost")
    page.get_by_role("button", name="The place is lost").click()
    stands(page, "offered")
    switched(page, demonstration, "ministry")
    page.goto(address)
    page.locator(".next-step").get_by_role("link", name="Record the choice").click()
    recorded(page, "Germany", None)
    expect(page.locator(".offer[data-state=chosen] h3")).to_contain_text("Germany")
    choices = f"SELECT count(*) FROM offers_choice WHERE case_id = '{case}' AND ended_at IS NULL"
    assert demonstration.value(choices) == "1"
    assert complaints == []
