"""Cases to take away: what the address narrows them to, which columns, and the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from medevac.cases.forms.casebook import ColumnsWantedForm, NarrowingForm
from medevac.cases.services.exporting import MOST_ROWS, WORKBOOK, Wanted, export_cases
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.tables.container import WORKBOOK_TYPE


def export(request: HttpRequest) -> HttpResponse:
    """Show how many cases the address leaves; a POST takes them away."""
    user = signed_in(request)
    narrowing = NarrowingForm(request.GET or {"state": "live"}, user=user)
    form = ColumnsWantedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = Wanted(**form.cleaned_data, conditions=narrowing.facts())
        try:
            taken = export_cases(user, narrowing.cases(), wanted)
        except RefusedError as refusal:
            messages.error(request, refusal.sentence)
            return redirect(f"{reverse('cases:export')}?{request.GET.urlencode()}")
        kind = WORKBOOK_TYPE if wanted.file_format == WORKBOOK else "text/csv; charset=utf-8"
        answer = HttpResponse(taken.content, content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="{taken.file_name}"'
        return answer
    count = visible(user, narrowing.cases()).count()
    return render(
        request,
        "cases/export.html",
        {
            "narrowing": narrowing,
            "form": form,
            "count": count,
            "most": MOST_ROWS,
            "address": request.GET.urlencode(),
        },
    )
