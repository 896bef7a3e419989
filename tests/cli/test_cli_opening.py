"""Tests that a page is opened only where somebody can see it."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import pytest

from medevac.cli.opening import open_page


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open; nobody's browser is started by a test."""
    addresses: list[str] = []

    class Browser(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            addresses.append(url)
            return True

    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    webbrowser.register("noted", None, Browser(), preferred=True)
    return addresses


@pytest.fixture
def at_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person at a terminal of a machine with a screen."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that exists, with a space and a letter beyond ASCII in its path."""
    path = tmp_path / "uke én" / "plan.html"
    path.parent.mkdir()
    path.write_text("<!doctype html>", encoding="utf-8")
    return path


@pytest.mark.usefixtures("at_a_screen")
def test_a_page_is_opened_at_a_screen(page: Path, opened: list[str]) -> None:
    """Tests that the browser is given the page's address."""
    assert open_page(page)
    assert opened == [page.as_uri()]


@pytest.mark.usefixtures("at_a_screen")
def test_a_wayland_screen_counts(page: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests a screen without X."""
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert open_page(page)


@pytest.mark.usefixtures("at_a_screen")
def test_without_a_screen_nothing_is_opened(
    page: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests a server that somebody is logged in to."""
    monkeypatch.delenv("DISPLAY")
    assert not open_page(page)
    assert opened == []


@pytest.mark.usefixtures("at_a_screen")
def test_in_a_script_nothing_is_opened(
    page: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests output that goes into a file."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not open_page(page)
    assert opened == []


@pytest.mark.usefixtures("at_a_screen")
def test_a_page_that_is_not_there_is_not_opened(tmp_path: Path, opened: list[str]) -> None:
    """Tests a plan without a page."""
    assert not open_page(tmp_path / "plan.html")
    assert opened == []
