"""Documents as a user sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from medevac.documents.holders import OpenedByHolders, attached
from medevac.documents.models import Document
from medevac.documents.policy import CHANGE, SEE, UPLOAD
from medevac.people.models import EmergencyAccess, Organisation, User
from medevac.people.policy import rule_of, visible
from medevac.people.policy.asking import grants

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking


def documents_for(user: Asking) -> QuerySet[Document]:
    """The documents that are open to the user, the newest first; those that were destroyed are not listed."""
    return documents_with_destroyed(user).filter(destroyed_at__isnull=True)


def documents_with_destroyed(user: Asking) -> QuerySet[Document]:
    """The same with those that were destroyed, of which number and description are left."""
    rows = visible(user, Document.objects.select_related("owner"), SEE)
    return rows.order_by("-uploaded_at", "-number")


def document_for(user: Asking, public_id: UUID) -> Document | None:
    """One document, if it is open to the user; a destroyed one as well, which shows that it was."""
    rows = Document.objects.select_related("owner", "translation_of", "redacted_version_of")
    return visible(user, rows.filter(pk=public_id), SEE).first()


def versions_of(user: Asking, document: Document) -> QuerySet[Document]:
    """Its redacted versions and translations that are open to the user."""
    rows = documents_for(user)
    return rows.filter(redacted_version_of=document.pk) | rows.filter(translation_of=document.pk)


def unattached_for(user: User) -> QuerySet[Document]:
    """What the user has uploaded that belongs to nothing yet."""
    return documents_for(user).filter(uploaded_by=user.pk, withdrawn_at__isnull=True).exclude(attached())


def owners_for(user: Asking) -> list[Organisation]:
    """The organisations that the user may upload documents for, by name."""
    rows = visible(user, Organisation.objects.filter(closed_at__isnull=True), UPLOAD)
    return list(rows.order_by("latin_name", "pk"))


def changeable_by(user: Asking) -> QuerySet[Document]:
    """The documents that the user sees and may change."""
    rows = visible(user, Document.objects.all(), CHANGE)
    return documents_for(user).filter(pk__in=rows.values("pk"))


def changeable_for(user: Asking, document: Document) -> QuerySet[Document]:
    """Other documents of the same owner that the user sees and may change."""
    return changeable_by(user).filter(owner=document.owner_id).exclude(pk=document.pk)


def emergencies_of(user: Asking) -> list[EmergencyAccess]:
    """The emergency accesses of the user that are open now, to what documents may belong to."""
    kinds = list(OpenedByHolders())
    if not isinstance(user, User) or not kinds:
        return []
    return list(
        EmergencyAccess.unscoped.filter(
            user=user.pk, subject_kind__in=kinds, expires_at__gt=timezone.now(), ended_at__isnull=True
        )
    )


def emergency_reason(user: Asking, document: Document, accesses: list[EmergencyAccess]) -> str:
    """Why the user broke the glass, where nothing else opens the document; empty where something does."""
    if not accesses:
        return ""
    rule, given = rule_of(Document), grants(user, SEE)
    one = Document.unscoped.filter(pk=document.pk)
    if one.filter(rule.rows(given, {})).exists():
        return ""
    for access in accesses:
        alone = {access.subject_kind: [access.subject_id]}
        if one.filter(rule.rows(given, alone)).exists():
            return str(access.reason)
    return ""
