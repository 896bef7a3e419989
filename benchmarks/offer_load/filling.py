"""Fills a migrated database with cases, places, offers and twenty people, and tells what to ask for.

A process of its own, as the owner of the tables; it writes JSON: the people with what signs them in, and for
each the pages that are open to them, by kind.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from offer_load.pages import KINDS, Kind

if TYPE_CHECKING:
    from case_world import CaseWorld
    from medevac.people.models import Organisation, User
    from offer_world import OfferWorld

SECRET = "JBSWY3DPEHPK3PXP"  # of the one-time codes; the database lives as long as the measurement
EACH, TRIED = 30, 3  # pages of a kind for each user, and how many of them are tried
LANGUAGES = ("en", "nb", "uk")
STATES_OF = {
    "case": ("published", "offered", "chosen", "booked", "in-treatment", "returned"),
    "waiting case": ("published", "offered"),
    "offered case": ("offered",),
}


def fill(cases: int, places: int, offers: int, seed: int) -> dict[str, Any]:
    """Load, and tell what the asking process must know."""
    from load_offers import load_everything

    begin = time.perf_counter()
    world, offering, written = load_everything(cases, places, offers, seed=seed)
    seconds = time.perf_counter() - begin
    password = secrets.token_urlsafe(20)
    draw = random.Random(seed)
    people = [_told(user, draw) for user in _people(world, offering, password)]
    return {"seconds": seconds, "written": written, "password": password, "secret": SECRET, "people": people}


def _people(world: CaseWorld, offering: OfferWorld, password: str) -> list[User]:
    """Twenty people: five of centres, three of regions, six of receiving hospitals, six of those who file."""
    keepers = offering.keepers
    centres = [offering.centres["NO"], *offering.centres.values()]
    places = [
        *(("coordination_centre", one) for one in centres[:5]),
        *(("region", one) for one in offering.regions[:3]),
        *(("receiving_hospital", one.organisation) for one in keepers[:: max(1, len(keepers) // 6)][:6]),
        *[("ministry", world.ministry)] * 3,
        *(("hospital_coordinator", one) for one in world.hospitals[:: max(1, len(world.hospitals) // 3)][:3]),
    ]
    return [_person(role, place, number, password) for number, (role, place) in enumerate(places)]


def _person(role: str, place: Organisation, number: int, password: str) -> User:
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils import timezone

    from medevac.people.models import Membership, User

    user: User = User.objects.create_user(
        f"{role.replace('_', '-')}-{number}@example.org",
        password,
        name=f"{role} {number}",
        latin_name=f"{role} {number}",
        language=LANGUAGES[number % len(LANGUAGES)],
    )
    began = timezone.now() - timedelta(minutes=1)
    Membership.unscoped.create(
        user=user, organisation=place, role=role, starts=began, review_due=began + timedelta(days=180)
    )
    TOTP.activate(user, SECRET)
    return user


def _told(user: User, draw: random.Random) -> dict[str, Any]:
    """A person with the pages that answer them."""
    pages = {}
    for kind in KINDS:
        paths = _open_ones(user, _paths(user, kind, draw))
        if paths:
            pages[kind.name] = {"share": kind.share, "paths": paths}
    return {"email": user.email, "pages": pages}


def _open_ones(user: User, paths: list[str]) -> list[str]:
    """Those that answer; where the first few all do or all do not, the others are not asked."""
    first = [_answers(user, path) for path in paths[:TRIED]]
    if all(first) or not any(first):
        return paths if any(first) else []
    return [path for path in paths if _answers(user, path)]


def _answers(user: User, path: str) -> bool:
    """Whether the service answers the user with a page; asked here, before anything is measured."""
    from allauth.account.internal.flows.login import record_authentication
    from django.http import HttpRequest
    from django.test import Client

    client: Client | None = _CLIENTS.get(user.email)
    if client is None:
        client = _CLIENTS[user.email] = Client(
            headers={"host": "localhost", "x-forwarded-proto": "https"}, raise_request_exception=False
        )
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, user, "password", reauthenticated=True)
        record_authentication(request, user, "mfa", type="totp", reauthenticated=True)
        request.session.save()
    return client.get(path, secure=True).status_code == 200


_CLIENTS: dict[str, Any] = {}


def _paths(user: User, kind: Kind, draw: random.Random) -> list[str]:
    """Addresses of a kind of page; none where the service has no such page."""
    from django.urls import NoReverseMatch, reverse

    found = []
    for given in _subjects(user, kind.subject, draw):
        try:
            found.append(reverse(kind.address, kwargs=given) + kind.words)
        except NoReverseMatch:
            return []
    return found


def _subjects(user: User, subject: str, draw: random.Random) -> list[dict[str, Any]]:
    """Of what the pages are: some that are open to the user, by the parameters of the address."""
    from medevac.cases.models import Case
    from medevac.directory.models import Hospital, Mission
    from medevac.offers.models import Ask, Round
    from medevac.people.policy import visible

    if not subject:
        return [{}]
    if subject == "hospital":
        code = Mission.unscoped.get().code
        rows = Hospital.unscoped.filter(places__isnull=False).distinct()
        return [{"public_id": pk, "code": code} for pk in _some(visible(user, rows), draw)]
    if subject in STATES_OF:
        cases = Case.objects.filter(state__in=STATES_OF[subject])
        return [{"public_id": pk} for pk in _some(visible(user, cases), draw)]
    model = {"ask": Ask, "round": Round}[subject]
    return [{"public_id": pk} for pk in _some(visible(user, model.objects.all()), draw)]


def _some(rows: Any, draw: random.Random) -> list[Any]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[: EACH * 50])
    return draw.sample(keys, min(len(keys), EACH))


def main() -> None:
    """Read the options, fill, and write what was told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--places", type=int, required=True)
    parser.add_argument("--offers", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
    import django

    django.setup()
    json.dump(fill(asked.cases, asked.places, asked.offers, asked.seed), sys.stdout)


if __name__ == "__main__":
    main()
