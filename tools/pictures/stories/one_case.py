"""Stories of one case: filed by a hospital, and prepared until every panel is filled."""

from __future__ import annotations

from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting

CASE = (
    "SELECT c.id FROM cases_case c JOIN cases_person p ON p.id = c.person_id"
    " WHERE c.state = 'submitted' AND p.service = 'civilian' ORDER BY c.created_at LIMIT 1"
)
OTHER = "SELECT pseudonym FROM cases_case WHERE state = 'verified' ORDER BY pseudonym LIMIT 1"


def a_hospital_files(site: Site, camera: Camera, browser: Browser) -> None:
    """Five fields, a refusal, the draft, the question at entry, codes, a saved view, and two who write."""
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        visit.open("cases/file/")
        visit.in_the_war()
        visit.fill(family_name="Столбурдюк", given_name="Мирон", birth_year="2999", diagnosis="Broken leg")
        visit.send()
        visit.take("cases-file-refused")
        visit.fill(birth_year="1987")
        visit.send()
        visit.take("cases-filed")
        draft = visit.page.url.split("/cases/")[1].split("/")[0]
        visit.open("cases/file/")  # for somebody who is in the demonstration
        visit.in_the_war()
        visit.fill(family_name="Zakharchuk", given_name="Мирон", birth_year="1987", diagnosis="Broken leg")
        visit.send()
        visit.take("cases-file-there-already")
        visit.open("cases/file/")  # and for somebody whose case has ended
        visit.in_the_war()
        visit.fill(family_name="Гайдук", given_name="Микита", birth_year="1997", diagnosis="Broken arm")
        visit.send()
        visit.take("cases-file-there-before")
        visit.open(f"cases/{draft}/change/person/")
        visit.fill(birth_date="1987-11-11", telephone="+380 44 123 45 67")
        visit.send()
        visit.open(f"cases/{draft}/change/clinical/")
        visit.fill(allergies="penicillin", history="Fell from a scaffold; two operations since.")
        visit.page.fill("#icd_search", "shaft tibia")
        with visit.page.expect_navigation():
            visit.page.locator("button[name=find]").click()
        visit.take("cases-change-codes")
        visit.open(f"cases/{draft}/change/wishes/")
        visit.fill(payer="The family")
        visit.take("cases-change-wishes-own")
        with visiting(site, camera, browser, "ministry") as other:
            other.open(f"cases/{draft}/change/wishes/")
            other.fill(payer="The ministry")
            other.send()
        visit.send()
        visit.take("cases-change-both-wrote")
        visit.open("cases/?columns=state&columns=name&columns=clock")
        visit.page.locator("details.keep-view").evaluate("one => { one.open = true }")
        visit.page.fill("#view_name", "Ours, by clock")
        with visit.page.expect_navigation():
            visit.page.locator("details.keep-view button").click()
        visit.take("cases-list-saved-view")
        visit.open("cases/?state=draft&priority=P2")
        visit.page.locator("form.case-filters details").first.evaluate("one => { one.open = true }")
        visit.take("cases-list-filters-open")


def a_full_case(site: Site, camera: Camera, browser: Browser) -> None:
    """Companions, family, consents, samples, assessments, fitness, isolation, items: every panel filled."""
    with visiting(site, camera, browser, "ministry") as visit:
        case = visit.place.value(CASE)
        _companions(visit, case)
        _consents(visit, case)
        _screened(visit, case)
        _items(visit, case)
        visit.see(f"cases/{case}/", "cases-full-ministry")
        visit.see(f"cases/{case}/act/withdraw/", "cases-act-withdraw-full")
        for action in ("verify", "return-to-hospital", "decline", "mark-duplicate", "record-death"):
            visit.see(f"cases/{case}/act/{action}/", f"cases-act-{action}")
        visit.open(f"cases/{case}/act/record-death/")
        if visit.page.locator("main form[method=post]").count():
            visit.page.locator("main form").last.evaluate("one => { one.noValidate = true }")
            visit.send()
            visit.take("cases-act-refused")
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        visit.see("cases/", "cases-list-hospital-later")
    with visiting(site, camera, browser, "oblast_coordinator") as visit:
        visit.see(f"cases/{case}/", "cases-full-oblast")


def _companions(visit: Visit, case: str) -> None:
    visit.open(f"cases/{case}/companions/add/")
    visit.fill(
        family_name="Щербань", given_name="Олеся", birth_date="1984-03-02", sex="female",
        relation="mother", telephone="+380 50 111 22 33", pets="one cat",
    )  # fmt: skip
    visit.send()
    companion = visit.place.value(
        f"SELECT id FROM cases_companion WHERE case_id = '{case}' ORDER BY id LIMIT 1"
    )
    visit.see(f"cases/companions/{companion}/", "cases-change-companion")
    visit.open(f"cases/{case}/family/")
    visit.fill(pseudonym="XX-0000", together="together")
    visit.send()
    visit.take("cases-family-refused")
    visit.fill(pseudonym=visit.place.value(OTHER), together="together")
    visit.send()


def _consents(visit: Visit, case: str) -> None:
    for purpose in ("treatment-abroad", "data-transfer", "photographs"):
        visit.open(f"cases/{case}/consents/add/")
        visit.fill(purpose=purpose, giver="patient", giver_name="Олеся Щербань", language="українська")
        visit.send()
    consent = visit.place.value(
        f"SELECT id FROM cases_consent WHERE case_id = '{case}' AND purpose = 'photographs'"
    )
    visit.see(f"cases/consents/{consent}/withdraw/", "cases-withdraw-consent")
    visit.open(f"cases/consents/{consent}/withdraw/")
    visit.fill(withdrawn_by="Олеся Щербань")
    visit.send()
    visit.take("cases-consent-withdrawn")


def _screened(visit: Visit, case: str) -> None:
    for organism, site in (("mrsa", "nose"), ("vre", "rectum")):
        visit.open(f"cases/{case}/samples/add/")
        visit.fill(organism=organism, site=site)
        visit.send()
    sample = visit.place.value(f"SELECT id FROM cases_screening WHERE case_id = '{case}' LIMIT 1")
    visit.open(f"cases/samples/{sample}/")
    visit.take("cases-record-result")
    visit.fill(result="positive", remark="Growth after 24 hours")
    visit.send()
    visit.open(f"cases/{case}/assessments/add/")
    visit.fill(assessor="Dr. Ткаченко, surgeon", text="Wound clean, no fever, walks with crutches.")
    visit.send()
    visit.open(f"cases/{case}/fitness/")
    visit.fill(fit="yes", decided_by="Dr. Ткаченко, surgeon", conditions="Crutches; a seat at the aisle")
    visit.send()
    if "/fitness" in visit.page.url:
        visit.take("cases-fitness-refused")
        visit.fill(valid_until="2027-12-31T12:00")
        visit.send()
    if "/fitness" in visit.page.url:
        visit.take("cases-fitness-refused-again")
        visit.fill(valid_until="2026-12-03T12:00", override_reason="The caution was weighed and is small.")
        visit.send()
    visit.open(f"cases/{case}/isolation/")
    visit.fill(isolation="contact", decided_by="Dr. Ткаченко", reason="Positive for MRSA; a room of its own.")
    visit.send()
    visit.take("cases-isolation-decided")


def _items(visit: Visit, case: str) -> None:
    visit.open(f"cases/{case}/items/form-027/")
    visit.fill(present="yes")
    visit.send()
    visit.take("cases-item-saved")
    visit.open(f"cases/{case}/")
    links = visit.page.locator("main a[href*='/items/'][href$='/assign/']").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    if links:
        visit.open(links[0].lstrip("/"))
        visit.fill(telephone="+380 57 700 00 00")
        visit.send()
    if len(links) > 1:
        visit.open(links[-1].lstrip("/").replace("/assign/", "/waive/"))
        if visit.page.locator("main [name=reason]").count():
            visit.fill(reason="The embassy has agreed to do without it.")
            visit.send()
