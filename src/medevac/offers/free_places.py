"""What hospitals have left for a mission's patients: free places by specialty, and rooms that nobody holds.

Counted for the planner, whose problem has one number with one pair of days for each specialty and one number
for each kind of room. Where places come and go within the window, the number is one that holds on all its
days: what is promised here is there, and `services.holding` has the last word when an offer is sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from medevac.offers.models import Hold, Place, Pool
from medevac.offers.services.holding import TAKEN, TAKES
from medevac.offers.settings import usual_stay_days
from medevac.offers.states import HoldState, PoolKind
from medevac.people.days import current_day
from medevac.people.policy.sent_ids import sent


@dataclass(frozen=True)
class Window:
    """Some days in a row."""

    first: date
    days: int

    @property
    def last(self) -> date:
        """The last of them."""
        return self.first + timedelta(days=self.days - 1)

    def each(self) -> list[date]:
        """All of them."""
        return [self.first + timedelta(days=number) for number in range(self.days)]


@dataclass(frozen=True)
class FreePlaces:
    """So many places are free on each day from `first` to `last`; None is the window's own end."""

    count: int
    first: date | None = None
    last: date | None = None


FreeByHospital = dict[UUID, dict[str, FreePlaces]]
Rooms = dict[UUID, dict[PoolKind, int]]
COUNTED = (*TAKES, PoolKind.ARRIVALS)


def count_free(
    mission: UUID, window: Window, specialties: Collection[str] | None = None, *, country: str = ""
) -> FreeByHospital:
    """Places that are staffed, open and held for nobody, by hospital and specialty.

    A place is free on a day if it could be held from that day for its stay. A specialty in which a hospital
    has places, but none free, counts 0.

    Parameters
    ----------
    specialties
        Only these; all unless given.
    country
        Only hospitals there; everywhere unless given.
    """
    rows = Place.unscoped.filter(mission=mission, closed_at__isnull=True).order_by()
    if specialties is not None:
        rows = rows.filter(specialty__in=specialties)
    if country:
        rows = rows.filter(hospital__country=country)
    held = Hold.unscoped.filter(_still_held(window), place=OuterRef("pk")).exclude(state=HoldState.FREED)
    usable = Q(last_day__isnull=True) | Q(last_day__gte=window.first)
    usable &= Q(staffed=True, first_day__lte=window.last)
    whole = Q(first_day__lte=window.first) & (Q(last_day__isnull=True) | Q(last_day__gte=window.last))
    free = Count("pk", filter=usable & whole & ~Q(Exists(held)))
    on_days: dict[tuple[UUID, str], list[int]] = {
        (hospital, specialty): [count] * window.days
        for hospital, specialty, count in rows.values_list("hospital", "specialty").annotate(number=free)
    }
    lasting = Q(last_day__isnull=True) | Q(last_day__gte=window.last) | Q(last_day__lt=current_day())
    throughout = Q(first_day__lte=window.first) & lasting
    partly = rows.filter(usable).filter(~whole | Exists(held)).exclude(Exists(held.filter(throughout)))
    for hospital, specialty, days in _days_of(list(partly), window):
        counts = on_days[hospital, specialty]
        on_days[hospital, specialty] = [count + free for count, free in zip(counts, days, strict=True)]
    found: FreeByHospital = {}
    for (hospital, specialty), counts in on_days.items():
        found.setdefault(hospital, {})[specialty] = _most(counts, window)
    return found


def rooms_left(
    mission: UUID, window: Window, hospitals: Collection[UUID], kinds: Collection[PoolKind] = COUNTED
) -> Rooms:
    """What each hospital has left of each pool; a kind of room of which nothing was said is left out.

    Of rooms it is the least that is left on any day of the window or of a stay that begins in it; of arrivals
    a day the least on any day that has some left.

    Parameters
    ----------
    kinds
        Only these; all unless given.
    """
    stays = Window(window.first, window.days + usual_stay_days())
    pools: dict[UUID, list[Pool]] = {}
    of_them = Pool.unscoped.filter(
        _not_over(window), mission=mission, hospital__in=sent(hospitals), kind__in=kinds
    )
    for pool in of_them.filter(first_day__lte=stays.last):
        pools.setdefault(pool.hospital_id, []).append(pool)
    held: dict[UUID, list[_Held]] = {}
    taken = Hold.unscoped.filter(_still_held(window), mission=mission, place__hospital__in=sent(pools))
    taken = taken.exclude(state=HoldState.FREED).filter(_counts(window, kinds), first_day__lte=stays.last)
    for hospital, *values in taken.values_list("place__hospital", *_Held._fields):
        held.setdefault(hospital, []).append(_Held(*values))
    return {
        hospital: dict(_left(own, held.get(hospital, []), window, stays)) for hospital, own in pools.items()
    }


def _counts(window: Window, kinds: Collection[PoolKind]) -> Q:
    """Of holds: one that takes of these kinds, or whose patient comes within the window."""
    found = Q(first_day__range=(window.first, window.last))
    for kind in kinds:
        found |= TAKES.get(kind, Q())
    return found


class _Held(NamedTuple):
    """What of a hold counts for the pools; thousands are read at a time."""

    first_day: date
    last_day: date | None
    isolation: bool
    intensive: bool
    child: bool
    housing: int


def _not_over(window: Window) -> Q:
    return Q(last_day__isnull=True) | Q(last_day__gte=window.first)


def _still_held(window: Window) -> Q:
    """Of holds: one whose days are over goes on until it is freed."""
    return _not_over(window) | Q(last_day__lt=current_day())


def _days_of(places: Collection[Place], window: Window) -> Iterator[tuple[UUID, str, list[bool]]]:
    """For places that are not simply free: on which days of the window each could be held for its stay."""
    holds: dict[UUID, list[tuple[date, date]]] = {}
    rows = Hold.unscoped.filter(_still_held(window), place__in=sent(one.pk for one in places))
    rows = rows.exclude(state=HoldState.FREED)
    today = current_day()
    for held, first, last in rows.values_list("place", "first_day", "last_day"):
        holds.setdefault(held, []).append((first, date.max if last is None or last < today else last))
    for place in places:
        taken = holds.get(place.pk, [])
        yield place.hospital_id, place.specialty, [_free_from(place, day, taken) for day in window.each()]


def _free_from(place: Place, day: date, taken: Iterable[tuple[date, date]]) -> bool:
    last = place.last_day or date.max
    if not place.first_day <= day <= last:
        return False
    until = min(last, day + timedelta(days=(place.stay_days or usual_stay_days()) - 1))
    return all(ends < day or begins > until for begins, ends in taken)


def _most(counts: list[int], window: Window) -> FreePlaces:
    """The most places for the most days: the number and days in a row with the largest product."""
    if min(counts) == max(counts):
        return FreePlaces(counts[0])  # as nearly everywhere
    best = (0, 0, 0, len(counts) - 1)
    for first in range(len(counts)):
        least = counts[first]
        for last in range(first, len(counts)):
            least = min(least, counts[last])
            best = max(best, (least * (last - first + 1), least, first, last))
    _, count, first, last = best
    days = window.each()
    return FreePlaces(
        count,
        days[first] if count and first > 0 else None,
        days[last] if count and last < len(counts) - 1 else None,
    )


def _left(
    pools: list[Pool], held: list[_Held], window: Window, stays: Window
) -> Iterator[tuple[PoolKind, int]]:
    by_kind: dict[PoolKind, list[Pool]] = {}
    for pool in pools:
        by_kind.setdefault(PoolKind(pool.kind), []).append(pool)
    for kind, own in by_kind.items():
        counted = window.days if kind is PoolKind.ARRIVALS else stays.days
        taken = _taken_each_day(kind, held, stays)[:counted]
        left = [
            max(0, pool.number - used)
            for pool in own
            for used in taken[slice(*_days_within(pool, stays.first, counted))]
        ]
        if kind is PoolKind.ARRIVALS and any(left):
            left = [number for number in left if number]
        if left:
            yield kind, min(left)


def _days_within(pool: Pool, first: date, number: int) -> tuple[int, int]:
    """Which of so many days from the first a pool holds on: the first of them, and the first after them."""
    begins = max(0, (pool.first_day - first).days)
    ends = number if pool.last_day is None else min(number, (pool.last_day - first).days + 1)
    return begins, max(begins, ends)


def _taken_each_day(kind: PoolKind, held: list[_Held], days: Window) -> list[int]:
    """How much of a pool is taken on each of the days, as `holding.taken_on` counts it for one."""
    today = current_day()
    changes = [0] * (days.days + 1)
    for one in held:
        first = (one.first_day - days.first).days
        if kind is PoolKind.ARRIVALS:
            if 0 <= first < days.days:
                changes[first] += 1
                changes[first + 1] -= 1
            continue
        amount = TAKEN[kind](one)
        if amount and first < days.days:
            over = one.last_day is None or one.last_day < today
            until = days.days if over or one.last_day is None else (one.last_day - days.first).days + 1
            changes[max(0, first)] += amount
            changes[min(days.days, until)] -= amount
    return list(accumulate(changes[:-1]))


def as_places(places: Mapping[str, FreePlaces]) -> dict[str, Any]:
    """The places of a hospital as a problem has them."""
    found: dict[str, Any] = {}
    for specialty, free in sorted(places.items()):
        if free.first is None and free.last is None:
            found[specialty] = free.count
            continue
        found[specialty] = {
            "count": free.count,
            "from": free.first.isoformat() if free.first else None,
            "until": free.last.isoformat() if free.last else None,
        }
    return found
