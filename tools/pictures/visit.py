"""Somebody at the keyboard: opens pages, fills in forms by their fields, and has pictures taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from answering import Service, switched
from playwright.sync_api import Browser, Page, Response

from pictures.camera import Camera
from pictures.site import Site

SEND = "main form[method=post] button[type=submit]:visible"
PATIENCE_MILLISECONDS = 120_000


@dataclass
class Visit:
    """One person in a browser of their own.

    Parameters
    ----------
    site, camera
        What is visited, and what takes the pictures.
    place
        The demonstration, or the service in earnest.
    page
        The browser's page.
    """

    site: Site
    camera: Camera
    place: Service
    page: Page

    def open(self, path: str) -> Response | None:
        """Open a page by its path."""
        return self.page.goto(f"{self.place.address}/{path}")

    def open_carelessly(self, path: str) -> None:
        """Open a page whose forms are sent as they are: the service says what is wrong, not the browser."""
        self.open(path)
        self.be_careless()

    def be_careless(self) -> None:
        """Have the forms of the page as it stands be sent as they are."""
        for form in self.page.locator("main form").all():
            form.evaluate("one => { one.noValidate = true }")

    def see(self, path: str, name: str) -> None:
        """Open a page and take its pictures, where they are asked for."""
        if self.camera.wants(name):
            self.open(path)
            self.camera.take(self.page, name)

    def take(self, name: str) -> None:
        """Take pictures of the page as it stands."""
        self.camera.take(self.page, name)

    def fill(self, **values: str | bool) -> None:
        """Fill in fields by their names: text, a choice, or whether a box is ticked."""
        for name, value in values.items():
            found = self.page.locator(f"main [name={name}]:not([type=hidden])")
            kind = found.first.evaluate("one => one.type")
            if kind == "select-one":
                found.select_option(str(value))
            elif isinstance(value, bool):
                found.set_checked(value)
            elif kind in ("radio", "checkbox"):
                self.page.locator(f"main [name={name}][value='{value}']").check()
            else:
                found.fill(value)

    def in_the_war(self) -> None:
        """Choose the mission that the demonstration's cases are in, where there is a choice."""
        chosen = self.page.locator("main select[name=mission]")
        if chosen.count():
            query = "SELECT id FROM directory_mission WHERE code = 'ukraine-2022'"
            chosen.select_option(self.place.value(query))

    def first_of(self, name: str) -> None:
        """Choose the first choice of a list that is not empty."""
        values = self.page.locator(f"main select[name={name}] option").evaluate_all(
            "all => all.map(one => one.value).filter(one => one)"
        )
        self.page.select_option(f"main select[name={name}]", values[0])

    def send(self, button: str = SEND) -> None:
        """Press the last button of a form, and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator(button).last.click()

    def told_link(self, kind: str, email: str) -> str:
        """The path of the latest link that was sent to somebody."""
        lines = self.site.demonstration.notices.read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        fitting = [one["address"] for one in told if one["kind"] == kind and one["email"] == email]
        return urlsplit(fitting[-1]).path.lstrip("/")


@contextmanager
def visiting(
    site: Site, camera: Camera, browser: Browser, role: str = "", *, earnest: bool = False
) -> Iterator[Visit]:
    """A browser of a role of the demonstration, or of a stranger at either service."""
    context = browser.new_context(locale=camera.language, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    place = site.service if earnest else site.demonstration
    context.add_cookies([{"name": "django_language", "value": camera.language, "url": place.address}])
    page = context.new_page()
    if role:
        switched(page, site.demonstration, role)
    try:
        yield Visit(site, camera, place, page)
    finally:
        context.close()
