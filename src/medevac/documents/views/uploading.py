"""Documents come in: a file, a reference, a redacted version. The forms work without a script."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from medevac.documents import services
from medevac.documents.forms import FileForm, ReferenceForm, owned
from medevac.documents.models import Document
from medevac.documents.receiving import NamelessUploadHandler
from medevac.documents.selectors import owners_for
from medevac.documents.views.finding import to_change
from medevac.people.models import Organisation
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

Page = Callable[..., HttpResponse]


def received_namelessly(page: Page) -> Page:
    """Receive files as this room does; the token of the form is in the body, so it is checked afterwards."""
    protected = csrf_protect(page)

    @csrf_exempt
    def receive(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.upload_handlers = [NamelessUploadHandler(request)]
        return protected(request, *args, **kwargs)

    return receive


@received_namelessly
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a file."""
    user = signed_in(request)
    owners = owners_for(user)
    form = owned(FileForm(request.POST or None, request.FILES or None), owners)
    if request.method == "POST" and form.is_valid() and isinstance(form, FileForm):
        try:
            kept = services.upload(
                user, _owner(form, owners), form.cleaned_data["file"].file, form.description()
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _kept(request, kept)
    return render(
        request,
        "documents/form.html",
        {"form": form, "title": _("Upload a document"), "button": _("Upload"), "sends_file": True},
    )


def refer(request: HttpRequest) -> HttpResponse:
    """Write down where something is kept that is not kept here."""
    user = signed_in(request)
    owners = owners_for(user)
    form = owned(ReferenceForm(request.POST or None), owners)
    if request.method == "POST" and form.is_valid() and isinstance(form, ReferenceForm):
        try:
            kept = services.refer(user, _owner(form, owners), form.place(), form.description())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _kept(request, kept)
    hint = _("For imaging and other large files that stay where they are.")
    return render(
        request,
        "documents/form.html",
        {"form": form, "title": _("Add a reference"), "hint": hint, "button": _("Save")},
    )


@received_namelessly
def redact(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Upload a version of a document in which nobody can be recognised."""
    original = to_change(request, public_id)
    start = {"kind": original.kind, "language": original.language, "dated": original.dated}
    form = FileForm(request.POST or None, request.FILES or None, initial=start)
    form.fields["redacted"].required = True
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.add_redacted(
                signed_in(request), original, form.cleaned_data["file"].file, form.description()
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _kept(request, kept)
    hint = _("A new document, in which names, birth date, numbers, addresses and faces are unreadable.")
    return render(
        request,
        "documents/form.html",
        {
            "form": form,
            "title": _("Add a redacted version of %(number)s") % {"number": original.number},
            "hint": hint,
            "button": _("Upload"),
            "sends_file": True,
            "document": original,
        },
    )


def _owner(form: FileForm | ReferenceForm, owners: list[Organisation]) -> Organisation:
    chosen = form.cleaned_data.get("owner")
    found = next((one for one in owners if str(one.pk) == chosen), owners[0] if owners else None)
    if found is None:
        raise RefusedError(_("None of your organisations is open, so no document can be uploaded for it."))
    return found


def _kept(request: HttpRequest, document: Document) -> HttpResponse:
    messages.success(request, _("The document is kept as %(number)s.") % {"number": document.number})
    return redirect("documents:document", public_id=document.pk)
