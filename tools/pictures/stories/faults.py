"""What is shown where something is wrong: by real requests, against a real service that is really broken."""

from __future__ import annotations

from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting

MANY_FIELDS = 1200
TOO_MANY_ATTEMPTS = 12
TOO_LARGE_BYTES = 41 * 1024 * 1024


def faults(site: Site, camera: Camera, browser: Browser) -> None:
    """400, 403 in two kinds, 404, 413, 429, 500 and 503."""
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        visit.see("nowhere/", "fault-404")
        visit.see("cases/00000000-0000-0000-0000-000000000000/", "fault-404-case")
        visit.see("people/review/", "fault-403")
        visit.open("documents/refer/")
        visit.page.evaluate(
            "count => { const form = document.querySelector('main form'); form.noValidate = true;"
            " for (let i = 0; i < count; i++) { const one = document.createElement('input');"
            " one.type = 'hidden'; one.name = 'x' + i; form.append(one) } }",
            MANY_FIELDS,
        )
        visit.send()
        visit.take("fault-400")
        visit.open("documents/refer/")
        visit.page.evaluate(
            "() => { const form = document.querySelector('main form'); form.noValidate = true;"
            " form.querySelector('[name=csrfmiddlewaretoken]').value = 'stale' }"
        )
        visit.send()
        visit.take("fault-403-form-too-old")
        _too_large(visit)
        site.as_owner("ALTER TABLE documents_document RENAME TO documents_document_away")
        try:
            visit.see("documents/", "fault-500")
        finally:
            site.as_owner("ALTER TABLE documents_document_away RENAME TO documents_document")
    with visiting(site, camera, browser, "reader") as visit:
        visit.see("people/access/", "fault-403-reader")
    with visiting(site, camera, browser, earnest=True) as visit:
        visit.open("sign-in/password/reset/")
        visit.fill(email="nobody@example.org")
        visit.page.evaluate(  # at once: only so many in one minute are too many, and a browser may be slow
            "count => { const form = document.querySelector('main form[method=post]');"
            " const sent = () => fetch(form.action, {method: 'POST', body: new FormData(form)});"
            " return Promise.all(Array.from({length: count}, sent)).then(all => all.length) }",
            TOO_MANY_ATTEMPTS,
        )
        visit.send()
        visit.take("fault-429")
    with visiting(site, camera, browser, "ministry") as visit, site.without_database():
        visit.see("cases/", "fault-503")


def _too_large(visit: Visit) -> None:
    """A file that is larger than anything may be: the service answers before it has read it."""
    visit.open("documents/upload/")
    path = visit.camera.folder / "too-large.pdf"
    with path.open("wb") as file:
        file.truncate(TOO_LARGE_BYTES)
    try:
        visit.page.locator("main [type=file]").set_input_files(path)
        visit.fill(kind="form-027", title="Виписка 027/о")
        visit.send()
        visit.take("fault-413")
    except BrowserError as error:
        print(f"fault-413: {error}")
    finally:
        path.unlink()
