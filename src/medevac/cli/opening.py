"""Opens a page in the browser, where there is a screen and somebody in front of it."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def screen_there() -> bool:
    """Whether somebody sits at a terminal of a machine with a screen."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_address(address: str) -> bool:
    """Open an address, and say whether a browser took it; without a screen nothing happens."""
    if not screen_there():
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def open_page(page: Path) -> bool:
    """Open a page that exists, and say whether a browser took it; without a screen nothing happens."""
    return page.is_file() and open_address(page.resolve().as_uri())
