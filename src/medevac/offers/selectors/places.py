"""The places of a hospital as a page shows them: places with how they stand, pools, and what waits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from medevac.cases.models import Case
from medevac.directory.alphabets import by_alphabet, by_country
from medevac.directory.models import Hospital, Mission
from medevac.offers.models import Hold, Place, Pool
from medevac.offers.policy import KEEP_PLACES, hospitals_kept
from medevac.offers.selectors.still_taken import StillTaken, of_place
from medevac.offers.services.holding import taken_on
from medevac.offers.settings import stale_after
from medevac.offers.standing import Standing, held, standing_of, standing_unless_held
from medevac.offers.states import PoolKind
from medevac.offers.weeks import Weeks, weeks_of
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.policy.sent_ids import sent

HOSPITALS_AT_ONCE = 50
PLACES_AT_ONCE = 50


@dataclass(frozen=True)
class Numbers:
    """How many places of a hospital stand how.

    Parameters
    ----------
    by_standing
        How many of each `Standing`.
    stale
        How many nobody has confirmed within the time of the settings.
    oldest
        When the first of those was confirmed.
    """

    by_standing: Counter[str] = field(default_factory=Counter)
    stale: int = 0
    oldest: datetime | None = None

    @property
    def all(self) -> int:
        """Every place that was not taken back."""
        return self.by_standing.total()


@dataclass(frozen=True)
class Line:
    """One hospital of the list."""

    hospital: Hospital
    numbers: Numbers


@dataclass(frozen=True)
class Row:
    """One place of a hospital.

    Parameters
    ----------
    place
        The row.
    standing
        How it stands today.
    hold
        The hold that says so; None where there is none.
    case_name
        The pseudonym of the case of that hold, where it is open to whoever looks; empty otherwise.
    stale
        Whether it must be confirmed.
    weeks
        The coming eight weeks.
    taken
        That it is promised for a day that is near, while another patient lies there.
    """

    place: Place
    standing: Standing
    hold: Hold | None
    case_name: str
    stale: bool
    weeks: Weeks
    taken: StillTaken | None


@dataclass(frozen=True)
class PoolLine:
    """What a hospital has of one pool: today's row, what of it is taken, and the rows that begin later."""

    kind: PoolKind
    today: Pool | None
    taken: int
    later: tuple[Pool, ...]
    stale: bool

    @property
    def free(self) -> int | None:
        """How many are left today; None where nobody has said a number."""
        return None if self.today is None else self.today.number - self.taken


def mission_shown(user: User, missions: Sequence[Mission], code: str) -> Mission | None:
    """The mission that is asked for; else the first in which a hospital of the user gives a place."""
    asked = next((one for one in missions if one.code == code), None)
    if asked is not None or len(missions) < 2:
        return asked or next(iter(missions), None)
    rows = visible(user, Place.objects.filter(closed_at__isnull=True), KEEP_PLACES)
    giving = set(rows.order_by().values_list("mission", flat=True).distinct())
    return next((one for one in missions if one.pk in giving), missions[0])


def kept_hospitals(user: User, mission: Mission) -> QuerySet[Hospital]:
    """The hospitals whose places in a mission the user keeps, by country, city and name."""
    rows = visible(user, Hospital.objects.filter(hospitals_kept(user, mission.pk), closed_at__isnull=True))
    return rows.order_by(by_country(), by_alphabet("city"), by_alphabet("name"), "pk")


def lines_for(
    user: User, mission: Mission, number: int | str | None = 1
) -> tuple[Page[Hospital], list[Line]]:
    """A page of those hospitals, with the numbers of their places; the number of queries does not grow."""
    page = Paginator(kept_hospitals(user, mission), HOSPITALS_AT_ONCE).get_page(number)
    numbers = numbers_of(user, mission, [hospital.pk for hospital in page])
    return page, [Line(hospital, numbers[hospital.pk]) for hospital in page]


def numbers_of(user: User, mission: Mission, hospitals: Collection[UUID]) -> dict[UUID, Numbers]:
    """The numbers of hospitals' places today, in two queries."""
    numbers = {pk: _Counting() for pk in hospitals}
    for hospital, standing, count, stale, oldest in _counted_unheld(user, mission, hospitals):
        numbers[hospital].add(standing, count, 0 if standing == Standing.OVER else stale, oldest)
    limit = timezone.now() - stale_after()
    for hospital, state, confirmed_at in _held(user, mission, hospitals):
        numbers[hospital].add(state, 1, int(confirmed_at < limit), confirmed_at)
    return {pk: counting.told() for pk, counting in numbers.items()}


@dataclass
class _Counting:
    """Numbers of a hospital while they are counted."""

    by_standing: Counter[str] = field(default_factory=Counter)
    stale: int = 0
    oldest: datetime | None = None

    def add(self, standing: str, count: int, stale: int, confirmed_at: datetime | None) -> None:
        """Count some more, of which some are stale, the first of these confirmed then."""
        self.by_standing[standing] += count
        if stale and confirmed_at is not None:
            self.stale += stale
            self.oldest = min(confirmed_at, self.oldest or confirmed_at)

    def told(self) -> Numbers:
        """What was counted."""
        return Numbers(self.by_standing, self.stale, self.oldest)


def _counted_unheld(user: User, mission: Mission, hospitals: Collection[UUID]) -> Iterable[Any]:
    """Places that no hold keeps, by hospital and standing."""
    today, old = current_day(), Q(confirmed_at__lt=timezone.now() - stale_after())
    keeping = visible(user, Hold.objects.filter(held(today), place=OuterRef("pk")))
    rows = open_places(user, mission, hospitals).filter(~Exists(keeping)).order_by()
    grouped = rows.annotate(standing=standing_unless_held(today)).values("hospital", "standing")
    counted = grouped.annotate(
        count=Count("pk"), stale=Count("pk", filter=old), oldest=Min("confirmed_at", filter=old)
    )
    return counted.values_list("hospital", "standing", "count", "stale", "oldest")


def _held(user: User, mission: Mission, hospitals: Collection[UUID]) -> Iterable[Any]:
    """The first hold of each place that one keeps: hospital, state, and when the place was confirmed."""
    rows = Hold.objects.filter(
        held(current_day()),
        place__hospital__in=list(hospitals),
        place__mission=mission,
        place__closed_at__isnull=True,
    )
    first = visible(user, rows).order_by("place_id", "first_day", "pk").distinct("place_id")
    return first.values_list("place__hospital", "state", "place__confirmed_at")


def open_places(user: User, mission: Mission, hospitals: Collection[UUID]) -> QuerySet[Place]:
    """The places of hospitals that were not taken back, as far as they are open to the user."""
    rows = Place.objects.filter(hospital__in=list(hospitals), mission=mission, closed_at__isnull=True)
    return visible(user, rows)


def rows_of(
    user: User, hospital: Hospital, mission: Mission, number: int | str | None = 1
) -> tuple[Page[Place], list[Row]]:
    """A page of a hospital's places, by specialty and name; the number of queries does not grow."""
    rows = open_places(user, mission, [hospital.pk]).order_by("specialty", "label", "pk")
    page = Paginator(rows, PLACES_AT_ONCE).get_page(number)
    return page, drawn(user, list(page))


def drawn(user: User, places: Sequence[Place]) -> list[Row]:
    """Places with their holds, each with the case where that is open to the user; two queries."""
    today, limit = current_day(), timezone.now() - stale_after()
    keys = sent(place.pk for place in places)
    rows = visible(user, Hold.objects.filter(held(today), place__in=keys))
    holds: dict[UUID, list[Hold]] = defaultdict(list)
    for hold in rows.order_by("first_day", "pk"):
        holds[hold.place_id].append(hold)
    cases = {hold.case_id for theirs in holds.values() for hold in theirs}
    opened = dict(visible(user, Case.objects.filter(pk__in=sent(cases))).values_list("pk", "pseudonym"))
    return [_row(place, holds[place.pk], opened, today, limit) for place in places]


def pools_of(user: User, hospital: Hospital, mission: Mission) -> list[PoolLine]:
    """What a hospital counts besides its places, every kind; two queries."""
    today, limit = current_day(), timezone.now() - stale_after()
    rows = visible(user, Pool.objects.filter(hospital=hospital, mission=mission)).order_by("first_day")
    pools = [row for row in rows if row.last_day is None or row.last_day >= today]
    counted = Hold.objects.filter(held(today), place__hospital=hospital, mission=mission)
    holds = list(visible(user, counted))
    lines = []
    for kind in PoolKind:
        own = [row for row in pools if row.kind == kind]
        now = next((row for row in own if row.holds_on(today)), None)
        later = tuple(row for row in own if row.first_day > today)
        stale = now is not None and now.confirmed_at < limit
        lines.append(PoolLine(kind, now, taken_on(kind, holds, today), later, stale))
    return lines


def place_for(user: User, public_id: UUID) -> Place | None:
    """One place that the user keeps and that was not taken back."""
    rows = Place.objects.filter(pk=public_id, closed_at__isnull=True).select_related("hospital", "mission")
    found: Place | None = visible(user, rows, KEEP_PLACES).first()
    return found


def is_stale(confirmed_at: datetime, standing: Standing, limit: datetime) -> bool:
    """Whether a place must be confirmed again."""
    return confirmed_at < limit and standing is not Standing.OVER


def _row(place: Place, holds: list[Hold], opened: Mapping[UUID, str], today: date, limit: datetime) -> Row:
    hold = holds[0] if holds else None
    standing = standing_of(place, hold.state if hold else None, today)
    return Row(
        place=place,
        standing=standing,
        hold=hold,
        case_name=opened.get(hold.case_id, "") if hold else "",
        stale=is_stale(place.confirmed_at, standing, limit),
        weeks=weeks_of(place, holds, today),
        taken=of_place(holds, today),
    )
