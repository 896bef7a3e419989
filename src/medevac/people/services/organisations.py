"""Organisations: added, changed, moved in the tree, closed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.people.models import Organisation, OrganisationPath, User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import demand
from medevac.people.policy.letting_in import kinds_to_add
from medevac.people.refusals import RefusedError


@transaction.atomic
def add_organisation(
    actor: User,
    *,
    name: str,
    latin_name: str,
    kind: Kind,
    country: str,
    parent: Organisation | None = None,
    admitted_by: Organisation | None = None,
) -> Organisation:
    """Add an organisation below another, or admit one that stands by itself.

    Parameters
    ----------
    actor
        Who adds it; the actor's role must reach the parent, or the owner that admits it.
    name
        In its own language and script.
    latin_name
        In Latin letters.
    kind
        What it is; decides which roles its members can have.
    country
        Two letters.
    parent
        What it is part of.
    admitted_by
        The mission owner that admits it, where it is part of nothing.
    """
    if (parent is None) == (admitted_by is None):
        raise ValueError("Expected either a parent or an owner that admits, got both or neither.")
    if parent is not None:
        demand(actor, "people.change_organisations", parent)
        _must_be_open(parent)
    if admitted_by is not None:
        demand(actor, "people.admit_organisations", admitted_by)
        _must_be_open(admitted_by)
    if kind == Kind.OWNER and parent is not None:
        demand(actor, "people.admit_organisations", parent)
    if parent is not None:
        _must_fit(actor, kind, parent)
    organisation = Organisation(
        name=name, latin_name=latin_name, kind=kind, country=country, parent=parent, admitted_by=admitted_by
    )
    _save_once(organisation)
    return organisation


@transaction.atomic
def change_organisation(
    actor: User, organisation: Organisation, *, name: str, latin_name: str, country: str
) -> Organisation:
    """Correct the names and the country. The kind stays: roles hang on it."""
    demand(actor, "people.change_organisations", organisation)
    kept = Organisation.unscoped.select_for_update().get(pk=organisation.pk)
    kept.name, kept.latin_name, kept.country = name, latin_name, country
    _save_once(kept)
    return kept


@transaction.atomic
def move_organisation(actor: User, organisation: Organisation, *, parent: Organisation) -> Organisation:
    """Make it part of another; the actor's role must reach it, what it leaves and what it joins."""
    kept = Organisation.unscoped.select_for_update().get(pk=organisation.pk)
    demand(actor, "people.change_organisations", kept)
    if kept.parent is not None:
        demand(actor, "people.change_organisations", kept.parent)
    else:
        demand(actor, "people.admit_organisations", kept)
    demand(actor, "people.change_organisations", parent)
    _must_be_open(parent)
    if OrganisationPath.objects.filter(ancestor=kept, descendant=parent).exists():
        # The trigger refuses this as well, for two moves at once that neither of them sees.
        raise RefusedError(
            _("“%(parent)s” is itself part of “%(name)s”. Choose an organisation outside it.")
            % {"parent": parent.name, "name": kept.name}
        )
    kept.parent, kept.admitted_by = parent, None
    _save_once(kept)
    return kept


@transaction.atomic
def close_organisation(actor: User, organisation: Organisation) -> None:
    """Close it and all that is part of it; its members keep their accounts and lose these roles."""
    above = organisation.parent
    demand(
        actor, "people.change_organisations" if above else "people.admit_organisations", above or organisation
    )
    inside = OrganisationPath.objects.filter(ancestor=organisation).values("descendant")
    rows = (
        Organisation.unscoped.filter(pk__in=inside, closed_at__isnull=True).order_by("pk").select_for_update()
    )
    if any(row.kind == Kind.OWNER and row.parent_id is None and row.admitted_by_id is None for row in rows):
        raise RefusedError(
            _("The founder of this installation cannot be closed: nobody could administer the rest.")
        )
    Organisation.unscoped.filter(pk__in=[row.pk for row in rows]).update(closed_at=timezone.now())


def _must_fit(actor: User, kind: Kind, parent: Organisation) -> None:
    if kind not in kinds_to_add(actor, parent):
        raise RefusedError(
            _("“%(kind)s” is no part that you may add to “%(name)s”. Ask an administrator to admit it.")
            % {"kind": kind.label, "name": parent.name}
        )


def _must_be_open(organisation: Organisation) -> None:
    if organisation.closed_at is not None:
        raise RefusedError(
            _("“%(name)s” has been closed. Choose an organisation that is open.")
            % {"name": organisation.name}
        )


def _save_once(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        if "people_organisation_no_cycle" in str(error) or "is part of it" in str(error):
            raise RefusedError(
                _(
                    "Somebody else has just moved the other organisation. Load the page again and look once "
                    "more."
                )
            ) from error
        if "people_organisation_name_once" not in str(error):
            raise
        raise RefusedError(
            _(
                "There is already an organisation “%(name)s” here. Use that one, or give this one another "
                "name."
            )
            % {"name": organisation.name}
        ) from error
