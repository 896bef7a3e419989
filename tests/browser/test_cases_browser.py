"""Tests a case from five fields to the published request, at a desk and on a phone; and fresh pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from accessible import accessible, accessible_in_every_look, heard
from answering import Service, switched
from filing import PATIENCE, filed, led_on, opened_mission, pseudonym_of, stands
from playwright.sync_api import BrowserContext, expect

SIZES = {"desk": (1280, 900), "phone": (360, 740)}
NAMES = {"desk": "Столбурдюк", "phone": "Яремчукевич"}  # nobody is asked whether the two are one patient


@pytest.mark.parametrize("size", list(SIZES))
def test_from_five_fields_to_published(
    visitor: BrowserContext, somebody_else: BrowserContext, demonstration: Service, size: str
) -> None:
    """Tests each step by its one button, one case of two presses, and that another's page hears."""
    page = visitor.new_page()
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    mission = opened_mission(page, demonstration, f"five-fields-{size}")
    switched(page, demonstration, "hospital_coordinator")
    complaints = heard(page)
    name = NAMES[size]
    address = filed(page, demonstration, mission, name)
    count = f"SELECT count(*) FROM cases_person WHERE family_name = '{name}'"
    assert demonstration.value(count) == "1"
    accessible(page, "draft")
    # What is known grows: a search for a code loses nothing that was typed.
    page.goto(f"{address}change/clinical/")
    page.locator("#id_allergies").fill("penicillin")
    page.locator("#icd_search").fill("shaft tibia")
    page.locator("button[name=find]").click()
    expect(page.locator("#id_allergies")).to_have_value("penicillin")
    page.locator("input[name=icd_add][value='S82.2']").check()
    accessible(page, "codes")
    page.locator("main form p.actions button").click()
    expect(page.locator("main")).to_contain_text("Fracture of shaft of tibia")
    pseudonym = pseudonym_of(page)
    led_on(page, "submitted")

    # The hospital keeps its page open while the ministry works in a browser of its own.
    ministry = somebody_else.new_page()
    ministry.set_viewport_size({"width": width, "height": height})
    switched(ministry, demonstration, "ministry")
    ministry.goto(f"{demonstration.address}/cases/?text={pseudonym.lower().replace('-', '')}")
    accessible(ministry, "list")
    ministry.get_by_role("link", name=pseudonym).click()
    for state in ("verified", "published"):
        led_on(ministry, state)
        stands(page, state)
    expect(page.locator("p.live")).not_to_be_empty()
    accessible(page, "published")
    ministry.goto(f"{demonstration.address}/cases/board/?mission={mission}&column=published")
    expect(ministry.locator(".board-column.here")).to_contain_text(pseudonym)
    shown = ministry.locator(".board-column:visible").count()
    assert shown == (1 if size == "phone" else 11)
    accessible(ministry, "board")
    assert complaints == []


def test_what_is_being_typed_stays(
    visitor: BrowserContext, somebody_else: BrowserContext, demonstration: Service
) -> None:
    """Tests that a writer is warned of another's change, loses no word, and sees where the two differ."""
    page, other = visitor.new_page(), somebody_else.new_page()
    mission = opened_mission(page, demonstration, "typed-at-once")
    switched(page, demonstration, "hospital_coordinator")
    address = filed(page, demonstration, mission, "Одночасний")
    page.goto(f"{address}change/wishes/")
    page.locator("#id_payer").fill("The family")
    switched(other, demonstration, "ministry")
    other.goto(f"{address}change/wishes/")
    other.locator("#id_payer").fill("The ministry")
    other.locator("main form p.actions button").click()
    expect(page.locator("[data-live-warns]")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#id_payer")).to_have_value("The family")
    page.locator("main form p.actions button").click()
    expect(page.locator("main table")).to_contain_text("The ministry")
    expect(page.locator("#id_payer")).to_have_value("The family")
    accessible(page, "both values")
    page.locator("main form p.actions button").click()
    expect(page.locator("main")).to_contain_text("The family")


def test_whoever_files_is_asked_on_a_phone(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests the question at entry on a phone: it leads to the live case, or files somebody else's."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    mission = opened_mission(page, demonstration, "asked-at-entry")
    switched(page, demonstration, "hospital_coordinator")
    first = filed(page, demonstration, mission, "Двічієнко")
    page.goto(f"{demonstration.address}/cases/file/")
    page.locator("#id_mission").select_option(mission)
    for field, typed in (("family_name", "Dvichiienko"), ("given_name", "Юрій"), ("birth_year", "1987")):
        page.locator(f"#id_{field}").fill(typed)
    page.locator("#id_diagnosis").fill("Burns of both hands")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".same-person")).to_be_visible()
    expect(page.locator(".same-person a.ds-button")).to_have_attribute("href", urlsplit(first).path)
    accessible_in_every_look(page, "question")
    page.locator("#who_new").check()
    page.locator(".same-person button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("Dvichiienko", timeout=PATIENCE)
