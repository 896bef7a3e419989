"""Hospitals from a file: the upload, what it would do, and the deed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from medevac.directory import services
from medevac.directory.forms import UploadForm
from medevac.directory.models import HospitalImport
from medevac.directory.services.hospitals import keepers_for
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def import_hospitals(request: HttpRequest) -> HttpResponse:
    """Choose a file and who keeps its hospitals."""
    user = signed_in(request)
    form = UploadForm(request.POST or None, request.FILES or None, keepers=keepers_for(user))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        keeper = form.keepers[form.cleaned_data["keeper"]]
        trial = services.try_import(user, keeper, file.name, file.read())
        return redirect("directory:import_hospitals_trial", public_id=trial.pk)
    return render(request, "directory/import.html", {"form": form})


def trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the file would do, every fault in it, and the button that does it."""
    user = signed_in(request)
    rows = visible(user, HospitalImport.objects.select_related("keeper"))
    found = rows.filter(pk=public_id, made_by=user.pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            deeds = services.apply_import(user, found)
        except RefusedError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("directory:import_hospitals_trial", public_id=found.pk)
        done = sum(deed.word != "same" for deed in deeds)
        sentence = ngettext(
            "%(count)s hospital has been written.", "%(count)s hospitals have been written.", done
        )
        messages.success(request, sentence % {"count": done})
        return redirect("directory:hospitals")
    deeds = [] if found.faults else services.deeds_of(found)
    counts = {word: sum(deed.word == word for deed in deeds) for word in ("add", "change", "same")}
    return render(request, "directory/trial.html", {"trial": found, "deeds": deeds, "counts": counts})
