"""Tells of a file in which the scanner has found something."""

from __future__ import annotations

from django.urls import reverse

from medevac.documents.models import Document
from medevac.messages.services import tell
from medevac.people.models import Membership, User
from medevac.people.policy.areas import administered
from medevac.people.roles import Role

INFECTED = "documents.infected"


def tell_of_infection(document: Document) -> None:
    """Tell whoever uploaded it, and the administrators of its owner; in the transaction of the finding."""
    uploader = User.objects.filter(pk=document.uploaded_by, is_active=True).first()
    facts = {"number": document.number, "finding": document.finding}
    key = f"{INFECTED}:{document.pk}"
    if uploader is not None:
        address = reverse("documents:document", kwargs={"public_id": document.pk})
        tell(uploader, INFECTED, facts=facts, address=address, key=key)
    for user in _administrators_of(document):
        if user != uploader:
            tell(user, INFECTED, facts=facts, key=key)


def _administrators_of(document: Document) -> list[User]:
    rows = Membership.unscoped.current().filter(role=Role.ADMINISTRATOR).select_related("user")
    found = {
        row.user
        for row in rows
        if row.user.is_active and document.owner_id in administered(row.organisation_id)
    }
    return sorted(found, key=lambda user: user.pk)
