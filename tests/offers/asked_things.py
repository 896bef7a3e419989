"""Rounds, asks and links for tests of asking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import offer_things
from django.utils import timezone

from medevac.cases.models import Case
from medevac.messages.models import Delivery
from medevac.offers.models import AnswerLink, Ask, Round
from medevac.offers.services.answering import AnswerFacts
from medevac.offers.services.asking import Question, ask
from medevac.offers.services.links import make_link
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.roles import Role

HOUR = timedelta(hours=1)


def in_hours(hours: float) -> datetime:
    """A moment so many hours from now."""
    return timezone.now() + HOUR * hours


def region_of(things: offer_things.Things) -> User:
    """Whoever answers for the Norwegian region."""
    return things.places.world.people[Role.REGION]


def asked(
    things: offer_things.Things,
    *cases: Case,
    whom: tuple[str, ...] = ("receiver",),
    hours: float = 24,
    by: User | None = None,
    asker: str = "centre",
) -> Round:
    """A round of the Norwegian centre, unless somebody else asks."""
    world = things.places.world
    question = Question(in_hours(hours), "This week if possible.", "+47 22 33 44 55")
    ids = [world[name].pk for name in whom]
    return ask(by or things.centre, world[asker], [case.pk for case in cases], ids, question)


def the_ask(round_: Round, name: str = "receiver") -> Ask:
    """The ask of one organisation in a round of one case."""
    return Ask.unscoped.select_related("round", "case", "asked").get(round=round_, asked__name=name)


def yes(**values: Any) -> AnswerFacts:
    """A yes in three days."""
    return AnswerFacts(**{"yes": True, "earliest_day": current_day() + timedelta(days=3), **values})


def no(reason: str = "no-place", **values: Any) -> AnswerFacts:
    """A no with a reason."""
    return AnswerFacts(yes=False, no_reason=reason, **values)


def linked(things: offer_things.Things, ask: Ask, **values: Any) -> tuple[AnswerLink, str]:
    """A signed link for an ask, and the token in its letter."""
    given = {"address": "desk@hospital.example", "language": "en", **values}
    made = make_link(things.centre, ask, **given)
    letter = Delivery.unscoped.filter(kind="offers.answer_link").latest("created_at", "due_at")
    return made, letter.secret_link.rstrip("/").rsplit("/", 1)[1]
