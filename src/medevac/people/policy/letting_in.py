"""Who may give which role where: the role must fit the organisation, and some only an administrator gives.

Whoever is limited to one mission gives, ends and confirms memberships that are limited to the same.
"""

from __future__ import annotations

from uuid import UUID

from medevac.people.missions import missions_open_to
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import ADMINISTRATORS_CHOICE, PARTS_OF, ROLES_OF, Kind
from medevac.people.policy.asking import NotAllowedError, grants, may
from medevac.people.policy.rules import rule_of
from medevac.people.roles import Role

INVITE = "people.invite"


def roles_to_give(actor: User, organisation: Organisation) -> list[Role]:
    """The roles that the actor may give in an organisation; none where the actor does not reach it."""
    if organisation.closed_at is not None or not _reached(actor, INVITE, organisation):
        return []
    fitting = ROLES_OF[Kind(organisation.kind)]
    if _reached(actor, INVITE, organisation, as_role=Role.ADMINISTRATOR):
        return list(fitting)
    return [role for role in fitting if role not in ADMINISTRATORS_CHOICE]


def missions_to_give(actor: User, organisation: Organisation) -> dict[UUID | None, str]:
    """The missions to which the actor may limit a role in an organisation, by id.

    None stands for no limit, and is among them where the actor is limited to no mission.
    """
    reached = _reached(actor, INVITE, organisation)
    found: dict[UUID | None, str] = {None: ""} if None in reached else {}
    for mission, name in missions_open_to(organisation.pk).items():
        if not reached.isdisjoint({None, mission}):
            found[mission] = name
    return found


def kinds_to_add(actor: User, parent: Organisation) -> list[Kind]:
    """What the actor may add below an organisation, what usually stands there first."""
    if not may(actor, "people.change_organisations", parent):
        return []
    above = Kind(parent.kind)
    usual = [*PARTS_OF.get(above, ()), above]
    if administers(actor, parent):
        return [*usual, *(kind for kind in Kind if kind not in usual)]
    return usual


def administers(actor: User, organisation: Organisation, mission: UUID | None = None) -> bool:
    """Whether the actor reaches the organisation as an administrator, in a mission or in all of them."""
    return not _reached(actor, INVITE, organisation, as_role=Role.ADMINISTRATOR).isdisjoint({None, mission})


def may_over_role(
    actor: User, action: str, organisation: Organisation, role: Role, mission: UUID | None
) -> bool:
    """Whether the actor may do this to a membership with this role, limited to this mission or to none."""
    if _reached(actor, action, organisation).isdisjoint({None, mission}):
        return False
    return role not in ADMINISTRATORS_CHOICE or administers(actor, organisation, mission)


def demand_over_role(
    actor: User, action: str, organisation: Organisation, role: Role, mission: UUID | None
) -> None:
    """Refuse where the actor may not do this to a membership with this role."""
    if not may_over_role(actor, action, organisation, role, mission):
        raise NotAllowedError(
            f'Expected a role that includes "{action}" for {role} in organisation {organisation.pk}, got '
            f"none."
        )


def _reached(
    actor: User, action: str, organisation: Organisation, *, as_role: Role | None = None
) -> set[UUID | None]:
    """The missions in which the actor's roles reach the organisation; None where one counts in all."""
    held = [grant for grant in grants(actor, action) if as_role in (None, grant.role)]
    rows, rule = Organisation.unscoped.filter(pk=organisation.pk), rule_of(Organisation)
    return {
        mission
        for mission in {grant.mission for grant in held}
        if rows.filter(rule.rows([grant for grant in held if grant.mission == mission], {})).exists()
    }
