"""The rule of each kind of row: what the reaches of the role table mean for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Model, Q

from medevac.people.roles import Reach, Right, Role

NOTHING = Q(pk__in=())
# What emergency access opens: the rights over a patient, and the people to call in an organisation.
BEHIND_GLASS: set[str] = {Right.SUMMARY, Right.CLINICAL, Right.PERSONAL, "people.see_members"}


def put_behind_glass(action: str) -> None:
    """Have emergency access open what an action of a room above sees; called in AppConfig.ready()."""
    BEHIND_GLASS.add(action)


Emergencies: TypeAlias = "Mapping[str, list[UUID]]"
NO_EMERGENCY: Emergencies = {}
SOONEST = (Reach.OWN, Reach.MISSION)


@dataclass(frozen=True)
class Grant:
    """One membership's say in one action.

    Parameters
    ----------
    action
        What is asked.
    reach
        How far the role reaches in it.
    role
        The role of the membership.
    organisation
        The organisation of the membership.
    mission
        The mission that the membership is limited to; None where it counts in all.
    """

    action: str
    reach: Reach
    role: Role
    organisation: UUID
    mission: UUID | None


@dataclass(frozen=True)
class Rule:
    """The rule of one kind of row.

    Parameters
    ----------
    see
        The action asked by `visible` where none is named.
    reaches
        For each reach, the condition on the row. A reach without one finds nothing.
    owner
        The organisation that owns a row and is told of emergency access; None where none is offered.
    within
        Which rows belong to the mission that a grant is limited to. Without it no row belongs to a mission,
        and such a grant opens none.
    opened_by
        Which emergency accesses open rows of this kind: the kind that the glass was broken for, and the
        lookup from a row of this kind to it, such as {"cases.case": "case__in"}.
    part_of
        The field that leads to what a row is a part of, where it is open exactly where that is, under the
        same actions; empty for all others.
    matters
        What of a grant its condition depends on, such as the action, beside reach, organisation and mission.
        Actions that differ in nothing else are one question, and asked once in a request that only reads.
        Unless given, each action is a question of its own.
    """

    see: str
    reaches: Mapping[Reach, Callable[[Grant], Q]]
    owner: Callable[[Any], UUID] | None = None
    within: Callable[[Grant], Q] | None = None
    opened_by: Mapping[str, str] = field(default_factory=dict)
    part_of: str = ""
    matters: Callable[[Grant], Hashable] = lambda grant: (grant.action, grant.role)

    def question(self, grants: list[Grant], emergencies: Emergencies) -> Hashable:
        """What is asked by these grants; equal for two actions that open the same rows."""
        said = frozenset(
            (grant.reach, grant.organisation, grant.mission, self.matters(grant)) for grant in grants
        )
        return said, frozenset(kind for kind in self.opened_by if emergencies.get(kind))

    def apart(self, grants: list[Grant], emergencies: Emergencies) -> list[tuple[list[Grant], Emergencies]]:
        """The same question in parts of which any opens a row, those first that are answered soonest.

        What is filed by oneself, or belongs to the mission, is asked for by one column; what is asked of an
        organisation, or was chosen, is looked up in other tables.
        """
        by_reach: dict[Reach, list[Grant]] = {}
        for grant in grants:
            by_reach.setdefault(grant.reach, []).append(grant)
        order = [*SOONEST, *(reach for reach in by_reach if reach not in SOONEST)]
        parts = [(by_reach[reach], NO_EMERGENCY) for reach in order if reach in by_reach]
        return [*parts, ([], emergencies)] if any(emergencies.values()) else parts

    def rows(self, grants: list[Grant], emergencies: Emergencies) -> Q:
        """The condition that the rows meet which these grants open."""
        condition = NOTHING
        for grant in grants:
            meaning = self.reaches.get(grant.reach)
            if meaning is None:
                continue
            if grant.mission is None:
                condition |= meaning(grant)
            elif self.within is not None:
                condition |= meaning(grant) & self.within(grant)
        for kind, lookup in self.opened_by.items():
            if emergencies.get(kind):
                condition |= Q(**{lookup: emergencies[kind]})
        return condition


_RULES: dict[type[Model], Rule] = {}


def register_rule(model: type[Model], rule: Rule) -> None:
    """Give a kind of row its rule; called in AppConfig.ready()."""
    _RULES[model] = rule


def has_rule(model: type[Model]) -> bool:
    """Whether the room that owns a kind of row has given it a rule."""
    return model._meta.concrete_model in _RULES


def rule_of(model: type[Model]) -> Rule:
    """The rule of a kind of row.

    Raises
    ------
    KeyError
        Where the room that owns it has given none: nothing is open by omission.
    """
    concrete = model._meta.concrete_model
    if concrete not in _RULES:
        raise KeyError(
            f"Expected a rule for {model._meta.label}, got none. Register one in AppConfig.ready()."
        )
    return _RULES[concrete]


def owner_of(thing: Model) -> UUID | None:
    """The organisation that owns the row and is told of emergency access to it."""
    owner = rule_of(type(thing)).owner
    return owner(thing) if owner else None
