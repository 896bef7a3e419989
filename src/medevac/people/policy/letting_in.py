"""Who may give which role where: the role must fit the organisation, and some only an administrator gives."""

from __future__ import annotations

from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import ADMINISTRATORS_CHOICE, PARTS_OF, ROLES_OF, Kind
from medevac.people.policy.asking import NotAllowedError, grants, may
from medevac.people.policy.rules import rule_of
from medevac.people.roles import Role


def roles_to_give(actor: User, organisation: Organisation) -> list[Role]:
    """The roles that the actor may give in an organisation; none where the actor does not reach it."""
    if organisation.closed_at is not None or not may(actor, "people.invite", organisation):
        return []
    fitting = ROLES_OF[Kind(organisation.kind)]
    if administers(actor, organisation):
        return list(fitting)
    return [role for role in fitting if role not in ADMINISTRATORS_CHOICE]


def kinds_to_add(actor: User, parent: Organisation) -> list[Kind]:
    """What the actor may add below an organisation, what usually stands there first."""
    if not may(actor, "people.change_organisations", parent):
        return []
    above = Kind(parent.kind)
    usual = [*PARTS_OF.get(above, ()), above]
    if administers(actor, parent):
        return [*usual, *(kind for kind in Kind if kind not in usual)]
    return usual


def administers(actor: User, organisation: Organisation) -> bool:
    """Whether the actor reaches the organisation as an administrator."""
    own = [grant for grant in grants(actor, "people.invite") if grant.role is Role.ADMINISTRATOR]
    reached = rule_of(Organisation).rows(own, {})
    return Organisation.unscoped.filter(reached, pk=organisation.pk).exists()


def demand_over_role(actor: User, action: str, organisation: Organisation, role: Role) -> None:
    """Refuse where the actor may not do this to a membership with this role."""
    allowed = may(actor, action, organisation)
    if not allowed or (role in ADMINISTRATORS_CHOICE and not administers(actor, organisation)):
        raise NotAllowedError(
            f'Expected a role that includes "{action}" for {role} in organisation {organisation.pk}, got '
            f"none."
        )
