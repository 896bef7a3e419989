"""Stories beside one case: letters of the minister, the same patient twice, workbooks, duty desk, papers."""

from __future__ import annotations

from case_books import book_of
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from pictures.camera import Camera
from pictures.site import Site
from pictures.stories.one_case import CASE
from pictures.visit import Visit, visiting

PAPER_SCALE = 1.6  # 1 is 72 dots an inch
ROWS = (
    {"own_reference": "A-1", "family_name": "Згурський", "given_name": "Юрій", "birth_date": "1990-04-05",
     "diagnosis": "Open fracture of the left tibia", "priority": "P2", "specialties": "orthopaedics"},
    {"own_reference": "A-2", "family_name": "Ґудзик", "given_name": "Уляна", "birth_date": "2001-09-30",
     "diagnosis": "Burns of both hands", "priority": "P1", "specialties": "burns"},
)  # fmt: skip


def letters_of_the_minister(site: Site, camera: Camera, browser: Browser) -> None:
    """A letter is written down, and names persons of a case."""
    with visiting(site, camera, browser, "ministry") as visit:
        visit.open("cases/letters/add/")
        visit.first_of("owner")
        visit.in_the_war()
        visit.fill(number="26-04/1187")
        visit.send()
        visit.take("cases-letter-fresh")
        case = visit.place.value(CASE)
        visit.open(f"cases/{case}/letter/")
        visit.take("cases-name-persons-choice")
        visit.first_of("letter")
        visit.send()
        visit.see("cases/letters/", "cases-letters-one")
        letter = visit.place.value("SELECT id FROM cases_ministersletter LIMIT 1")
        visit.see(f"cases/letters/{letter}/", "cases-letter-names")


def same_patient(site: Site, camera: Camera, browser: Browser) -> None:
    """Pairs are listed and compared; one is merged, one kept apart."""
    site.find_same_patients()
    with visiting(site, camera, browser, "ministry") as visit:
        visit.see("cases/same-patient/", "cases-suspicions-some")
        visit.open("cases/same-patient/")
        visit.page.locator("main tbody a").first.click()
        visit.page.wait_for_load_state("load")
        visit.take("cases-suspicion")
        with visit.page.expect_navigation():
            visit.page.locator("main button[name=keep][value=first]").click()
        visit.take("cases-suspicions-merged")


def _read(visit: Visit, *rows: dict[str, str]) -> None:
    visit.open("cases/import/")
    visit.in_the_war()
    visit.first_of("requester")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "cases.xlsx", "mimeType": kind, "buffer": book_of(*rows)}
    visit.page.locator("main [type=file]").set_input_files(file)  # type: ignore[arg-type]
    visit.send()


def workbooks(site: Site, camera: Camera, browser: Browser) -> None:
    """A workbook with faults, a sound one, what it wrote; an export and the one-page summary."""
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        _read(visit, {**ROWS[0], "birth_date": "5 April", "priority": "P9"}, ROWS[1])
        visit.take("cases-import-faults")
        _read(visit, *ROWS)
        visit.take("cases-import-trial")
        visit.send()
        visit.take("cases-imported")
        _read(visit, *ROWS)
        visit.take("cases-import-nothing-new")
    with visiting(site, camera, browser, "ministry") as visit:
        visit.open("cases/export/?state=live")
        with visit.page.expect_download():
            visit.page.locator("main form[method=post] button[type=submit]").click()
        visit.see("cases/export/?state=live&priority=P1", "cases-export-narrow")
        _summaries(visit, visit.place.value(CASE))


def _summaries(visit: Visit, case: str) -> None:
    """The papers themselves, one in each language, as pictures."""
    for language in ("en", "nb", "uk", "de", "pl"):
        name = f"paper-summary-{language}"
        if not visit.camera.wants(name):
            continue
        visit.open(f"cases/{case}/summary/")
        visit.fill(language=language, personal=True)
        with visit.page.expect_download() as taken:
            visit.page.locator("main form[method=post] button[type=submit]").click()
        paper = visit.camera.folder / f"{name}.pdf"
        taken.value.save_as(paper)
        PdfDocument(paper)[0].render(scale=PAPER_SCALE).to_pil().save(paper.with_suffix(".png"))


def duty_desk(site: Site, camera: Camera, browser: Browser) -> None:
    """The log of a desk with an open point, a shift handed over, and taken by somebody else."""
    with visiting(site, camera, browser, "ministry") as visit:
        visit.open("cases/duty/")
        visit.fill(text="The train to Przemyśl is two hours late; the hub knows.")
        visit.send("main form:has([name=text]) button[type=submit]")
        pseudonym = visit.place.value(f"SELECT pseudonym FROM cases_case WHERE id = ({CASE})")
        visit.fill(text="Form 027 of this case is not signed.", pseudonym=pseudonym, open_point=True)
        visit.send("main form:has([name=text]) button[type=submit]")
        visit.take("cases-desk-open-point")
        visit.fill(text="About nobody", pseudonym="XX-0000")
        visit.send("main form:has([name=text]) button[type=submit]")
        visit.take("cases-desk-refused")
        visit.open("cases/duty/")
        visit.fill(remark="Call Kharkiv at 06:00.")
        visit.send("main form:has([name=remark]) button[type=submit]")
        visit.take("cases-desk-handed-over")
