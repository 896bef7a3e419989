"""Stories of places and offers: a hospital's places with faults and a workbook, an offer up to its loss."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting

GIVING = "SELECT id FROM directory_hospital WHERE code = 'NO-SORVIK'"
OTHER_MISSION = "SELECT code FROM directory_mission WHERE code <> 'ukraine-2022' ORDER BY code LIMIT 1"
PLACE = "SELECT id FROM offers_place WHERE label LIKE '%{label}%' ORDER BY label LIMIT 1"
WAITING = (
    "SELECT c.id FROM cases_case c WHERE c.state = 'published' AND NOT EXISTS"
    " (SELECT 1 FROM offers_offer o WHERE o.case_id = c.id) ORDER BY c.created_at LIMIT 1"
)
CHOSEN = "SELECT id FROM offers_offer WHERE case_id = '{case}' AND state = 'chosen'"
DAY = (date.today() + timedelta(days=2)).isoformat()
FORM = "main form[method=post]:not(.grave form) button[type=submit]:visible"


def places_of_a_hospital(site: Site, camera: Camera, browser: Browser) -> None:
    """Places added, changed, taken back and imported, each first with faults; numbers beside them."""
    with visiting(site, camera, browser, "coordination_centre") as visit:
        page = f"offers/places/{visit.place.value(GIVING)}/ukraine-2022"
        other = visit.place.value(OTHER_MISSION)
        visit.see(f"offers/places/{visit.place.value(GIVING)}/{other}/", "offers-places-none")
        visit.open_carelessly(f"{page}/add/")
        visit.send()
        visit.take("offers-places-add-faults")
        label = f"Window {camera.language}"
        visit.fill(label=label, first_day=DAY, count="2", stay_days="21")
        visit.first_of("specialty")
        visit.send()
        visit.take("offers-places-added")
        place = f"offers/places/one/{visit.place.value(PLACE.format(label=label))}/"
        visit.open_carelessly(place)
        visit.fill(label="")
        visit.page.locator(FORM).first.click()
        visit.take("offers-place-faults")
        visit.open_carelessly(place)
        visit.page.locator("main details.grave summary").click()
        visit.send("main details.grave button")
        visit.take("offers-place-taking-faults")
        visit.open(f"{page}/number/?kind=isolation")
        visit.fill(number="0")
        visit.send()
        visit.take("offers-places-number-refused")
        for name, first in (("faults", "some day"), ("trial", DAY)):
            _upload(visit, page.split("/")[2], first)
            visit.take(f"offers-import-{name}")
        visit.send()
        visit.take("offers-import-written")
        _upload(visit, page.split("/")[2], DAY)
        visit.take("offers-import-nothing")
    with visiting(site, camera, browser, "auditor") as visit:
        visit.see(f"offers/places/{visit.place.value(GIVING)}/ukraine-2022/", "offers-places-auditor")


def offers_and_a_choice(site: Site, camera: Camera, browser: Browser) -> None:
    """A place is offered, another named, one chosen and lost; every form first with faults."""
    with visiting(site, camera, browser, "coordination_centre") as visit:
        case = visit.place.value(WAITING)
        visit.see(f"cases/{case}/", "offers-case-none")
        visit.open_carelessly(f"offers/case/{case}/offer/")
        visit.fill(earliest_day="2020-01-01")
        visit.page.locator("main form .actions button").first.click()
        visit.take("offers-offer-faults")
        visit.open(f"offers/case/{case}/offer/")
        visit.first_of("place")
        visit.fill(housing="Flat near the hospital, paid by the municipality", payer="Norway")
        visit.page.locator("main form .actions button").nth(1).click()
        visit.take("offers-case-draft")
        visit.send("main .offer form button")
        visit.take("offers-case-one")
    with visiting(site, camera, browser, "ministry") as visit:
        visit.open_carelessly(f"offers/case/{case}/offer/?place=named")
        visit.page.locator("main form .actions button").first.click()
        visit.take("offers-named-faults")
        visit.fill(label=f"Station {camera.language}")
        visit.page.locator("main [name=organisation]").select_option(label="Koordinierungsstelle (Beispiel)")
        german = visit.page.locator("main [name=hospital] option", has_text="Heidelberg").first
        visit.page.locator("main [name=hospital]").select_option(value=german.get_attribute("value"))
        visit.page.locator("main form .actions button").first.click()
        visit.take("offers-case-two")
        visit.see(f"offers/case/{case}/sheet/", "offers-sheet-two")
        visit.open_carelessly(f"offers/case/{case}/choose/")
        visit.page.locator("main form .actions button").first.click()
        visit.take("offers-choose-faults")
        visit.page.locator("main [name=first]").first.check()
        visit.page.locator("main [name=second]").last.check()
        visit.fill(chooser="patient", chooser_name="Оксана Дяченко", language="українська")
        visit.page.locator("main form .actions button").first.click()
        visit.page.wait_for_url(f"**/cases/{case}/*")
        visit.take("offers-case-chosen")
        visit.open_carelessly(f"offers/{visit.place.value(CHOSEN.format(case=case))}/lose/")
        visit.page.locator("main form button[type=submit]").first.click()
        visit.take("offers-lose-faults")
        visit.page.locator("main [name=reason]").first.check()
        visit.page.locator("main form button[type=submit]").first.click()
        visit.take("offers-case-lost")
    with visiting(site, camera, browser, "administrator") as visit:
        for name, path in (("switch", "switch"), ("target", "target")):
            visit.open_carelessly(f"offers/national/ukraine-2022/{path}/")
            if visit.page.locator("main form[method=post]").count():
                visit.send()
                visit.take(f"offers-{name}-faults")


def _upload(visit: Visit, hospital: str, first: str) -> None:
    """A workbook of two places: read, and its trial shown."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Places"
    sheet.append(["Place", "Specialty", "From", "Expected stay in days"])
    sheet.append([f"9A {visit.camera.language}", "orthopaedics", first, 30])
    sheet.append([f"9B {visit.camera.language}", "burns", DAY, 40])
    out = BytesIO()
    book.save(out)
    visit.open(f"offers/places/import/?mission=ukraine-2022&hospital={hospital}")
    file = {"name": "places.xlsx", "mimeType": "application/zip", "buffer": out.getvalue()}
    visit.page.locator("main [type=file]").set_input_files(file)  # type: ignore[arg-type]
    visit.send()
