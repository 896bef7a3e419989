"""Invents the rows of many offers with their holds, choices, asks and answers for cases that are there.

What an offer has come to follows from the state of its case, so that the tables agree as the services would
have left them: one chosen, one in reserve, nothing open on a closed case, no place twice on a day. The same
rows for the same seed.

Assumed, for want of a figure: five offers for a published case, three asks for three of four of them, half of
the asks answered with yes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from case_rows import SPECIALTIES

if TYPE_CHECKING:
    from offer_world import Keeper, OfferWorld

ASKED_OF_100, ASKS_EACH, YES_OF_100, DRAFTS_OF_100 = 75, 3, 50, 5
STAY_DAYS = 53  # the acute mean in Bonn (DOMAIN.md, S68)
Row = dict[str, Any]


class OfCase(NamedTuple):
    """What must be known of a case."""

    id: UUID
    state: str
    since: datetime
    published: datetime
    child: bool
    position: str
    isolation: str


@dataclass
class Rows:
    """The rows of one case, each a dictionary by field."""

    offers: list[Row] = field(default_factory=list)
    holds: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    asks: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)


def invent_places(world: OfferWorld, count: int, *, seed: int, now: datetime) -> list[Row]:
    """So many places, shared out evenly among the hospitals; nine of ten staffed, one of ten gone stale."""
    draw = random.Random(seed)
    words = [word for several in SPECIALTIES.values() for word in several]
    first = now.date() - timedelta(days=900)
    return [
        {
            "id": _uuid(draw),
            "mission_id": world.mission.pk,
            "hospital_id": (keeper := world.keepers[number % len(world.keepers)]).hospital.pk,
            "label": f"{number // len(world.keepers) // 20 + 1}-{number // len(world.keepers) % 20 + 1}",
            "specialty": draw.choice(words),
            "first_day": first,
            "staffed": draw.random() < 0.9,
            "stay_days": draw.choice((None, 20, 40, 90)),
            "confirmed_at": now - timedelta(hours=draw.expovariate(1 / 30)),
            "confirmed_by": keeper.user_id,
        }
        for number in range(count)
    ]


def invent_rows(
    world: OfferWorld, cases: Sequence[OfCase], places: Sequence[Row], count: int, *, seed: int, now: datetime
) -> Iterator[Rows]:
    """The rows of so many offers.

    Parameters
    ----------
    world
        Who offers and asks.
    cases
        Those that were published, whatever has become of them.
    places
        As `invent_places` made them. What is held now is held on one place for each case.
    count
        How many offers, shared out evenly among the cases.
    seed, now
        The same seed gives the same rows for one world and moment.
    """
    draw = random.Random(seed)
    free = [row for row in places if row["staffed"]]
    draw.shuffle(free)
    for number, case in enumerate(cases):
        each = count // len(cases) + (number < count % len(cases))
        yield _of_case(world, draw, case, free, places, each, now)


def _of_case(
    world: OfferWorld,
    draw: random.Random,
    case: OfCase,
    free: list[Row],
    places: Sequence[Row],
    number: int,
    now: datetime,
) -> Rows:
    made = Rows()
    for state, reason in _states(draw, case.state, number):
        held = state in ("sent", "reserve", "chosen") and not _over(case.state)
        place = free.pop() if held else draw.choice(places)
        keeper = world.keeper_of[place["hospital_id"]]
        offer = _offer(draw, case, place, keeper, state, reason, now)
        made.offers.append(offer)
        if state != "draft":
            made.holds.append(_hold(draw, case, offer, held=held))
    _choose(draw, case, made)
    if draw.random() * 100 < ASKED_OF_100:
        _ask(world, draw, case, made, now)
    return made


def _states(draw: random.Random, state: str, number: int) -> list[tuple[str, str]]:
    """State and reason of each offer of a case in a state."""
    passed, gone = ("not-chosen", "another-chosen"), ("withdrawn", "staff-lost")
    late = ("expired", "not-answered")
    if state in AWAY or state in ARRIVED:
        first: list[tuple[str, str]] = [("chosen", "")]
    elif state in ("chosen", "booked"):
        first = [("chosen", ""), ("reserve", "")]
    elif state == "offered":
        first = [("sent", "")] * draw.randint(1, 3)
    elif state == "published":
        first = [("draft", "")] * (draw.random() * 100 < DRAFTS_OF_100)
    else:
        first = [("withdrawn", "case-ended")]
    rest = [passed] if ("chosen", "") in first else [gone, late]
    return (first + [draw.choice((*rest, gone)) for _ in range(number)])[:number]


AWAY = ("boarded", "handed-over", "in-treatment", "ready-for-discharge")
ARRIVED = ("returned", "stayed", "onward")
LIVE = ("published", "offered", "chosen", "booked", *AWAY)


def _over(state: str) -> bool:
    return state not in LIVE


def _offer(
    draw: random.Random, case: OfCase, place: Row, keeper: Keeper, state: str, reason: str, now: datetime
) -> Row:
    sent = min(now, case.published + timedelta(hours=draw.uniform(1, 72)))
    is_open = state in ("draft", "sent", "reserve")
    return {
        "id": _uuid(draw),
        "mission_id": place["mission_id"],
        "case_id": case.id,
        "organisation_id": draw.choice((keeper.centre.pk, keeper.above.pk)),
        "place_id": place["id"],
        "state": state,
        "state_since": sent,
        "reason": reason,
        "expires_at": now + timedelta(days=draw.uniform(2, 9)) if is_open else sent + timedelta(days=3),
        "earliest_day": (now if is_open else sent).date() + timedelta(days=draw.randint(1, 20)),
        "stay_days": place["stay_days"],
        "isolation": case.isolation != "none",
        "companions": draw.choice((0, 0, 1)),
        "housing": "The hospital's own flat" if draw.random() < 0.5 else "",
        "payer": "The country of the hospital",
        "made_by": keeper.user_id,
        "made_at": sent,
        "sent_at": None if state == "draft" else sent,
        "version": 1 if state == "draft" else 2,
    }


def _hold(draw: random.Random, case: OfCase, offer: Row, *, held: bool) -> Row:
    states = {"chosen": "occupied" if case.state in AWAY[2:] else "reserved"}
    first: date = case.since.date() if case.state in AWAY else offer["earliest_day"]
    days = offer["stay_days"] or STAY_DAYS
    # Whoever lies there leaves some day ahead, and nothing that is held lies in the past alone.
    last = max(first, date.today()) + timedelta(days=days) if held else first + timedelta(days=days)
    return {
        "id": _uuid(draw),
        "mission_id": offer["mission_id"],
        "place_id": offer["place_id"],
        "case_id": case.id,
        "offer_id": offer["id"],
        "state": states.get(offer["state"], "offered") if held else "freed",
        "state_since": offer["state_since"],
        "first_day": first,
        "last_day": last,
        "isolation": offer["isolation"],
        "intensive": case.position == "intensive",
        "child": case.child,
        "housing": offer["companions"],
    }


def _choose(draw: random.Random, case: OfCase, made: Rows) -> None:
    chosen = next((one for one in made.offers if one["state"] == "chosen"), None)
    second = next((one for one in made.offers if one["state"] == "reserve"), None)
    if chosen is None:
        return
    made.choices.append(
        {
            "id": _uuid(draw),
            "case_id": case.id,
            "chosen_id": chosen["id"],
            "second_id": second["id"] if second else None,
            "shown": [str(one["id"]) for one in made.offers],
            "chooser": "parent" if case.child else "patient",
            "chooser_name": "Коваль Оксана",
            "language": "Ukrainian",
            "chosen_at": chosen["state_since"],
            "recorded_by": chosen["made_by"],
            "recorded_at": chosen["state_since"],
        }
    )


def _ask(world: OfferWorld, draw: random.Random, case: OfCase, made: Rows, now: datetime) -> None:
    waiting = case.state in ("published", "offered")
    for keeper in draw.sample(world.keepers, ASKS_EACH):
        state = draw.choice(("open", "answered", "expired") if waiting else ("answered", "expired"))
        asked = min(now, case.published + timedelta(hours=draw.uniform(1, 24)))
        ask = {
            "id": _uuid(draw),
            "round_id": draw.choice(world.rounds[keeper.centre.pk, waiting]),
            "case_id": case.id,
            "asked_id": keeper.organisation.pk,
            "state": state,
            "state_since": asked,
        }
        made.asks.append(ask)
        if state == "answered":
            made.answers.append(_answer(draw, ask, keeper, asked))


def _answer(draw: random.Random, ask: Row, keeper: Keeper, at: datetime) -> Row:
    yes = draw.random() * 100 < YES_OF_100
    return {
        "id": _uuid(draw),
        "ask_id": ask["id"],
        "yes": yes,
        "no_reason": "" if yes else draw.choice(("no-place", "no-staff", "no-isolation", "no-competence")),
        "hospital_id": keeper.hospital.pk if yes else None,
        "earliest_day": at.date() + timedelta(days=draw.randint(1, 20)) if yes else None,
        "isolation": yes,
        "companions": draw.choice((0, 1, 2)) if yes else 0,
        "payer": "The country of the hospital" if yes else "",
        "channel": draw.choice(("service", "service", "telephone")),
        "answerer": "Doctor on duty",
        "answered_at": at,
        "recorded_by": keeper.user_id,
        "recorded_at": at,
    }


def _uuid(draw: random.Random) -> UUID:
    return UUID(int=draw.getrandbits(128), version=4)
