"""Loads many invented places and offers with their history beside the cases of `load_cases`, by COPY.

Offers, holds, choices, asks and answers are such as the services would have left them; all constraints hold
meanwhile. Into a database that has been migrated and has no organisations yet::

    DATABASE_URL=… python3 -m uv run python benchmarks/load_offers.py --places 20000 --offers 50000
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from case_world import CaseWorld, build_world
from load_cases import _analyse as analyse
from load_cases import _copy as copy
from load_cases import _without_triggers as without_triggers
from load_cases import load
from offer_rows import OfCase, Rows, invent_places, invent_rows
from offer_world import OfferWorld, build_offer_world

CASES, PLACES, OFFERS = 12_000, 20_000, 50_000
PUBLISHED_AT_LEAST = 1


def load_offers(
    world: OfferWorld, places: int, offers: int, *, seed: int = 1, now: datetime | None = None
) -> dict[str, int]:
    """Load so many places, and offers for the cases that were published.

    Parameters
    ----------
    world
        Who offers, as `build_offer_world` has made it; the cases are loaded already.
    places, offers
        How many.
    seed, now
        As in `offer_rows`.

    Returns
    -------
    How many rows were written, by the name of the table.
    """
    from django.db import transaction
    from django.utils import timezone

    from medevac.offers.models import Answer, Ask, Choice, Hold, Offer, Place

    now = now or timezone.now()
    models = (Place, Offer, Hold, Choice, Ask, Answer)
    written: dict[str, int] = {}
    cases = _published()
    if len(cases) < PUBLISHED_AT_LEAST:
        raise ValueError("Expected cases that have been published, got none. Load more cases first.")
    rows = invent_places(world, places, seed=seed, now=now)
    several = list(invent_rows(world, cases, rows, offers, seed=seed + 1, now=now))
    with transaction.atomic(), without_triggers(models):
        copy(written, Place, rows, lambda row: row["confirmed_at"])
        copy(written, Offer, _all(several, "offers"), lambda row: row["made_at"])
        copy(written, Hold, _all(several, "holds"), lambda row: row["state_since"])
        copy(written, Choice, _all(several, "choices"), lambda row: row["recorded_at"])
        copy(written, Ask, _all(several, "asks"), lambda row: row["state_since"])
        copy(written, Answer, _all(several, "answers"), lambda row: row["recorded_at"])
    analyse(models)
    return written


def _published() -> list[OfCase]:
    from medevac.cases.models import Case

    rows = Case.unscoped.filter(published_at__isnull=False).order_by("pk")
    fields = ("pk", "state", "state_since", "published_at", "child", "position", "isolation")
    return [OfCase(*row) for row in rows.values_list(*fields)]


def _all(several: Iterable[Rows], name: str) -> list[dict[str, Any]]:
    return [row for one in several for row in getattr(one, name)]


def load_everything(
    cases: int, places: int, offers: int, *, seed: int = 1
) -> tuple[CaseWorld, OfferWorld, dict[str, int]]:
    """Cases, places and offers, with whom they belong to, into an empty database."""
    from django.utils import timezone

    now = timezone.now()
    world = build_world()
    written = load(world, cases, seed=seed, now=now)
    offering = build_offer_world(world, now=now)
    return world, offering, written | load_offers(offering, places, offers, seed=seed, now=now)


def main() -> None:
    """Read the options, load, and print what was written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--places", type=int, default=PLACES)
    parser.add_argument("--offers", type=int, default=OFFERS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
    import django

    django.setup()
    begin = time.perf_counter()
    _world, _offering, written = load_everything(asked.cases, asked.places, asked.offers, seed=asked.seed)
    for table, number in written.items():
        print(f"{number:>10,} {table}")
    print(f"{time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
