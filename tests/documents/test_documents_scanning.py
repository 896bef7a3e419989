"""Tests the virus scanner's protocol against a small server that speaks it, and what follows a finding."""

from __future__ import annotations

import io
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import made_papers as papers
import pytest
from world import World

from medevac.audit.context import Acting, acting
from medevac.documents import services
from medevac.documents.models import Document
from medevac.documents.rules import Scan
from medevac.documents.scanning import scanned
from medevac.messages.models import Message
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db
BAD = b"X5O!P%@AP-harmless-in-this-test"


@dataclass
class Clamd:
    """What the server has heard, and how it answers."""

    place: str = ""
    heard: list[bytes] = field(default_factory=list)
    most: int = 1_000_000
    silent: bool = False


def serving(clamd: Clamd, server_class, address) -> Iterator[Clamd]:
    """A server of INSTREAM as the manual of clamd describes it."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            heard = b""
            while length := int.from_bytes(self.rfile.read(4)):
                heard += self.rfile.read(length)
                if len(heard) > clamd.most:
                    self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            clamd.heard.append(heard)
            if not clamd.silent:
                found = b"Eicar-Test-Signature FOUND" if BAD in heard else b"OK"
                self.wfile.write(b"stream: " + found + b"\0")

    with server_class(address, Talk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        clamd.place = address if isinstance(address, str) else f"127.0.0.1:{server.server_address[1]}"
        yield clamd
        server.shutdown()
        thread.join()


@pytest.fixture
def clamd(settings) -> Iterator[Clamd]:
    """A scanner on a port of this machine."""
    for running in serving(Clamd(), socketserver.ThreadingTCPServer, ("127.0.0.1", 0)):
        settings.DOCUMENT_SCANNER = running.place
        yield running


def kept(world: World, content: bytes = b"") -> Document:
    """An upload of the hospital's coordinator."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    file = io.BytesIO(b"%PDF-1.7\n" + content)
    return services.upload(user, world["hospital"], file, papers.described())


def test_clean_files_are_scanned_whole(world: World, clamd: Clamd) -> None:
    """Tests that the scanner hears every byte, and the document says that it is clean."""
    document = kept(world, bytes(200_000))
    assert document.scan == Scan.CLEAN
    assert document.scanned_at is not None
    assert clamd.heard == [b"%PDF-1.7\n" + bytes(200_000)]


def test_a_unix_socket(tmp_path: Path, settings) -> None:
    """Tests the other way to reach clamd."""
    for running in serving(Clamd(), socketserver.ThreadingUnixStreamServer, str(tmp_path / "clamd")):
        settings.DOCUMENT_SCANNER = running.place
        assert scanned([b"one", b"two"]).scan == Scan.CLEAN
        assert scanned([BAD]).finding == "Eicar-Test-Signature"


def test_infected_files_are_closed_and_told(world: World, clamd: Clamd) -> None:
    """Tests that nobody opens one, and that uploader and administrator are told, without its title."""
    document = kept(world, BAD)
    assert (document.scan, document.finding) == (Scan.INFECTED, "Eicar-Test-Signature")
    user = world.people[Role.HOSPITAL_COORDINATOR]
    with acting(Acting(actor=user.pk)), pytest.raises(RefusedError, match="nobody can open it"):
        services.open_document(user, document)
    told = {message.user_id: message for message in Message.unscoped.all()}
    assert set(told) == {user.pk, world.people[Role.ADMINISTRATOR].pk}
    assert document.number in told[user.pk].subject
    assert "Виписка" not in str([(m.subject, m.sentences) for m in told.values()])


def test_what_could_not_be_scanned_is_scanned_again(world: World, clamd: Clamd, settings) -> None:
    """Tests a scanner that is away, says nothing or refuses: the worker tries until there is a verdict."""
    settings.DOCUMENT_SCANNER = "127.0.0.1:9"  # nobody answers there
    document = kept(world, BAD)
    assert document.scan == Scan.FAILED
    assert "not reached" in document.finding
    assert not Message.unscoped.exists()
    settings.DOCUMENT_SCANNER = clamd.place
    clamd.silent = True
    assert services.scan_again() == 0
    clamd.silent, clamd.most = False, 10
    assert services.scan_again() == 0
    clamd.most = 1_000_000
    assert services.scan_again() == 1
    document.refresh_from_db()
    assert document.scan == Scan.INFECTED
    assert Message.unscoped.count() == 2
    assert services.scan_again() == 0


def test_without_a_scanner_nothing_is_scanned(world: World) -> None:
    """Tests that a document says so, and that the worker has nothing to do."""
    assert kept(world).scan == Scan.NOT_SCANNED
    assert services.scan_again() == 0
