"""Asks, answers, offers and choices by workbook: template, upload, what it would do, the deed, the export."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override

from medevac.cases.services.taking import workbook_language
from medevac.cases.views.workbooks import (
    counts_of,
    file_answer,
    own_trial,
    page_of_changed,
    say_written,
    template_language,
)
from medevac.directory.models import Mission
from medevac.directory.policy import SEE as SEE_DIRECTORY
from medevac.offers.forms.asks_workbook import AsksUploadForm, AsksWantedForm
from medevac.offers.models import AskImport
from medevac.offers.policy import IMPORT_ASKS
from medevac.offers.services.asks_workbook.exporting import asks_template as written_template
from medevac.offers.services.asks_workbook.exporting import export_asks as take_asks
from medevac.offers.services.asks_workbook.importing import apply_import, trial_of, try_import
from medevac.people.models import User
from medevac.people.policy import included, visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.tables.asks.sheets import SHEETS


def import_asks(request: HttpRequest) -> HttpResponse:
    """Choose a workbook, and the mission that it tells of."""
    user = signed_in(request)
    form = AsksUploadForm(
        request.POST or None, request.FILES or None, missions=_missions(user), initial=_initial(request)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept, _trial = try_import(user, given["mission"], given["file"].name, given["file"].read())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("offers:asks_trial", public_id=kept.pk)
    return render(request, "offers/asks_import.html", {"form": form}, status=422 if form.errors else 200)


def asks_template(request: HttpRequest, language: str) -> HttpResponse:
    """An empty workbook with notes and lists."""
    wanted = template_language(language)
    with override(wanted):
        return file_answer(written_template(wanted), f"asks-{wanted}.xlsx")


def asks_trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the workbook would do, every fault in it, and the button that does it."""
    user = signed_in(request)
    found = own_trial(user, AskImport.objects.select_related("mission"), public_id)
    if request.method == "POST":
        say_written(request, lambda: sum(one.word != "same" for one in apply_import(user, found).told))
        return redirect("offers:asks_trial", public_id=found.pk)
    trial = trial_of(found)
    page = page_of_changed(request, trial.told if trial else [])
    language = workbook_language()
    names = {sheet.key: sheet.name.of(language) for sheet in SHEETS}
    return render(
        request,
        "offers/asks_trial.html",
        {
            "kept": found,
            "trial": trial,
            "faults": found.faults_count,
            "counts": counts_of(trial),
            "page": page,
            "lines": [(one, names[one.sheet]) for one in page],
        },
    )


def export_asks(request: HttpRequest) -> HttpResponse:
    """Say what to take away; a POST takes it."""
    user = signed_in(request)
    form = AsksWantedForm(request.POST or None, missions=_missions(user), initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_asks(user, form.wanted())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return file_answer(taken.content, taken.file_name)
    page = {"form": form, "imports": bool(included(user, [IMPORT_ASKS]))}
    return render(request, "offers/asks_export.html", page, status=422 if form.errors else 200)


def _missions(user: User) -> list[Mission]:
    return list(visible(user, Mission.objects.all(), SEE_DIRECTORY).order_by("code"))


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"mission": request.GET.get("mission", "")}
