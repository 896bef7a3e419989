"""Fills a migrated database with cases and twenty people of different roles, and tells what to ask for.

A process of its own, as the owner of the tables; it writes JSON: the people with what signs them in, the
cases that each may open, names to search for, and what was written.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from case_world import CaseWorld
    from medevac.people.models import User

SECRET = "JBSWY3DPEHPK3PXP"  # of the one-time codes; the database lives as long as the measurement
CASES_EACH = 40
NAMES = 20
LANGUAGES = ("en", "nb", "uk")
# How many people of each role, and of which of the world's organisations.
PEOPLE = (("ministry", 2), ("oblast", 5), ("hospital", 8), ("partner", 3), ("flight", 2))


def fill(count: int, seed: int) -> dict[str, Any]:
    """Load so many cases and the people; what the asking process must know."""
    from case_world import build_world
    from load_cases import load
    from medevac.cases.services.missing import count_all_missing

    world = build_world()
    begin = time.perf_counter()
    written = load(world, count, seed=seed)
    seconds = time.perf_counter() - begin
    begin = time.perf_counter()
    count_all_missing()  # as the worker had on every hour before
    counted = time.perf_counter() - begin
    password = secrets.token_urlsafe(20)
    draw = random.Random(seed)
    people = [_told(user, role, draw) for role, user in _people(world, password)]
    return {
        "seconds": seconds,
        "counted": counted,
        "written": written,
        "password": password,
        "secret": SECRET,
        "people": people,
        **_names(draw),
    }


def _people(world: CaseWorld, password: str) -> list[tuple[str, User]]:
    """The people, each in an organisation of their role, with a password and one-time codes."""
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils import timezone

    from case_world import ROLES
    from medevac.directory.models import MissionActor
    from medevac.people.models import Membership, Organisation, User

    desk = Organisation.unscoped.create(
        name="Flight desk", latin_name="Flight desk", kind="flight_desk", country="NO",
        parent=world.mission.owner,
    )  # fmt: skip
    MissionActor.unscoped.create(
        mission=world.mission, organisation=desk, part="flies", first_day=world.mission.first_day
    )
    centre = Organisation.unscoped.get(kind="centre", country="NO")
    places = {
        "ministry": [world.ministry],
        "oblast": world.oblasts,
        "hospital": world.hospitals[::7],
        "partner": [centre],
        "flight": [desk],
    }
    roles = {**ROLES, "flight": "flight_desk"}
    began = timezone.now() - timedelta(minutes=1)
    found = []
    for role, number in PEOPLE:
        for place in range(number):
            user: User = User.objects.create_user(
                f"{role}-{place}@example.org",
                password,
                name=f"{role} {place}",
                latin_name=f"{role} {place}",
                language=LANGUAGES[len(found) % len(LANGUAGES)],
            )
            Membership.unscoped.create(
                user=user,
                organisation=places[role][place % len(places[role])],
                role=roles[role],
                starts=began,
                review_due=began + timedelta(days=180),
            )
            TOTP.activate(user, SECRET)
            found.append((role, user))
    return found


def _told(user: User, role: str, draw: random.Random) -> dict[str, Any]:
    """A person with cases that are open to them: half of them live ones, as people open what is live."""
    from medevac.cases.models import Case
    from medevac.cases.rules import LIVE
    from medevac.people.policy import visible

    live = [str(state) for state in LIVE]
    seen = visible(user, Case.objects.all()).order_by("pk").values_list("pk", "pseudonym")
    cases: list[Any] = []
    for rows in (seen.filter(state__in=live), seen.exclude(state__in=live)):
        some = list(rows[: CASES_EACH * 50])
        cases += draw.sample(some, min(len(some), CASES_EACH // 2))
    return {
        "role": role,
        "email": user.email,
        "cases": [str(pk) for pk, _pseudonym in cases],
        "pseudonyms": [pseudonym for _pk, pseudonym in cases],
    }


def _names(draw: random.Random) -> dict[str, list[str]]:
    """The most common family names, and whole names that one person has or few, in both scripts."""
    from medevac.cases.models import Person

    names = Person.unscoped.values_list("family_name", "given_name", "latin_family_name", "latin_given_name")
    rows = list(names.order_by("pk"))
    families = Counter((row[0], row[2]) for row in rows)
    whole = Counter(rows)
    common = [name for pair, _number in families.most_common(3) for name in pair]
    few = sorted(row for row, number in whole.items() if number == min(whole.values()))
    rare = [
        " ".join(row[start : start + 2]) for row in draw.sample(few, min(NAMES, len(few))) for start in (0, 2)
    ]
    return {"common": common, "rare": rare}


def main() -> None:
    """Read the options, fill, and write what was told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medevac.site.settings")
    import django

    django.setup()
    json.dump(fill(asked.cases, asked.seed), sys.stdout)


if __name__ == "__main__":
    main()
