"""Organisations over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from ninja.errors import HttpError

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Page, PageOf, answered_with, page_of
from medevac.api.registry import register_router
from medevac.api.scopes import Scope, register_scope
from medevac.people.models import Organisation

SCOPE = Scope("organisations.read", "people.see_organisations", _("read organisations and their tree"))
router = Router(auth=TokenAccess(SCOPE.name), tags=["organisations"])


class OrganisationOut(Schema):
    """An organisation. `parent` is null for a root of the tree."""

    id: UUID
    name: str
    latin_name: str
    kind: str
    country: str
    parent: UUID | None
    closed: bool

    @staticmethod
    def resolve_closed(row: Organisation) -> bool:
        """Whether it has been closed."""
        return row.closed_at is not None

    @staticmethod
    def resolve_parent(row: Organisation) -> UUID | None:
        """The organisation that it is part of."""
        return row.parent_id


@router.get("", response=answered_with(Page[OrganisationOut]), summary="Organisations")
def list_organisations(request: HttpRequest, paging: PageOf) -> dict[str, Any]:
    """The organisations that the token reaches, by name in Latin letters."""
    rows = holder_of(request).sees(Organisation.objects.all())
    return page_of(rows.order_by("latin_name", "pk"), paging)


@router.get("/{id}", response=answered_with(OrganisationOut, one=True), summary="One organisation")
def get_organisation(request: HttpRequest, id: UUID) -> Organisation:
    """One organisation."""
    found: Organisation | None = holder_of(request).sees(Organisation.objects.filter(pk=id)).first()
    if found is None:
        raise HttpError(404, f"Expected the id of an organisation that the token reaches, got {id}.")
    return found


def register_own_router() -> None:
    """Add the scope and the router."""
    register_scope(SCOPE)
    register_router("/organisations", router)
