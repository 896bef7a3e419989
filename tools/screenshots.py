"""Takes pictures of every page, to be looked at: desk and telephone, light and dark.

It starts a demonstration and a service of its own, fills in forms as people do, and lays the pictures on
sheets that show light and dark beside each other:

    uv run python tools/screenshots.py pictures --only cases --language uk --width 360

A picture that was taken is not yet one that was looked at: docs/reference/looked-at.md says which were.
"""

from __future__ import annotations

import argparse
import re
import sys
import traceback
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / one) for one in ("tools", "tests", "tests/browser", "tests/cases", "tests/offers")]

from pictures.camera import HEIGHTS, LOOKS, Camera  # noqa: E402
from pictures.sheets import make_sheets  # noqa: E402
from pictures.site import Site, standing  # noqa: E402
from pictures.stories import STORIES  # noqa: E402
from pictures.walking import walk_everywhere  # noqa: E402

from real_browser import CHROMIUM, QUIET  # noqa: E402


def main() -> None:
    """Read the words of the command line, take the pictures, and lay them on sheets."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path, help="where pictures and sheets are put")
    words.add_argument("--only", default="", help="a regular expression: what a page's name must contain")
    words.add_argument("--story", default="", help="a regular expression: only these stories; “walk” is one")
    words.add_argument("--language", default="en", choices=("en", "nb", "uk"))
    words.add_argument(
        "--width", type=int, action="append", choices=sorted(HEIGHTS), help="both unless given"
    )
    words.add_argument("--look", action="append", choices=LOOKS, help="both unless given")
    given = words.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(
        given.folder, given.language, given.width or tuple(HEIGHTS), given.look or LOOKS, given.only
    )
    with standing() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--no-sandbox"])
        failed = [name for name in _chosen(given.story) if not _told(name, site, camera, browser)]
        browser.close()
    for width in camera.widths:
        sheets = make_sheets(
            given.folder, camera.taken, width, given.folder, begins=camera.begins, looks=given.look or LOOKS
        )
        print(f"{len(camera.taken)} pages at {width} px on {len(sheets)} sheets")
    if failed:
        sys.exit(f"These stories broke off: {', '.join(failed)}.")


def _chosen(pattern: str) -> list[str]:
    """The walk over the pages that are fresh, then the stories, in their order."""
    return [name for name in ("walk", *STORIES) if re.search(pattern, name)]


def _told(name: str, site: Site, camera: Camera, browser: Browser) -> bool:
    """Whether a story came to its end; one that does not leaves the others alone."""
    try:
        (walk_everywhere if name == "walk" else STORIES[name])(site, camera, browser)
    except Exception:
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    main()
