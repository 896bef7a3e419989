"""What a test knows of the service that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psycopg
from playwright.sync_api import Page


@dataclass(frozen=True)
class Service:
    """A service that answers.

    Parameters
    ----------
    address
        Where, without a slash at the end.
    database
        Its database, as the owner of the tables, for looking up what a test needs.
    notices
        The file with what it told, one notice a line.
    """

    address: str
    database: str
    notices: Path

    def value(self, query: str) -> str:
        """One value of the database, as text."""
        with psycopg.connect(self.database) as connection:
            row = connection.execute(query).fetchone()
        assert row is not None, query
        return str(row[0])


def switched(page: Page, service: Service, role: str) -> None:
    """Go on as the demonstration's account of a role."""
    page.goto(f"{service.address}/demonstration/")
    page.select_option("#demonstration-role", role)
    page.locator(".banner button").click()
    page.wait_for_url(f"{service.address}/")
