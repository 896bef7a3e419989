"""Tests the pages: what they show, what they refuse, and under which headers bytes leave."""

from __future__ import annotations

import io
from uuid import uuid4

import made_papers as papers
import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient, Client
from django.urls import reverse
from world import World, sign_in

from medevac.audit.models import Look
from medevac.documents import services
from medevac.documents.models import Document, Piece
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db
FIELDS = {"kind": "form-027", "title": "Виписка", "language": "uk"}


@pytest.fixture
def client(world: World) -> Client:
    """The browser of the hospital's coordinator."""
    return sign_in(Client(), world.people[Role.HOSPITAL_COORDINATOR])


@pytest.fixture
def document(world: World) -> Document:
    """An upload of the hospital's coordinator."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    return services.upload(user, world["hospital"], papers.image("PNG"), papers.described())


def at(name: str, document: Document) -> str:
    """The address of a page of a document."""
    return reverse(f"documents:{name}", kwargs={"public_id": document.pk})


def file(content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it, under a name that lies."""
    return SimpleUploadedFile("Петренко.exe", content or papers.pdf().getvalue(), "text/html")


def test_a_file_is_uploaded_by_form(client: Client) -> None:
    """Tests the form without a script: the document is there, and the file's name is nowhere."""
    answer = client.post("/documents/upload/", {**FIELDS, "file": file()}, follow=True)
    kept = Document.unscoped.get()
    assert answer.redirect_chain[-1][0] == at("document", kept)
    assert kept.content_type == "application/pdf"
    assert "Петренко" not in answer.content.decode()
    assert kept.number in answer.content.decode()


def test_the_form_is_guarded_and_says_what_is_wrong(world: World, settings) -> None:
    """Tests that a form without its token is refused, and that faults are told on the form."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    strict = sign_in(Client(enforce_csrf_checks=True), user)
    assert strict.post("/documents/upload/", {**FIELDS, "file": file()}).status_code == 403
    client = sign_in(Client(), user)
    settings.DOCUMENT_LARGEST_BYTES = 1024 * 1024
    for content, said in (
        (b"MZ program", "by its content"),
        (b"%PDF-" + bytes(1_200_000), "at most 1 MiB"),
    ):
        answer = client.post("/documents/upload/", {**FIELDS, "file": file(content)})
        assert said in answer.content.decode()
    empty = {**FIELDS, "file": SimpleUploadedFile("a.pdf", b"")}
    assert "an empty one" in client.post("/documents/upload/", empty).content.decode()
    assert not Document.unscoped.exists()


def test_bytes_leave_under_headers_that_run_nothing(client: Client, document: Document) -> None:
    """Tests the download: whole, as an attachment named by number, sandboxed, not stored, and on record."""
    answer = client.get(at("open", document))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content == papers.image("PNG").getvalue()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{document.number}.png"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Look.unscoped.get().things == [document.pk]


@pytest.mark.django_db(transaction=True)
def test_bytes_are_streamed_under_asgi(world: World, document: Document) -> None:
    """Tests the way that the real server goes: parts come as they are decrypted, and the look is there."""
    client = AsyncClient()
    sign_in(client, world.people[Role.HOSPITAL_COORDINATOR])  # type: ignore[arg-type]

    async def opened() -> bytes:
        answer = await client.get(at("open", document))
        return b"".join([part async for part in answer.streaming_content])  # type: ignore[attr-defined]

    assert async_to_sync(opened)() == papers.image("PNG").getvalue()
    assert Look.unscoped.count() == 1


def test_a_picture_of_the_first_page(client: Client, document: Document) -> None:
    """Tests that it is a JPEG and a look, and that without one a drawing says why."""
    answer = client.get(at("preview", document))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert Look.unscoped.count() == 1
    Document.unscoped.filter(pk=document.pk).update(scan="failed")
    answer = client.get(at("preview", document))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_page_of_a_document_is_a_look(client: Client, document: Document) -> None:
    """Tests that the title is shown with a look, and the list as well."""
    assert "Виписка" in client.get(at("document", document)).content.decode()
    assert "Виписка" in client.get("/documents/").content.decode()
    assert Look.unscoped.count() == 2
    assert set(Look.unscoped.values_list("right", flat=True)) == {"see.personal"}


def test_what_cannot_be_opened_says_so(client: Client, document: Document) -> None:
    """Tests that the page of a closed document has no button, and the address leads back with a sentence."""
    client.post(at("withdraw", document), {"reason": "For somebody else."})
    page = client.get(at("document", document)).content.decode()
    assert at("open", document) not in page
    assert "For somebody else." in page
    answer = client.get(at("open", document), follow=True)
    assert "has been withdrawn" in answer.content.decode()
    client.post(at("destroy", document), {"reason": "For somebody else."})
    assert "Nobody can read it again" in client.get(at("document", document)).content.decode()
    assert not Piece.unscoped.exists()


def test_others_find_nothing(world: World, document: Document) -> None:
    """Tests that a document which is not open is "not found", in every page of it."""
    client = sign_in(Client(), world.people[Role.REGION])
    for name in ("document", "open", "preview", "describe", "translation", "redact", "withdraw", "destroy"):
        assert client.get(at(name, document)).status_code == 404, name
    assert client.get(f"/documents/{uuid4()}/open/").status_code == 404
    assert not Look.unscoped.exists()


def test_forms_of_a_document(client: Client, document: Document) -> None:
    """Tests correcting, translating and redacting by form."""
    client.post(at("describe", document), {**FIELDS, "title": "Extract", "language": "en"})
    client.post(at("translation", document), {"state": "being-translated"})
    client.post(at("redact", document), {**FIELDS, "redacted": "on", "file": file()})
    document.refresh_from_db()
    assert (document.title, document.translation_state) == ("Extract", "being-translated")
    assert Document.unscoped.get(redacted_version_of=document).redacted
    client.post("/documents/refer/", {**FIELDS, "kind": "imaging", "archive": "PACS", "accession": "A-1"})
    reference = Document.unscoped.get(is_reference=True)
    assert "A-1" in client.get(at("document", reference)).content.decode()


def test_pictures_of_hostile_files(world: World) -> None:
    """Tests that too many pixels, broken files and locked ones end in a sentence."""
    from medevac.documents.picturing import drawn
    from medevac.people.refusals import RefusedError

    assert drawn([papers.pdf().getvalue()], "pdf").startswith(b"\xff\xd8\xff")
    with pytest.raises(RefusedError, match="too large"):
        drawn([papers.image("PNG", (12_000, 6_000)).getvalue()], "png")
    with pytest.raises(RefusedError, match="No picture"):
        drawn([b"%PDF-1.7 rubbish"], "pdf")
    with pytest.raises(RefusedError, match="No picture"):
        drawn(iter(io.BytesIO(papers.image().getvalue()[:400])), "jpeg")
