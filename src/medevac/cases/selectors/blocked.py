"""Which cases wait for something before their next step: the rule of `requirements` as one condition in SQL.

`requirements.needs_of` answers for one case, in full; this answers for many, with yes or no. A test holds
that the two agree.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case as Choice
from django.db.models import CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from medevac.cases.models import CaseItem, Companion, Consent, Person
from medevac.cases.naming import OF_AGE
from medevac.cases.next_step import ONWARD
from medevac.cases.requirements import CHILD_ALONE_UNDER, MAN_AGES, PARENTS
from medevac.cases.rules import BY_ACTION
from medevac.directory.models import MissionItem
from medevac.directory.models.mission_parts import Group


def next_blocked_step() -> Combinable:
    """The mission's step whose items the next step of a case waits for; empty where it waits for none."""
    found = [
        When(state=str(state), then=Value(str(step)))
        for state, action in ONWARD.items()
        if (step := BY_ACTION[action].step) is not None
    ]
    return Choice(*found, default=Value(""), output_field=CharField())


def is_blocked(day: date) -> Q:
    """Whether an item that blocks the next step is missing; for cases that have an alias `waits_for`."""
    holds = Q(last_day__isnull=True) | Q(last_day__gte=day)
    items = MissionItem._base_manager.filter(
        holds, first_day__lte=day, mission=OuterRef("mission"), blocks=OuterRef("waits_for")
    )
    missing = items.exclude(_is_met(day))
    return reduce(
        or_,
        (belongs & Q(Exists(missing.filter(group=group))) for group, belongs in _belonging(day).items()),
        Q(Exists(missing.filter(group=Group.EVERYBODY))),
    )


def _belonging(day: date) -> dict[Group, Q]:
    """Which cases a group of the mission's rules is about, as `requirements.groups_of` has it."""
    companions = Companion._base_manager.filter(case=OuterRef("pk"))
    parents = companions.filter(relation__in=PARENTS)
    men = companions.filter(
        sex=Companion.Sex.MALE,
        birth_date__gt=_years_before(day, MAN_AGES.stop),
        birth_date__lte=_years_before(day, MAN_AGES.start),
    )
    man = Q(person__sex=Person.Sex.MALE) & ~_under(day, MAN_AGES.start) & _under(day, MAN_AGES.stop)
    return {
        Group.SOLDIER: Q(person__service=Person.Service.MILITARY),
        Group.CIVILIAN: Q(person__service=Person.Service.CIVILIAN),
        Group.CHILD: _under(day, OF_AGE),
        Group.CHILD_ALONE: _under(day, CHILD_ALONE_UNDER) & ~Q(Exists(parents)),
        Group.MAN_18_60: man | Q(Exists(men)),
        Group.COMPANION: Q(Exists(companions)),
    }


def _is_met(day: date) -> Q:
    rows = CaseItem._base_manager.filter(case=OuterRef(OuterRef("pk")), code=OuterRef("code"))
    last = ExpressionWrapper(F("dated") + OuterRef("valid_days"), output_field=DateField())
    fresh = rows.filter(status=CaseItem.Status.PRESENT).annotate(last=last)
    fresh = fresh.filter(Q(dated__isnull=True) | Q(last__isnull=True) | Q(last__gte=day))
    consents = Consent._base_manager.filter(
        case=OuterRef(OuterRef("pk")), purpose=OuterRef("code"), withdrawn_at__isnull=True
    )
    consent = Q(kind=MissionItem.Kind.CONSENT)
    return (
        Q(Exists(rows.filter(status=CaseItem.Status.WAIVED)))
        | consent & Q(Exists(consents))
        | ~consent & Q(Exists(fresh))
    )


def _under(day: date, years: int) -> Q:
    """Whoever has not reached so many years on a day; from the year alone as in `naming.age_on`."""
    by_date = Q(person__birth_date__gt=_years_before(day, years))
    by_year = Q(person__birth_date__isnull=True, person__birth_year__gt=day.year - years)
    return by_date | by_year


def _years_before(day: date, years: int) -> date:
    """The latest birth date of somebody who is so many years old on a day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: whoever was born on 1 March has not had the birthday yet
        return day.replace(year=day.year - years, day=28)
