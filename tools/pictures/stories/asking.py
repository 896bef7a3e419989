"""Stories of asking: a round is made and followed and answered, and the planner advises whom to ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Browser
from sheet_books import book_of_sheets

from medevac.tables.asks.sheets import ANSWERS
from medevac.tables.container import WORKBOOK_TYPE
from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting

LINK = (
    "SELECT secret_link FROM messages_delivery WHERE kind = 'offers.answer_link' AND secret_link <> ''"
    " ORDER BY created_at DESC LIMIT 1"
)
ROUND = "SELECT id FROM offers_round ORDER BY made_at DESC LIMIT 1"
OPEN = f"SELECT id FROM offers_ask WHERE state = 'open' AND round_id = ({ROUND}) ORDER BY id LIMIT 1"
RUN = "SELECT id FROM offers_advicerun ORDER BY asked_at DESC LIMIT 1"
FROM_OPEN = (
    "FROM offers_ask a JOIN cases_case c ON c.id = a.case_id JOIN people_organisation o ON o.id = a.asked_id"
)
OF_OWN = (
    "JOIN offers_round r ON r.id = a.round_id JOIN people_organisation asker ON asker.id = r.asker_id"
    " WHERE a.state = 'open' AND asker.kind = 'centre' ORDER BY a.id LIMIT 1"
)
OPEN_CASE, OPEN_ASKED = (f"SELECT {what} {FROM_OPEN} {OF_OWN}" for what in ("c.pseudonym", "o.name"))
DAY = (date.today() + timedelta(days=3)).isoformat()


def asks_and_answers(site: Site, camera: Camera, browser: Browser) -> None:
    """Two cases are asked for; one ask is answered by link in each language's page, one by telephone."""
    with visiting(site, camera, browser, "coordination_centre") as visit:
        visit.see("offers/rounds/", "offers-rounds-some")
        visit.open("offers/rounds/ask/")
        visit.send("main form.ask-form button[type=submit]")
        visit.take("offers-ask-faults")
        for name, most in (("cases", 3), ("organisations", 3)):
            boxes = visit.page.locator(f"main [name={name}]")
            for number in range(min(most, boxes.count())):
                boxes.nth(number).check()
        visit.fill(telephone="+47 22 00 11 22", remark="Flight on Thursday if possible.")
        visit.take("offers-ask-chosen")
        visit.send("main form.ask-form button[type=submit]")
        visit.take("offers-round-fresh")
        ask = visit.place.value(OPEN)
        visit.open_carelessly(f"offers/rounds/asks/{ask}/recorded/")
        visit.send()
        visit.take("offers-record_answer-faults")
        visit.fill(answerer="Kari Moen, ward leader", yes="yes", earliest_day=DAY, isolation=True)
        if visit.page.locator("main select[name=hospital]").count():
            visit.first_of("hospital")
        visit.send()
        visit.take("offers-round-telephone")
        for language in ("en", "nb", "uk", "de", "pl"):
            _by_link(visit, browser, language)
        visit.see(f"offers/rounds/{visit.place.value(ROUND)}/", "offers-round-answered")
    with visiting(site, camera, browser, "receiving_hospital") as visit:
        visit.see("offers/asks/", "offers-asks-some")
        visit.see("", "start-asked")
        visit.see(f"offers/asks/{visit.place.value(OPEN)}/", "offers-answer-some")


def _by_link(visit: Visit, browser: Browser, language: str) -> None:
    """A link is sent, opened by a stranger, and in one language used up."""
    ask = visit.place.value(OPEN)
    visit.open(f"offers/rounds/asks/{ask}/link/")
    visit.fill(address=f"desk-{language}@hospital.example", language=language)
    visit.send()
    path = urlsplit(visit.place.value(LINK)).path.lstrip("/")
    with visiting(visit.site, visit.camera, browser) as stranger:
        stranger.open(path)
        stranger.take(f"offers-link-{language}")
        if language != "pl":
            return
        stranger.be_careless()
        stranger.send()
        stranger.take("offers-link-faults")
        stranger.fill(answerer="Jan Nowak, lekarz dyżurny", yes="no", no_reason="no-staff")
        stranger.send()
        stranger.take("offers-link-answered")
        stranger.open(path)
        stranger.take("offers-link-over")


def advice_on_asks(site: Site, camera: Camera, browser: Browser) -> None:
    """A flight is worked out, changed by hand, and some of its asks are sent."""
    with visiting(site, camera, browser, "coordination_centre") as visit:
        visit.see("offers/whom-to-ask/", "offers-mission_advice-none")
        visit.open("offers/whom-to-ask/")
        visit.send("main form.fit-choice button[type=submit]")
        visit.take("offers-advice_run-at-work")
        site.work_out_advice()
        path = f"offers/whom-to-ask/{visit.place.value(RUN)}/"
        visit.see(path, "offers-advice_run-done")
        visit.see(f"{path}again/", "offers-advice_again")
        visit.open(f"{path}again/")
        choices = visit.page.locator("main select[name^=wish-]")
        if choices.count():
            choices.nth(0).select_option("too-far")
        visit.send("main form.ask-form button[type=submit]")
        site.work_out_advice()
        visit.see(f"offers/whom-to-ask/{visit.place.value(RUN)}/", "offers-advice_run-changed")
        visit.open(path)
        if visit.page.locator("#adopt").count():
            visit.send("#adopt button[type=submit]")
            visit.take("offers-round-of-advice")
        visit.see(path, "offers-advice_run-adopted")
        visit.see("offers/whom-to-ask/", "offers-mission_advice-some")


def asks_by_workbook(site: Site, camera: Camera, browser: Browser) -> None:
    """Answers that came by telephone are read from a workbook: with faults, as a trial, and written."""
    with visiting(site, camera, browser, "coordination_centre") as visit:
        answer = {
            "case": visit.place.value(OPEN_CASE),
            "asked": visit.place.value(OPEN_ASKED),
            "yes": "no",
            "no_reason": "no place is free",
            "answerer": "Kari Moen, ward leader",
            "answered_at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        }
        wrong = {**answer, "no_reason": "weather", "answered_at": "yesterday", "case": "XX-0000"}
        for name, told in (("faults", wrong), ("trial", answer)):
            visit.open("offers/workbook/import/")
            visit.first_of("mission")
            file = {
                "name": "telephone.xlsx",
                "mimeType": WORKBOOK_TYPE,
                "buffer": book_of_sheets([(ANSWERS, [told])]),
            }
            visit.page.locator("main [type=file]").set_input_files(file)  # type: ignore[arg-type]
            visit.send()
            visit.take(f"offers-asks-import-{name}")
        visit.send()
        visit.take("offers-asks-imported")
