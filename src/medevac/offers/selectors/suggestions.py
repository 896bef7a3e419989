"""Which hospitals fit a case, and which cases a country could help most, as far as the reader may know.

What fits is decided by the planner (`planner.fitting`) over the problem that `offers.problem` writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from medevac.cases.looking import looked
from medevac.cases.models import Case
from medevac.cases.models.case import DUE_ORDER
from medevac.cases.rules import WAITING
from medevac.directory.countries import country_name
from medevac.directory.models import Hospital, Mission
from medevac.offers.eligibility import Barrier
from medevac.offers.fit_words import speaks_against, speaks_for, stopped_words
from medevac.offers.models import Answer, Ask, Place
from medevac.offers.problem import Posed, write_problem
from medevac.offers.selectors.said_no import said_no
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.settings import stale_after
from medevac.offers.states import AskState
from medevac.people.models import OrganisationPath, User
from medevac.people.policy import visible
from medevac.people.policy.sent_ids import sent
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.planner.fitting import ORDER, Fit, Fitting

MOST_CASES = 50  # of a mission that a country is shown; the most urgent are looked at
MOST_HELPED = 15
MOST_SUGGESTED = 25  # of those that fit and of those that do not, before all are asked for


@dataclass(frozen=True)
class Suggestion:
    """One hospital for one case, in words.

    Parameters
    ----------
    asked_until
        The deadline of an open question to it, as far as the reader may see that.
    stale_since
        When its places were last confirmed, where that is long ago.
    """

    case: Case
    hospital: Hospital
    fit: Fit
    reasons: list[str]
    against: list[str]
    asked_until: datetime | None = None
    stale_since: datetime | None = None

    @property
    def country(self) -> str:
        """The hospital's country in the reader's language."""
        return country_name(self.hospital.country)


@dataclass(frozen=True)
class Suggestions:
    """Every hospital for a case, the best first.

    Parameters
    ----------
    fitting, others
        Without and with something that stands in the way; the best only where that was asked.
    number, against, looked_at
        How many fit, how many do not, and the sum; of the best only, without those that have no free place.
    trouble
        Why nothing can be said, as a sentence that says what to do; empty otherwise.
    """

    fitting: list[Suggestion]
    others: list[Suggestion]
    number: int = 0
    looked_at: int = 0
    days: int = 0
    trouble: str = ""
    against: int = 0

    @property
    def more(self) -> bool:
        """Whether more were looked at than are told of."""
        return self.looked_at > len(self.fitting) + len(self.others)


@dataclass(frozen=True)
class Help:
    """What a country could do for the cases that wait.

    Parameters
    ----------
    helped
        The best hospital of the country for each case that one fits, those first that the score counts most.
    number
        How many cases could be helped.
    asked_about
        How many cases were looked at, and whether there are more.
    wanted
        Specialties of which no place is free, with how many cases lack them, the most wanted first.
    stopped
        How many cases have no hospital here, by the reason of the format that stops them.
    """

    helped: list[Suggestion]
    number: int
    asked_about: int
    more: bool
    wanted: list[tuple[str, int]]
    stopped: dict[str, int]
    trouble: str = ""

    @property
    def stops(self) -> list[str]:
        """What stops cases, as sentences; the specialties that are lacking are told by `wanted`."""
        return stopped_words(self.stopped, told=["no-specialty"])


def suggestions_for(
    user: User, case: Case, *, best: int | None = None, most: int | None = None
) -> Suggestions:
    """Every hospital that is open to the user, with what speaks for it and against it.

    Parameters
    ----------
    case
        One that the user may offer for; the caller has asked the policy.
    best
        Only so many of those that fit; all, and those that do not, unless given.
    most
        At most so many of either.
    """
    if best is not None:  # hospitals without a free place are read only where no other fits
        found = _suggested(user, case, best=best, with_room=True)
        if found.fitting:
            return found
    return _suggested(user, case, best=best, most=most)


def _suggested(
    user: User, case: Case, *, best: int | None, most: int | None = None, with_room: bool = False
) -> Suggestions:
    noes = said_no(visible(user, Answer.objects.filter(ask__case=case))).get(case.pk, {})
    try:
        posed = write_problem(
            case.mission,
            [case],
            with_room=with_room,
            ruled_out={case.pk: list(noes)} if noes else None,
            every_room=False,
        )
    except RefusedError as refusal:
        return Suggestions([], [], trouble=refusal.sentence)
    if case.pseudonym not in posed.cases:
        return Suggestions([], [], days=posed.window.days)
    shown = _shown(user, posed)
    fits = [one for one in Fitting(posed.problem).of(case.pseudonym) if one.hospital_id in shown]
    fitting, others = [one for one in fits if one.fits], [one for one in fits if not one.fits]
    number, against = len(fitting), len(others)
    fitting, others = (fitting[:most], others[:most]) if best is None else (fitting[:best], [])
    asked = open_questions(user, [case], shown)
    stale = _stale(user, case.mission_id, [case], [shown[one.hospital_id] for one in fitting])
    opened = bool(others) and _is_personal(posed.barriers[case.pk]) and looked(user, case, Right.PERSONAL)

    def worded(fit: Fit) -> Suggestion:
        return Suggestion(
            case,
            shown[fit.hospital_id],
            fit,
            speaks_for(posed, case, fit) if fit.fits else [],
            speaks_against(posed, case, fit, open_to_reader=opened, said_no=noes),
            asked.get((case.pk, fit.hospital_id)),
            stale.get((fit.hospital_id, case.specialties[0])) if fit.fits else None,
        )

    return Suggestions(
        [worded(one) for one in fitting],
        [worded(one) for one in others],
        number,
        len(fits),
        posed.window.days,
        against=against,
    )


def waiting_by_mission(user: User) -> dict[UUID, int]:
    """How many cases wait in each mission that the user may offer for."""
    rows = visible(user, Case.objects.all(), OFFER_FOR_A_CASE)
    rows = rows.filter(state__in=[str(state) for state in WAITING]).order_by()
    return dict(rows.values_list("mission").annotate(number=Count("pk")))


def help_of(user: User, mission: Mission, country: str) -> Help:
    """The cases that hospitals of a country could help most, by the score of placing each there alone."""
    rows = visible(user, Case.objects.filter(mission=mission), OFFER_FOR_A_CASE)
    rows = rows.filter(state__in=[str(state) for state in WAITING])
    waiting = list(rows.select_related("person", "family").order_by(*DUE_ORDER)[: MOST_CASES + 1])
    cases, more = waiting[:MOST_CASES], len(waiting) > MOST_CASES
    asked_of = Answer.objects.filter(ask__case__in=sent(case.pk for case in cases))
    noes = said_no(visible(user, asked_of)) if cases else {}
    try:
        posed = write_problem(
            mission,
            cases,
            country=country,
            ruled_out={case: list(codes) for case, codes in noes.items()},
            every_room=False,
        )
    except RefusedError as refusal:
        return Help([], 0, len(cases), more, [], {}, trouble=refusal.sentence)
    shown = _shown(user, posed)
    fitting = Fitting(posed.problem)
    best: list[tuple[Case, Fit]] = []
    wanted: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    for case in (case for case in cases if case.pseudonym in posed.cases):
        fits = [one for one in fitting.of(case.pseudonym) if one.hospital_id in shown]
        if fits and fits[0].fits:
            best.append((case, fits[0]))
            continue
        reason = _first_reason(fits)
        stopped[reason] += 1
        if reason == "no-specialty":
            wanted.update(_lacking_everywhere(case, fits))
    best.sort(key=lambda one: -one[1].score)
    first = best[:MOST_HELPED]
    asked = open_questions(user, [case for case, _fit in first], shown)
    stale = _stale(
        user, mission.pk, [case for case, _fit in first], {shown[fit.hospital_id] for _case, fit in first}
    )
    helped = [
        Suggestion(
            case,
            shown[fit.hospital_id],
            fit,
            speaks_for(posed, case, fit),
            [],
            asked.get((case.pk, fit.hospital_id)),
            stale.get((fit.hospital_id, case.specialties[0])),
        )
        for case, fit in first
    ]
    return Help(helped, len(best), len(cases), more, wanted.most_common(), dict(stopped))


def _first_reason(fits: list[Fit]) -> str:
    """The reason that an empty plan would give: the last that any hospital gets to."""
    reasons = [fit.obstacles[0].reason for fit in fits]
    return max(reasons, key=ORDER.index) if reasons else "no-specialty"


def _lacking_everywhere(case: Case, fits: list[Fit]) -> set[str]:
    """The needs of which no hospital has a place free; all where each lacks another."""
    missing = [set(fit.obstacles[0].facts["missing"]) for fit in fits]
    everywhere = set.intersection(*missing) if missing else set(case.specialties)
    return everywhere or set(case.specialties)


def _shown(user: User, posed: Posed) -> dict[str, Hospital]:
    """The hospitals of a problem that are open to the user, by code."""
    ids = sent(one.pk for one in posed.hospitals.values())
    rows = visible(user, Hospital.objects.filter(pk__in=ids)).values_list("code", flat=True)
    return {code: posed.hospitals[code] for code in rows}


def _stale(
    user: User, mission: UUID, cases: Iterable[Case], hospitals: Iterable[Hospital]
) -> dict[tuple[str, str], datetime]:
    """When the places of a hospital in a specialty were last confirmed, where that is long ago."""
    needs, ids = {case.specialties[0] for case in cases}, [one.pk for one in hospitals]
    if not ids:
        return {}
    rows = Place.objects.filter(mission=mission, hospital__in=ids, specialty__in=needs)
    rows = visible(user, rows.filter(closed_at__isnull=True, staffed=True)).order_by()
    last = rows.values_list("hospital__code", "specialty").annotate(last=Max("confirmed_at"))
    since = timezone.now() - stale_after()
    return {(code, specialty): when for code, specialty, when in last if when < since}


def _is_personal(barriers: Mapping[str, Barrier]) -> bool:
    return any(one.personal for one in barriers.values())


def open_questions(
    user: User, cases: list[Case], hospitals: Mapping[str, Hospital]
) -> dict[tuple[UUID, str], datetime]:
    """The deadlines of open questions to whoever keeps a hospital or is above, by case and code."""
    rows = visible(user, Ask.objects.filter(case__in=sent(case.pk for case in cases), state=AskState.OPEN))
    asks = list(rows.select_related("round"))
    if not asks:
        return {}
    paths = OrganisationPath.objects.filter(ancestor__in={ask.asked_id for ask in asks})
    below: dict[UUID, set[UUID]] = {}
    for ancestor, descendant in paths.values_list("ancestor", "descendant"):
        below.setdefault(ancestor, set()).add(descendant)
    return {
        (ask.case_id, code): ask.round.deadline
        for ask in asks
        for code, hospital in hospitals.items()
        if hospital.keeper_id in below.get(ask.asked_id, set())
    }
