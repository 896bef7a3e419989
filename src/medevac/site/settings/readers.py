"""How the text of a setting becomes a value: each reader raises ValueError with the law that was broken."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

LEVELS = ("debug", "info", "warning", "error")
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def secret(text: str) -> str:
    if len(text) < 50:
        raise ValueError("at least 50 random characters")
    return text


def secrets(text: str) -> list[str]:
    """Several secrets, each as long as one alone must be."""
    found = words(text)
    if any(len(one) < 50 for one in found):
        raise ValueError("secrets of at least 50 random characters each, or nothing")
    return found


def database(text: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(text)
    except ProgrammingError as error:
        raise ValueError("an address such as postgresql://USER:PASSWORD@HOST:5432/NAME") from error
    if not text.startswith(("postgresql://", "postgres://")) or not parts.get("dbname"):
        raise ValueError("an address such as postgresql://USER:PASSWORD@HOST:5432/NAME")
    return dict(parts)


def address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("an address without a path, such as https://medevac.example.org")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError(
            "https, since patients' data must not travel in the clear (http is for localhost only)"
        )
    return text.rstrip("/")


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return int(text)

    return read


def yes(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("yes or no")
    return text.lower() == "yes"


def token(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("at least 32 random characters, or nothing")
    return text


def networks(text: str) -> list[str]:
    try:
        return [str(ip_network(word)) for word in words(text)]
    except ValueError as error:
        raise ValueError("addresses or networks such as 127.0.0.1 or 10.1.0.0/16") from error


def level(text: str) -> str:
    if text not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return text


def words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def plain(text: str) -> str:
    return text


def push_key(text: str) -> bytes:
    """A private key of the curve P-256: 32 bytes in base64url, a number from 1 to below the curve's order."""
    if not text:
        return b""
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != 32 or not 0 < int.from_bytes(key) < P256_ORDER:
        raise ValueError("32 random bytes in base64url")
    return key


def gateway(text: str) -> str:
    parts = urlsplit(text)
    local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if text and not (parts.scheme == "https" and parts.hostname) and not local:
        raise ValueError("an https address (http is for localhost only)")
    return text


DOCUMENT_TYPES = ("pdf", "jpeg", "png", "tiff", "heic", "docx", "odt", "dicom")


def document_types(text: str) -> list[str]:
    types = words(text)
    if not types or not set(types) <= set(DOCUMENT_TYPES):
        raise ValueError(f"words of {', '.join(DOCUMENT_TYPES)}")
    return types


def absolute(text: str) -> str:
    if text and not text.startswith("/"):
        raise ValueError("the whole path of a file, from /")
    return text


def zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise ValueError("the name of a time zone, such as Europe/Oslo") from error
    return text


def scanner(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if (
        text
        and not text.startswith("/")
        and not (host and colon and port.isdigit() and 0 < int(port) < 65536)
    ):
        raise ValueError("HOST:PORT, or the path of a socket")
    return text


# The words of cases and missions; a test holds that they are those of the rooms, which are not there yet.
ORGANISMS = ("mrsa", "vre", "esbl", "cpe", "acinetobacter", "pseudomonas", "candida-auris", "tuberculosis")
PRIORITIES = ("P1", "P2", "P3")
STEPS = (
    "submit", "verify", "publish", "offer", "choose", "book", "board", "hand-over", "discharge", "return",
)  # fmt: skip
LONGEST_HOURS, LONGEST_DAYS = 24 * 365, 365


def organisms(text: str) -> list[str]:
    found = words(text)
    if not set(found) <= set(ORGANISMS) or len(set(found)) != len(found):
        raise ValueError(f"words of {', '.join(ORGANISMS)}, each at most once, or nothing")
    return found


def numbers(text: str, names: tuple[str, ...], highest: int) -> dict[str, int]:
    """Words such as P1=24, each name at most once."""
    pairs = [word.partition("=") for word in words(text)]
    found = {name: whole(1, highest)(number) for name, _, number in pairs}
    if not set(found) <= set(names) or len(found) != len(pairs):
        raise ValueError
    return found


def priority_hours(text: str) -> dict[str, int]:
    law = f"P1=HOURS P2=HOURS P3=HOURS, whole hours from 1 to {LONGEST_HOURS}, none fewer than the one before"
    try:
        found = numbers(text, PRIORITIES, LONGEST_HOURS)
    except ValueError as error:
        raise ValueError(law) from error
    hours = [found.get(one, 0) for one in PRIORITIES]
    if 0 in hours or hours != sorted(hours):
        raise ValueError(law)
    return found


def item_days(text: str) -> dict[str, int]:
    try:
        return numbers(text, STEPS, LONGEST_DAYS)
    except ValueError as error:
        raise ValueError(
            f"STEP=DAYS with steps of {', '.join(STEPS)}, each at most once, and whole days from 1 to "
            f"{LONGEST_DAYS}"
        ) from error
