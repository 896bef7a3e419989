"""The document that an address names, if it is open to the user and the user may do this to it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from medevac.documents.models import Document
from medevac.documents.policy import CHANGE
from medevac.documents.selectors import document_for
from medevac.people.policy import demand
from medevac.people.signed_in import signed_in


def found(request: HttpRequest, public_id: UUID) -> Document:
    """The document, or "not found" where it is not open to the user."""
    document = document_for(signed_in(request), public_id)
    if document is None:
        raise Http404
    return document


def to_change(request: HttpRequest, public_id: UUID) -> Document:
    """The document, or a refusal where the user may see but not change it."""
    document = found(request, public_id)
    demand(signed_in(request), CHANGE, document)
    return document
