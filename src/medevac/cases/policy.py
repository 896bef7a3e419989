"""Who may see and do what with a case. Each row of a case is open where the case is, by its own right.

A case that is not published yet is open to those who filed it and the organisations above them; its
operational data open to all partners of the mission with the publication.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from medevac.cases.models import (
    CLINICAL_PARTS,
    OPERATIONAL_PARTS,
    PERSONAL_PARTS,
    Case,
    CaseImport,
    DutyEntry,
    FamilyGroup,
    Merge,
    MinistersLetter,
    Person,
    ShiftChange,
    Suspicion,
)
from medevac.cases.reaches import meaning_of
from medevac.cases.rules import BEFORE_PUBLICATION, FLYERS, MINISTRY, OBLAST_AND_MINISTRY, ROLE_TABLE, SENDERS
from medevac.cases.withdrawn import withdrawn_for
from medevac.directory.models import Mission
from medevac.directory.policy import missions_of
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.areas import below
from medevac.people.roles import PATIENT_ROLES, Grants, Reach, Right, Role, grant_actions

SEE = Right.OPERATIONAL
FILE = "cases.file"
CHANGE = "cases.change"
CHANGE_CLINICAL = "cases.change_clinical"
CHASE = "cases.chase"
KEEP_LETTERS = "cases.keep_letters"
MERGE = "cases.merge"
WAIVE = "cases.waive_items"
KEEP_CONSENTS = "cases.keep_consents"
DECIDE_FITNESS = "cases.decide_fitness"
DUTY = "cases.keep_duty"

# Whoever files, verifies, coordinates or flies has a duty desk; each sees that of the own organisation only.
ON_DUTY: Grants = dict.fromkeys(PATIENT_ROLES, Reach.OWN)

ACTIONS: dict[str, Grants] = {
    **ROLE_TABLE,
    FILE: SENDERS,
    CHANGE: SENDERS,
    CHANGE_CLINICAL: SENDERS,
    CHASE: SENDERS,
    KEEP_LETTERS: {Role.MINISTRY: Reach.OWN},
    MERGE: OBLAST_AND_MINISTRY,
    WAIVE: MINISTRY,
    KEEP_CONSENTS: SENDERS,
    DECIDE_FITNESS: {**SENDERS, **FLYERS},
    DUTY: ON_DUTY,
}
SEE_RECORD = "audit.see_record"
SEEING = frozenset(right.value for right in Right)
# What stays open to a country whose consent to the transfer of data was withdrawn: that the case is there and
# where it stands, which is what steps are taken on.
STAYS_OPEN = frozenset({Right.OPERATIONAL.value, *ROLE_TABLE})


def _own(grant: Grant) -> Q:
    return _limited(grant, Q(requester__in=below(grant.organisation)))


def _mission(grant: Grant) -> Q:
    """Published cases of the missions that the organisation takes part in.

    Whoever audits for a mission's owner reads the record of every case of it: what was done before a request
    was published is done in the owner's name as well.
    """
    missions = Q(mission__in=missions_of(grant.organisation))
    found = missions & ~Q(state__in=[str(one) for one in BEFORE_PUBLICATION])
    if _audits(grant):
        owned = Mission.unscoped.filter(owner__in=below(grant.organisation))
        found |= Q(mission__in=owned.values("pk"))
    return _limited(grant, found)


def _audits(grant: Grant) -> bool:
    return grant.action == SEE_RECORD and grant.role == Role.AUDITOR


def _by_registry(reach: Reach) -> Callable[[Grant], Q]:
    """What rooms above say, without the cases whose data may not go to the organisation's country."""
    meaning = meaning_of(reach)

    def opened(grant: Grant) -> Q:
        found = _limited(grant, meaning(grant))
        return found if grant.action in STAYS_OPEN else found & ~withdrawn_for(grant.organisation)

    return opened


def _limited(grant: Grant, condition: Q) -> Q:
    """A membership that counts in one mission only opens no case of another."""
    return condition & Q(mission=grant.mission) if grant.mission else condition


CASE_REACHES: dict[Reach, Callable[[Grant], Q]] = {
    Reach.OWN: _own,
    Reach.MISSION: _mission,
    **{one: _by_registry(one) for one in (Reach.ASKED, Reach.CHOSEN, Reach.CARRIED, Reach.NOTIFIED)},
}


def _matters(grant: Grant) -> Hashable:
    """Who filed a case, or takes part in its mission, reaches the same cases in whatever they do but audit.

    What a room above says of a reach may look at the role, and at whether the action only sees.
    """
    if grant.reach in (Reach.OWN, Reach.MISSION):
        return _audits(grant)
    return grant.role, grant.action in SEEING, grant.action in STAYS_OPEN


def cases_of(grant: Grant) -> Q:
    """The condition on a case under a grant."""
    return CASE_REACHES[grant.reach](grant)


def _through(**of_case: str) -> dict[Reach, Callable[[Grant], Q]]:
    """The reaches of rows that are open where their case is: how a field of the case follows from the row.

    Asked of each row, and not as a set of all open cases: a ministry's set has every case there is, and was
    made anew for each part of one page.
    """

    def opened(grant: Grant) -> Q:
        follows = {name: OuterRef(field) for name, field in of_case.items()}
        return Q(Exists(Case.unscoped.filter(cases_of(grant), **follows)))

    return dict.fromkeys(CASE_REACHES, opened)


def open_where_the_case_is() -> dict[str, Any]:
    """What the rules of all rows that belong to one case have in common."""
    return {
        "reaches": _through(pk="case"),
        "opened_by": {"cases.case": "case__in"},
        "within": _where_the_case_is,
        "part_of": "case",
    }


def register_own_rules() -> None:
    """Add this room's actions to the role table, and the rules of its rows."""
    grant_actions(ACTIONS, within_a_mission=ACTIONS.keys() - {DUTY})
    register_rule(
        Case,
        Rule(
            see=SEE,
            reaches=CASE_REACHES,
            owner=lambda case: case.requester_id,
            opened_by={"cases.case": "pk__in"},
            within=_of_mission,
            matters=_matters,
        ),
    )
    parts: tuple[tuple[Right, tuple[type[Model], ...]], ...] = (
        (Right.CLINICAL, CLINICAL_PARTS),
        (Right.PERSONAL, PERSONAL_PARTS),
        (Right.OPERATIONAL, OPERATIONAL_PARTS),
    )
    for right, models in parts:
        for model in models:
            register_rule(model, Rule(see=right, **open_where_the_case_is()))
    register_rule(
        Person,
        Rule(
            see=Right.PERSONAL,
            reaches={**_through(person="pk"), Reach.OWN: _own_persons},
            owner=lambda person: person.keeper_id,
            opened_by={"cases.case": "cases__in"},
            within=_where_the_case_is,
        ),
    )
    register_rule(
        Suspicion,
        Rule(see=MERGE, reaches={Reach.OWN: _own_pairs("first", "second")}, within=_where_the_case_is),
    )
    register_rule(
        Merge, Rule(see=MERGE, reaches={Reach.OWN: _own_pairs("kept", "merged")}, within=_where_the_case_is)
    )
    register_rule(CaseImport, Rule(see=FILE, reaches={Reach.OWN: _own}, within=_of_mission))
    register_rule(DutyEntry, Rule(see=DUTY, reaches={Reach.OWN: _own_duty}))
    register_rule(
        ShiftChange, Rule(see=DUTY, reaches={Reach.OWN: lambda grant: Q(organisation=grant.organisation)})
    )
    register_rule(FamilyGroup, Rule(see=SEE, reaches=_shared(family="pk"), within=_of_mission))
    register_rule(
        MinistersLetter, Rule(see=Right.PERSONAL, reaches=_shared(named_in__letter="pk"), within=_of_mission)
    )


def _shared(**lookup: str) -> dict[Reach, Callable[[Grant], Q]]:
    """The reaches of what several cases share: its owner keeps it; it is seen where one of the cases is."""
    through = _through(**lookup)

    def own(grant: Grant) -> Q:
        kept = Q(owner__in=below(grant.organisation))
        return kept | through[Reach.OWN](grant) if grant.action in SEEING else kept

    return {**through, Reach.OWN: own}


def _of_mission(grant: Grant) -> Q:
    """What belongs to the mission that a membership is limited to."""
    return Q(mission=grant.mission)


def _where_the_case_is(grant: Grant) -> Q:
    """No more than the reach says: it asks the case, and the case asks the mission."""
    return Q(pk__isnull=False)


def _own_persons(grant: Grant) -> Q:
    """Whoever was filed by the organisation or one below it, and whoever has a case of theirs."""
    filed = Q(Exists(Case.unscoped.filter(_own(grant), person=OuterRef("pk"))))
    if grant.mission:
        return filed
    return filed | Q(keeper__in=below(grant.organisation))


def _own_pairs(one: str, other: str) -> Callable[[Grant], Q]:
    """Pairs of persons both of whom the grant reaches."""

    def opened(grant: Grant) -> Q:
        persons = Person.unscoped.filter(_own_persons(grant)).values("pk")
        return Q(**{f"{one}__in": persons, f"{other}__in": persons})

    return opened


def _own_duty(grant: Grant) -> Q:
    """The log of the organisation itself; who counts in one mission only sees nothing of another's cases."""
    own = Q(organisation=grant.organisation)
    return own & (Q(case__isnull=True) | Q(case__mission=grant.mission)) if grant.mission else own
