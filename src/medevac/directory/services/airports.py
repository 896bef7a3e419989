"""Airports: added from the published list, and their hours at night."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from functools import cache
from typing import Any

import airportsdata
from django.db import transaction
from django.utils.translation import gettext as _

from medevac.directory.models import Airport
from medevac.directory.policy import CHANGE_AIRPORTS
from medevac.directory.search_keys import search_key
from medevac.directory.services.checking import save_checked
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.tables.known_airports import known_airports


@transaction.atomic
def add_airport(actor: User, icao: str) -> Airport:
    """Add an airport of the published list by its code; one that is there already is left as it is."""
    demand(actor, CHANGE_AIRPORTS)
    return keep_airport(icao)


@transaction.atomic
def add_airports(actor: User, codes: Iterable[str]) -> list[str]:
    """Add airports of the published list by their codes, in this order; returns those that were missing."""
    demand(actor, CHANGE_AIRPORTS)
    missing = airports_missing(codes)
    for code in missing:
        keep_airport(code)
    return missing


def airports_missing(codes: Iterable[str]) -> list[str]:
    """Those of the codes that are not in use here yet, each once, in this order."""
    wanted = list(dict.fromkeys(codes))
    kept = set(Airport.unscoped.filter(icao__in=wanted).values_list("icao", flat=True))
    return [code for code in wanted if code not in kept]


@cache
def _published() -> dict[str, Any]:
    return airportsdata.load("ICAO")


def keep_airport(icao: str) -> Airport:
    """The airport with this code, added if it is missing; part of another service's transaction."""
    code = icao.strip().upper()
    found = Airport.unscoped.filter(icao=code).first()
    if found is not None:
        return found
    known = known_airports().get(code)
    if known is None:
        raise RefusedError(
            _("Expected the ICAO code of an airport, got “%(code)s”, which is not in the list. Correct it.")
            % {"code": icao}
        )
    published = _published()[code]
    names = (known.name, published["city"])
    airport = Airport(
        icao=code,
        iata=published["iata"] or "",
        name=known.name,
        city=published["city"] or "",
        country=published["country"],
        latitude=known.lat,
        longitude=known.lon,
        time_zone=known.zone,
        search_key=search_key(code, published["iata"] or "", *names),
    )
    save_checked(airport)
    return airport


@transaction.atomic
def set_hours(
    actor: User, airport: Airport, *, closes_at: time | None, opens_at: time | None, note: str
) -> Airport:
    """Say when the airport is closed, in its own time."""
    demand(actor, CHANGE_AIRPORTS, airport)
    kept = Airport.unscoped.select_for_update().get(pk=airport.pk)
    kept.closes_at, kept.opens_at, kept.note = closes_at, opens_at, note
    save_checked(kept)
    return kept
