"""Races between real connections for the same place, the same case and the same offer, and what came of each.

Used by the tests, a few rounds of each, and by `benchmarks/offers_races.py`, many. Django is set up by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

import offer_countries
import offer_things
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from offer_agreement import disagreements
from racing import race

from medevac.cases.models import Case
from medevac.cases.services import act
from medevac.cases.states import Action, Reason
from medevac.directory.models import MissionLimit
from medevac.offers.models import AdviceRun, Ask, Offer, Place
from medevac.offers.services.adopting import adopt_advice
from medevac.offers.services.asking import Question
from medevac.offers.services.choosing import choose
from medevac.offers.services.expiring import expire_offers
from medevac.offers.services.offering import OfferFacts, draft_offer, lose_place, send_offer, withdraw_offer
from medevac.offers.services.places import close_place, set_pool
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError

CLIENTS = 50
MOST_OFFERS = 20  # of a case that is raced for
NOT_OPEN = "The case is not open to the actor any more."
Deed = Callable[[], object]


@dataclass
class Outcome:
    """What came of a race: how many won, with which sentences others were refused, and what else happened."""

    wins: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many were refused with a sentence."""
        return self.refusals.total()


def run(*deeds: Deed) -> Outcome:
    """Do all of it at once, each on a connection of its own."""
    outcome = Outcome()
    for result in race(*deeds):
        if isinstance(result, RefusedError):
            outcome.refusals[result.sentence] += 1
        elif isinstance(result, Exception):
            outcome.faults.append(f"{type(result).__name__}: {result}")
        elif result is not None:
            outcome.wins += 1
    return outcome


class Races:
    """A world with cases and places that clients race for; every race leaves it as it was."""

    def __init__(self, clients: int = CLIENTS) -> None:
        self.things = offer_things.build()
        self.wide = offer_countries.widen(self.things)
        self.clients = clients
        self._cases: list[Case] = []
        self._made = 0
        for kind in (PoolKind.ISOLATION, PoolKind.HOUSING):
            self.things.pool(kind, 900)

    def last_place(self) -> Outcome:
        """So many clients offer one place, each for another case."""
        cases, place = self.cases(self.clients), self.place()
        outcome = run(*(partial(self.things.offer, case, place) for case in cases))
        self._expect(outcome, 1, self.clients - 1)
        self._withdraw_all()
        return outcome

    def one_choice(self) -> Outcome:
        """So many clients choose on one case, each one of five offers, some with a second choice."""
        case = self.cases(1)[0]
        offers = [self.things.offer(case, self.place()) for _ in range(5)]
        deeds = []
        for number in range(self.clients):
            second = offers[(number + 1) % 5].pk if number % 2 else None
            deeds.append(partial(self._choose, offers[number % 5], second=second))
        outcome = run(*deeds)
        self._expect(outcome, 1, self.clients - 1)
        self._lose(case)
        self._withdraw_all()
        return outcome

    def double_submit(self) -> Outcome:
        """The same draft is sent by several clicks at once, and then the same choice."""
        case = self.cases(1)[0]
        facts = OfferFacts(earliest_day=current_day())
        centre = self.things.places.world["centre"]
        draft = draft_offer(self.things.centre, case, centre, self.place(), facts)
        sent = run(*[partial(send_offer, self.things.centre, draft)] * 4)
        self._expect(sent, 1, 3)
        chosen = run(*[partial(self._choose, draft)] * 4)
        self._expect(chosen, 1, 3)
        self._lose(case)
        return _sum(sent, chosen)

    def expiry_against_choice(self) -> Outcome:
        """The worker comes by while the choice is recorded: it is chosen or expired, never both."""
        case = self.cases(1)[0]
        offer = self.things.offer(case, self.place())
        due = offer.expires_at
        outcome = run(
            partial(self._choose, offer),
            lambda: expire_offers(now=due) or None,
            partial(self._choose, offer),
            lambda: expire_offers(now=due) or None,
        )
        self._agree(outcome)
        offer.refresh_from_db()
        _demand(offer.state in ("chosen", "expired"), f"the offer is {offer.state}")
        _demand(outcome.wins == 1, f"{outcome.wins} won")
        self._lose(case)
        return outcome

    def loss_against_choice(self) -> Outcome:
        """The chosen place is lost while somebody records the choice of the reserve."""
        case = self.cases(1)[0]
        first, second = (self.things.offer(case, self.place()) for _ in range(2))
        self._choose(first, second=second.pk)
        lose = partial(lose_place, self.things.centre, first, reason="staff-lost")
        outcome = run(lose, partial(self._choose, second), lose, partial(self._choose, second))
        self._agree(outcome)
        first.refresh_from_db()
        second.refresh_from_db()
        _demand(first.state == "withdrawn", f"the lost one is {first.state}")
        _demand(second.state in ("reserve", "chosen"), f"the reserve is {second.state}")
        _demand(outcome.wins == (2 if second.state == "chosen" else 1), f"{outcome.wins} won")
        self._lose(case)
        self._withdraw_all()
        return outcome

    def closing_against_sending(self) -> Outcome:
        """The hospital takes a place back while its country offers it."""
        case, place = self.cases(1)[0], self.place()
        close = partial(close_place, self.things.hospital, place, reason="renovation")
        outcome = run(partial(self.things.offer, case, place), close)
        self._expect(outcome, 1, 1)
        self._withdraw_all()
        return outcome

    def room_against_sending(self) -> Outcome:
        """The hospital says that it has no isolation room left while its country promises one."""
        case, place = self.cases(1)[0], self.place()
        mission, hospital = self.things.places.mission, self.things.places.hospital
        none = partial(set_pool, self.things.hospital, hospital, mission, PoolKind.ISOLATION, 0)
        outcome = run(partial(self.things.offer, case, place, isolation=True), none)
        self._expect(outcome, 1, 1)
        self._withdraw_all()
        self.things.pool(PoolKind.ISOLATION, 900)
        return outcome

    def last_of_the_frame(self) -> Outcome:
        """Two hospitals of a country offer at once what its frame has once."""
        limit = MissionLimit.unscoped.create(
            mission=self.things.places.mission,
            country="NO",
            what=MissionLimit.What.FRAME,
            number=1,
            first_day=offer_countries.BEGINS,
        )
        first, second = self.cases(2)
        places = (self.place(), self._place_of("other_receiver"))
        deeds = [partial(self.things.offer, *pair) for pair in zip((first, second), places, strict=True)]
        outcome = run(*deeds)
        self._expect(outcome, 1, 1)
        self._withdraw_all()
        limit.delete()
        return outcome

    def end_against_draft(self) -> Outcome:
        """A case ends while offers for it are written down, sent and chosen."""
        case = self.things.case(given_name=f"Ends {self._number()}")
        facts = OfferFacts(earliest_day=current_day())
        centre = self.things.places.world["centre"]
        end = partial(act, self.things.ministry, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
        drafts = [
            partial(draft_offer, self.things.centre, case, centre, self.place(), facts) for _ in range(3)
        ]
        outcome = run(end, *drafts, partial(self.things.offer, case, self.place()))
        # Once it is over it is not open to the centre any more, which is said before its state is.
        closed = [fault for fault in outcome.faults if fault.startswith("NotAllowedError")]
        outcome.faults = [fault for fault in outcome.faults if fault not in closed]
        outcome.refusals[NOT_OPEN] += len(closed)
        self._agree(outcome)
        _demand(not Offer.unscoped.filter(case=case, state="draft").exists(), "a draft is open")
        return outcome

    def adopt_twice(self) -> Outcome:
        """The asks of one run are sent by several clicks at once: one round, told to all of them."""
        case = self.things.case(given_name=f"Advised {self._number()}")
        places = self.things.places
        advised = AdviceRun.unscoped.create(
            mission=places.mission,
            asker=places.world["centre"],
            flight_day=current_day(),
            asked_by=self.things.centre.pk,
            state="done",
            asks=[{"case": str(case.pk), "hospital": str(places.hospital.pk)}],
        )
        question = Question(timezone.now() + timedelta(days=1))
        outcome = run(*[partial(adopt_advice, self.things.centre, advised, [case.pk], question)] * 4)
        self._expect(outcome, 4, 0)
        _demand(Ask.unscoped.filter(case=case).count() == 1, "the ask was sent twice")
        act(self.things.ministry, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
        return outcome

    def storm(self, clients: int = 12, deeds_each: int = 6, *, seed: int = 1) -> Outcome:
        """Every deed at once on four cases and four places of two hospitals: nobody waits in a circle."""
        cases = self.cases(4)
        places = [self.place() for _ in range(2)] + [self._place_of("other_receiver") for _ in range(2)]
        tallies: list[Outcome] = [Outcome() for _ in range(clients)]
        outcome = run(
            *(
                partial(self._many, tally, Random(seed * 1000 + number), cases, places, deeds_each)
                for number, tally in enumerate(tallies)
            )
        )
        outcome = _sum(*tallies, Outcome(faults=outcome.faults))
        self._agree(outcome)
        for case in cases:
            self._lose(case)
        self._withdraw_all()
        return outcome

    def _many(
        self, tally: Outcome, draw: Random, cases: list[Case], places: list[Place], number: int
    ) -> None:
        for _ in range(number):
            try:
                self._any_deed(draw, draw.choice(cases), draw.choice(places))
            except RefusedError as refused:
                tally.refusals[refused.sentence] += 1
            except NotAllowedError:
                tally.refusals[NOT_OPEN] += 1
            else:
                tally.wins += 1

    def _any_deed(self, draw: Random, case: Case, place: Place) -> None:
        offers = list(Offer.unscoped.filter(case=case, state__in=("sent", "reserve", "chosen")))
        deed = draw.choice(("offer", "offer", "choose", "choose", "lose", "withdraw", "expire", "pool"))
        if deed == "offer" or not offers:
            self.things.offer(case, place)
            return
        offer, second = draw.choice(offers), draw.choice(offers)
        if deed == "choose":
            self._choose(offer, second=second.pk if second.pk != offer.pk else None)
        elif deed == "lose":
            lose_place(self.things.ministry, offer, reason="staff-lost")
        elif deed == "withdraw":
            withdraw_offer(self.things.centre, offer, reason="released")
        elif deed == "expire":
            expire_offers(now=offer.expires_at)
        else:
            self.things.pool(PoolKind.HOUSING, 900)

    def cases(self, number: int) -> list[Case]:
        """So many published cases without an open offer, and with few that are over: each deed reads them."""
        used = Offer.unscoped.filter(case__in=self._cases).values_list("case").annotate(number=Count("pk"))
        worn = set(used.filter(number__gt=MOST_OFFERS).values_list("case", flat=True))
        self._cases = [case for case in self._cases if case.pk not in worn]
        while len(self._cases) < number:
            self._cases.append(self.things.case(given_name=f"Races {self._number()}"))
        return [Case.unscoped.get(pk=case.pk) for case in self._cases[:number]]

    def place(self) -> Place:
        """A place that nobody has offered yet."""
        return self.things.place(f"place {self._number()}")

    def _place_of(self, name: str) -> Place:
        hospital = self.wide.hospitals[name]
        mission = self.things.places.mission
        with transaction.atomic():
            for kind in (PoolKind.ISOLATION, PoolKind.HOUSING):
                set_pool(self.wide.people[name], hospital, mission, kind, 900)
        return Place.unscoped.create(
            mission=mission,
            hospital=hospital,
            label=f"place {self._number()}",
            specialty="burns",
            first_day=current_day(),
            confirmed_at=timezone.now(),
            confirmed_by=self.wide.people[name].pk,
        )

    def _choose(self, offer: Offer, **more: object) -> object:
        told = offer_things.chosen(chosen_at=timezone.now() - timedelta(minutes=1), **more)
        return choose(self.things.ministry, offer, told)

    def _lose(self, case: Case) -> None:
        """Nobody has chosen any more, so that the case can be raced for again."""
        if Case.unscoped.get(pk=case.pk).state == "chosen":
            act(self.things.ministry, case.pk, Action.LOSE_PLACE, reason=Reason.PLACE_LOST)

    def _withdraw_all(self) -> None:
        for offer in Offer.unscoped.filter(state__in=("draft", "sent", "reserve")):
            withdraw_offer(self.things.centre, offer, reason="released")

    def _number(self) -> int:
        self._made += 1
        return self._made

    def _expect(self, outcome: Outcome, wins: int, refused: int) -> None:
        self._agree(outcome)
        told = (outcome.wins, outcome.refused)
        _demand(told == (wins, refused), f"expected {(wins, refused)} to win and to be refused, got {told}")

    def _agree(self, outcome: Outcome) -> None:
        """Nothing else happened than a refusal in a whole sentence, and the tables agree."""
        _demand(not outcome.faults, "; ".join(outcome.faults[:3]))
        short = [one for one in outcome.refusals if not one.endswith(".") or "Constraint" in one]
        _demand(not short, f"not a sentence for a person: {short}")
        found = disagreements()
        _demand(not found, "; ".join(found[:3]))


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


def _sum(*several: Outcome) -> Outcome:
    told = Outcome()
    for one in several:
        told.wins += one.wins
        told.refusals += one.refusals
        told.faults += one.faults
    return told


# What is raced, by name; the first two are the clients' race for the last place and for the one choice.
RACES: dict[str, Callable[[Races], Outcome]] = {
    "offer the last place": Races.last_place,
    "choose on one case": Races.one_choice,
    "submit twice": Races.double_submit,
    "adopt advice twice": Races.adopt_twice,
    "expiry against choice": Races.expiry_against_choice,
    "lost place against choice of the reserve": Races.loss_against_choice,
    "place taken back against offer": Races.closing_against_sending,
    "isolation rooms set to none against offer": Races.room_against_sending,
    "last place of the frame in two hospitals": Races.last_of_the_frame,
    "end of the case against drafts and offer": Races.end_against_draft,
    "every deed at once": Races.storm,
}
