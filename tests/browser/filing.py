"""The way of a case from five fields to the published request, as a hospital and the ministry go it."""

from __future__ import annotations

import re

from accessible import accessible
from answering import Service, switched
from playwright.sync_api import Page, expect

PSEUDONYM = re.compile(r"[A-Z]{2}-\d{4}")
PATIENCE = 60_000


def opened_mission(page: Page, service: Service, code: str) -> str:
    """A mission of the demonstration's owner that asks for no papers; its id."""
    switched(page, service, "administrator")
    page.goto(f"{service.address}/directory/missions/add/")
    page.locator("#id_code").fill(code)
    for name in ("en", "nb", "uk"):
        page.locator(f"#id_name_{name}").fill(f"Mission {code}")
    page.locator("#id_first_day").fill("2024-01-01")
    page.locator("#id_owner").select_option(index=1)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"{service.address}/directory/missions/{code}/")
    return service.value(f"SELECT id FROM directory_mission WHERE code = '{code}'")


def filed(page: Page, service: Service, mission: str, name: str) -> str:
    """File a case as the hospital; its address."""
    page.goto(f"{service.address}/cases/file/")
    accessible(page, "file")
    page.locator("#id_mission").select_option(mission)
    page.locator("#id_family_name").fill(name)
    page.locator("#id_given_name").fill("Юрій")
    page.locator("#id_birth_year").fill("2999")
    page.locator("#id_diagnosis").fill("Open fracture of the left tibia")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    expect(page.locator("#id_family_name")).to_have_value(name)  # nothing typed is lost
    page.locator("#id_birth_year").fill("1987")
    page.locator("main form button[type=submit]").dblclick()
    expect(page.locator("h1")).to_contain_text(name, timeout=PATIENCE)
    return page.url.split("#")[0]


def pseudonym_of(page: Page) -> str:
    """Under which pseudonym the case stands whose page it is."""
    found: str = PSEUDONYM.findall(page.locator("h1").inner_text())[0]
    return found


def stands(page: Page, state: str) -> None:
    """The state of the case that the page shows."""
    expect(page.locator(".case-signs .state")).to_have_attribute("data-state", state, timeout=PATIENCE)


def led_on(page: Page, state: str) -> None:
    """Take the next step of the case with its one button."""
    page.locator(".next-step button[type=submit]").click()
    stands(page, state)
