"""The national view: how full, how fairly, how fresh, who has not answered, and which rules hold today.

Every figure is read as of now, for one mission and one part of it, in a number of queries that does not grow
with places, offers or cases. What each counts is written in docs/reference/national-view.md and on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from medevac.cases.clock import span
from medevac.cases.rules import WAITING
from medevac.directory.countries import country_name, reader_language, sorting_key
from medevac.directory.models import EligibilityRule, Mission, MissionCountry, MissionLimit
from medevac.offers.models import Ask, Hold, Place, Pool
from medevac.offers.policy import SEE_ASKS, SEE_NATIONAL
from medevac.offers.selectors.parts import Part, PartKind
from medevac.offers.selectors.shares import (
    Shares,
    Tallies,
    Tally,
    shares_by_country,
    shares_of,
    tallies_of,
    targets_of,
)
from medevac.offers.selectors.still_taken import StillTaken, still_taken
from medevac.offers.selectors.touched import counts_of
from medevac.offers.settings import stale_after
from medevac.offers.states import AskState, HoldState, PoolKind
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import included, visible

EXPIRES_SOON = timedelta(days=14)
MOST = 30  # lines of a list; the count beside it is of all


@dataclass
class Rooms:
    """Isolation rooms of a hospital or a country.

    Parameters
    ----------
    in_use
        With a patient in them now.
    promised
        Patients to come for whom one is kept, whose offer is sent or chosen.
    there
        How many there are today, as the hospital has said; None where it has said nothing.
    """

    in_use: int = 0
    promised: int = 0
    there: int | None = None

    @property
    def short(self) -> bool:
        """Whether more patients lie in such rooms than there are."""
        return self.in_use > (self.there or 0)

    @property
    def bar(self) -> str:
        """How much is in use, in per cent, as written in a picture."""
        return _per_cent(self.in_use, self.there or 0)


@dataclass
class HospitalRooms(Rooms):
    """The same of one hospital, with when it last confirmed the number."""

    name: str = ""
    city: str = ""
    country: str = ""
    keeper: UUID | None = None
    confirmed_at: datetime | None = None
    stale: bool = False


@dataclass(frozen=True)
class Places:
    """Open places of a country: how many, how many end soon, how many nobody has confirmed in time."""

    open: int = 0
    expiring: int = 0
    stale: int = 0


@dataclass(frozen=True)
class CountryRow:
    """A country in the mission: its frame and what is taken of it, its places and rooms."""

    code: str
    name: str
    limit: MissionLimit | None
    tally: Tally
    rooms: Rooms
    places: Places

    @property
    def left(self) -> int | None:
        """Places of the frame that are not taken."""
        return None if self.limit is None else max(0, self.limit.number - self.tally.taken)

    @property
    def frame_bar(self) -> str:
        """How much of the frame is taken, in per cent, as written in a picture."""
        return _per_cent(self.tally.taken, self.limit.number if self.limit else 0)


@dataclass(frozen=True)
class PlaceLine:
    """One place of a list, with how it is held."""

    place: Place
    held: Hold | None


@dataclass(frozen=True)
class AskLine:
    """One ask without an answer, with its clock in words."""

    ask: Ask
    late: bool
    time: str


@dataclass(frozen=True)
class Unanswered:
    """The asks without an answer that are open to the user: the first of them, and how many there are."""

    lines: list[AskLine]
    count: int
    late: int


@dataclass(frozen=True)
class RuleLine:
    """A rule that holds today, with how many open cases it touches."""

    rule: EligibilityRule
    country: str
    touched: int


@dataclass(frozen=True)
class National:
    """Everything on the page."""

    mission: Mission
    part: Part
    at: datetime
    day: date
    countries: list[CountryRow]
    regions: Shares
    trusts: Shares
    by_country: Shares
    rooms: list[HospitalRooms]
    places: Places
    expiring: list[PlaceLine]
    stale: list[PlaceLine]
    taken: list[StillTaken]
    unanswered: Unanswered | None
    rules: list[RuleLine]


def national_for(user: User, mission: Mission, part: Part) -> National:
    """The view of one part of a mission, as of now."""
    now, day = timezone.now(), current_day()
    tallies = tallies_of(user, mission, part)
    rooms = _rooms(user, mission, part, day, now)
    places = _open_places(user, mission, part, day, now)
    countries = _countries(mission, part, day, tallies, rooms, places)
    whole = part.kind is PartKind.MISSION
    empty = Shares([], 0, 10)
    regions, trusts = empty, empty
    if not whole:
        targets = targets_of(user, mission, part, day)
        keepers = {row.keeper for row in rooms if row.keeper} | places.keepers
        regions, trusts = shares_of(tallies, part, targets, keepers)
    return National(
        mission=mission,
        part=part,
        at=now,
        day=day,
        countries=countries,
        regions=regions,
        trusts=trusts,
        by_country=shares_by_country(tallies, {one.code: one.name for one in countries}) if whole else empty,
        rooms=[] if whole else rooms,
        places=places.by_country.get(part.country, Places()),
        expiring=[] if whole else _lines(user, _expiring(places.rows, day).order_by("last_day", "pk")),
        stale=[] if whole else _lines(user, _stale(places.rows, now).order_by("confirmed_at", "pk")),
        taken=[] if whole else _taken(user, mission, part, day),
        unanswered=_unanswered(user, mission, now),
        rules=_rules(user, mission, part, day),
    )


def _rooms(user: User, mission: Mission, part: Part, day: date, now: datetime) -> list[HospitalRooms]:
    """Isolation rooms by hospital, the fullest first."""
    found: dict[UUID, HospitalRooms] = {}
    said = Pool.unscoped.on(day).filter(part.of_hospital("hospital__"), mission=mission)
    pools = visible(user, said.filter(kind=PoolKind.ISOLATION), SEE_NATIONAL)
    of_hospital = ("", "__name", "__city", "__country", "__keeper")
    for number, confirmed, *hospital in pools.order_by().values_list(
        "number", "confirmed_at", *(f"hospital{one}" for one in of_hospital)
    ):
        row = found[hospital[0]] = _hospital(hospital)
        row.there, row.confirmed_at = number, confirmed
        row.stale = confirmed < now - stale_after()
    holds = visible(user, Hold.objects.filter(mission=mission, isolation=True), SEE_NATIONAL)
    lasting = Q(last_day__isnull=True) | Q(last_day__gte=day) | Q(state=HoldState.OCCUPIED)
    holds = holds.exclude(state=HoldState.FREED).filter(part.of_hospital("place__hospital__"), lasting)
    columns = ("state", *(f"place__hospital{one}" for one in of_hospital))
    for state, *hospital, count in holds.order_by().values_list(*columns).annotate(count=Count("pk")):
        row = found.setdefault(hospital[0], _hospital(hospital))
        if state == HoldState.OCCUPIED:
            row.in_use += count
        else:
            row.promised += count
    return sorted(found.values(), key=lambda one: (-(one.in_use + one.promised), one.name))


def _hospital(values: list[Any]) -> HospitalRooms:
    _, name, city, country, keeper = values
    return HospitalRooms(name=name, city=city, country=country, keeper=keeper)


@dataclass(frozen=True)
class _OpenPlaces:
    rows: QuerySet[Place]
    by_country: dict[str, Places]
    keepers: set[UUID]


def _open_places(user: User, mission: Mission, part: Part, day: date, now: datetime) -> _OpenPlaces:
    """The open places of the part: by country and keeper, in one query."""
    rows = visible(user, Place.objects.filter(mission=mission, closed_at__isnull=True), SEE_NATIONAL)
    rows = rows.filter(part.of_hospital("hospital__"), Q(last_day__isnull=True) | Q(last_day__gte=day))
    of_keepers = rows.order_by().values_list("hospital__country", "hospital__keeper")
    counted: Any = of_keepers.annotate(
        places=Count("pk"),
        expiring=Count("pk", filter=Q(last_day__lte=day + EXPIRES_SOON)),
        stale=Count("pk", filter=Q(confirmed_at__lt=now - stale_after())),
    )
    by_country: dict[str, Places] = {}
    keepers = set()
    for country, keeper, open_, expiring, stale in counted:
        keepers.add(keeper)
        known = by_country.get(country, Places())
        by_country[country] = Places(known.open + open_, known.expiring + expiring, known.stale + stale)
    return _OpenPlaces(rows, by_country, keepers)


def _expiring(rows: QuerySet[Place], day: date) -> QuerySet[Place]:
    return rows.filter(last_day__lte=day + EXPIRES_SOON)


def _stale(rows: QuerySet[Place], now: datetime) -> QuerySet[Place]:
    return rows.filter(confirmed_at__lt=now - stale_after())


def _lines(user: User, rows: QuerySet[Place]) -> list[PlaceLine]:
    """The first places of a list, each with the hold of today or the next one."""
    holds = visible(user, Hold.objects.exclude(state=HoldState.FREED), SEE_NATIONAL)
    held = Prefetch("holds", holds.select_related("case").order_by("first_day"), to_attr="held_now")
    shown = rows.select_related("hospital").prefetch_related(held)[:MOST]
    return [PlaceLine(place, next(iter(place.held_now), None)) for place in shown]


def _taken(user: User, mission: Mission, part: Part, day: date) -> list[StillTaken]:
    """The promised places on which another patient still lies, the earliest promise first."""
    holds = visible(user, Hold.objects.filter(mission=mission), SEE_NATIONAL)
    rows = still_taken(holds.filter(part.of_hospital("place__hospital__")), day)
    shown = rows.select_related("place__hospital", "case").order_by("first_day", "pk")[:MOST]
    return [StillTaken(hold, hold.until, day) for hold in shown]


def _countries(
    mission: Mission,
    part: Part,
    day: date,
    tallies: Tallies,
    rooms: Iterable[HospitalRooms],
    places: _OpenPlaces,
) -> list[CountryRow]:
    """A row for the part's country, or for every country of the mission."""
    limits = MissionLimit.unscoped.on(day).filter(mission=mission, what=MissionLimit.What.FRAME)
    frames = {limit.country: limit for limit in limits}
    if part.country:
        codes = {part.country}
    else:
        taking_part = MissionCountry.unscoped.on(day).filter(mission=mission)
        codes = {
            *taking_part.values_list("country", flat=True),
            *frames,
            *tallies.countries,
            *places.by_country,
        }
        codes.discard("")
    together: dict[str, Rooms] = {}
    for row in rooms:
        sums = together.setdefault(row.country, Rooms())
        sums.in_use += row.in_use
        sums.promised += row.promised
        if row.there is not None:
            sums.there = (sums.there or 0) + row.there
    rows = [
        CountryRow(
            code=code,
            name=country_name(code),
            limit=frames.get(code),
            tally=tallies.of_country(code),
            rooms=together.get(code, Rooms()),
            places=places.by_country.get(code, Places()),
        )
        for code in codes
    ]
    language = reader_language()
    return sorted(rows, key=lambda row: sorting_key(row.name, language))


def _unanswered(user: User, mission: Mission, now: datetime) -> Unanswered | None:
    """Open asks, and those whose time ran out while the case still waits; None where none are open to see."""
    if SEE_ASKS not in included(user, [SEE_ASKS]):
        return None
    again = Ask.unscoped.filter(
        case=OuterRef("case"), asked=OuterRef("asked"), state__in=(AskState.OPEN, AskState.ANSWERED)
    )
    ran_out = Q(state=AskState.EXPIRED) & ~Q(Exists(again))
    asks = Ask.objects.filter(Q(state=AskState.OPEN) | ran_out, round__mission=mission)
    # An ask is open only while its case waits; told to the database, it begins with the few cases that do.
    rows = visible(user, asks.filter(case__state__in=[str(one) for one in WAITING]))
    counts = rows.aggregate(count=Count("pk"), late=Count("pk", filter=Q(round__deadline__lte=now)))
    shown = rows.select_related("round__asker", "asked", "case").order_by("round__deadline", "pk")[:MOST]
    lines = [AskLine(ask, ask.round.deadline <= now, span(abs(ask.round.deadline - now))) for ask in shown]
    return Unanswered(lines, counts["count"], counts["late"])


def _rules(user: User, mission: Mission, part: Part, day: date) -> list[RuleLine]:
    """The rules of today: of the mission, and of the part's country or every country."""
    rows = visible(user, EligibilityRule.unscoped.on(day).filter(mission=mission))
    if part.country:
        rows = rows.filter(country__in=("", part.country))
    rules = list(rows.order_by("group", "country"))
    touched = counts_of(user, rules, day)
    return [
        RuleLine(rule, country_name(rule.country) if rule.country else "", touched[rule.pk]) for rule in rules
    ]


def _per_cent(part: int, whole: int) -> str:
    """A share of a whole, at most all of it, in digits that no language changes."""
    return f"{min(100.0, 100 * part / whole) if whole else 0.0:.1f}"
