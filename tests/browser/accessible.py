"""What every page that stands in a browser must be: accessible in each look, quiet, and no wider than it."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
# What can differ between two looks of one page whose elements stay where they are.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# Where every element stands, and whether and what it shows.
SHAPE = """() => JSON.stringify(Array.from(document.querySelectorAll("*"), one => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const around = ["::before", "::after"].map(part => getComputedStyle(one, part).content);
    return [one.tagName, box.x, box.y, box.width, box.height, around,
            style.display, style.visibility, style.opacity, style.fontSize, style.fontWeight];
}))"""
SIZES = ((1280, 900), (360, 740))
LOOKS = ("light", "dark")


def heard(page: Page) -> list[str]:
    """What the page complains of from now on: on the console, in scripts, by its content policy."""
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def accessible_in_every_look(page: Page, way: str) -> None:
    """The page as it stands, at the size that it has: axe finds nothing in any look, nothing sticks out.

    It is not loaded anew for a look: only style sheets ask for the look. Where they move and hide nothing,
    the second look is asked for its colours alone.
    """
    before = None
    for look in LOOKS:
        page.emulate_media(color_scheme=look, reduced_motion="reduce")  # axe reads no half-changed colour
        shape = page.evaluate(SHAPE)
        accessible(page, f"{way}, {look}", COLOURS if shape == before else AXE)
        before = shape


def accessible_in_four_ways(page: Page) -> None:
    """The page as it stands, at both sizes and in both looks."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        accessible_in_every_look(page, f"{width} px")


def accessible(page: Page, way: str, rules: dict[str, object] = AXE) -> None:
    """The page as it stands: axe finds nothing by these rules, nothing sticks out."""
    if page.evaluate("typeof axe") == "undefined":  # half a megabyte, handed over once for each loading
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", rules)["violations"]
    problems = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    assert problems == [], way
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], way
