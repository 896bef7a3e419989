"""A camera: a page as it stands, at each size and in each look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

HEIGHTS = {1280: 800, 360: 740}
LOOKS = ("light", "dark")
FRAMED = ("start", "cases-cases", "sign-in", "fault")  # where the frame is looked at as well


@dataclass
class Camera:
    """Takes pictures of pages and keeps their names.

    Parameters
    ----------
    folder
        Where the pictures are put.
    language
        In which the pages are read.
    widths
        In which sizes, by their width in pixels.
    looks
        In which looks.
    only
        A regular expression: what the name of a page must contain.
    taken
        The names, in the order in which they were taken.
    begins
        By name and width: how far from left and top the page's own content begins, below and beside the frame
        that all pages share; a sheet leaves the frame out.
    """

    folder: Path
    language: str
    widths: Sequence[int] = (1280, 360)
    looks: Sequence[str] = LOOKS
    only: str = ""
    taken: list[str] = field(default_factory=list)
    begins: dict[str, tuple[int, int]] = field(default_factory=dict)

    def wants(self, name: str) -> bool:
        """Whether pictures of this page are asked for."""
        return re.search(self.only, name) is not None

    def take(self, page: Page, name: str) -> None:
        """A picture at each size and in each look; a page wider than its screen is named."""
        if not self.wants(name):
            return
        page.wait_for_load_state("load")
        for width in self.widths:
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                print(f"{name}: {wide} px wide at {width} px")
            if not name.startswith(FRAMED):
                box = page.locator("main").bounding_box()
                self.begins[f"{name}.{width}"] = (int(box["x"]), int(box["y"])) if box else (0, 0)
            for look in self.looks:
                page.emulate_media(color_scheme=look, reduced_motion="reduce")  # type: ignore[arg-type]
                page.screenshot(path=self.folder / f"{name}.{width}.{look}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": HEIGHTS[1280]})
        self.taken.append(name)
