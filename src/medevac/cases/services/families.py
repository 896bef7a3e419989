"""Families: cases that travel together, or at least leave at the same stop."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from medevac.cases.models import Case, FamilyGroup
from medevac.cases.policy import CHANGE
from medevac.cases.services.changed import move_moment, raise_version, refuse_unless_seen
from medevac.cases.services.items import live_case
from medevac.directory.services.checking import save_checked
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

Together = FamilyGroup.Together


@transaction.atomic
def join_family(
    actor: User, case: Case, other: Case, *, together: str = Together.TOGETHER, seen: int | None = None
) -> FamilyGroup:
    """Say that two patients are of one family; each brings along whoever is of its family already.

    Parameters
    ----------
    actor
        Who says it; must be able to change both cases.
    case, other
        The two. The other's family counts where it has one.
    together
        How closely they stay together, for the whole family.
    seen
        The version of the case that the actor has seen; refused where somebody has written since.

    Raises
    ------
    RefusedError
        Where they are of two missions, and so would leave from two hubs, or are of two families already.
    """
    demand(actor, CHANGE, case)
    demand(actor, CHANGE, other)
    if case.pk == other.pk:
        raise RefusedError(_("Choose another case than this one."))
    _lock_families(case, other)
    first, second = live_case(case), live_case(other)
    refuse_unless_seen(first, seen)
    if first.mission_id != second.mission_id:
        raise RefusedError(
            _(
                "%(case)s and %(other)s belong to two missions and would leave from two hubs. One family "
                "travels with one mission: file them in the same one."
            )
            % {"case": case.pseudonym, "other": other.pseudonym}
        )
    if first.family_id and second.family_id and first.family_id != second.family_id:
        raise RefusedError(
            _("%(case)s and %(other)s are of two families. Let one of them leave its family first.")
            % {"case": case.pseudonym, "other": other.pseudonym}
        )
    family = first.family or second.family
    if family is None:
        family = FamilyGroup(mission=first.mission, owner=first.requester)
    family.together = together
    save_checked(family)
    for one in (first, second):
        if one.family_id != family.pk:
            one.family = family
            raise_version(one)
    move_moment(Case.unscoped.filter(family=family).values_list("pk", flat=True))
    return family


@transaction.atomic
def leave_family(actor: User, case: Case, *, seen: int | None = None) -> Case:
    """Say that a patient travels apart from the family. A family of one is none.

    `seen` is the version of the case that the actor has seen; refused where somebody has written since.
    """
    demand(actor, CHANGE, case)
    _lock_families(case)
    kept = live_case(case)
    refuse_unless_seen(kept, seen)
    family = kept.family
    if family is None:
        raise RefusedError(_("%(case)s is of no family.") % {"case": kept.pseudonym})
    rest = list(Case.unscoped.filter(family=family).exclude(pk=kept.pk))
    leaving = [kept, *rest] if len(rest) == 1 else [kept]
    for one in leaving:
        one.family = None
        raise_version(one)
    move_moment(one.pk for one in rest if one.family_id)
    if len(rest) <= 1:
        family.delete()
    return kept


def _lock_families(*cases: Case) -> None:
    """Lock the cases with everybody who is of their families, in order: all of them hear of the change."""
    ids = [case.pk for case in cases]
    families = Case.unscoped.filter(pk__in=ids, family__isnull=False).values("family")
    rows = Case.unscoped.select_for_update().filter(Q(pk__in=ids) | Q(family__in=families))
    list(rows.order_by("pk").values_list("pk"))
