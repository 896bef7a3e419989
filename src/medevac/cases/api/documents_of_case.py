"""The documents of a case as programs read, attach and take them off. Their bytes are read at /documents."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import StringConstraints
from pydantic.json_schema import SkipJsonSchema

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, Page, PageOf, answered_with, page_of
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Day
from medevac.cases.api.reading import case_for, cases
from medevac.cases.api.values import Said200
from medevac.cases.api.writing import WRITE
from medevac.cases.api.written import Touched, answers, touched
from medevac.cases.models import CaseDocument
from medevac.cases.selectors.documents import documents_of
from medevac.cases.services import attach_document, detach_document
from medevac.cases.services.documents import upload_to_case
from medevac.documents.api import SCOPE, DocumentOut
from medevac.documents.looks import record_look_at_documents
from medevac.documents.models import Document
from medevac.documents.rules import Kind
from medevac.documents.selectors import document_for
from medevac.documents.services import Description

reading = TokenAccess(SCOPE.name)
writing = TokenAccess(WRITE.name, SCOPE.name)
ANSWERS = answered_with(DocumentOut, one=True) | {409: Fault}


@cases.get(
    "/{id}/documents",
    auth=reading,
    response=answered_with(Page[DocumentOut], one=True),
    summary="Documents of a case",
)
def list_documents_of_case(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Those that are open to the token, attached last first; each asks for its own right."""
    holder: Any = holder_of(request)
    page = page_of(documents_of(holder, case_for(holder, id)), paging)
    record_look_at_documents(holder, page["items"])
    return page


class DocumentIn(Schema):
    """What is written of an uploaded file. Redacted: nobody can be recognised in it."""

    kind: Kind
    title: Said200
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    dated: Day | SkipJsonSchema[None] = None  # a form has no word for null: it is left out
    redacted: bool = False


@cases.post("/{id}/documents", auth=writing, response=ANSWERS, summary="Upload a document to a case")
def upload_document_to_case(
    request: HttpRequest, id: UUID, given: Form[DocumentIn], file: File[UploadedFile]
) -> Document:
    """Take a file in, checked and encrypted, and attach it: both or nothing. 409 tells what is wrong."""
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    described = Description(given.kind, given.title, given.language, given.dated, given.redacted)
    content: Any = file.file
    with deed():
        made = upload_to_case(holder, case, content, described)
    record_look_at_documents(holder, [made])
    return made


@cases.put("/{id}/documents/{document}", auth=writing, response=ANSWERS, summary="Attach a document")
def attach_document_to_case(request: HttpRequest, id: UUID, document: UUID) -> Document:
    """Have the case hold a document of the token's organisation. Sent twice, it is attached once."""
    holder: Any = holder_of(request)
    case, found = case_for(holder, id), _open(holder, document)
    with deed():
        attach_document(holder, case, found)
    record_look_at_documents(holder, [found])
    return found


@cases.delete(
    "/{id}/documents/{document}",
    auth=writing,
    response=answers(Touched),
    summary="Take a document off a case",
)
def detach_document_from_case(request: HttpRequest, id: UUID, document: UUID) -> dict[str, Any]:
    """Take it off; items and consents that named it stay without a paper. It is not destroyed."""
    holder: Any = holder_of(request)
    case, found = case_for(holder, id), _open(holder, document)
    held = CaseDocument.unscoped.filter(case=case, document=found).select_related("case", "document").first()
    if held is None:
        raise HttpError(404, f"Expected the id of a document of this case, got {document}.")
    with deed():
        detach_document(holder, held)
    return touched(holder, case)


def _open(holder: Any, id: UUID) -> Document:
    """A document that the token reads."""
    found = document_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a document that is open to the token, got {id}.")
    return found
