"""The paper that an item or a consent names: one of the case's documents that whoever names it may see."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.selectors.documents import documents_of
from medevac.people.models import User
from medevac.people.refusals import RefusedError


class Paper(Enum):
    """What is said of a paper where no document is named."""

    AS_IT_IS = "as-it-is"


def demand_paper(actor: User, case: Case, document: UUID | None, *, known: UUID | None = None) -> None:
    """Refuse a document that is not the case's, or that is not open to the actor.

    Parameters
    ----------
    actor, case, document
        Who names which document for which case; none can always be named.
    known
        What stands there already: it may stay, whatever it is.

    Raises
    ------
    RefusedError
        Where it cannot be named.
    """
    if document is None or document == known:
        return
    if not documents_of(actor, case).filter(pk=document, withdrawn_at__isnull=True).exists():
        raise RefusedError(
            _("Expected a document of case %(case)s that is in use. Attach it to the case first.")
            % {"case": case.pseudonym}
        )
