"""Cases to take away: what the address narrows them to, which columns, and the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from medevac.cases.forms.casebook import ColumnsWantedForm
from medevac.cases.forms.filters import ExportFilterForm
from medevac.cases.models import Case
from medevac.cases.selectors.listing import cases_for
from medevac.cases.services.exporting import MOST_ROWS, WORKBOOK, Wanted, export_cases
from medevac.cases.views.listing import kept
from medevac.cases.views.workbooks import file_answer
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.tables.container import WORKBOOK_TYPE


def export(request: HttpRequest) -> HttpResponse:
    """Show how many cases the address leaves; a POST takes them away."""
    user = signed_in(request)
    filters = ExportFilterForm(request.GET, user=user)
    cases = cases_for(user, filters.asked()) if filters.is_valid() else Case.objects.none()
    form = ColumnsWantedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = Wanted(**form.cleaned_data, conditions=filters.conditions())
        try:
            taken = export_cases(user, cases.order_by("due_at", "pk"), wanted)
        except RefusedError as refusal:
            messages.error(request, refusal.sentence)
            return redirect(f"{reverse('cases:export')}?{request.GET.urlencode()}")
        kind = WORKBOOK_TYPE if wanted.file_format == WORKBOOK else "text/csv; charset=utf-8"
        return file_answer(taken.content, taken.file_name, kind)
    return render(
        request,
        "cases/export.html",
        {
            "filters": filters,
            "form": form,
            "count": cases.count(),
            "most": MOST_ROWS,
            "address": kept(request.GET),
        },
    )
