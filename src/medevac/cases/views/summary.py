"""The one-page summary: the choice of language and kind, and the PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from medevac.cases.forms.casebook import SummaryForm
from medevac.cases.models import Case
from medevac.cases.services.summarising import print_summary
from medevac.people.policy import may, visible
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in


def summary(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose; a POST prints."""
    user = signed_in(request)
    rows = visible(user, Case.objects.filter(pk=public_id)).select_related("mission", "person")
    case = rows.first()
    if case is None:
        raise Http404
    personal_open = may(user, Right.PERSONAL, case)
    initial = {"language": (get_language() or "en")[:2]}
    form = SummaryForm(request.POST or None, personal_open=personal_open, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        personal = bool(given.get("personal"))
        made = print_summary(user, case, language=given["language"], personal=personal)
        answer = HttpResponse(made.content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
        return answer
    return render(request, "cases/summary.html", {"case": case, "form": form, "personal_open": personal_open})
