"""The two questions of the policy, asked of the same rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from medevac.people.guard import unguarded
from medevac.people.policy.reading import once
from medevac.people.policy.rules import BEHIND_GLASS, Grant, rule_of
from medevac.people.roles import INCLUDED_IN, WITHIN_A_MISSION, Role, grants_of

if TYPE_CHECKING:
    from medevac.people.models import User

    Asking = User | AnonymousUser

M = TypeVar("M", bound=Model)
Standing = tuple[Role, UUID, "UUID | None"]
_ASKS_ONLY_THE_ROW: dict[tuple[object, ...], bool] = {}


class NotAllowedError(PermissionDenied):
    """The roles of the user do not include what was asked; the web answers with "not open to you"."""


def standings(user: Asking) -> list[Standing]:
    """The roles of the user that count now: role, organisation, and the mission that it is limited to."""
    if not user.is_authenticated or not user.is_active:
        return []
    told: list[Standing] | None = getattr(user, "_standings", None)
    return once(("standings", user.pk), lambda: current_standings(user)) if told is None else told


def current_standings(user: User) -> list[Standing]:
    """The roles of the user as the database has them at this moment."""
    from medevac.people.models import Membership

    rows = Membership.unscoped.current().filter(user=user).values_list("role", "organisation_id", "mission")
    return [(Role(role), organisation, mission) for role, organisation, mission in rows]


def grants(user: Asking, action: str) -> list[Grant]:
    """What each of the user's memberships says to an action, and to the wider rights that include it."""
    asked = (action, *INCLUDED_IN.get(action, ()))
    tables = [(name, grants_of(name)) for name in asked]
    return [
        Grant(action=name, reach=table[role], role=role, organisation=organisation, mission=mission)
        for role, organisation, mission in standings(user)
        for name, table in tables
        if role in table and _counts(name, mission)
    ]


def _counts(action: str, mission: UUID | None) -> bool:
    """Whether a membership, limited to a mission or not, can include an action at all."""
    return mission is None or action in WITHIN_A_MISSION


def included(user: Asking, actions: Iterable[str]) -> frozenset[str]:
    """Those of the actions that some role of the user includes; one look at the roles for all of them."""
    held = {(role, mission) for role, _, mission in standings(user)}
    return frozenset(
        action
        for action in actions
        if any(
            role in grants_of(name) and _counts(name, mission)
            for name in (action, *INCLUDED_IN.get(action, ()))
            for role, mission in held
        )
    )


def _emergencies(user: Asking, action: str, model: type[Model]) -> dict[str, list[UUID]]:
    """For what the user has broken the glass, by kind; only where that opens rows of the model."""
    kinds = rule_of(model).opened_by
    if not user.is_authenticated or action not in BEHIND_GLASS or not kinds:
        return {}
    breaking = grants(user, "people.break_glass")
    if not breaking:
        return {}
    return once(("opened", user.pk, *sorted(kinds)), lambda: _opened(user, kinds, breaking))


def _opened(user: User, kinds: Iterable[str], breaking: list[Grant]) -> dict[str, list[UUID]]:
    from medevac.people.models import EmergencyAccess

    opened: dict[str, list[UUID]] = {}
    rows = EmergencyAccess.unscoped.filter(
        user_id=user.pk, subject_kind__in=kinds, expires_at__gt=timezone.now(), ended_at__isnull=True
    )
    for kind, subject in rows.values_list("subject_kind", "subject_id"):
        opened.setdefault(kind, []).append(subject)
    # What has left the reach of the roles since then is closed again.
    return {kind: _still_reached(kind, subjects, breaking) for kind, subjects in opened.items()}


def _still_reached(kind: str, subjects: list[UUID], breaking: list[Grant]) -> list[UUID]:
    model = apps.get_model(kind)
    rows = model._base_manager.filter(rule_of(model).rows(breaking, {}), pk__in=subjects)
    return list(rows.values_list("pk", flat=True).distinct())


def emergency_reasons(user: User, model: type[Model]) -> dict[UUID, str]:
    """The rows of a kind that an emergency access of the user has opened now, with the reason given."""
    return once(("reasons", user.pk, model), lambda: _reasons(user, model))


def _reasons(user: User, model: type[Model]) -> dict[UUID, str]:
    from medevac.people.models import EmergencyAccess

    opened = EmergencyAccess.unscoped.filter(
        user_id=user.pk,
        subject_kind=model._meta.label_lower,
        expires_at__gt=timezone.now(),
        ended_at__isnull=True,
    )
    return dict(opened.values_list("subject_id", "reason"))


def visible(user: Asking, queryset: QuerySet[M, Any], action: str | None = None) -> QuerySet[M, Any]:
    """The rows of the queryset that are open to the user.

    Parameters
    ----------
    user
        Who asks.
    queryset
        Rows of one kind, guarded or not.
    action
        What the user wants to do to them; to see them, unless another is named.
    """
    model = queryset.model
    asked = action or rule_of(model).see
    condition = once(("condition", user.pk, model, asked), lambda: _condition(user, asked, model))
    return unguarded(queryset).filter(condition)


def parts_of(
    user: Asking, queryset: QuerySet[M, Any], whole: Model, action: str | None = None
) -> QuerySet[M, Any]:
    """The parts of one thing that are open to the user: all of them where it is, and none elsewhere.

    As `visible`, but the thing is asked, once in a request, and not each kind of its parts.

    Parameters
    ----------
    queryset
        Rows of one kind, which are open where what they are part of is (`Rule.part_of`).
    whole
        What they are part of; only its own parts are found.
    action
        As in `visible`.

    Raises
    ------
    ValueError
        For a kind of row whose rule is another.
    """
    rule = rule_of(queryset.model)
    if not rule.part_of:
        raise ValueError(
            f"Expected rows that are open where what they are part of is, got {queryset.model._meta.label}."
        )
    if not may(user, action or rule.see, whole):
        return unguarded(queryset).none()
    return unguarded(queryset).filter(**{rule.part_of: whole.pk})


def _condition(user: Asking, action: str, model: type[Model]) -> Q:
    """What a row meets that is open to the user, in a form that finds none twice."""
    granted, emergencies = grants(user, action), _emergencies(user, action, model)
    question = rule_of(model).question(granted, emergencies)
    return once(("rows", user.pk, model, question), lambda: _rows(granted, emergencies, model))


def _rows(granted: list[Grant], emergencies: dict[str, list[UUID]], model: type[Model]) -> Q:
    condition = rule_of(model).rows(granted, emergencies)
    # What a rule asks depends on these alone, not on whose organisation it is.
    form = (
        model,
        frozenset((grant.action, grant.reach, grant.role, grant.mission is None) for grant in granted),
        frozenset(kind for kind, opened in emergencies.items() if opened),
    )
    if form not in _ASKS_ONLY_THE_ROW:
        _ASKS_ONLY_THE_ROW[form] = _asks_only_the_row(model._base_manager.filter(condition))
    if _ASKS_ONLY_THE_ROW[form]:
        return condition
    return Q(pk__in=model._base_manager.filter(condition).values("pk"))


def _asks_only_the_row(rows: QuerySet[Any, Any]) -> bool:
    """Whether a condition joins no other table, so that it finds no row twice and indexes serve it all.

    Through `pk__in` the database makes the set of all open rows first, and only then orders and cuts it.
    """
    return sum(1 for uses in rows.query.alias_refcount.values() if uses) <= 1


def may(user: Asking, action: str, thing: Model | None = None) -> bool:
    """Whether the user may do it.

    Parameters
    ----------
    user
        Who asks.
    action
        A right or an action of the role table.
    thing
        What it is done to. Without a thing the answer is whether any role of the user includes the action.
    """
    if thing is None:
        return bool(grants(user, action))
    model: Any = thing._meta.concrete_model
    rule, granted, emergencies = rule_of(model), grants(user, action), _emergencies(user, action, model)
    return any(_opens(user, thing, model, *part) for part in rule.apart(granted, emergencies))


def _opens(
    user: Asking, thing: Model, model: Any, granted: list[Grant], emergencies: Mapping[str, list[UUID]]
) -> bool:
    """Whether one part of a question opens a thing; a page asks for the same part under several names."""
    rule = rule_of(model)
    rows = model._base_manager.filter(pk=thing.pk)
    question = ("may", user.pk, model, thing.pk, rule.question(granted, emergencies))
    return once(question, lambda: bool(rows.filter(rule.rows(granted, emergencies)).exists()))


def found(user: Asking, queryset: QuerySet[M, Any], action: str | None = None) -> M | None:
    """The one thing that a queryset names, if it is open to the user; `may` remembers that it is."""
    thing: M | None = unguarded(queryset).first()
    asked = action or rule_of(queryset.model).see
    return thing if thing is not None and may(user, asked, thing) else None


def demand(user: Asking, action: str, thing: Model | None = None) -> None:
    """Refuse with a sentence where the user may not.

    Raises
    ------
    NotAllowedError
        Where `may` says no.
    """
    if not may(user, action, thing):
        what = "" if thing is None else f" to {thing._meta.verbose_name} {thing.pk}"
        raise NotAllowedError(
            f'Expected a role that includes "{action}"{what}, which none of the user\'s roles does.'
        )
