"""Documents come to a case and leave it: attached, uploaded straight to it, taken off."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from medevac.cases.models import Case, CaseDocument, CaseItem, Consent
from medevac.cases.policy import CHANGE
from medevac.cases.services.changed import raise_version
from medevac.cases.services.items import live_case, refuse_ended
from medevac.documents import services as documents
from medevac.documents.models import Document
from medevac.documents.policy import CHANGE as CHANGE_DOCUMENT
from medevac.documents.policy import SEE as SEE_DOCUMENT
from medevac.documents.services import Description
from medevac.documents.services.uploading import Keep
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError


@transaction.atomic
def attach_document(actor: User, case: Case, document: Document) -> CaseDocument:
    """Have a case hold a document: whoever sees the case under the document's right sees the document.

    What is attached already stays as it is.

    Raises
    ------
    NotAllowedError
        Where the actor may not change both, or does not see the document.
    RefusedError
        Where the case has ended, or the document is out of use.
    """
    demand(actor, CHANGE, case)
    # Whoever tends a document that they may not see must not open it by a case of their own.
    demand(actor, SEE_DOCUMENT, document)
    demand(actor, CHANGE_DOCUMENT, document)
    return _attach(actor, live_case(case), document)


def upload_to_case(
    actor: User, case: Case, file: BinaryIO, description: Description, *, then: Keep | None = None
) -> Document:
    """Take a file in and attach it, both or nothing; it belongs to whoever filed the case.

    Parameters
    ----------
    then
        What a room above does with it: in the same transaction, under the lock of the case.

    Raises
    ------
    NotAllowedError, RefusedError
        As for `attach_document` and `documents.services.upload`.
    """
    demand(actor, CHANGE, case)
    refuse_ended(case)  # before the scanner is asked, which may take long

    def attach(document: Document) -> None:
        _attach(actor, live_case(case), document)
        if then is not None:
            then(document)

    return documents.upload(actor, case.requester, file, description, then=attach)


@transaction.atomic
def detach_document(actor: User, held: CaseDocument) -> None:
    """Take a document off a case; items and consents of the case that named it stay without a paper.

    It is for what does not belong to the patient, so that it must be possible after the case has ended too.

    Raises
    ------
    NotAllowedError
        Where the actor may not change both.
    """
    demand(actor, CHANGE, held.case)
    demand(actor, CHANGE_DOCUMENT, held.document)
    case = Case.unscoped.select_for_update().get(pk=held.case_id)
    for model in (CaseItem, Consent):
        model.unscoped.filter(case=case, document=held.document_id).update(document=None)
    CaseDocument.unscoped.filter(pk=held.pk).delete()
    raise_version(case)


def _attach(actor: User, case: Case, document: Document) -> CaseDocument:
    # Whoever destroys a document locks it too, so that nothing is attached that is just going.
    kept = Document.unscoped.select_for_update().get(pk=document.pk)
    if kept.withdrawn_at is not None:
        raise RefusedError(
            _("Document %(number)s has been withdrawn and cannot be attached. Choose another.")
            % {"number": kept.number}
        )
    held: CaseDocument | None = CaseDocument.unscoped.filter(case=case, document=kept).first()
    if held is None:
        held = CaseDocument.unscoped.create(case=case, document=kept, attached_by=actor.pk)
        raise_version(case)
    return held
