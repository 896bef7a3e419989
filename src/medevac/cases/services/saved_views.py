"""Views of the list that people keep for themselves, or share with an organisation of theirs."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from medevac.cases.models import SavedView
from medevac.directory.services.checking import save_checked
from medevac.people.models import Organisation, User
from medevac.people.policy import standings
from medevac.people.refusals import RefusedError

MOST_VIEWS = 30  # of one person


def views_for(user: User) -> QuerySet[SavedView]:
    """The user's own views, and those shared with an organisation that the user belongs to, by name."""
    mine = {organisation for _role, organisation, _mission in standings(user)}
    rows: QuerySet[SavedView] = SavedView.unscoped.filter(Q(user=user) | Q(shared_with__in=mine))
    return rows.select_related("shared_with").order_by("name", "pk")


def own_organisations(user: User) -> list[Organisation]:
    """With whom the user can share: the organisations of the user's memberships, by name."""
    mine = {organisation for _role, organisation, _mission in standings(user)}
    return list(Organisation.unscoped.filter(pk__in=mine).order_by("latin_name", "pk"))


@transaction.atomic
def save_view(user: User, name: str, address: str, shared_with: Organisation | None = None) -> SavedView:
    """Keep a view under a name; one of the user's own with the same name is replaced.

    Raises
    ------
    RefusedError
        Where the name is missing, there are too many, or the organisation is none of the user's.
    """
    name = " ".join(name.split())
    if not name:
        raise RefusedError(_("Give the view a name, so that you find it again."))
    if shared_with is not None and shared_with not in own_organisations(user):
        raise RefusedError(_("A view is shared with an organisation that you belong to. Choose one of them."))
    own = SavedView.unscoped.select_for_update().filter(user=user)
    view = own.filter(name=name).first() or SavedView(user=user, name=name)
    if view._state.adding and own.count() >= MOST_VIEWS:
        raise RefusedError(
            _("You have %(most)s views, which is as many as there can be. Delete one first.")
            % {"most": MOST_VIEWS}
        )
    view.address, view.shared_with = address, shared_with
    save_checked(view)
    return view


@transaction.atomic
def delete_view(user: User, view: UUID) -> None:
    """Delete one of the user's own views.

    Raises
    ------
    RefusedError
        Where the user has no such view.
    """
    deleted, _rows = SavedView.unscoped.filter(user=user, pk=view).delete()
    if not deleted:
        raise RefusedError(_("You have no such view any more. Load the page again."))
