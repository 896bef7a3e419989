"""Which open cases a rule of eligibility touches, asked of the database: by count, and as a list.

The conditions are those of `cases.requirements.groups_of`, for many cases at once; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from medevac.cases.computed import MAN_AGES
from medevac.cases.models import Case, Companion, Person
from medevac.cases.naming import OF_AGE
from medevac.cases.requirements import CHILD_ALONE_UNDER, PARENTS
from medevac.cases.rules import BEFORE_PUBLICATION, WAITING
from medevac.directory.models import EligibilityRule
from medevac.directory.models.mission_parts import Group
from medevac.offers.eligibility import OPEN_GROUPS
from medevac.offers.policy import SEE_NATIONAL
from medevac.people.models import User
from medevac.people.policy import included, visible
from medevac.people.roles import Right

# A rule is asked when an offer is sent and when one is chosen: whoever has chosen is not touched any more.
TOUCHABLE = tuple(str(state) for state in (*BEFORE_PUBLICATION, *WAITING))


def touched_by(rule: EligibilityRule, day: date) -> Q:
    """The condition on a case that the rule touches on a day: of its mission, open, and of its group.

    A country's rule touches nobody who refuses the country.
    """
    touched = Q(mission=rule.mission_id, state__in=TOUCHABLE) & of_group(Group(rule.group), day)
    return touched & ~Q(refused_countries__contains=[rule.country]) if rule.country else touched


def counts_of(user: User, rules: Collection[EligibilityRule], day: date) -> dict[UUID, int]:
    """How many open cases each rule touches, in one query, by the rule's id.

    Counted over the cases whose operational data are open to the user; an administrator, who sees no case,
    is told the number of published ones: a number alone tells of nobody.
    """
    if not rules:
        return {}
    mission = {rule.mission_id for rule in rules}
    rows = _counted(user).filter(mission__in=mission, state__in=TOUCHABLE)
    keys = {f"rule_{number}": rule for number, rule in enumerate(rules)}
    found = rows.aggregate(**{key: Count("pk", filter=touched_by(rule, day)) for key, rule in keys.items()})
    return {rule.pk: found[key] for key, rule in keys.items()}


def cases_touched_by(user: User, rule: EligibilityRule, day: date) -> QuerySet[Case]:
    """The cases that the rule touches and that may be named to the user, those due first.

    That a rule of soldiers touches a case says that the patient is one: then the case is named only to
    whoever may see the person.
    """
    right = Right.OPERATIONAL if rule.group in OPEN_GROUPS else Right.PERSONAL
    rows = visible(user, Case.objects.filter(touched_by(rule, day)), right)
    return rows.select_related("mission", "requester").order_by("due_at", "priority", "pseudonym")


def count_of(user: User, rule: EligibilityRule, day: date) -> int:
    """How many cases a rule touches, as the national view counts them."""
    return counts_of(user, [rule], day)[rule.pk]


def of_group(group: Group, day: date) -> Q:
    """The condition on a case whose patient, or who goes along, belongs to a group on a day."""
    soldier, civilian = Person.Service.MILITARY, Person.Service.CIVILIAN
    companions = Companion.unscoped.filter(case=OuterRef("pk"))
    conditions = {
        Group.EVERYBODY: Q(pk__isnull=False),
        Group.SOLDIER: Q(person__service=soldier),
        Group.CIVILIAN: Q(person__service=civilian),
        Group.CHILD: _younger_than(OF_AGE, day),
        Group.CHILD_ALONE: _younger_than(CHILD_ALONE_UNDER, day)
        & ~Q(Exists(companions.filter(relation__in=PARENTS))),
        Group.MAN_18_60: _man(day) | Q(Exists(companions.filter(_male_companion(day)))),
        Group.COMPANION: Q(Exists(companions)),
    }
    return conditions[group]


def _counted(user: User) -> QuerySet[Case]:
    right = Right.OPERATIONAL if Right.OPERATIONAL in included(user, [Right.OPERATIONAL]) else SEE_NATIONAL
    return visible(user, Case.objects.all(), right)


def _younger_than(years: int, day: date) -> Q:
    """As `naming.age_on` counts: from the year alone the age that is reached in that year."""
    by_year = Q(person__birth_date__isnull=True, person__birth_year__gt=day.year - years)
    return by_year | Q(person__birth_date__gt=_years_before(day, years))


def _man(day: date) -> Q:
    of_age = ~_younger_than(MAN_AGES.start, day) & _younger_than(MAN_AGES.stop, day)
    return Q(person__sex=Person.Sex.MALE) & of_age


def _male_companion(day: date) -> Q:
    return Q(
        sex=Companion.Sex.MALE,
        birth_date__lte=_years_before(day, MAN_AGES.start),
        birth_date__gt=_years_before(day, MAN_AGES.stop),
    )


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; who was born later is younger. Without a 29 February, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
