"""Takes pictures of every page of the walk, to be looked at: desk and telephone, light and dark.

It needs a demonstration that answers (`medevac demo` prints its address) and the address of its database as
the owner, for looking up what an address is filled in with:

    uv run python tools/screenshots.py http://localhost:8000 postgresql://… pictures --only cases:
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from answering import Service, switched  # noqa: E402
from walks import LOOKED_UP, NOBODY, WALKS, Walk  # noqa: E402

from real_browser import CHROMIUM, QUIET  # noqa: E402

LOOKED_UP_TOO = {
    "own": (
        "SELECT c.id FROM cases_case c JOIN people_membership m ON m.organisation_id = c.requester_id"
        " JOIN people_user u ON u.id = m.user_id WHERE u.email = 'hospital_coordinator@demo.invalid'"
        " AND c.state = 'draft' ORDER BY c.pseudonym LIMIT 1"
    ),
}
SIZES = ((1280, 800), (360, 740))
LOOKS = ("light", "dark")
# More to see than the walk needs: the pages that most people meet first, as those who work with them.
MORE = (
    Walk("cases:cases", "cases/", "hospital_coordinator"),
    Walk("cases:case", "cases/{own}/", "hospital_coordinator"),
    Walk("start", "", "hospital_coordinator"),
    Walk("start", "", "ministry"),
)


def main() -> None:
    """Read the words of the command line and take the pictures."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("address", help="where the demonstration answers, without a slash at the end")
    words.add_argument("database", help="its database, as the owner")
    words.add_argument("folder", type=Path, help="where the pictures are put")
    words.add_argument(
        "--only", default="", help="a regular expression that the name of the page must contain"
    )
    words.add_argument("--language", default="en", choices=("en", "nb", "uk"))
    given = words.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    service = Service(given.address, given.database, given.folder)
    chosen = [walk for walk in (*WALKS, *MORE) if re.search(given.only, walk.page)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--no-sandbox"])
        for role in sorted({walk.role for walk in chosen}):
            context = _signed_in(browser, service, role, given.language)
            for walk in chosen:
                if walk.role == role:
                    _take(context, service, walk, given.folder, given.language)
            context.close()
        browser.close()


def _signed_in(browser: Browser, service: Service, role: str, language: str) -> BrowserContext:
    """A browser of a role in a language."""
    context = browser.new_context(locale=language, reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": language, "url": service.address}])
    if role != NOBODY:
        page = context.new_page()
        switched(page, service, role)
        page.close()
    return context


def _take(context: BrowserContext, service: Service, walk: Walk, folder: Path, language: str) -> None:
    """Four pictures of one page; a page wider than its screen is named."""
    queries = LOOKED_UP | LOOKED_UP_TOO
    values = {name: service.value(query) for name, query in queries.items() if f"{{{name}}}" in walk.path}
    path = walk.path.format(**values)
    plain = re.sub(r"[^a-z0-9]+", "-", f"{walk.page} {walk.path.split('?')[0]}".lower()).strip("-")
    page = context.new_page()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{service.address}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            print(f"{walk.page} as {walk.role or 'nobody'}: {wide} px wide at {width} px")
        for look in LOOKS:
            page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
            name = f"{plain}.{walk.role or 'nobody'}.{language}.{width}.{look}.png"
            page.screenshot(path=folder / name, full_page=True)
    page.close()


if __name__ == "__main__":
    main()
