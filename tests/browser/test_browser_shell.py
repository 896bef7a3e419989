"""Tests what the shell does in a browser: keys, cards on a telephone, faults, looks, paper, the switcher."""

from __future__ import annotations

from answering import Service, switched
from playwright.sync_api import BrowserContext, expect


def test_keys(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests the skip link and every key that the page "Keyboard" lists."""
    page = visitor.new_page()
    switched(page, demonstration, "administrator")
    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("g s?")  # letters in a field are letters
    expect(page.locator("#find")).to_have_value("g s?")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/keyboard/")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url(f"{demonstration.address}/")


def test_tables_become_cards(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that on a telephone each value stands beside its heading, and a reader still hears a table."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    switched(page, demonstration, "administrator")
    page.goto(f"{demonstration.address}/people/review/")
    cell = page.locator("tbody td").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Role"'
    expect(page.get_by_role("columnheader", name="Role")).to_be_attached()
    expect(page.get_by_role("row")).not_to_have_count(0)


def test_menu_on_a_telephone(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that the navigation opens, closes with Escape, and leads on."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    switched(page, demonstration, "administrator")
    rooms = page.locator("#rooms")
    expect(rooms).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(rooms).to_be_visible()
    page.keyboard.press("Escape")
    expect(rooms).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    rooms.get_by_role("link", name="Organisations").click()
    page.wait_for_url("**/people/organisations/")


def test_faults_lead_to_their_fields(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that the summary of faults takes the focus, and leads to fields with their messages."""
    page = visitor.new_page()
    switched(page, demonstration, "administrator")
    owner = demonstration.value("SELECT id FROM people_organisation WHERE kind = 'owner'")
    page.goto(f"{demonstration.address}/people/organisations/{owner}/admit/")
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.locator("main form button[type=submit]").click()
    summary = page.locator(".ds-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    field = page.locator("#id_name")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert "id_name_error" in described
    expect(page.locator("#id_name_error")).not_to_be_empty()


def test_the_look(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that the dark look can be chosen on a light device, stays, and needs no script."""
    page = visitor.new_page()
    page.goto(f"{demonstration.address}/about/")
    light = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    page.locator("button[popovertarget=settings]").click()
    page.get_by_role("button", name="Dark").click()
    page.goto(f"{demonstration.address}/keyboard/")
    dark = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert dark != light


def test_another_language(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that the switch speaks Ukrainian everywhere, and Polish where there is Polish."""
    page = visitor.new_page()
    page.goto(f"{demonstration.address}/about/")
    page.locator("button[popovertarget=settings]").click()
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("h1")).to_have_text("O medevac")
    page.locator("button[popovertarget=settings]").click()
    page.get_by_role("button", name="Українська").click()
    expect(page.locator("h1")).to_have_text("Про medevac")


def test_paper(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that only the page itself is printed, black on white."""
    page = visitor.new_page()
    switched(page, demonstration, "administrator")
    page.goto(f"{demonstration.address}/people/review/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator("#rooms")).to_be_hidden()
    expect(page.locator("main table")).to_be_visible()
    assert (
        page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        == "rgb(255, 255, 255)"
    )


def test_every_role_can_be_switched_to(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests that each role of the demonstration comes to its start page."""
    page = visitor.new_page()
    page.goto(f"{demonstration.address}/demonstration/")
    roles = page.locator("main button[name=role]").evaluate_all("buttons => buttons.map(one => one.value)")
    assert len(roles) == 17
    for role in roles:
        page.goto(f"{demonstration.address}/demonstration/")
        page.locator(f"main button[value={role}]").click()
        expect(page.locator("h1")).to_have_text("What waits for you")
