"""Who goes the way of an offer: a mission with two regions of Norway and Germany, each in its browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from answering import Service, switched
from coming_in import accepted, invited, passkey_added, with_passkeys
from filing import opened_mission
from playwright.sync_api import Browser, BrowserContext, Page, expect

from real_browser import PATIENCE_MILLISECONDS

ROLES = ("hospital_coordinator", "ministry", "coordination_centre", "receiving_hospital")
GERMANY, SOMEBODY = "germany", "somebody"  # whoever answers for Germany; whoever has a link and no account
CODE, SECOND_REGION = "whole-way", "Helseregion Sør (eksempel)"

# What the demonstration's mission has is given to this one as well: countries, actors, places and rooms.
GIVEN = """
INSERT INTO {table} SELECT (jsonb_populate_record(one, jsonb_build_object(
    'id', {key}, 'mission_id', new.id))).*
FROM {table} one, directory_mission old, directory_mission new
WHERE one.mission_id = old.id AND old.code = 'ukraine-2022' AND new.code = %s AND {only}
"""
TABLES = (
    ("directory_missioncountry", "true"),
    ("directory_missionactor", "true"),
    ("offers_place", "one.closed_at IS NULL AND one.label LIKE 'Orto%%'"),
    ("offers_pool", "true"),
)


@dataclass(frozen=True)
class World:
    """The mission, and the browser of everybody who acts in it."""

    service: Service
    mission: str
    contexts: dict[str, BrowserContext]

    def page(self, who: str, size: tuple[int, int]) -> Page:
        """A page of somebody's browser, of a size."""
        page = self.contexts[who].new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        return page


@contextmanager
def offering_world(chromium: Browser, demonstration: Service) -> Iterator[World]:
    """Open it once for the desk and the phone."""
    contexts = {who: _context(chromium) for who in (*ROLES, GERMANY, SOMEBODY)}
    administrator = _context(chromium)
    page = administrator.new_page()
    mission = opened_mission(page, demonstration, CODE)
    _second_region(page, demonstration)
    _give(demonstration)
    for role in ROLES:
        own = contexts[role].new_page()
        switched(own, demonstration, role)
        own.close()
    _germany(page, contexts[GERMANY].new_page(), demonstration)
    administrator.close()
    yield World(demonstration, mission, contexts)
    for context in contexts.values():
        context.close()


def _context(chromium: Browser) -> BrowserContext:
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return context


def _second_region(page: Page, service: Service) -> None:
    centre = service.value("SELECT id FROM people_organisation WHERE kind = 'centre' AND country = 'NO'")
    page.goto(f"{service.address}/people/organisations/{centre}/add/")
    page.locator("#id_name").fill(SECOND_REGION)
    page.locator("#id_latin_name").fill("Helseregion Sor (eksempel)")
    page.locator("#id_kind").select_option("region")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice")).to_contain_text(SECOND_REGION)


def _germany(administrator: Page, page: Page, service: Service) -> None:
    """Somebody of Germany's own centre, who comes in as anybody does."""
    with_passkeys(page)
    link = invited(
        administrator, service, service, "heike@example.org", "coordination_centre", "Koordinierungsstelle%"
    )
    accepted(page, link, "Heike Brandt")
    passkey_added(page, service)
    page.close()


def _give(service: Service) -> None:
    with psycopg.connect(service.database) as connection:
        for table, only in TABLES:
            kind = connection.execute(
                "SELECT data_type FROM information_schema.columns"
                " WHERE table_name = %s AND column_name = 'id'",
                [table],
            ).fetchone()
            assert kind is not None
            key = "gen_random_uuid()"
            if kind[0] != "uuid":
                key = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
            connection.execute(GIVEN.format(table=table, key=key, only=only), [CODE])
