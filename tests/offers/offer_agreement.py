"""What must agree in the tables of offers, asked of the database without the code that keeps it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from medevac.cases.models import Case
from medevac.cases.rules import ABROAD, ENDED, ON_THE_WAY, PLACED, WAITING
from medevac.offers.models import Ask, Choice, Hold, Offer, Pool

HELD_AS = {"sent": {"offered"}, "reserve": {"offered"}, "chosen": {"reserved", "occupied"}}
TAKES = {
    "isolation": lambda hold: int(hold.isolation),
    "intensive": lambda hold: int(hold.intensive),
    "child": lambda hold: int(hold.child),
    "housing": lambda hold: hold.housing,
}


def disagreements() -> list[str]:
    """Each fault in words; none where everything agrees."""
    holds = list(Hold.unscoped.select_related("place"))
    offers = list(Offer.unscoped.select_related("case"))
    return [*_of_holds(offers, holds), *_of_places(holds), *_of_pools(holds), *_of_cases(offers, holds)]


def _of_holds(offers: list[Offer], holds: list[Hold]) -> Iterator[str]:
    """Holds are what follows from offers."""
    by_offer = defaultdict(list)
    for hold in holds:
        by_offer[hold.offer_id].append(hold)
    for offer in offers:
        active = [hold.state for hold in by_offer[offer.pk] if hold.state != "freed"]
        expected = HELD_AS.get(offer.state, set())
        if offer.state == "chosen" and offer.case.state in ENDED:
            expected = set()  # whoever came has gone again
        if (len(active) != 1 or active[0] not in expected) if expected else active:
            yield f"offer {offer.state} of a case {offer.case.state}: held as {active}"
        if offer.state == "chosen" and (active == ["occupied"]) != (offer.case.state in ABROAD):
            yield f"chosen offer of a case {offer.case.state}: held as {active}"
        if not offer.reason and offer.state in ("not-chosen", "withdrawn", "expired"):
            yield f"offer {offer.state} without a reason"
    for hold in holds:
        if hold.state != "freed" and (hold.place.closed_at or not hold.place.staffed):
            yield f"{hold.place} is {hold.state}, and closed or without staff"


def _of_places(holds: list[Hold]) -> Iterator[str]:
    """No place twice on a day."""
    by_place = defaultdict(list)
    for hold in holds:
        if hold.state != "freed":
            by_place[hold.place_id].append((hold.first_day, hold.last_day or date.max))
    for days in by_place.values():
        days.sort()
        for (_first, last), (following, _) in pairwise(days):
            if following <= last:
                yield f"a place is held twice on {following}"


def _of_pools(holds: list[Hold]) -> Iterator[str]:
    """Never more is taken than there is, on any day for which a number was said."""
    active = [hold for hold in holds if hold.state != "freed"]
    for pool in Pool.unscoped.all():
        own = [hold for hold in active if hold.place.hospital_id == pool.hospital_id]
        own = [hold for hold in own if hold.mission_id == pool.mission_id]
        last = pool.last_day or date.max
        for day in {pool.first_day, *(hold.first_day for hold in own)}:
            if not pool.first_day <= day <= last:
                continue
            if pool.kind == "arrivals":
                taken = sum(hold.first_day == day for hold in own)
            else:
                there = [hold for hold in own if hold.first_day <= day <= (hold.last_day or date.max)]
                taken = sum(TAKES[pool.kind](hold) for hold in there)
            if taken > pool.number:
                yield f"{pool.kind} on {day}: {taken} taken of {pool.number}"


def _of_cases(offers: list[Offer], holds: list[Hold]) -> Iterator[str]:
    """The state of a case agrees with its offers, and a closed case has nothing open."""
    states: dict[object, Counter[str]] = defaultdict(Counter)
    for offer in offers:
        states[offer.case_id][offer.state] += 1
    kept = {hold.case_id for hold in holds if hold.state != "freed"}
    asked = set(Ask.unscoped.filter(state="open").values_list("case", flat=True))
    chosen = {offer.case_id: offer.pk for offer in offers if offer.state == "chosen"}
    choices = dict(Choice.unscoped.filter(ended_at__isnull=True).values_list("case", "chosen"))
    for case in Case.unscoped.all():
        found = states[case.pk]
        known = f"a case {case.state} with {dict(found)}"
        open_ones = found["sent"] + found["reserve"]
        away = case.state in (*ON_THE_WAY, *ABROAD)
        if found["chosen"] > 1 or found["reserve"] > 1:
            yield f"{known}: more than one"
        if (case.state == "offered") != (case.state in WAITING and open_ones > 0):
            yield f"{known}: offered or not"
        if case.state in WAITING and found["chosen"]:
            yield f"{known}: waiting and chosen"
        if (case.state in PLACED or away) and (found["chosen"] != 1 or found["sent"]):
            yield f"{known}: placed by no choice"
        if away and open_ones:
            yield f"{known}: away with a reserve"
        if case.state not in (*WAITING, *PLACED) and (open_ones or case.pk in asked):
            yield f"{known}: something is open"
        if case.state in ENDED and (found["draft"] or case.pk in kept):
            yield f"{known}: something is open on a closed case"
        if case.state not in ENDED and choices.get(case.pk) != chosen.get(case.pk):
            yield f"{known}: the choice that holds is another than the chosen offer"
