"""Tests that files are checked, numbered and encrypted on their way in, and come out as they were."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import made_papers as papers
import pytest
from django.db import connection, transaction
from racing import race
from world import World

from medevac.audit.context import Acting, acting
from medevac.audit.history import recordings
from medevac.audit.models import Look
from medevac.documents import services
from medevac.documents.cipher import PIECE_BYTES, TamperedError
from medevac.documents.keyring import add_key, drop_keys, read_ring
from medevac.documents.models import DataKey, Document, Piece
from medevac.documents.services.rewrapping import keys_in_use, rewrap
from medevac.operations.services.legal_holds import set_legal_hold
from medevac.people.models import User
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(world: World) -> Iterator[User]:
    """The hospital's coordinator, who acts."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    with acting(Acting(actor=user.pk)):
        yield user


def kept(world: World, user: User, file: io.BytesIO | None = None, **other: object) -> Document:
    """An upload."""
    return services.upload(user, world["hospital"], file or papers.pdf(), papers.described(**other))


def out(user: User, document: Document) -> bytes:
    """All that opening gives."""
    return b"".join(services.open_document(user, document).parts)


def refusal(deed) -> str:
    """The sentence that a deed is refused with."""
    with pytest.raises(RefusedError) as caught:
        deed()
    return caught.value.sentence


@pytest.mark.parametrize(
    ("make", "content_type"),
    [
        (papers.pdf, "application/pdf"),
        (lambda: papers.image("JPEG"), "image/jpeg"),
        (lambda: papers.image("PNG"), "image/png"),
        (lambda: papers.image("TIFF"), "image/tiff"),
        (papers.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (papers.odt, "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_file_comes_out_as_it_went_in(world: World, coordinator: User, make, content_type: str) -> None:
    """Tests each type by its content: the same bytes come out, and none of them lies in the database."""
    plain = make().getvalue()
    document = kept(world, coordinator, io.BytesIO(plain))
    assert document.content_type == content_type
    assert (document.size, document.sha256) == (len(plain), hashlib.sha256(plain).hexdigest())
    assert document.number.startswith("D-20")
    opened = services.open_document(coordinator, document)
    assert opened.file_name.startswith(document.number)
    assert b"".join(opened.parts) == plain
    assert not any(plain[:60] in bytes(piece.sealed) for piece in Piece.unscoped.all())


def test_many_pieces(world: World, coordinator: User) -> None:
    """Tests a file of more pieces than one statement takes."""
    plain = b"%PDF-1.7\n" + os.urandom(40 * PIECE_BYTES)
    document = kept(world, coordinator, io.BytesIO(plain))
    assert Piece.unscoped.filter(document=document).count() == document.pieces_count == 41
    assert out(coordinator, document) == plain


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "by its content"),
        (b"<html><script>alert(1)</script></html>", "by its content"),
        (b"PK\x03\x04 broken", "by its content"),
        (papers.docx(macro=True).getvalue(), "by its content"),
        (papers.image("GIF").getvalue(), "by its content"),
    ],
)
def test_what_is_not_allowed_is_refused(world: World, coordinator: User, content: bytes, said: str) -> None:
    """Tests that empty files and other types are refused with what to do, and leave nothing."""
    assert said in refusal(lambda: kept(world, coordinator, io.BytesIO(content)))
    assert not Document.unscoped.exists()


def test_limits_are_settings(world: World, coordinator: User, settings) -> None:
    """Tests the size and the types as settings."""
    settings.DOCUMENT_LARGEST_BYTES = 1024 * 1024
    large = io.BytesIO(b"%PDF-1.7\n" + bytes(1024 * 1024))
    assert "at most 1 MiB" in refusal(lambda: kept(world, coordinator, large))
    settings.DOCUMENT_TYPES = ["png"]
    assert "Got pdf" in refusal(lambda: kept(world, coordinator))


def test_only_for_own_organisations(world: World, coordinator: User) -> None:
    """Tests that nobody uploads for another organisation, and that donors upload nothing."""
    with pytest.raises(NotAllowedError):
        services.upload(coordinator, world["receiver"], papers.pdf(), papers.described())
    with pytest.raises(NotAllowedError):
        services.upload(world.people[Role.DONOR], world["donor"], papers.pdf(), papers.described())


def test_a_look_is_written_before_any_byte(world: World, coordinator: User) -> None:
    """Tests that opening writes a look by redaction, with the owner, even if no byte is read."""
    whole = kept(world, coordinator)
    blacked = services.add_redacted(
        coordinator, whole, papers.pdf(), papers.described(title="Extract", redacted=True)
    )
    services.open_document(coordinator, whole)
    services.open_document(coordinator, blacked)
    looks = list(Look.unscoped.order_by("id").values_list("right", "kind", "things", "owner", "actor"))
    hospital = world["hospital"].pk
    assert looks == [
        ("see.personal", "documents.document", [whole.pk], hospital, coordinator.pk),
        ("see.clinical", "documents.document", [blacked.pk], hospital, coordinator.pk),
    ]


def test_without_a_look_nothing_opens(world: World) -> None:
    """Tests that where nobody is known to act, no byte goes out."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    document = kept(world, user)
    with pytest.raises(Exception, match="Expected an active actor"), transaction.atomic():
        services.open_document(user, document)


def test_a_changed_row_is_an_error(world: World, coordinator: User) -> None:
    """Tests bytes changed, pieces swapped between documents, and pieces cut off together with their count."""
    one, other = (kept(world, coordinator, papers.image("PNG")) for _ in range(2))
    foreign = Piece.unscoped.get(document=other).sealed
    Piece.unscoped.filter(document=one).update(sealed=foreign)
    with pytest.raises(TamperedError):
        out(coordinator, one)
    long = kept(world, coordinator, io.BytesIO(b"%PDF-1.7\n" + bytes(2 * PIECE_BYTES)))
    Piece.unscoped.filter(document=long, position=2).delete()
    with pytest.raises(TamperedError):
        out(coordinator, long)
    Document.unscoped.filter(pk=long.pk).update(pieces_count=2)
    with pytest.raises(TamperedError):
        out(coordinator, long)


def test_a_reference_instead_of_a_file(world: World, coordinator: User) -> None:
    """Tests that what is kept elsewhere says where, and cannot be opened here."""
    place = services.Place("PACS, Kharkiv", "ACC-1", "Radiology on duty, +380 57 000", "Ask for a share.")
    document = services.refer(coordinator, world["hospital"], place, papers.described(kind="imaging"))
    assert (document.archive, document.accession) == ("PACS, Kharkiv", "ACC-1")
    assert "not kept here" in refusal(lambda: services.open_document(coordinator, document))
    nowhere = services.Place("")
    assert refusal(lambda: services.refer(coordinator, world["hospital"], nowhere, papers.described()))


def test_describe_translate_and_withdraw(world: World, coordinator: User) -> None:
    """Tests what is done to a document, and that a withdrawn one is neither changed nor opened."""
    original = kept(world, coordinator)
    services.describe(coordinator, original, papers.described(title="Виписка 2", kind="medical-history"))
    services.mark_translation(coordinator, original, "being-translated")
    assert "Upload it" in refusal(lambda: services.mark_translation(coordinator, original, "translated"))
    same = kept(world, coordinator)
    assert "another language" in refusal(
        lambda: services.mark_translation(coordinator, original, "translated", same)
    )
    english = kept(world, coordinator, language="en")
    services.mark_translation(coordinator, original, "translated", english)
    original.refresh_from_db()
    english.refresh_from_db()
    assert (original.title, original.translation_state) == ("Виписка 2", "translated")
    assert english.translation_of == original
    assert "own translation" in refusal(
        lambda: services.mark_translation(coordinator, english, "translated", original)
    )
    assert "in words" in refusal(lambda: services.withdraw(coordinator, original, reason="no"))
    assert "here already" in refusal(
        lambda: services.mark_translation(coordinator, original, "original-only")
    )
    services.withdraw(coordinator, original, reason="For somebody else.")
    assert "withdrawn" in refusal(lambda: services.open_document(coordinator, original))
    assert "withdrawn" in refusal(lambda: services.describe(coordinator, original, papers.described()))
    events = recordings()["documents.document"].events.objects.filter(pgh_obj_id=original.pk)
    assert events.order_by("-pgh_id")[0].pgh_context["reason"] == "For somebody else."


def test_a_redacted_version_stays_redacted(world: World, coordinator: User) -> None:
    """Tests that a version must be redacted, and cannot be said not to be."""
    whole = kept(world, coordinator)
    assert "recognised" in refusal(
        lambda: services.add_redacted(coordinator, whole, papers.pdf(), papers.described())
    )
    blacked = services.add_redacted(coordinator, whole, papers.pdf(), papers.described(redacted=True))
    assert blacked.redacted_version_of == whole
    assert "redacted version" in refusal(
        lambda: services.describe(coordinator, blacked, papers.described(redacted=False))
    )


def test_destroyed_is_destroyed(world: World, coordinator: User) -> None:
    """Tests that key and pieces go, also from the history, and that number and reason stay."""
    document = kept(world, coordinator)
    wrapped = bytes(DataKey.unscoped.get().wrapped)
    hold = world.people[Role.ADMINISTRATOR]
    with acting(Acting(actor=hold.pk)):
        set_legal_hold(hold, kind="documents.document", thing=document.pk, reason="A court asked for it.")
    assert "legal hold" in refusal(lambda: services.destroy(coordinator, document, reason="A mistake."))
    from medevac.operations.models import LegalHold
    from medevac.operations.services.legal_holds import lift_legal_hold

    with acting(Acting(actor=hold.pk)):
        lift_legal_hold(hold, LegalHold.unscoped.get(), reason="The court has decided.")
    services.destroy(coordinator, document, reason="A mistake.")
    document.refresh_from_db()
    assert document.destroyed_at is not None
    assert document.withdrawn_because == "A mistake."
    assert not DataKey.unscoped.exists()
    assert not Piece.unscoped.exists()
    assert "destroyed" in refusal(lambda: services.open_document(coordinator, document))
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_datakeyevent::text FROM documents_datakeyevent")
        assert not any(wrapped.hex() in text for (text,) in cursor.fetchall())


def test_rotation_opens_everything_and_lets_the_old_key_go(
    world: World, coordinator: User, ring: Path
) -> None:
    """Tests a new key beside the old one, wrapping anew, and dropping the old key."""
    plain = papers.pdf().getvalue()
    before = kept(world, coordinator, io.BytesIO(plain))
    old = read_ring(ring).newest.name
    new = add_key(ring).name
    after = kept(world, coordinator, io.BytesIO(plain))
    assert keys_in_use() == {old, new}
    assert out(coordinator, before) == out(coordinator, after) == plain
    assert list(rewrap()) == [1]
    assert list(rewrap()) == []
    assert keys_in_use() == {new}
    drop_keys(ring, {old})
    assert out(coordinator, before) == plain


def test_without_its_key_nothing_opens_or_comes_in(
    world: World, coordinator: User, ring: Path, settings
) -> None:
    """Tests that a missing ring is told to the user without the path of a file."""
    document = kept(world, coordinator)
    settings.DOCUMENT_KEYS_FILE = str(ring.parent / "elsewhere.json")
    for deed in (lambda: services.open_document(coordinator, document), lambda: kept(world, coordinator)):
        assert str(ring.parent) not in refusal(deed)
    settings.DOCUMENT_KEYS_FILE = ""
    assert "whoever runs the service" in refusal(lambda: kept(world, coordinator))


@pytest.mark.django_db(transaction=True)
def test_two_who_upload_at_once_have_two_numbers(world: World) -> None:
    """Tests that two real connections get different numbers and whole documents."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    files = [io.BytesIO(b"%PDF-1.7\n" + os.urandom(200_000)) for _ in range(2)]
    made = race(*(lambda file=file: kept(world, user, file) for file in files))
    assert all(isinstance(one, Document) for one in made), made
    assert len({one.number for one in made}) == 2  # type: ignore[attr-defined]
    with acting(Acting(actor=user.pk)):
        assert [out(user, one) for one in made] == [file.getvalue() for file in files]  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_describing_and_destroying_at_once(world: World) -> None:
    """Tests that whoever comes second is told, and that no document is half destroyed."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    document = kept(world, user)
    done = race(
        lambda: services.describe(user, document, papers.described(title="New")),
        lambda: services.destroy(user, document, reason="A mistake."),
    )
    assert isinstance(done[1], Document), done
    assert isinstance(done[0], Document | RefusedError), done
    assert not DataKey.unscoped.exists()
    assert not Piece.unscoped.exists()


KILLED = """
    import io, os, django
    django.setup()
    from django.db import connections
    connections["default"].settings_dict.update({place!r})
    from medevac.documents import content, services
    from medevac.documents.services import Description
    from medevac.people.models import Organisation, User
    before = content.Piece.unscoped.bulk_create
    def slow(rows):
        made = before(rows)
        print("half", flush=True)
        os.read(0, 1)
        return made
    content.Piece.unscoped.bulk_create = slow
    user, owner = User.objects.get(pk={user!r}), Organisation.unscoped.get(pk={owner!r})
    file = io.BytesIO(b"%PDF-1.7\\n" + bytes(3_000_000))
    services.upload(user, owner, file, Description("other", "Half", "uk"))
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_leaves_nothing(world: World, ring: Path) -> None:
    """Tests a real process that is killed between two statements of one upload: no row of it is there."""
    kept_place = connection.settings_dict
    place = {name: kept_place[name] for name in ("NAME", "USER", "HOST", "PORT", "PASSWORD")}
    user, owner = world.people[Role.HOSPITAL_COORDINATOR].pk, world["hospital"].pk
    code = textwrap.dedent(KILLED).format(place=place, user=str(user), owner=str(owner))
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_settings",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "MEDEVAC_DOCUMENT_KEYS_FILE": str(ring),
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], env=variables, text=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not Document.unscoped.exists()
    assert not Piece.unscoped.exists()
    assert not DataKey.unscoped.exists()
