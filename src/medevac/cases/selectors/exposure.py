"""Who has looked at a case, and in which exports it has left: what a withdrawn consent asks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from medevac.audit.naming import actor_names, organisations_of_actors, right_words
from medevac.audit.selectors import exports_with, looks_at, looks_at_any
from medevac.cases.models import Case
from medevac.cases.selectors.documents import ever_held
from medevac.documents.models import Document
from medevac.people.models import Membership, Organisation

MOST_SHOWN = 200


@dataclass(frozen=True)
class Looker:
    """One person who has looked, with what they saw, how often, and when last."""

    name: str
    organisations: str
    countries: frozenset[str]
    rights: str
    times: int
    last: datetime


@dataclass(frozen=True)
class Left:
    """One export in which the case has left."""

    number: int
    at: datetime
    who: str
    title: str
    format: str


@dataclass(frozen=True)
class Exposure:
    """Where data of a case have gone."""

    lookers: list[Looker]
    exports: list[Left]
    actors: list[tuple[str, UUID | None]]


def exposure_of(case: Case, *, country: str = "", until: datetime | None = None) -> Exposure:
    """Who has looked at the case or at a document of it, and what has left, of one country or of all.

    The latest come first.

    Parameters
    ----------
    case
        Whose data.
    country
        Only people of organisations there; empty for everybody. Exports are told whoever took them.
    until
        What was before; None for everything until now.

    The caller has asked the policy whether the case's consents are the reader's to keep.
    """
    kind = Case._meta.label_lower
    before = {} if until is None else {"at__lte": until}
    looks = list(looks_at(kind, case.pk).filter(**before)[: MOST_SHOWN * 10])
    if papers := ever_held(case):
        at_papers = looks_at_any(Document._meta.label_lower, papers).filter(**before)
        looks += at_papers[: MOST_SHOWN * 10]
        looks.sort(key=lambda look: look.pk, reverse=True)
    exports = list(exports_with(kind, case.pk).filter(**before)[:MOST_SHOWN])
    actors = [(one.actor_kind, one.actor) for one in looks]
    actors += [(one.actor_kind, one.actor) for one in exports]
    names = actor_names(actors)
    places = _places(actors)
    gathered: dict[tuple[str, UUID | None], list] = {}  # type: ignore[type-arg]
    for look in looks:
        gathered.setdefault((look.actor_kind, look.actor), []).append(look)
    lookers = [
        Looker(
            names[key],
            ", ".join(place.name for place in places.get(key[1], [])),
            frozenset(place.country for place in places.get(key[1], [])),
            ", ".join(sorted({right_words(look.right) for look in rows})),
            len(rows),
            rows[0].at,
        )
        for key, rows in gathered.items()
    ]
    if country:
        lookers = [one for one in lookers if country in one.countries]
    left = [
        Left(one.number, one.at, names[one.actor_kind, one.actor], one.title, one.format) for one in exports
    ]
    return Exposure(lookers[:MOST_SHOWN], left, list(dict.fromkeys(actors)))


def _places(actors: list[tuple[str, UUID | None]]) -> dict[UUID | None, list[Organisation]]:
    """Where people have belonged, also where they do no more: they have seen what they have seen.

    Programs and signed links act for one organisation.
    """
    found: dict[UUID | None, list[Organisation]] = {}
    for_one = organisations_of_actors(actors)
    known_ones = Organisation.unscoped.in_bulk(set(for_one.values())) if for_one else {}
    found |= {actor: [known_ones[pk]] for actor, pk in for_one.items() if pk in known_ones}
    people = {actor for kind, actor in actors if actor and kind == "user"}
    rows = Membership.unscoped.filter(user__in=people).select_related("organisation")
    for row in rows.order_by("starts"):
        known = found.setdefault(row.user_id, [])
        if row.organisation not in known:
            known.append(row.organisation)
    return found
