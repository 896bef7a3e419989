"""The kind of message that this room tells."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.documents.services.infection import INFECTED
from medevac.messages.kinds import Kind, register_kind


def register_own_kinds() -> None:
    """Add it."""
    register_kind(
        Kind(
            name=INFECTED,
            label=_("a document was stopped"),
            outside=_("The virus scanner has stopped a document. Sign in to read which and what to do."),
            subject=_("Document %(number)s was stopped"),
            sentences=(
                _("The virus scanner found “%(finding)s” in document %(number)s. Nobody can open it."),
                _("Ask whoever made the file for a clean one and upload that. Then destroy this document."),
            ),
            compulsory=True,
        )
    )
