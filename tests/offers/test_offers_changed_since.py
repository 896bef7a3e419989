"""Tests that programs which ask for the cases that have changed since hear of every deed of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

from asked_things import asked, in_hours, linked, no, the_ask, yes
from django.utils import timezone
from offer_things import TODAY, Things, chosen
from test_offers_api import centre_program, new_offer, program

from medevac.cases.models import Case
from medevac.cases.states import State
from medevac.offers.models import Ask, Offer, Round
from medevac.offers.services.answering import answer, record_answer
from medevac.offers.services.asking import remind, remind_due, withdraw_ask
from medevac.offers.services.choosing import choose
from medevac.offers.services.expiring import expire_asks, expire_offers
from medevac.offers.services.links import answer_by_link
from medevac.offers.services.offering import OfferFacts, draft_offer, lose_place, send_offer, withdraw_offer
from medevac.people.roles import Role

LATER = timedelta(days=20)


def test_every_deed_moves_the_moment_of_its_case(things: Things) -> None:
    """Tests asks, answers, offers and the choice: the moment moves, the version only with a step of the case;
    what finds nothing to do moves nothing.
    """
    case = things.case()
    reader = program(things, "ministry", Role.MINISTRY, "cases.read")

    @contextmanager
    def told(*, moves: bool = True) -> Iterator[None]:
        before = Case.unscoped.get(pk=case.pk)
        yield
        after = Case.unscoped.get(pk=case.pk)
        assert (after.changed_at > before.changed_at) == moves
        assert after.version >= before.version
        if before.state == after.state:
            assert after.version == before.version
        since = quote((before.changed_at + timedelta(microseconds=1)).isoformat())
        assert reader("GET", f"/cases?changed_since={since}").json()["count"] == int(moves)

    def done(deed: Callable[[], object], *, moves: bool = True) -> None:
        with told(moves=moves):
            deed()

    done(lambda: asked(things, case, whom=("receiver", "region")))
    one, other = the_ask(Round.unscoped.get()), the_ask(Round.unscoped.get(), "region")
    done(lambda: remind(things.centre, one))
    done(lambda: remind_due(now=in_hours(23)))
    done(lambda: remind_due(now=in_hours(23)), moves=False)
    token = linked(things, one)[1]
    done(lambda: answer_by_link(token, yes(), answerer="Kari"))
    done(lambda: answer(things.hospital, one, yes(companions=1)))
    said = {"answerer": "Kari", "answered_at": timezone.now()}
    done(lambda: record_answer(things.centre, one, no(), **said))
    done(lambda: withdraw_ask(things.centre, other))
    asked(things, case, whom=("region",))
    done(lambda: expire_asks(now=in_hours(25)))
    done(lambda: expire_asks(now=in_hours(25)), moves=False)
    facts = OfferFacts(earliest_day=TODAY() + timedelta(days=2))
    centre, places = things.places.world["centre"], [things.place(f"7B-{n}") for n in range(4)]
    done(lambda: draft_offer(things.centre, case, centre, places[0], facts))
    draft = Offer.unscoped.get()
    done(lambda: send_offer(things.centre, draft))
    writer = centre_program(things)
    done(lambda: writer("POST", "/offers", **new_offer(things, case, places[0])), moves=False)  # it stands
    second = things.offer(case, places[1])
    done(lambda: withdraw_offer(things.centre, second, reason="released"))
    third = things.offer(case, places[2])
    done(lambda: choose(things.ministry, draft, chosen(second=third.pk)))
    done(lambda: lose_place(things.centre, draft, reason="place-lost"))
    done(lambda: expire_offers(now=timezone.now() + LATER))
    assert Case.unscoped.get(pk=case.pk).state == State.PUBLISHED
    assert not Ask.unscoped.filter(case=case, state="open").exists()
