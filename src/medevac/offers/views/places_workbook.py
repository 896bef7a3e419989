"""A hospital's places by workbook: the template, the upload, what it would do, the deed, and the export."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from medevac.offers.forms.places import PlacesUploadForm
from medevac.offers.models import PlaceImport
from medevac.offers.selectors.places import kept_hospitals, missions_with_places
from medevac.offers.services.place_exporting import export_places as take_places
from medevac.offers.services.place_exporting import places_template as written_template
from medevac.offers.services.place_exporting import workbook_language
from medevac.offers.services.place_importing import apply_import, trial_of, try_import
from medevac.offers.views.places import kept_places
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals
from medevac.tables.columns import LANGUAGES
from medevac.tables.container import WORKBOOK_TYPE
from medevac.tables.places.sheets import PLACES

ROWS = 100


def import_places(request: HttpRequest) -> HttpResponse:
    """Choose a workbook, and whose places it tells."""
    user = signed_in(request)
    missions = missions_with_places(user)
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
    wanted = next((one for one in LANGUAGES if one == language), None)
    if wanted is None:
        raise Http404
    with override(wanted):
        content = written_template(wanted)
    return _file(content, f"places-{wanted}.xlsx")


def places_trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the workbook would do, every fault in it, and the button that does it."""
    user = signed_in(request)
    rows = visible(user, PlaceImport.objects.select_related("hospital", "mission"))
    found = rows.filter(pk=public_id, made_by=user.pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        with saying_refusals(request):
            done = apply_import(user, found)
            count = done.count("add") + done.count("change")
            sentence = ngettext("%(count)s row has been written.", "%(count)s rows have been written.", count)
            messages.success(request, sentence % {"count": count})
        return redirect("offers:places_trial", public_id=found.pk)
    trial = trial_of(found)
    counts = {word: trial.count(word) for word in ("add", "change", "same")} if trial else {}
    page = Paginator([one for one in trial.places if one.word != "same"] if trial else [], ROWS).get_page(
        request.GET.get("page")
    )
    language = workbook_language()
    labels = {column.key: column.heading.of(language) for column in PLACES.columns}
    return render(
        request,
        "offers/places_trial.html",
        {
            "kept": found,
            "trial": trial,
            "faults": len(trial.faults) + trial.more if trial else 0,
            "counts": counts,
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
    return _file(taken.content, taken.file_name)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=WORKBOOK_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
