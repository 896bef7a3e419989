"""Makes documents unreadable for ever: the data key goes, and the pieces with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.context import because
from medevac.documents.models import DataKey, Document, Piece
from medevac.documents.services.changing import full_reason, locked
from medevac.operations.services.legal_holds import thing_must_stay
from medevac.people.refusals import RefusedError

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking


@transaction.atomic
def destroy(actor: Asking, document: Document, *, reason: str) -> Document:
    """Make a document unreadable for ever. Its number, who uploaded it and the reason stay.

    Raises
    ------
    RefusedError
        Where a legal hold keeps it.
    """
    kept = locked(actor, document, withdrawn=True)
    if thing_must_stay(Document._meta.label_lower, kept.pk):
        raise RefusedError(
            _("A legal hold keeps document %(number)s, so it cannot be destroyed.") % {"number": kept.number}
        )
    text = full_reason(reason)
    with because(text):
        destroy_contents([kept.pk])
        kept.refresh_from_db()
        kept.withdrawn_because = text
        kept.save(update_fields=["withdrawn_because"])
    return kept


def destroy_contents(documents: Iterable[UUID]) -> int:
    """Destroy keys and pieces of documents, in the transaction of the caller, who has asked the policy.

    For `medevac forget`: the room that knows whose documents they are calls this among its traces, and says
    how many keys went. Values in the rows themselves are for that room's traces, too.

    Returns
    -------
    How many keys were destroyed.
    """
    keys = sorted(set(documents))
    list(Document.unscoped.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    count = DataKey.unscoped.filter(document__in=keys).delete()[0]
    Piece.unscoped.filter(document__in=keys)._raw_delete(Piece.unscoped.db)
    now = timezone.now()
    Document.unscoped.filter(pk__in=keys, destroyed_at__isnull=True).update(
        destroyed_at=now, withdrawn_at=Coalesce("withdrawn_at", now)
    )
    return count
