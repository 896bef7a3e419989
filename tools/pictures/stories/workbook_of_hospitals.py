"""The story of a file of hospitals: what it would change, and where it is wrong."""

from __future__ import annotations

import json

from playwright.sync_api import Browser
from test_browser_after_forms import FAULTY, SOUND

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import visiting

PLACE = {"x-lat": 60.37, "x-lon": 5.36, "x-city": "Prøvevik"}


def hospitals(site: Site, camera: Camera, browser: Browser) -> None:
    """A file with faults, a sound one, and the hospital that it adds, with its closing."""
    with visiting(site, camera, browser, "administrator") as visit:
        for name, entry in (("faults", FAULTY), ("trial", {**SOUND, **PLACE})):
            visit.open("directory/hospitals/import/")
            content = json.dumps({"hospitals": [entry]}).encode()
            file = {"name": "hospitals.json", "mimeType": "application/json", "buffer": content}
            visit.first_of("keeper")
            visit.page.locator("main [type=file]").set_input_files(file)  # type: ignore[arg-type]
            visit.send()
            visit.take(f"directory-import-{name}")
        visit.send()
        visit.take("directory-imported")
        added = visit.place.value("SELECT id FROM directory_hospital WHERE code = 'NO-WALK'")
        visit.see(f"directory/hospitals/{added}/", "directory-hospital-imported")
        visit.open(f"directory/hospitals/{added}/change/")
        for folded in visit.page.locator("main details").all():
            folded.evaluate("one => { one.open = true }")
        visit.take("directory-hospital-closing")
        visit.open("directory/missions/ukraine-2022/change/")
        for folded in visit.page.locator("main details").all():
            folded.evaluate("one => { one.open = true }")
        visit.take("directory-mission-closing")
