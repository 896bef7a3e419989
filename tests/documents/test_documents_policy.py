"""Tests who sees which document: by redaction, by kind, and by what holds it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import made_papers as papers
import paper_holder
import pytest
from django.utils import timezone
from world import World

from medevac.audit.context import Acting, acting
from medevac.audit.models import Look
from medevac.documents import services
from medevac.documents.models import Document
from medevac.documents.policy import CHANGE, SEE
from medevac.documents.selectors import document_for, documents_for, unattached_for
from medevac.people.models import EmergencyAccess, User
from medevac.people.policy import may
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db
Held = type[paper_holder.Held]
SENDERS = {Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR, Role.MINISTRY}
RECEIVERS = {Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL}


def kept(world: World, **other: object) -> Document:
    """An upload of the hospital's coordinator."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    return services.upload(user, world["hospital"], papers.image(), papers.described(**other))


def who_sees(world: World, document: Document) -> set[Role]:
    """The roles whose person has it in the list, which is what `may` says as well."""
    seen = {role for role, user in world.people.items() if document in documents_for(user)}
    assert seen == {role for role, user in world.people.items() if may(user, SEE, document)}
    return seen


def test_what_nothing_holds_is_the_uploaders_own(world: World, held: Held) -> None:
    """Tests that an upload is open to its organisation and those above, until something holds it."""
    document = kept(world)
    uploader = world.people[Role.HOSPITAL_COORDINATOR]
    assert who_sees(world, document) == SENDERS
    assert list(unattached_for(uploader)) == [document]
    assert list(unattached_for(world.people[Role.MINISTRY])) == []
    held._base_manager.create(document=document, sender=world["other_hospital"])
    assert list(unattached_for(uploader)) == []
    assert who_sees(world, document) == {Role.MINISTRY}  # above both oblasts


@pytest.mark.parametrize(
    ("kind", "redacted", "notified"),
    [
        ("form-027", False, {Role.MUNICIPALITY}),  # asks for both rights, and immigration has no clinical
        ("form-027", True, {Role.MUNICIPALITY}),
        ("identity-paper", False, {Role.MUNICIPALITY, Role.IMMIGRATION}),
        ("identity-paper", True, {Role.MUNICIPALITY}),
        ("other", False, {Role.MUNICIPALITY}),
    ],
)
def test_by_kind_and_redaction(
    world: World, held: Held, kind: str, redacted: bool, notified: set[Role]
) -> None:
    """Tests every role on a document that a row holds whose patient has chosen the receiver."""
    document = kept(world, kind=kind, redacted=redacted)
    held._base_manager.create(document=document, sender=world["hospital"], chosen=world["receiver"])
    assert who_sees(world, document) == SENDERS | RECEIVERS | notified


def test_nobody_receives_before_being_chosen(world: World, held: Held) -> None:
    """Tests that a row without a choice opens nothing to receivers, nor to whoever is notified."""
    document = kept(world)
    held._base_manager.create(document=document, sender=world["hospital"])
    assert who_sees(world, document) == SENDERS


def test_who_sees_may_not_change(world: World, held: Held) -> None:
    """Tests that a receiver who sees a document of the sender changes nothing of it."""
    document = kept(world)
    held._base_manager.create(document=document, sender=world["hospital"], chosen=world["receiver"])
    may_change = {role for role, user in world.people.items() if may(user, CHANGE, document)}
    assert may_change == SENDERS


def test_versions_follow_what_holds_the_original(world: World, held: Held) -> None:
    """Tests that a redacted version and a translation are held by what holds the original."""
    document = kept(world)
    held._base_manager.create(document=document, sender=world["hospital"], chosen=world["receiver"])
    user = world.people[Role.HOSPITAL_COORDINATOR]
    blacked = services.add_redacted(user, document, papers.image(), papers.described(redacted=True))
    english = services.upload(
        user, world["hospital"], papers.image(), papers.described(language="en"), translation_of=document
    )
    document.refresh_from_db()
    assert document.translation_state == "translated"
    for version in (blacked, english):
        assert who_sees(world, version) == SENDERS | RECEIVERS | {Role.MUNICIPALITY}


def test_broken_glass_opens_and_its_reason_is_in_the_look(world: World, held: Held) -> None:
    """Tests that an emergency access to what holds a document opens it, with the reason on record."""
    document, case = kept(world), uuid4()
    held._base_manager.create(document=document, sender=world["hospital"], case=case)
    user: User = world.people[Role.REGION]
    assert document_for(user, document.pk) is None
    EmergencyAccess.unscoped.create(
        user=user,
        subject_kind="people.organisation",
        subject_id=world["hospital"].pk,
        owner=world["hospital"],
        reason="He bleeds and nobody answers.",
        opened_at=timezone.now(),
        expires_at=timezone.now() + timedelta(minutes=30),
    )
    assert document_for(user, document.pk) == document
    with acting(Acting(actor=user.pk)):
        services.open_document(user, document)
    assert Look.unscoped.get().reason == "He bleeds and nobody answers."
