"""Debian's Chromium for the tests of several rooms.

One Playwright runs at a time in a thread, so a fixture keeps the browser for its module and no longer.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
PATIENCE_MILLISECONDS = 120_000  # a busy machine is slow, which is no fault
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def real_browser() -> Iterator[Browser]:
    """A browser of its own; as root it must run without its sandbox.

    Without Chromium the test is skipped; where MEDEVAC_NEEDS_CHROMIUM is set, as by `.ci/run`, it fails.
    """
    if CHROMIUM is None:
        missing = "Expected Chromium on the PATH, found none: apt-get install chromium."
        if os.environ.get("MEDEVAC_NEEDS_CHROMIUM"):
            pytest.fail(missing)
        pytest.skip(missing)
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *root])
        yield browser
        browser.close()
