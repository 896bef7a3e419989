"""Stories of papers: one through its life, and those of a case."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting

OWN_DRAFT = (
    "SELECT c.id FROM cases_case c JOIN people_membership m ON m.organisation_id = c.requester_id"
    " JOIN people_user u ON u.id = m.user_id WHERE u.email = 'hospital_coordinator@demo.invalid'"
    " AND c.state = 'draft' ORDER BY c.pseudonym LIMIT 1"
)


def a_paper() -> bytes:
    """A PDF of one page."""
    page = Image.new("RGB", (595, 842), "white")
    drawn = ImageDraw.Draw(page)
    for line in range(18):
        drawn.rectangle((60, 90 + 34 * line, 535 - 40 * (line % 3), 98 + 34 * line), fill="#666666")
    out = io.BytesIO()
    page.save(out, "PDF")
    return out.getvalue()


def _uploaded(visit: Visit, path: str, content: bytes, **values: str) -> None:
    visit.open(path)
    _sent(visit, content, **values)


def _sent(visit: Visit, content: bytes, **values: str) -> None:
    file = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": content}
    visit.page.locator("main [type=file]").set_input_files(file)  # type: ignore[arg-type]
    visit.fill(**values)
    visit.send()


def papers(site: Site, camera: Camera, browser: Browser) -> None:
    """One paper through its life."""
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        _uploaded(visit, "documents/upload/", b"MZ no letter", kind="form-027", title="Виписка 027/о")
        visit.take("documents-upload-refused")
        _uploaded(visit, "documents/upload/", a_paper(), kind="form-027", title="Виписка 027/о")
        visit.take("documents-uploaded")
        address = visit.page.url.split("/documents/")[1].split("/")[0]
        visit.open(f"documents/{address}/redact/")
        visit.fill(redacted=True)
        _sent(visit, a_paper(), title="Виписка 027/о без імен")
        visit.take("documents-redacted")
        visit.see(f"documents/{address}/", "documents-with-versions")
        visit.see(f"documents/{address}/translation/", "documents-translation-choices")
        visit.see("documents/", "documents-list-full")
        visit.open(f"documents/{address}/withdraw/")
        visit.fill(reason="The paper of another patient was uploaded by mistake.")
        visit.send()
        visit.take("documents-withdrawn")
        visit.open(f"documents/{address}/destroy/")
        visit.fill(reason="The paper of another patient was uploaded by mistake.")
        visit.send()
        visit.take("documents-destroyed")


def papers_of_a_case(site: Site, camera: Camera, browser: Browser) -> None:
    """A draft's papers: none, refused, uploaded, attached, chosen for an item, taken off."""
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        case = visit.place.value(OWN_DRAFT)
        visit.see(f"cases/{case}/", "case-papers-none")
        visit.see(f"cases/{case}/documents/attach/", "case-papers-attach-none")
        _uploaded(visit, f"cases/{case}/documents/upload/", b"MZ no letter", kind="form-027", title="027/о")
        visit.take("case-papers-upload-refused")
        _sent(visit, a_paper(), kind="form-027", title="Виписка 027/о", dated="2026-11-20")
        visit.take("case-papers-uploaded")
        _uploaded(visit, "documents/upload/", a_paper(), kind="identity-paper", title="Паспорт, сторінка 1")
        visit.open(f"cases/{case}/documents/attach/")
        visit.take("case-papers-attach")
        visit.first_of("document")
        visit.send()
        visit.take("case-papers-attached")
        visit.open(f"cases/{case}/items/form-027/")
        visit.fill(present="yes")
        visit.first_of("document")
        visit.take("case-papers-item")
        visit.send()
        visit.take("case-papers-item-saved")
        visit.open(f"cases/{case}/")
        visit.page.locator("main a[href$='/detach/']").first.click()
        visit.page.wait_for_url("**/detach/")
        visit.take("case-papers-take-off")
        visit.send()
        visit.take("case-papers-taken-off")
