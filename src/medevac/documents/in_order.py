"""What this room tells the room `operations`: texts that may name somebody, and how long rows stay."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.documents.holders import attached
from medevac.documents.models import DataKey, Document, Piece
from medevac.operations.forgetting import register_text, without_traces
from medevac.operations.keeping import Keeping, Period, register_keeping

TEN_YEARS = 120  # months
TEXTS = (
    "title",
    "archive",
    "accession",
    "contact",
    "how_to_fetch",
    "withdrawn_because",
)


def tell_operations() -> None:
    """Add them."""
    for field in TEXTS:
        register_text(Document, field)
    without_traces(
        Document._meta.label_lower,
        "A patient's documents are known to the room that holds them: it empties the rows and calls "
        "documents.services.destroy_contents. A user is in them as an id alone, or in a text.",
    )
    register_keeping(
        Keeping(
            Document,
            Period(
                TEN_YEARS, _("The number of a destroyed document shows for ten years that there was one.")
            ),
            over=lambda before: (
                Q(destroyed_at__lt=before)
                & ~attached()
                & ~Q(pk__in=DataKey.unscoped.values("document"))
                & ~Q(pk__in=Piece.unscoped.values("document"))
                & ~Q(pk__in=Document.unscoped.filter(translation_of__isnull=False).values("translation_of"))
                & ~Q(
                    pk__in=Document.unscoped.filter(redacted_version_of__isnull=False).values(
                        "redacted_version_of"
                    )
                )
            ),
        )
    )
