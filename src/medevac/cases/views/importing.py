"""Cases from a workbook: the template, the upload, what it would do, and the deed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from medevac.cases.forms.casebook import CasesUploadForm
from medevac.cases.models import CaseImport
from medevac.cases.services.filing import filers_for
from medevac.cases.services.importing import apply_import, trial_of, try_import
from medevac.cases.services.taking import workbook_language
from medevac.cases.views.workbooks import (
    counts_of,
    file_answer,
    own_trial,
    page_of_changed,
    say_written,
    template_language,
)
from medevac.directory.selectors.missions import running_missions
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.tables.cases.sheet import SHEET


def import_cases(request: HttpRequest) -> HttpResponse:
    """Choose a workbook, the mission, and for whom its cases are filed."""
    user = signed_in(request)
    form = CasesUploadForm(
        request.POST or None,
        request.FILES or None,
        missions=running_missions(user),
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

    wanted = template_language(language)
    return file_answer(write_cases_template(wanted), f"cases-{wanted}.xlsx")


def import_trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the workbook would do, every fault in it, and the button that does it."""
    user = signed_in(request)
    found = own_trial(user, CaseImport.objects.select_related("requester", "mission"), public_id)
    if request.method == "POST":
        say_written(request, lambda: sum(deed.word != "same" for deed in apply_import(user, found)))
        return redirect("cases:import_trial", public_id=found.pk)
    trial = trial_of(found)
    page = page_of_changed(request, trial.told if trial else [])
    labels = {column.key: column.heading for column in SHEET.columns}
    language = workbook_language()
    lines = [(one, ", ".join(labels[name].of(language) for name in one.news)) for one in page]
    return render(
        request,
        "cases/import_trial.html",
        {"kept": found, "trial": trial, "counts": counts_of(trial), "page": page, "lines": lines},
    )
