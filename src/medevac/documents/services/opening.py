"""A document is opened: the look is written first, then its bytes are decrypted part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from medevac.documents.content import plain_parts
from medevac.documents.keyring import KeyRingError
from medevac.documents.looks import record_look_at_documents
from medevac.documents.models import Document
from medevac.documents.picturing import drawn
from medevac.documents.policy import SEE
from medevac.documents.recognising import BY_CONTENT_TYPE
from medevac.documents.rules import Scan
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking


@dataclass(frozen=True)
class Opened:
    """A document on its way to whoever opened it.

    Parameters
    ----------
    document
        What is opened.
    parts
        Its plain bytes; they end in TamperedError where one is not as it was written.
    content_type, file_name
        As it is sent.
    """

    document: Document
    parts: Iterator[bytes]
    content_type: str
    file_name: str


def open_document(actor: Asking, document: Document) -> Opened:
    """Open a document; the look is on record before this returns.

    Raises
    ------
    NotAllowedError
        Where it is not open to the actor.
    RefusedError
        Where it has no bytes here, is out of use or infected, or its key is missing.
    """
    kept = visible(actor, Document.objects.filter(pk=document.pk), SEE).first()
    if kept is None:
        raise NotAllowedError(f"Expected a document that is open to the user, got document {document.pk}.")
    refuse_closed(kept)
    record_look_at_documents(actor, [kept])
    try:
        parts = plain_parts(kept)
    except KeyRingError as error:
        raise RefusedError(
            _(
                "The key of document %(number)s is not here, so it cannot be opened. Ask whoever runs the "
                "service; medevac doctor says what is missing."
            )
            % {"number": kept.number}
        ) from error
    ending = BY_CONTENT_TYPE[kept.content_type].ending
    return Opened(kept, parts, kept.content_type, f"{kept.number}.{ending}")


def picture_of(actor: Asking, document: Document) -> bytes:
    """A picture of the first page, as JPEG, made anew each time; a look, as opening is.

    Raises
    ------
    NotAllowedError, RefusedError
        As for `open_document`, and where no picture can be made.
    """
    if not has_picture(document):
        raise RefusedError(_("No picture is made of this document. Open it instead."))
    return drawn(open_document(actor, document).parts, BY_CONTENT_TYPE[document.content_type].word)


def has_picture(document: Document) -> bool:
    """Whether a picture can be tried: only of what no scanner has doubted."""
    kind = BY_CONTENT_TYPE.get(document.content_type)
    safe = document.scan in (Scan.CLEAN, Scan.NOT_SCANNED)
    return bool(kind and kind.drawn and safe and document.withdrawn_at is None)


def refuse_closed(document: Document) -> None:
    """Refuse where there is nothing to open."""
    words = {"number": document.number}
    if document.is_reference:
        raise RefusedError(
            _("Document %(number)s is not kept here. Its page says where it is and how to get it.") % words
        )
    if document.destroyed_at is not None:
        raise RefusedError(_("Document %(number)s has been destroyed.") % words)
    if document.withdrawn_at is not None:
        raise RefusedError(_("Document %(number)s has been withdrawn and is not opened any more.") % words)
    if document.scan == Scan.INFECTED:
        raise RefusedError(
            _("The virus scanner found something in document %(number)s, so nobody can open it.") % words
        )
