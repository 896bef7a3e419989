"""The documents of a case as a user sees them, and those that the user can attach to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from medevac.audit.history import recordings
from medevac.cases.models import Case, CaseDocument, CaseItem, Consent
from medevac.cases.requirements import needs_of
from medevac.documents.models import Document
from medevac.documents.policy import UPLOAD, rights_asked
from medevac.documents.selectors import changeable_by, documents_with_destroyed
from medevac.people.models import User
from medevac.people.policy import may
from medevac.people.roles import Right

MOST_OFFERED = 200


def documents_of(user: User, case: Case) -> QuerySet[Document]:
    """The documents of a case that are open to the user, those attached last first.

    Each has `attached_at`, and the id of the row that holds it as `held_by`.
    """
    held = CaseDocument.unscoped.filter(case=case.pk, document=OuterRef("pk"))
    return (
        documents_with_destroyed(user)
        .filter(Exists(held))
        .annotate(attached_at=held.values("attached_at")[:1], held_by=held.values("pk")[:1])
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


def named_by(case: Case, document: UUID) -> list[str]:
    """What names a document as its paper: items and consents of the case, in words."""
    rows = CaseItem.unscoped.filter(case=case.pk, document=document).values_list("code", flat=True)
    names = {need.item.code: need.item.name for need in needs_of(case)}
    consents = Consent.unscoped.filter(case=case.pk, document=document)
    words = [str(names.get(code, code)) for code in rows]
    return words + [_("consent: %(purpose)s") % {"purpose": one.get_purpose_display()} for one in consents]


def papers_by_id(user: User, case: Case) -> dict[UUID | None, Document]:
    """The documents of a case that are open to the user, by their ids; several parts of one page ask."""
    remembered: dict[object, dict[UUID | None, Document]] = case.__dict__.setdefault("_papers_shown", {})
    if user.pk not in remembered:
        remembered[user.pk] = {one.pk: one for one in documents_of(user, case)}
    return remembered[user.pk]


def document_events(case: Case, rights: frozenset[Right]) -> list[tuple[Any, str]]:
    """The latest comings and goings of documents of a case, each with the kind of the document.

    Only of documents that ask for no more than these rights: that there is a paper of the military packet
    says who is a soldier.
    """
    events: Any = recordings()[CaseDocument._meta.label_lower].events.objects
    found = list(events.filter(case=case.pk).order_by("-pgh_id")[:MOST_OFFERED]) if rights else []
    known = Document.unscoped.in_bulk({event.document_id for event in found})
    told = [(event, known[event.document_id]) for event in found if event.document_id in known]
    return [(event, one.get_kind_display()) for event, one in told if rights_asked(one) <= rights]


def ever_held(case: Case) -> list[UUID]:
    """Every document that the case holds or once held."""
    events: Any = recordings()[CaseDocument._meta.label_lower].events.objects
    return list(events.filter(case=case.pk).values_list("document", flat=True).distinct())


def may_attach(user: User, case: Case) -> bool:
    """Whether the user, who may change the case, may bring documents into it as well."""
    return may(user, UPLOAD, case.requester)
