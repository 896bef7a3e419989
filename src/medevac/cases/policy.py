"""Who may see and do what with a case. Each row of a case is open where the case is, by its own right.

A case that is not published yet is open to those who filed it and the organisations above them; its
operational data open to all partners of the mission with the publication.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, Model, OuterRef, Q

from medevac.cases.models import (
    CLINICAL_PARTS,
    OPERATIONAL_PARTS,
    PERSONAL_PARTS,
    Case,
    FamilyGroup,
    Merge,
    MinistersLetter,
    Person,
    Suspicion,
)
from medevac.cases.reaches import meaning_of
from medevac.cases.rules import BEFORE_PUBLICATION, OBLAST_AND_MINISTRY, ROLE_TABLE, SENDERS
from medevac.directory.models import Mission
from medevac.people.models import OrganisationPath
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.areas import below, together_with
from medevac.people.roles import Grants, Reach, Right, Role, grant_actions

SEE = Right.OPERATIONAL
FILE = "cases.file"
CHANGE = "cases.change"
CHANGE_CLINICAL = "cases.change_clinical"
CHASE = "cases.chase"
KEEP_LETTERS = "cases.keep_letters"
MERGE = "cases.merge"

ACTIONS: dict[str, Grants] = {
    **ROLE_TABLE,
    FILE: SENDERS,
    CHANGE: SENDERS,
    CHANGE_CLINICAL: SENDERS,
    CHASE: SENDERS,
    KEEP_LETTERS: {Role.MINISTRY: Reach.OWN},
    MERGE: OBLAST_AND_MINISTRY,
}


def _own(grant: Grant) -> Q:
    return _limited(grant, Q(requester__in=below(grant.organisation)))


def _mission(grant: Grant) -> Q:
    """Published cases of the missions that the organisation takes part in."""
    paths = OrganisationPath.objects
    above = paths.filter(descendant=grant.organisation).values("ancestor")
    named = Q(actors__organisation__in=above) | Q(actors__organisation__in=below(grant.organisation))
    missions = Mission.unscoped.filter(Q(owner__in=together_with(grant.organisation)) | named)
    published = Q(mission__in=missions.values("pk")) & ~Q(state__in=[str(one) for one in BEFORE_PUBLICATION])
    return _limited(grant, published)


def _by_registry(reach: Reach) -> Callable[[Grant], Q]:
    meaning = meaning_of(reach)
    return lambda grant: _limited(grant, meaning(grant))


def _limited(grant: Grant, condition: Q) -> Q:
    """A membership that counts in one mission only opens no case of another."""
    return condition & Q(mission=grant.mission) if grant.mission else condition


CASE_REACHES: dict[Reach, Callable[[Grant], Q]] = {
    Reach.OWN: _own,
    Reach.MISSION: _mission,
    **{one: _by_registry(one) for one in (Reach.ASKED, Reach.CHOSEN, Reach.CARRIED, Reach.NOTIFIED)},
}


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


def register_own_rules() -> None:
    """Add this room's actions to the role table, and the rules of its rows."""
    grant_actions(ACTIONS)
    register_rule(
        Case,
        Rule(
            see=SEE,
            reaches=CASE_REACHES,
            owner=lambda case: case.requester_id,
            opened_by={"cases.case": "pk__in"},
        ),
    )
    parts: tuple[tuple[Right, tuple[type[Model], ...]], ...] = (
        (Right.CLINICAL, CLINICAL_PARTS),
        (Right.PERSONAL, PERSONAL_PARTS),
        (Right.OPERATIONAL, OPERATIONAL_PARTS),
    )
    for right, models in parts:
        for model in models:
            register_rule(
                model, Rule(see=right, reaches=_through(pk="case"), opened_by={"cases.case": "case__in"})
            )
    register_rule(
        Person,
        Rule(
            see=Right.PERSONAL,
            reaches={**_through(person="pk"), Reach.OWN: _own_persons},
            owner=lambda person: person.keeper_id,
            opened_by={"cases.case": "cases__in"},
        ),
    )
    register_rule(Suspicion, Rule(see=MERGE, reaches={Reach.OWN: _own_pairs("first", "second")}))
    register_rule(Merge, Rule(see=MERGE, reaches={Reach.OWN: _own_pairs("kept", "merged")}))
    own = {Reach.OWN: lambda grant: Q(owner__in=below(grant.organisation))}
    register_rule(FamilyGroup, Rule(see=SEE, reaches={**_through(family="pk"), **own}))
    register_rule(
        MinistersLetter, Rule(see=Right.PERSONAL, reaches={**_through(named_in__letter="pk"), **own})
    )


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
