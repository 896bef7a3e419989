"""What is there: own uploads, one document, its bytes and its picture. Each look is written first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from medevac.documents import services
from medevac.documents.forms import language_name
from medevac.documents.looks import record_look_at_documents
from medevac.documents.models import Document
from medevac.documents.policy import CHANGE
from medevac.documents.recognising import BY_CONTENT_TYPE
from medevac.documents.rules import CLINICAL_KINDS
from medevac.documents.selectors import unattached_for, versions_of
from medevac.documents.sending import close, sent
from medevac.documents.services.opening import has_picture, refuse_closed
from medevac.documents.views.finding import found
from medevac.people.policy import may
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

ROWS = 50


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What the user has uploaded that belongs to nothing yet."""
    user = signed_in(request)
    page = Paginator(unattached_for(user), ROWS).get_page(request.GET.get("page"))
    record_look_at_documents(user, page)
    rows = [(row, language_name(row.language)) for row in page]
    return render(request, "documents/own.html", {"page": page, "rows": rows})


@require_safe
def document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One document: what is written of it, a picture, and what can be done."""
    user = signed_in(request)
    shown = found(request, public_id)
    versions = list(versions_of(user, shown))
    record_look_at_documents(user, [shown, *versions])
    kind = BY_CONTENT_TYPE.get(shown.content_type)
    return render(
        request,
        "documents/document.html",
        {
            "document": shown,
            "language": language_name(shown.language),
            "type": kind.word.upper() if kind else "",
            "versions": [(one, language_name(one.language)) for one in versions],
            "opens": _opens(shown),
            "of_health": shown.kind in CLINICAL_KINDS,
            "picture": has_picture(shown),
            "changes": shown.destroyed_at is None and may(user, CHANGE, shown),
        },
    )


@require_safe
def open_content(request: HttpRequest, public_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The bytes of a document."""
    shown = found(request, public_id)
    try:
        return sent(request, services.open_document(signed_in(request), shown))
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("documents:document", public_id=shown.pk)


@require_safe
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A picture of the first page; where none can be made, a drawing that says so."""
    shown = found(request, public_id)
    try:
        picture = services.picture_of(signed_in(request), shown)
    except RefusedError as refusal:
        words = {"sentence": refusal.sentence}
        response = render(request, "documents/no_picture.svg", words, content_type="image/svg+xml")
    else:
        response = HttpResponse(picture, content_type="image/jpeg")
    close(response)
    return response


def _opens(shown: Document) -> bool:
    try:
        refuse_closed(shown)
    except RefusedError:
        return False
    return True
