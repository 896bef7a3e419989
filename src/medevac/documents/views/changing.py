"""What is done to a document: described, translated, withdrawn, destroyed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medevac.documents import services
from medevac.documents.forms import DescriptionForm, ReasonForm, ReferenceForm, TranslationForm
from medevac.documents.looks import record_look_at_documents
from medevac.documents.selectors import changeable_for
from medevac.documents.views.finding import to_change
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def describe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct what is written of a document."""
    user, kept = signed_in(request), to_change(request, public_id)
    record_look_at_documents(user, [kept])
    make = ReferenceForm if kept.is_reference else DescriptionForm
    form = make(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        place = form.place() if isinstance(form, ReferenceForm) else None
        try:
            services.describe(user, kept, form.description(), place)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The document is saved."))
            return redirect("documents:document", public_id=public_id)
    title = _("Correct what is written of %(number)s") % {"number": kept.number}
    return render(
        request,
        "documents/form.html",
        {"form": form, "title": title, "button": _("Save"), "document": kept},
    )


def translation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how far the translation is."""
    user, kept = signed_in(request), to_change(request, public_id)
    start = {"state": kept.translation_state}
    choices = changeable_for(user, kept).filter(withdrawn_at__isnull=True)
    form = TranslationForm(request.POST or None, initial=start, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_translation(
                user, kept, form.cleaned_data["state"], form.cleaned_data["translation"]
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The document is saved."))
            return redirect("documents:document", public_id=public_id)
    title = _("Translation of %(number)s") % {"number": kept.number}
    return render(
        request,
        "documents/form.html",
        {"form": form, "title": title, "button": _("Save"), "document": kept},
    )


def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a document out of use."""
    user, kept = signed_in(request), to_change(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(user, kept, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Document %(number)s is withdrawn.") % {"number": kept.number})
            return redirect("documents:document", public_id=public_id)
    return render(
        request,
        "documents/form.html",
        {
            "form": form,
            "title": _("Withdraw %(number)s") % {"number": kept.number},
            "hint": _("Nobody opens it any more. It stays here until it is destroyed."),
            "button": _("Withdraw"),
            "document": kept,
        },
    )


def destroy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a document unreadable for ever."""
    user, kept = signed_in(request), to_change(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.destroy(user, kept, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Document %(number)s is destroyed.") % {"number": kept.number})
            return redirect("documents:document", public_id=public_id)
    return render(
        request,
        "documents/form.html",
        {
            "form": form,
            "title": _("Destroy %(number)s") % {"number": kept.number},
            "hint": _("Its key and its bytes are deleted. Nobody can read it again, not even we."),
            "button": _("Destroy for ever"),
            "danger": True,
            "document": kept,
        },
    )
