"""The documents of a case as a user sees them, and those that the user can attach to it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from medevac.cases.models import Case, CaseDocument
from medevac.documents.models import Document
from medevac.documents.policy import UPLOAD
from medevac.documents.selectors import changeable_by, documents_with_destroyed
from medevac.people.models import User
from medevac.people.policy import may

MOST_OFFERED = 200


def documents_of(user: User, case: Case) -> QuerySet[Document]:
    """The documents of a case that are open to the user, those attached last first."""
    held = CaseDocument.unscoped.filter(case=case.pk, document=OuterRef("pk"))
    return (
        documents_with_destroyed(user)
        .filter(Exists(held))
        .annotate(attached_at=held.values("attached_at")[:1])
        .order_by("-attached_at", "number")
    )


def papers_of(user: User, case: Case) -> list[Document]:
    """Those of them that an item or a consent can name as its paper."""
    return list(documents_of(user, case).filter(withdrawn_at__isnull=True))


def attachable_to(user: User, case: Case) -> tuple[list[Document], list[Document]]:
    """What the user has uploaded and can attach: what belongs to nothing yet, and what other cases hold."""
    here = CaseDocument.unscoped.filter(case=case.pk, document=OuterRef("pk"))
    elsewhere = CaseDocument.unscoped.filter(document=OuterRef("pk"))
    rows = changeable_by(user).filter(~Exists(here), uploaded_by=user.pk, withdrawn_at__isnull=True)
    free = rows.filter(~Exists(elsewhere))[:MOST_OFFERED]
    return list(free), list(rows.filter(Exists(elsewhere))[:MOST_OFFERED])


def may_attach(user: User, case: Case) -> bool:
    """Whether the user, who may change the case, may bring documents into it as well."""
    return may(user, UPLOAD, case.requester)
