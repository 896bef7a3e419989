"""A hospital's places by workbook: the template, the upload, what it would do, the deed, and the export."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_POST

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
from medevac.offers.forms.places import PlacesUploadForm
from medevac.offers.models import PlaceImport
from medevac.offers.selectors.places import kept_hospitals
from medevac.offers.services.place_exporting import export_places as take_places
from medevac.offers.services.place_exporting import places_template as written_template
from medevac.offers.services.place_importing import Trial, apply_import, trial_of, try_import
from medevac.offers.views.places import kept_places
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.tables.places.sheets import PLACES


def import_places(request: HttpRequest) -> HttpResponse:
    """Choose a workbook, and whose places it tells."""
    user = signed_in(request)
    missions = running_missions(user)
    kept = {one.pk: one for mission in missions for one in kept_hospitals(user, mission)}
    form = PlacesUploadForm(
        request.POST or None,
        request.FILES or None,
        missions=missions,
        hospitals=list(kept.values()),
        initial={name: request.GET.get(name, "") for name in ("mission", "hospital")},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        hospital, mission = form.hospitals[given["hospital"]], form.missions[given["mission"]]
        try:
            made, _trial = try_import(user, hospital, mission, given["file"].name, given["file"].read())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("offers:places_trial", public_id=made.pk)
    return render(request, "offers/places_import.html", {"form": form}, status=422 if form.errors else 200)


def places_template(request: HttpRequest, language: str) -> HttpResponse:
    """An empty workbook with notes and lists."""
    wanted = template_language(language)
    with override(wanted):
        content = written_template(wanted)
    return file_answer(content, f"places-{wanted}.xlsx")


def places_trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the workbook would do, every fault in it, and the button that does it."""
    user = signed_in(request)
    found = own_trial(user, PlaceImport.objects.select_related("hospital", "mission"), public_id)
    if request.method == "POST":
        say_written(request, lambda: _written(apply_import(user, found)))
        return redirect("offers:places_trial", public_id=found.pk)
    trial = trial_of(found)
    page = page_of_changed(request, trial.places if trial else [])
    language = workbook_language()
    labels = {column.key: column.heading.of(language) for column in PLACES.columns}
    return render(
        request,
        "offers/places_trial.html",
        {
            "kept": found,
            "address": _address(found),
            "trial": trial,
            "faults": len(trial.faults) + trial.more if trial else 0,
            "counts": counts_of(trial),
            "page": page,
            "places": [(one, ", ".join(labels[key] for key in one.news)) for one in page],
            "pools": [one for one in trial.pools if one.word != "same"] if trial else [],
        },
    )


@require_POST
def export_places(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Take a hospital's places away."""
    user = signed_in(request)
    hospital, mission = kept_places(user, public_id, code)
    taken = take_places(user, hospital, mission)
    return file_answer(taken.content, taken.file_name)


def _address(kept: PlaceImport) -> str:
    """Where the next workbook of the same hospital is read."""
    told = urlencode({"mission": kept.mission.code, "hospital": kept.hospital_id})
    return f"{reverse('offers:import_places')}?{told}"


def _written(done: Trial) -> int:
    return done.count("add") + done.count("change")
