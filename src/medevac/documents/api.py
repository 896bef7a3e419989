"""Documents over the API: a list, one document, its bytes. Each look is written before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import FAULTS, Fault, Page, Paging, answered_with, page_of
from medevac.api.holder import TokenHolder
from medevac.api.registry import register_router
from medevac.api.scopes import Scope, register_scope
from medevac.audit.context import Acting, acting
from medevac.documents.looks import record_look_at_documents
from medevac.documents.models import Document
from medevac.documents.policy import SEE
from medevac.documents.rules import Kind
from medevac.documents.selectors import document_for, documents_for
from medevac.documents.sending import sent
from medevac.documents.services import open_document
from medevac.people.refusals import RefusedError

SCOPE = Scope("documents.read", SEE, _("read and open documents"))
documents = Router(auth=TokenAccess(SCOPE.name), tags=["documents"])


class DocumentOut(Schema):
    """A document. A reference has an archive and no bytes; a file has bytes and no archive."""

    id: UUID
    number: str
    owner: UUID = Field(alias="owner_id")
    kind: str
    title: str
    language: str
    dated: date | None
    redacted: bool
    redacted_version_of: UUID | None = Field(alias="redacted_version_of_id")
    translation_state: str
    translation_of: UUID | None = Field(alias="translation_of_id")
    is_reference: bool
    content_type: str
    size: int | None
    sha256: str
    archive: str
    accession: str
    contact: str
    how_to_fetch: str
    uploaded_at: datetime
    scan: str
    withdrawn_at: datetime | None
    destroyed_at: datetime | None


class WantedDocuments(Paging):
    """Which documents are wanted."""

    kind: Kind | None = Field(None, description="A kind such as form-027.")
    redacted: bool | None = Field(None, description="Only those that are redacted, or that are not.")


@contextmanager
def _as_token(request: HttpRequest) -> Iterator[TokenHolder]:
    """The holder of the token acts, by its own number, in what follows."""
    holder = holder_of(request)
    number = str(getattr(request, "number", ""))
    with acting(Acting(kind="token", actor=holder.pk, request_id=number, page="api:documents")):
        yield holder


@documents.get("", response=answered_with(Page[DocumentOut]), summary="Documents")
def list_documents(request: HttpRequest, wanted: Query[WantedDocuments]) -> dict[str, Any]:
    """The documents that are open to the token, the newest first; destroyed ones are not told."""
    with _as_token(request) as holder:
        rows = documents_for(holder)  # type: ignore[arg-type]
        if wanted.kind is not None:
            rows = rows.filter(kind=wanted.kind)
        if wanted.redacted is not None:
            rows = rows.filter(redacted=wanted.redacted)
        page = page_of(rows, wanted)
        record_look_at_documents(holder, page["items"])  # type: ignore[arg-type]
    return page


@documents.get("/{id}", response=answered_with(DocumentOut, one=True), summary="One document")
def get_document(request: HttpRequest, id: UUID) -> Document:
    """What is written of one document."""
    with _as_token(request) as holder:
        found = _found(holder, id)
        record_look_at_documents(holder, [found])  # type: ignore[arg-type]
    return found


@documents.get(
    "/{id}/content",
    response={409: Fault, **FAULTS},
    summary="The bytes of a document",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file, with its own type and its length.",
                "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def get_content(request: HttpRequest, id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The file as it was uploaded. 409 where it cannot be opened: a reference, or an infected one."""
    with _as_token(request) as holder:
        try:
            return sent(request, open_document(holder, _found(holder, id)))  # type: ignore[arg-type]
        except RefusedError as refusal:
            raise HttpError(409, refusal.sentence) from refusal


def _found(holder: TokenHolder, public_id: UUID) -> Document:
    found = document_for(holder, public_id)  # type: ignore[arg-type]
    if found is None:
        raise HttpError(404, f"Expected the id of a document that is open to the token, got {public_id}.")
    return found


def register_own_api() -> None:
    """Add the scope and the router."""
    register_scope(SCOPE)
    register_router("/documents", documents)
