"""A case, or a row of it, as the pages of deeds find it: open for the deed, or not found."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.selectors.documents import papers_of
from medevac.cases.services.chasing import address_of
from medevac.documents.looks import record_look_at_documents
from medevac.documents.models import Document
from medevac.people.policy import found, visible
from medevac.people.signed_in import signed_in

M = TypeVar("M", bound=Model)


def open_case(request: HttpRequest, public_id: UUID, action: str) -> Case:
    """The case, if the user may do this to it."""
    rows = Case.objects.select_related("mission", "requester", "family").filter(pk=public_id)
    case = found(signed_in(request), rows, action)
    if case is None:
        raise Http404
    return case


def open_row(request: HttpRequest, rows: QuerySet[M], action: str) -> M:
    """One row of a case, if its case is open for the deed."""
    row: M | None = visible(signed_in(request), rows, action).first()
    if row is None:
        raise Http404
    return row


def papers_shown(request: HttpRequest, case: Case) -> list[Document]:
    """The case's documents that a form offers as a paper; the look is on record."""
    user = signed_in(request)
    papers = papers_of(user, case)
    record_look_at_documents(user, papers)
    return papers


def deed_page(
    request: HttpRequest,
    case: Case,
    form: BaseForm | None,
    title: str,
    *,
    hint: str = "",
    button: str = "",
    **more: Any,
) -> HttpResponse:
    """The page of one form about a case; without a form, of a question."""
    content = {"case": case, "form": form, "title": title, "hint": hint, "button": button or _("Save")}
    return render(request, "cases/deed.html", {**content, "back": address_of(case), **more})


def done(request: HttpRequest, case: Case, sentence: str, part: str = "") -> HttpResponse:
    """Back to the case, with a sentence that says what was done."""
    messages.success(request, sentence)
    return redirect(address_of(case) + (f"#{part}" if part else ""))
