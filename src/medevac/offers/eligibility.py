"""Whether a mission, or a country in it, takes a patient today, and why not: dated rules, no code.

The rules are the mission's (`directory`). A country's own rule for a group goes before the mission's rule
for the same group, so that one country can go on while the mission stops, and the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Companion
from medevac.cases.requirements import groups_of
from medevac.directory.countries import country_name
from medevac.directory.models import EligibilityRule
from medevac.directory.models.mission_parts import Group
from medevac.people.days import current_day
from medevac.people.policy.sent_ids import sent
from medevac.people.refusals import RefusedError

# Of these groups an age band tells as much; who is a soldier, or a man of 18 to 60, is personal.
OPEN_GROUPS = frozenset({Group.EVERYBODY, Group.CHILD, Group.COMPANION})


@dataclass(frozen=True)
class Barrier:
    """A rule that stops a patient.

    Parameters
    ----------
    country
        The country that it stops; empty where it is the whole mission.
    group
        Whom it is about.
    reason
        The decision, as the rule names it.
    since
        The day on which it began.
    """

    country: str
    group: Group
    reason: str
    since: date

    @property
    def personal(self) -> bool:
        """Whether the group or the reason tells what only those with the personal right may know."""
        return self.group not in OPEN_GROUPS

    def sentence(self, *, open_to_reader: bool) -> str:
        """What is said of it to a reader."""
        facts = {"country": country_name(self.country) if self.country else _("The mission")}
        if self.personal and not open_to_reader:
            return _("%(country)s does not take this patient at present, by a rule of eligibility.") % facts
        return _("%(country)s has taken no %(group)s since %(since)s: %(reason)s") % {
            **facts,
            "group": self.group.label,
            "since": formats.date_format(self.since, "SHORT_DATE_FORMAT"),
            "reason": self.reason,
        }


def barriers_of(case: Case, countries: Collection[str], *, day: date | None = None) -> dict[str, Barrier]:
    """For each country that may not take the patient: the rule that stops it.

    Countries that may are left out.
    """
    return barriers_of_many([case], countries, day=day)[case.pk]


def barriers_of_many(
    cases: Collection[Case], countries: Collection[str], *, day: date | None = None
) -> dict[UUID, dict[str, Barrier]]:
    """As `barriers_of`, for several cases by their ids, in a fixed number of queries."""
    day = day or current_day()
    rules: dict[UUID, list[EligibilityRule]] = {}
    for rule in EligibilityRule.unscoped.on(day).filter(mission__in={case.mission_id for case in cases}):
        rules.setdefault(rule.mission_id, []).append(rule)
    if not rules:
        return {case.pk: {} for case in cases}
    companions: dict[UUID, list[Companion]] = {}
    for one in Companion.unscoped.filter(case__in=sent(case.pk for case in cases)):
        companions.setdefault(one.case_id, []).append(one)
    found = {}
    for case in cases:
        groups = groups_of(case.person, companions.get(case.pk, []), day)
        found[case.pk] = _stopped(rules.get(case.mission_id, []), groups, countries)
    return found


def refuse_unless_eligible(case: Case, country: str, *, open_to_reader: bool) -> None:
    """Refuse an offer or a choice that a rule of today stops.

    Raises
    ------
    RefusedError
        With the decision and its date, where they are open to the reader.
    """
    barrier = barriers_of(case, [country]).get(country)
    if barrier is not None:
        raise RefusedError(barrier.sentence(open_to_reader=open_to_reader))


def _stopped(
    rules: Iterable[EligibilityRule], groups: set[str], countries: Collection[str]
) -> dict[str, Barrier]:
    own = [rule for rule in rules if rule.group in groups]
    everywhere = {rule.group: rule for rule in own if not rule.country}
    stopped = {}
    for country in countries:
        holding = everywhere | {rule.group: rule for rule in own if rule.country == country}
        refusing = sorted((rule for rule in holding.values() if not rule.accepted), key=lambda one: one.group)
        if refusing:
            rule = refusing[0]
            stopped[country] = Barrier(rule.country, Group(rule.group), rule.reason, rule.first_day)
    return stopped
