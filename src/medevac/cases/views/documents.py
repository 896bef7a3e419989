"""Documents of a case: uploaded straight to it, attached, taken off."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from medevac.cases import services
from medevac.cases.forms.documents import AttachForm
from medevac.cases.forms.papers import title_of
from medevac.cases.models import Case, CaseDocument
from medevac.cases.panel_of_documents import NAME
from medevac.cases.policy import CHANGE
from medevac.cases.selectors.documents import attachable_to, named_by
from medevac.cases.views.opened import deed_page, done, open_case, open_row
from medevac.documents.forms import FileForm
from medevac.documents.looks import record_look_at_documents
from medevac.documents.policy import CHANGE as CHANGE_DOCUMENT
from medevac.documents.policy import UPLOAD
from medevac.documents.views.uploading import received_namelessly
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


@received_namelessly
def upload_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Upload a file and attach it, in one step."""
    case, user = _case_to_fill(request, public_id), signed_in(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.upload_to_case(user, case, form.cleaned_data["file"].file, form.description())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            words = {"number": kept.number}
            return done(request, case, _("The document is kept as %(number)s and attached.") % words, NAME)
    hint = _("The file is encrypted and attached to this case in one step. It belongs to %(organisation)s.")
    hint %= {"organisation": case.requester.name}
    return deed_page(
        request, case, form, _("Upload a document"), hint=hint, button=_("Upload"), sends_file=True
    )


def attach_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Attach a document that the user has uploaded before."""
    case, user = _case_to_fill(request, public_id), signed_in(request)
    free, held = attachable_to(user, case)
    record_look_at_documents(user, [*free, *held])
    if not (free or held):
        hint = _("None of the documents that you have uploaded can be attached here. Upload one to the case.")
        return deed_page(request, case, None, _("Attach one of yours"), hint=hint, upload=True)
    form = AttachForm(request.POST or None, free=free, held=held)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        try:
            services.attach_document(user, case, chosen)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            words = {"number": chosen.number}
            return done(request, case, _("Document %(number)s is attached.") % words, NAME)
    hint = _("Whoever sees this case under the right that the document asks for will see the document.")
    return deed_page(request, case, form, _("Attach one of yours"), hint=hint, button=_("Attach"))


def detach_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a document off a case, once it was said what names it."""
    user = signed_in(request)
    rows = CaseDocument.objects.select_related("case", "document").filter(pk=public_id)
    held = open_row(request, rows, CHANGE)
    demand(user, CHANGE_DOCUMENT, held.document)
    case, words = held.case, {"number": held.document.number}
    if request.method == "POST":
        services.detach_document(user, held)
        return done(request, case, _("Document %(number)s is taken off the case.") % words, NAME)
    names = named_by(case, held.document_id)
    record_look_at_documents(user, [held.document])
    sentences = [f"{title_of(held.document)}."]
    if names:
        named = _("It is the paper of: %(names)s. What it proves stays marked as there, without a paper.")
        sentences.append(named % {"names": ", ".join(names)})
    sentences.append(
        _("The document itself stays: it is not destroyed, and other cases that hold it keep it.")
    )
    title = _("Take %(number)s off the case") % words
    button, hint = _("Take off the case"), " ".join(sentences)
    return deed_page(request, case, None, title, hint=hint, button=button, confirms=True)


def _case_to_fill(request: HttpRequest, public_id: UUID) -> Case:
    """The case, where the user may change it and upload for whoever filed it."""
    case = open_case(request, public_id, CHANGE)
    demand(signed_in(request), UPLOAD, case.requester)
    return case
