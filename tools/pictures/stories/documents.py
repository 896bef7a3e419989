"""The story of papers: uploaded, refused, redacted, translated, withdrawn, destroyed."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting


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
