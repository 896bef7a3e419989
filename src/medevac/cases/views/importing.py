"""Cases from a workbook: the template, the upload, what it would do, and the deed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext

from medevac.cases.forms.casebook import CasesUploadForm, open_missions
from medevac.cases.models import CaseImport
from medevac.cases.services.filing import filers_for
from medevac.cases.services.importing import apply_import, trial_of, try_import
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals
from medevac.tables.cases.sheet import SHEET
from medevac.tables.columns import LANGUAGES
from medevac.tables.container import WORKBOOK_TYPE

ROWS = 100


def import_cases(request: HttpRequest) -> HttpResponse:
    """Choose a workbook, the mission, and for whom its cases are filed."""
    user = signed_in(request)
    form = CasesUploadForm(
        request.POST or None,
        request.FILES or None,
        missions=open_missions(user),
        filers=filers_for(user),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        requester, mission = form.filers[given["requester"]], form.missions[given["mission"]]
        try:
            kept, _trial = try_import(user, requester, mission, given["file"].name, given["file"].read())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("cases:import_trial", public_id=kept.pk)
    return render(request, "cases/import.html", {"form": form})


def import_template(request: HttpRequest, language: str) -> HttpResponse:
    """An empty workbook with notes and lists."""
    from medevac.tables.cases.writing import write_cases_template

    wanted = next((one for one in LANGUAGES if one == language), None)
    if wanted is None:
        raise Http404
    answer = HttpResponse(write_cases_template(wanted), content_type=WORKBOOK_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="cases-{wanted}.xlsx"'
    return answer


def import_trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the workbook would do, every fault in it, and the button that does it."""
    user = signed_in(request)
    rows = visible(user, CaseImport.objects.select_related("requester", "mission"))
    found = rows.filter(pk=public_id, made_by=user.pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        with saying_refusals(request):
            done = sum(deed.word != "same" for deed in apply_import(user, found))
            sentence = ngettext(
                "%(count)s case has been written.", "%(count)s cases have been written.", done
            )
            messages.success(request, sentence % {"count": done})
        return redirect("cases:import_trial", public_id=found.pk)
    trial = trial_of(found)
    counts = {word: trial.count(word) for word in ("add", "change", "same")} if trial else {}
    told = [one for one in trial.told if one.word != "same"] if trial else []
    page = Paginator(told, ROWS).get_page(request.GET.get("page"))
    labels = {column.key: column.heading for column in SHEET.columns}
    language = next((one for one in LANGUAGES if one == (get_language() or "")[:2]), LANGUAGES[0])
    lines = [(one, ", ".join(labels[name].of(language) for name in one.news)) for one in page]
    return render(
        request,
        "cases/import_trial.html",
        {"kept": found, "trial": trial, "counts": counts, "page": page, "lines": lines},
    )
