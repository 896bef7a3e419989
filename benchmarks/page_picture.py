"""Draws the page as it looks on a desktop and on a phone: docs/images/page.png, in the README.

Run `medevac demo`, then `python benchmarks/page_picture.py medevac-demo`. It needs Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from medevac.papers import make_page
from medevac.planner.reading import read_plan, read_problem

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "page.png"
DESKTOP, PHONE, HEIGHT = 722, 226, 860  # widths in the picture, and its height
DESKTOP_ZOOM, PHONE_ZOOM = 722 / 1240, 226 / 360


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description="Draw the README's picture of the page.")
    parser.add_argument("folder", type=Path, help="what `medevac demo` wrote")
    folder = parser.parse_args().folder
    document = read_problem(folder / "problem.json")
    plan = read_plan(folder / "plan.json", document.problem)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright, TemporaryDirectory() as place:
        browser = playwright.chromium.launch(executable_path=chromium, args=root)
        paths = {}
        for language in ("en", "uk"):
            paths[language] = Path(place, f"{language}.html")
            paths[language].write_bytes(make_page(document, plan, language=language))
        desktop = shot(browser, paths["en"], DESKTOP / DESKTOP_ZOOM, DESKTOP_ZOOM, "light")
        phone = shot(browser, paths["uk"], PHONE / PHONE_ZOOM, PHONE_ZOOM, "dark")
        beside(browser, desktop, phone)
    print(PICTURE)


def shot(browser: Browser, path: Path, width: float, zoom: float, scheme: Literal["light", "dark"]) -> bytes:
    """The top of a page on a screen of this width, made smaller."""
    page = browser.new_page(
        viewport={"width": round(width), "height": round(HEIGHT / zoom)},
        color_scheme=scheme,
        device_scale_factor=zoom,
    )
    page.goto(path.resolve().as_uri())
    return page.screenshot()


def beside(browser: Browser, *pictures: bytes) -> None:
    """Write pictures side by side."""
    page = browser.new_page(viewport={"width": DESKTOP + PHONE, "height": HEIGHT})
    images = "".join(
        f'<img src="data:image/png;base64,{b64encode(one).decode()}" style="height:{HEIGHT}px">'
        for one in pictures
    )
    page.set_content(f'<body style="margin:0;display:flex;overflow:hidden">{images}')
    page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
