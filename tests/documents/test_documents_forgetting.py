"""Tests that documents let go of what must go: texts that name somebody, keys, and rows after their time."""

from __future__ import annotations

import base64
from datetime import timedelta

import made_papers as papers
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from world import World

from medevac.documents import services
from medevac.documents.keyring import add_key, read_ring
from medevac.documents.management.commands import document_keys
from medevac.documents.models import DataKey, Document, Piece
from medevac.operations.forgetting import texts
from medevac.operations.keeping import keepings
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db


def kept(world: World) -> Document:
    """An upload of the hospital's coordinator."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    return services.upload(user, world["hospital"], papers.image(), papers.described())


def test_a_room_above_destroys_what_it_knows(world: World) -> None:
    """Tests the seam for forgetting: keys and pieces of some documents go, others stay; twice is once."""
    gone, stays = kept(world), kept(world)
    assert services.destroy_contents([gone.pk]) == 1
    assert services.destroy_contents([gone.pk]) == 0
    assert list(DataKey.unscoped.values_list("document", flat=True)) == [stays.pk]
    assert set(Piece.unscoped.values_list("document", flat=True)) == {stays.pk}
    gone.refresh_from_db()
    assert gone.destroyed_at is not None


def test_every_text_is_looked_through_when_somebody_is_forgotten() -> None:
    """Tests that titles and places are among the fields in which a name is replaced."""
    fields = {field for model, field in texts() if model is Document}
    assert fields >= {"title", "archive", "accession", "contact", "how_to_fetch", "withdrawn_because"}


def test_a_destroyed_row_goes_after_its_time(world: World) -> None:
    """Tests that only what was destroyed long ago and is needed by nothing may go."""
    keeping = keepings()["documents.document"]
    old, young, whole = kept(world), kept(world), kept(world)
    services.destroy_contents([old.pk, young.pk])
    Document.unscoped.filter(pk=old.pk).update(destroyed_at=timezone.now() - timedelta(days=4000))
    assert list(keeping.rows(keeping.before())) == [old]
    Document.unscoped.filter(pk=whole.pk).update(translation_of=old)
    assert list(keeping.rows(keeping.before())) == []


def test_the_command_for_keys(world: World, ring, capsys, monkeypatch) -> None:
    """Tests showing, adding and dropping; no value of a key is ever printed."""
    kept(world)
    old = read_ring(ring).newest
    call_command("document_keys", "--new")
    assert DataKey.unscoped.get().ring_key == read_ring(ring).newest.name
    with pytest.raises(CommandError, match="in an hour"):
        call_command("document_keys", "--drop-unused")
    monkeypatch.setattr(document_keys, "SETTLED", timedelta())
    add_key(ring)
    call_command("document_keys", "--drop-unused")
    assert len(read_ring(ring).keys) == 1
    said = capsys.readouterr().out
    assert old.name in said
    assert "wraps" in said
    assert base64.b64encode(old.secret).decode() not in said
