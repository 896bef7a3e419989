"""Random deeds on a real database: holds follow offers, no place twice, no more of a pool than there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import case_files
import offer_countries
import offer_things
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offer_agreement import disagreements

from medevac.cases.models import Case
from medevac.cases.reaches import forget_reach, register_reach
from medevac.cases.rules import BY_ACTION
from medevac.cases.services import act
from medevac.cases.states import Action
from medevac.offers.models import Ask, Offer, Place
from medevac.offers.services.choosing import choose
from medevac.offers.services.expiring import expire_asks, expire_offers
from medevac.offers.services.offering import OfferFacts, draft_offer, lose_place, send_offer, withdraw_offer
from medevac.offers.services.places import add_places, change_place, close_place, set_pool
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Reach, Role

STEPS = (
    Action.TAKE_BACK, Action.PUBLISH, Action.BOOK, Action.UNBOOK, Action.BOARD, Action.DISEMBARK,
    Action.HAND_OVER, Action.ADMIT, Action.PREPARE_DISCHARGE, Action.RETURN, Action.LOSE_PLACE,
    Action.LOSE_OFFERS, Action.OFFER, Action.CHOOSE,
)  # fmt: skip
ENDS = (
    Action.WITHDRAW, Action.FIND_UNFIT, Action.RECORD_DEATH, Action.MOVE_OTHERWISE, Action.MARK_DUPLICATE,
    Action.CLOSE_WITHOUT_OFFER,
)  # fmt: skip


@dataclass
class Deeds:
    """What can be done, each by three numbers that choose on what."""

    wide: offer_countries.Countries
    cases: list[Case]
    places: list[Place] = field(default_factory=list)
    labels: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))

    @property
    def things(self) -> offer_things.Things:
        """The world."""
        return self.wide.things

    def add_one(self, a: int, b: int, c: int) -> None:
        """In one of the two countries; from today or later, with or without an end."""
        values = {
            "label": f"place {next(self.labels)}",
            "specialty": "burns",
            "first_day": current_day() + timedelta(days=b % 3),
            "last_day": None if c % 2 else current_day() + timedelta(days=20),
        }
        hospital, keeper = self._hospital(a)
        self.places += add_places(keeper, hospital, self.things.places.mission, values)

    def close_one(self, a: int, b: int, c: int) -> None:
        """Take it back."""
        close_place(self._keeper_of(place := self._place(a)), place, reason="renovation")

    def change_one(self, a: int, b: int, c: int) -> None:
        """Its days, or its staff."""
        values = {"staffed": bool(b % 2)} if c % 2 else {"last_day": current_day() + timedelta(days=b)}
        change_place(self._keeper_of(place := self._place(a)), place, values)

    def set_pool(self, a: int, b: int, c: int) -> None:
        """From today or from a later day."""
        hospital, keeper = self._hospital(a)
        kind = list(PoolKind)[b % len(PoolKind)]
        day = current_day() + timedelta(days=(c // 4) % 4 * 5)
        set_pool(keeper, hospital, self.things.places.mission, kind, c % 4, first_day=day)

    def draft(self, a: int, b: int, c: int) -> Offer:
        """By the centre of the place's country."""
        place = self._place(b)
        name, centre = self._centre_of(place)
        facts = OfferFacts(
            earliest_day=current_day() + timedelta(days=c % 4),
            stay_days=1 + c % 9,
            isolation=bool(c % 2),
            companions=c % 3,
        )
        return draft_offer(centre, self._case(a), self.things.places.world[name], place, facts)

    @transaction.atomic
    def offer(self, a: int, b: int, c: int) -> None:
        """Draft and send at once."""
        offer = self.draft(a, b, c)
        send_offer(self._centre_of(offer.place)[1], offer)

    def send(self, a: int, b: int, c: int) -> None:
        """A draft, or whatever it is."""
        if offer := self._offer(a, state="draft") or self._offer(a):
            send_offer(self._centre_of(offer.place)[1], offer)

    def choose(self, a: int, b: int, c: int) -> None:
        """An offer of a case, with another in reserve or without."""
        offers = list(Offer.unscoped.filter(case=self._case(a), state__in=("sent", "reserve")).order_by("pk"))
        if offers:
            second = offers[c % len(offers)] if c % 2 else None
            chooser = "parent" if self._case(a).child else "patient"
            told = offer_things.chosen(second=second and second.pk, chooser=chooser)
            choose(self.things.ministry, offers[b % len(offers)], told)

    def lose(self, a: int, b: int, c: int) -> None:
        """The chosen place of a case."""
        if offer := Offer.unscoped.filter(case=self._case(a), state="chosen").first() or self._offer(b):
            lose_place(self.things.ministry, offer, reason="patient-changed-mind" if c % 2 else "staff-lost")

    def withdraw(self, a: int, b: int, c: int) -> None:
        """Any offer."""
        if offer := self._offer(a):
            withdraw_offer(self._centre_of(offer.place)[1], offer, reason="released")

    def expire(self, a: int, b: int, c: int) -> None:
        """Whatever is due within some hours."""
        if offer := self._offer(a, state__in=("sent", "reserve")):
            expire_offers(now=offer.expires_at)
        expire_asks(now=timezone.now() + timedelta(days=b % 3))

    def ask(self, a: int, b: int, c: int) -> None:
        """A hospital of Norway, where the case is still waiting and it is not asked yet."""
        case = self._case(a)
        asked = Ask.unscoped.filter(case=case, state="open").exists()  # case.asks is guarded, and finds none
        if case.state in ("published", "offered") and not asked:
            self.wide.ask(case, "receiver")

    def step(self, a: int, b: int, c: int) -> None:
        """Any step of a case's life, also those that should be refused."""
        self._act(a, STEPS[b % len(STEPS)])

    def end(self, a: int, b: int, c: int) -> None:
        """Any end of it; another case is filed then."""
        self._act(a, ENDS[b % len(ENDS)])
        self.cases.append(self.things.case(given_name=f"Іван {len(self.cases)}"))

    def _act(self, a: int, action: Action) -> None:
        row, case = BY_ACTION[action], self._case(a)
        actor = self.things.places.world.people[next(iter(row.who))]
        given = {"reason": str(row.reasons[0])} if row.reasons else {}
        if row.names_notifier:
            given["notifier"] = "Dr Koval"
        act(actor, case.pk, action, live_case=self.cases[(a + 1) % len(self.cases)].pk, **given)

    def _case(self, a: int) -> Case:
        return Case.unscoped.get(pk=self.cases[a % len(self.cases)].pk)

    def _place(self, a: int) -> Place:
        return Place.unscoped.select_related("hospital").get(pk=self.places[a % len(self.places)].pk)

    def _offer(self, a: int, **those) -> Offer | None:
        offers = list(Offer.unscoped.filter(**those).select_related("place__hospital").order_by("pk"))
        return offers[a % len(offers)] if offers else None

    def _hospital(self, a: int):
        if a % 3 == 0:
            return self.wide.hospitals["klinikum"], self.wide.people["klinikum"]
        return self.things.places.hospital, self.things.hospital

    def _keeper_of(self, place: Place):
        return self.wide.people["klinikum"] if place.hospital.country == "DE" else self.things.hospital

    def _centre_of(self, place: Place):
        if place.hospital.country == "DE":
            return "germany", self.wide.people["germany"]
        return "centre", self.things.centre


DEEDS: tuple[Callable[..., object], ...] = (
    *[Deeds.offer] * 4, *[Deeds.choose] * 3, *[Deeds.step] * 4, Deeds.add_one, Deeds.close_one,
    Deeds.change_one, Deeds.set_pool, Deeds.draft, Deeds.send, Deeds.lose, Deeds.withdraw, Deeds.expire,
    Deeds.ask, Deeds.end,
)  # fmt: skip
NUMBERS = st.integers(min_value=0, max_value=15)


@pytest.fixture
def deeds(things: offer_things.Things) -> Iterator[Deeds]:
    """Three cases, one of a child, one in intensive care, and three places; the desk carries every case."""
    wide = offer_countries.widen(things)
    cases = [things.case(), things.case(given_name="Марта", birth_year=2018), things.case(given_name="Петро")]
    Case.unscoped.filter(pk=cases[2].pk).update(position="intensive")
    for kind in (PoolKind.CHILD, PoolKind.INTENSIVE, PoolKind.HOUSING):
        things.pool(kind, 2)
    places = [things.place("7B-1"), things.place("7B-2"), wide.german_place()]
    register_reach(Reach.CARRIED, "tests", case_files.every_case)
    yield Deeds(wide, cases, places)
    forget_reach(Reach.CARRIED, "tests")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), NUMBERS, NUMBERS, NUMBERS), min_size=6, max_size=16))
def test_holds_follow_offers_whatever_happens(
    deeds: Deeds, life: list[tuple[Callable[..., object], int, int, int]]
) -> None:
    """Tests after each of up to 16 random deeds that the tables agree; each life begins anew."""
    cases, places = list(deeds.cases), list(deeds.places)
    with transaction.atomic():
        for deed, *numbers in life:
            try:
                with transaction.atomic():
                    deed(deeds, *numbers)
            except (RefusedError, NotAllowedError):
                pass
            assert disagreements() == [], (deed.__name__, numbers)
        transaction.set_rollback(True)
    deeds.cases, deeds.places = cases, places


def test_a_whole_life_agrees_at_every_step(deeds: Deeds) -> None:
    """Tests the way to the place and home again, so that the random lives are known to reach that far."""
    case, things = deeds.cases[0], deeds.things
    norwegian = things.offer(case, deeds.places[0])
    german = deeds.wide.german_offer(case, deeds.places[2])
    choose(things.ministry, norwegian, offer_things.chosen(second=german.pk))
    people = things.places.world.people
    expected = {
        Action.BOOK: ("reserved", "reserve"),
        Action.BOARD: ("reserved", "not-chosen"),
        Action.HAND_OVER: ("reserved", "not-chosen"),
        Action.ADMIT: ("occupied", "not-chosen"),
        Action.PREPARE_DISCHARGE: ("occupied", "not-chosen"),
        Action.RETURN: ("freed", "not-chosen"),
    }
    for action, (held, state) in expected.items():
        role = Role.FLIGHT_DESK if action in (Action.BOOK, Action.BOARD) else Role.COORDINATION_CENTRE
        act(people[role], case.pk, action)
        german.refresh_from_db()
        assert (norwegian.hold.__class__.unscoped.get(offer=norwegian).state, german.state) == (held, state)
        assert disagreements() == [], action
