"""The virus scanner: clamd, asked over its own protocol (INSTREAM), on a TCP port or a Unix socket."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from medevac.documents.rules import Scan

SECONDS = 60.0  # for each step of the conversation
_PART_BYTES = 64 * 1024
_MOST_ANSWER_BYTES = 4096


@dataclass(frozen=True)
class Verdict:
    """What the scanner said.

    Parameters
    ----------
    scan
        The state that follows.
    finding
        The name of what was found, or why the scan failed.
    """

    scan: Scan
    finding: str = ""


def scanner_configured() -> bool:
    """Whether files are scanned at all."""
    return bool(settings.DOCUMENT_SCANNER)


def scanned(parts: Iterable[bytes]) -> Verdict:
    """Have a stream of plain bytes scanned; never raises for what the scanner does."""
    if not scanner_configured():
        return Verdict(Scan.NOT_SCANNED)
    try:
        answer = _ask(settings.DOCUMENT_SCANNER, parts)
    except OSError as error:
        return Verdict(Scan.FAILED, f"The scanner was not reached: {error.strerror or type(error).__name__}.")
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Verdict(Scan.CLEAN)
    if words.endswith(" FOUND"):
        return Verdict(Scan.INFECTED, words.removesuffix(" FOUND")[:200])
    return Verdict(Scan.FAILED, f"The scanner said: {words}"[:200] if words else "The scanner said nothing.")


def _ask(place: str, parts: Iterable[bytes]) -> str:
    with _connected(place) as talk:
        talk.sendall(b"zINSTREAM\0")
        try:
            for part in parts:
                for start in range(0, len(part), _PART_BYTES):
                    cut = part[start : start + _PART_BYTES]
                    talk.sendall(len(cut).to_bytes(4) + cut)
            talk.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, such as too much, and has said so
        said = b""
        while not said.endswith(b"\0") and len(said) < _MOST_ANSWER_BYTES:
            more = talk.recv(_MOST_ANSWER_BYTES)
            if not more:
                break
            said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(place: str) -> socket.socket:
    if place.startswith("/"):
        talk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        talk.settimeout(SECONDS)
        try:
            talk.connect(place)
        except OSError:
            talk.close()
            raise
        return talk
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
