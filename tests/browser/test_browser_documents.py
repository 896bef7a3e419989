"""Tests that a real browser uploads a document, shows its first page, and takes it away again."""

from __future__ import annotations

import io
from pathlib import Path

from accessible import heard
from answering import Service, switched
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from test_browser_after_forms import accessible_in_four_ways
from walks import COORDINATOR


def letter() -> bytes:
    """A PDF of one page."""
    out = io.BytesIO()
    Image.new("RGB", (595, 842), "#cfe2f3").save(out, "PDF")
    return out.getvalue()


def uploaded(page: Page, service: Service, name: str, content: bytes) -> None:
    """Fill in the form and send it."""
    page.goto(f"{service.address}/documents/upload/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("main [type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main [name=kind]").select_option("form-027")
    page.locator("main [name=title]").fill("Виписка 027/о")
    page.locator("main button[type=submit]").click()


def test_upload_look_and_take_away(visitor: BrowserContext, demonstration: Service) -> None:
    """Tests the whole way of a PDF: form, page with a picture, download with the same bytes, the list."""
    page = visitor.new_page()
    switched(page, demonstration, COORDINATOR)
    complaints = heard(page)
    written = letter()  # it has the second in which it was made
    uploaded(page, demonstration, "Петренко.pdf", written)
    expect(page.locator("h1")).to_contain_text("Виписка 027/о")
    picture = page.locator("main figure img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 100
    accessible_in_four_ways(page)
    with page.expect_download() as taken:
        page.locator("main a.ds-button").click()
    assert taken.value.suggested_filename.startswith("D-")
    assert Path(taken.value.path()).read_bytes() == written
    page.goto(f"{demonstration.address}/documents/")
    expect(page.locator("main tbody tr")).to_have_count(2)  # and the reference of the demonstration
    accessible_in_four_ways(page)
    uploaded(page, demonstration, "letter.pdf", b"MZ no letter")
    expect(page.locator(".ds-error-summary")).to_contain_text("by its content")
    accessible_in_four_ways(page)
    assert complaints == []
