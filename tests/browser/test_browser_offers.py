"""Tests the whole way of an offer, from the hospital that files a case to the reserve that is chosen.

A hospital files, the ministry publishes, Norway asks two regions, one answers by the signed link and one by
telephone, Norway offers, Germany offers too, the family chooses on the sheet with Germany in reserve, Norway
loses its isolation room, and Germany is chosen without a new request. At a desk, and on a phone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from accessible import accessible, accessible_in_every_look, heard
from answering import Service
from filing import PATIENCE, filed, led_on, pseudonym_of, stands
from offering_world import GERMANY, SECOND_REGION, SOMEBODY, World, offering_world
from playwright.sync_api import Browser, Page, expect

SIZES = {"desk": (1280, 900), "phone": (360, 740)}
NAMES = {"desk": "Федорищенко", "phone": "Цимбалюк"}  # nobody is asked whether the two are one patient
LANGUAGES = {"desk": "nb", "phone": "de"}
SOON = (date.today() + timedelta(days=2)).isoformat()


@pytest.fixture(scope="module")
def world(chromium: Browser, demonstration: Service) -> Iterator[World]:
    """One world for both sizes."""
    with offering_world(chromium, demonstration) as opened:
        yield opened


class Way:
    """One case on its way, at one size, with the page of everybody who acts."""

    def __init__(self, world: World, size: str) -> None:
        self.world, self.service, self.size = world, world.service, size
        self._heard: list[list[str]] = []
        self._pages: dict[str, Page] = {}
        self.address = self.case = self.pseudonym = ""

    def page(self, who: str) -> Page:
        """Somebody's page, the same for the whole way."""
        if who not in self._pages:
            self._pages[who] = self.world.page(who, SIZES[self.size])
            self._heard.append(heard(self._pages[who]))
        return self._pages[who]

    def complaints(self) -> list[str]:
        """What pages complained of, except that a link that is used up opens nothing."""
        return [one for page in self._heard for one in page if "410" not in one]

    def at_case(self, who: str) -> Page:
        """Somebody's page, with the case on it."""
        page = self.page(who)
        page.goto(self.address)
        return page

    def counted(self, table: str, condition: str = "true") -> int:
        """How many rows of the case there are."""
        query = f"SELECT count(*) FROM {table} WHERE case_id = '{self.case}' AND {condition}"
        return int(self.service.value(query))

    def passed(self, page: Page, step: str, *, looks: bool = False) -> None:
        """The page as it stands is accessible; a picture is kept where somebody wants one."""
        if folder := os.environ.get("MEDEVAC_PICTURES"):
            page.screenshot(path=str(Path(folder) / f"{step}-{self.size}.png"), full_page=True)
        if looks:  # the walk stands on this page in no look
            accessible_in_every_look(page, step)
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
        else:
            accessible(page, step)


@pytest.mark.parametrize("size", list(SIZES))
def test_from_the_hospital_to_the_reserve(world: World, size: str) -> None:
    """Tests each step by the buttons of the pages, by whoever takes it; two presses have one effect."""
    way = Way(world, size)
    published(way)
    asked(way)
    answered_by_link(way)
    answered_by_telephone(way)
    norway_offers(way)
    germany_offers(way)
    the_family_chooses(way)
    norway_loses_its_room(way)
    germany_is_chosen(way)
    assert way.complaints() == []


def published(way: Way) -> None:
    """The hospital files a case, and the ministry verifies and publishes it."""
    hospital = way.page("hospital_coordinator")
    way.address = filed(hospital, way.service, way.world.mission, NAMES[way.size])
    way.case = way.address.rstrip("/").rsplit("/", 1)[1]
    way.pseudonym = pseudonym_of(hospital)
    led_on(hospital, "submitted")
    way.passed(hospital, "01-submitted")
    ministry = way.at_case("ministry")
    for state in ("verified", "published"):
        led_on(ministry, state)
    way.passed(ministry, "02-published")


def asked(way: Way) -> None:
    """Norway's centre asks two regions; a search loses no tick."""
    page = way.at_case("coordination_centre")
    page.get_by_role("link", name="Ask regions or hospitals").click()
    page.get_by_label("Helseregion Fjord").check()
    page.get_by_label(SECOND_REGION).check()
    page.locator("#find-case").fill("ZZ")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_label(way.pseudonym)).to_be_checked()
    expect(page.get_by_label(SECOND_REGION)).to_be_checked()
    page.locator("#id_telephone").fill("+47 22 33 44 55")
    way.passed(page, "03-ask", looks=True)
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(page.locator(".round-numbers")).to_contain_text("0 of 2 asks answered", timeout=PATIENCE)
    assert way.counted("offers_ask") == 2


def answered_by_link(way: Way) -> None:
    """One region answers without an account, in one of the five languages, by what the link shows."""
    page = way.page("coordination_centre")
    page.get_by_label(f"Send Helseregion Fjord a link for {way.pseudonym}").click()
    page.locator("#id_address").fill("vakt@fjord.example")
    page.locator("#id_language").select_option(LANGUAGES[way.size])
    way.passed(page, "04-send-link")
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("main")).to_contain_text("not opened yet")
    link = way.service.value(
        "SELECT d.secret_link FROM messages_delivery d JOIN messages_message m ON m.id = d.message_id"
        f" WHERE d.kind = 'offers.answer_link' AND m.pseudonym = '{way.pseudonym}'"
    )
    region = way.page(SOMEBODY)
    region.goto(link)
    expect(region.locator("html")).to_have_attribute("lang", LANGUAGES[way.size])
    expect(region.locator("body")).not_to_contain_text(NAMES[way.size])
    region.locator("#id_answerer").fill("Kari Nes, vaktleder")
    region.locator("input[name=yes][value=yes]").check()
    region.locator("#id_hospital").select_option(label="Fjord universitetssykehus")
    region.locator("#id_earliest_day").fill(SOON)
    region.locator("#id_isolation").check()
    way.passed(region, "05-link", looks=True)
    region.locator("main form button[type=submit]").click()
    expect(region.locator("main form")).to_have_count(0)
    expect(region.locator("h1")).to_be_visible()
    way.passed(region, "06-link-answered", looks=True)
    region.goto(link)  # used up by the answer
    expect(region.locator("main form")).to_have_count(0)
    assert region.context.cookies() == []
    page.reload()
    expect(page.locator("main")).to_contain_text("Kari Nes, vaktleder")


def answered_by_telephone(way: Way) -> None:
    """The other region telephones; the coordinator records who said what, and when."""
    page = way.page("coordination_centre")
    page.get_by_label(f"Record what {SECOND_REGION} said or wrote of {way.pseudonym}").click()
    page.locator("#id_answerer").fill("Per Dahl, seksjonsleder")
    expect(page.locator("#id_answered_at")).not_to_have_value("")
    page.locator("input[name=yes][value=no]").check()
    page.locator("#id_no_reason").select_option("no-place")
    way.passed(page, "07-telephone")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.locator(".round-numbers")).to_contain_text("2 of 2 asks answered, 1 with yes")
    expect(page.locator("main")).to_contain_text("Per Dahl, seksjonsleder")
    way.passed(page, "08-round", looks=True)


def norway_offers(way: Way) -> None:
    """Norway offers a place with an isolation room, on the yes of its region."""
    page = way.at_case("coordination_centre")
    page.locator(".next-step").get_by_role("link", name="Offer a place").click()
    place = page.locator("#id_place option").filter(has_text="Orto 3").first
    page.locator("#id_place").select_option(value=place.get_attribute("value"))
    page.locator("#id_earliest_day").fill(SOON)
    page.locator("#id_stay_days").fill("45")
    page.locator("#id_isolation").check()
    page.locator("#id_housing").fill("A flat near the hospital, paid by the municipality")
    page.locator("#id_homeward").fill("By air, paid by the health service")
    page.locator("#id_payer").fill("The Norwegian state")
    way.passed(page, "09-offer")
    page.get_by_role("button", name="Send the offer").dblclick()
    stands(page, "offered")
    assert way.counted("offers_offer") == 1
    assert way.counted("offers_hold", "isolation AND state = 'offered'") == 1
    way.passed(page, "10-offered")


def germany_offers(way: Way) -> None:
    """Germany's own centre names a place of a hospital that keeps none here."""
    page = way.at_case(GERMANY)
    expect(page.locator("body")).not_to_contain_text(NAMES[way.size])
    page.get_by_role("link", name="Offer a place").first.click()
    hospital = page.locator("#id_hospital optgroup[label='Germany'] option").first
    page.locator("#id_hospital").select_option(value=hospital.get_attribute("value"))
    page.locator("#id_label").fill(f"Station 4, {way.size}")
    page.locator("#id_specialty").select_option("orthopaedics")
    way.passed(page, "11-named-place")
    page.get_by_role("button", name="Send the offer").dblclick()
    expect(page.locator(".offer")).to_have_count(2, timeout=PATIENCE)
    assert way.counted("offers_offer") == 2


def the_family_chooses(way: Way) -> None:
    """The hospital prints the sheet, and keeps the signed copy with the choice: Norway, then Germany."""
    page = way.at_case("hospital_coordinator")
    way.passed(page, "12-two-offers")
    page.get_by_role("link", name="Print the choice sheet").click()
    way.passed(page, "13-sheet")
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Make the sheet").click()
    assert sheet.value.suggested_filename.endswith(".pdf")
    page.goto(way.address)
    page.locator(".next-step").get_by_role("link", name="Record the choice").click()
    page.get_by_role("group", name="Second choice").get_by_label("Germany").check()
    page.locator("#id_sheet").set_input_files(
        {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": sheet.value.path().read_bytes()}
    )
    chosen(way, page, "Norway", "14-choice")
    expect(page.locator(".offer[data-state=reserve] h3")).to_contain_text("Germany")
    expect(page.locator("main")).to_contain_text("Signed sheet:")
    assert way.counted("cases_casedocument") == 1
    way.passed(page, "15-chosen", looks=True)
    expect(way.at_case(GERMANY).locator("body")).not_to_contain_text(NAMES[way.size])


def chosen(way: Way, page: Page, country: str, step: str) -> None:
    """Fill in who chose, and send the form with two presses."""
    page.get_by_role("group", name="First choice").get_by_label(country).check()
    page.locator("#id_chooser").select_option("patient")
    page.locator("#id_chooser_name").fill(f"{NAMES[way.size]} Юрій")
    page.locator("#id_language").fill("українська")
    way.passed(page, step)
    page.locator("main form p.actions button").dblclick()
    stands(page, "chosen")
    expect(page.locator(".offer[data-state=chosen] h3")).to_contain_text(country)
    assert way.counted("offers_choice", "ended_at IS NULL") == 1


def norway_loses_its_room(way: Way) -> None:
    """The hospital itself says so; its country's offer ends, and Germany's can be chosen at once."""
    page = way.at_case("receiving_hospital")
    expect(page.locator("h1")).to_contain_text(NAMES[way.size])  # chosen, so that the person is open
    page.get_by_role("link", name="Say that the place is lost").click()
    expect(page.locator("main")).to_contain_text("Germany is in reserve and can be chosen at once")
    page.get_by_label("the isolation room is no longer there").check()
    way.passed(page, "16-lost")
    page.locator("main form button[type=submit]").dblclick()
    stands(page, "offered")
    expect(page.locator("main")).to_contain_text("Germany is in reserve and can be chosen at once")
    expect(page.locator("main")).not_to_contain_text(NAMES[way.size])  # closed to it again
    way.passed(page, "17-after-the-loss")
    assert way.counted("offers_hold", "state = 'freed'") == 1


def germany_is_chosen(way: Way) -> None:
    """Without a new request: the ministry records the second choice of the family."""
    page = way.at_case("ministry")
    stands(page, "offered")
    way.passed(page, "18-reserve")
    page.locator(".next-step").get_by_role("link", name="Record the choice").click()
    chosen(way, page, "Germany", "19-choice-of-the-reserve")
    way.passed(page, "20-germany")
    assert way.counted("cases_casestep", "action = 'publish'") == 1
    assert way.counted("offers_hold", "state = 'reserved'") == 1
    expect(way.at_case(GERMANY).locator("h1")).to_contain_text(NAMES[way.size])
