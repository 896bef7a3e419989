"""What is written of a document is corrected; its translation is followed; it is withdrawn."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.context import because
from medevac.directory.services.checking import save_checked
from medevac.documents.holders import follow
from medevac.documents.models import Document
from medevac.documents.policy import CHANGE
from medevac.documents.rules import SHORTEST_REASON, Translation
from medevac.documents.services.uploading import Description, Place
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking


@transaction.atomic
def describe(
    actor: Asking, document: Document, description: Description, place: Place | None = None
) -> Document:
    """Correct what is written of a document; of a reference, where it is kept as well."""
    kept = locked(actor, document)
    if kept.redacted_version_of_id is not None and not description.redacted:
        raise RefusedError(_("This is a redacted version. If somebody can be recognised in it, withdraw it."))
    values = asdict(description) | (asdict(place) if place is not None and kept.is_reference else {})
    for name, value in values.items():
        setattr(kept, name, value.strip() if isinstance(value, str) else value)
    save_checked(kept)
    return kept


@transaction.atomic
def mark_translation(
    actor: Asking, document: Document, state: str, translation: Document | None = None
) -> Document:
    """Say how far the translation is; once it is done, which document it is.

    Raises
    ------
    RefusedError
        Where it is said to be done without naming the document, or the document cannot be a translation.
    """
    first, *rest = sorted({document.pk, *([translation.pk] if translation else [])})
    list(Document.unscoped.select_for_update().filter(pk__in=[first, *rest]).order_by("pk"))
    kept = locked(actor, document)
    if state == Translation.DONE:
        _join(actor, kept, translation)
    elif Document.unscoped.filter(translation_of=kept).exists():
        raise RefusedError(_("A translation is here already. Withdraw it first if it is wrong."))
    kept.translation_state = state
    save_checked(kept)
    return kept


def _join(actor: Asking, kept: Document, translation: Document | None) -> None:
    if translation is None:
        raise RefusedError(
            _("Expected the document that is the translation. Upload it, then choose it here.")
        )
    other = locked(actor, translation)
    if other.pk == kept.pk or kept.translation_of_id == other.pk:
        raise RefusedError(_("A document is not a translation of itself or of its own translation."))
    if other.language == kept.language:
        raise RefusedError(_("Expected a translation in another language. Correct the language of one."))
    if other.translation_of_id not in (None, kept.pk):
        raise RefusedError(_("That document is the translation of another one already."))
    if other.redacted != kept.redacted:
        raise RefusedError(
            _("Expected a translation that is redacted as the document is. Translate the redacted version.")
        )
    if other.translation_of_id is None:
        other.translation_of = kept
        save_checked(other)
        follow(kept, other)


@transaction.atomic
def withdraw(actor: Asking, document: Document, *, reason: str) -> Document:
    """Take a document out of use, such as one uploaded for somebody else; nobody opens it any more."""
    kept = locked(actor, document)
    text = full_reason(reason)
    kept.withdrawn_at, kept.withdrawn_because = timezone.now(), text
    with because(text):
        kept.save(update_fields=["withdrawn_at", "withdrawn_because"])
    return kept


def locked(actor: Asking, document: Document, *, withdrawn: bool = False) -> Document:
    """The row for changing it, if the actor may.

    Raises
    ------
    NotAllowedError, RefusedError
        Where not, or where the document is out of use.
    """
    demand(actor, CHANGE, document)
    kept: Document = Document.unscoped.select_for_update().get(pk=document.pk)
    if kept.destroyed_at is not None or (kept.withdrawn_at is not None and not withdrawn):
        raise RefusedError(
            _("Document %(number)s has been withdrawn and cannot be changed.") % {"number": kept.number}
        )
    return kept


def full_reason(reason: str) -> str:
    """The reason in words, or a refusal."""
    text = " ".join(reason.split())
    if not SHORTEST_REASON <= len(text) <= 500:
        raise RefusedError(
            _("Expected a reason in words, %(least)d to 500 letters, got %(came)d.")
            % {"least": SHORTEST_REASON, "came": len(text)}
        )
    return text
