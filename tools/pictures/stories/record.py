"""Stories of tokens, retention and the record, after everything else has happened."""

from __future__ import annotations

from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.stories.people import TARAS, YASNA
from pictures.visit import visiting

REASON = "The district court of Kharkiv asks that these stay until its case is over."


def tokens(site: Site, camera: Camera, browser: Browser) -> None:
    """A token is made, shown once, and listed."""
    with visiting(site, camera, browser, "administrator") as visit:
        owner = visit.place.value("SELECT id FROM people_organisation WHERE kind = 'owner'")
        visit.open(f"tokens/{owner}/make/")
        visit.fill(name="Data warehouse", scopes="directory.read")
        visit.send()
        visit.take("tokens-made")
        visit.see("tokens/", "tokens-listed")


def retention(site: Site, camera: Camera, browser: Browser) -> None:
    """What is over is listed, a decision is asked for and made, and a legal hold is set."""
    with visiting(site, camera, browser, "administrator") as visit:
        visit.open("operations/retention/")
        with visit.page.expect_navigation():
            visit.page.locator("main table form button").first.click()
        visit.take("operations-run")
        if visit.page.locator("main [name=reason]").count():
            visit.fill(reason="too short")
            visit.page.locator("main form").last.evaluate("one => one.noValidate = true")
            with visit.page.expect_navigation():
                visit.page.locator("main button[value=refuse]").click()
            visit.take("operations-run-refused")
            visit.fill(reason="Two of the families have asked for these letters; wait for a year.")
            with visit.page.expect_navigation():
                visit.page.locator("main button[value=refuse]").click()
            visit.take("operations-run-decided")
    with visiting(site, camera, browser, "auditor") as visit:
        visit.open("operations/retention/")
        if visit.page.locator("main [name=kind]:not([type=hidden])").count():
            visit.first_of("kind")
            visit.fill(reason=REASON)
            visit.send("main form[action$='/holds/'] button, main form:has(select) button")
        visit.take("operations-retention-hold")


def the_record(site: Site, camera: Camera, browser: Browser) -> None:
    """Who looked, what changed, what left, as the administrator and as somebody whose data they are."""
    with visiting(site, camera, browser, "administrator") as visit:
        visit.see("record/looks/", "record-looks-full")
        visit.see("record/looks/?kind=cases.case", "record-looks-cases")
        visit.see("record/looks/?since=2001-01-01&until=2001-01-02", "record-looks-nothing")
        visit.see("record/exports/", "record-exports-full")
        person, organisation = (visit.place.value(one) for one in (TARAS, YASNA))
        visit.see(f"record/history/people.user/{person}/", "record-history-person")
        visit.see(f"record/history/people.organisation/{organisation}/", "record-history-organisation")
        mission = visit.place.value("SELECT id FROM directory_mission WHERE code = 'ukraine-2022'")
        visit.see(f"record/history/directory.mission/{mission}/", "record-history-mission")
        visit.see("people/account/sessions/", "people-sessions-several")
    case = "SELECT id FROM cases_case WHERE state = 'published' ORDER BY changed_at DESC LIMIT 1"
    with visiting(site, camera, browser, "auditor") as visit:
        visit.see("record/looks/", "record-looks-auditor")
        visit.see("record/mine/", "record-mine-auditor")
        visit.see(f"record/history/cases.case/{visit.place.value(case)}/", "record-history-case")
    with visiting(site, camera, browser, "ministry") as visit:
        visit.see("record/looks/", "record-looks-ministry")
        visit.see("record/mine/", "record-mine-full")
        visit.see(f"record/history/cases.case/{visit.place.value(case)}/", "record-history-case-ministry")
        visit.see("messages/", "messages-inbox-ministry")
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        visit.see("messages/", "messages-inbox-hospital")
        visit.see("record/looks/", "record-looks-hospital")
        visit.see("record/mine/", "record-mine-hospital")
        visit.see("", "start-hospital-later")
