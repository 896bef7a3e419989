"""What a file is, told by its content. Its name and what the browser says of it count for nothing."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _

from medevac.people.refusals import RefusedError

_HEAD_BYTES = 64 * 1024
_MOST_ENTRIES = 5_000  # of a package; one with more is not a letter
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITER = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class FileType:
    """A type of file.

    Parameters
    ----------
    word
        As in the setting and in messages.
    content_type
        As it is sent.
    ending
        Of the name under which it is sent.
    drawn
        Whether a picture of its first page can be made.
    """

    word: str
    content_type: str
    ending: str
    drawn: bool = False


TYPES: dict[str, FileType] = {
    kind.word: kind
    for kind in (
        FileType("pdf", "application/pdf", "pdf", drawn=True),
        FileType("jpeg", "image/jpeg", "jpg", drawn=True),
        FileType("png", "image/png", "png", drawn=True),
        FileType("tiff", "image/tiff", "tiff", drawn=True),
        FileType("heic", "image/heic", "heic"),
        FileType("docx", _WORD, "docx"),
        FileType("odt", _WRITER, "odt"),
        FileType("dicom", "application/dicom", "dcm"),
    )
}
BY_CONTENT_TYPE = {kind.content_type: kind for kind in TYPES.values()}
# The library's names of what it finds, by our words; packages are looked into instead.
_FOUND = {
    ".pdf": "pdf",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jfif": "jpeg",
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".heic": "heic",
    ".heif": "heic",
    ".dcm": "dicom",
}
# What a file of the type begins with, whatever the library thinks of its rest.
_BEGINNINGS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": ((0, b"%PDF-"),),
    "jpeg": ((0, b"\xff\xd8\xff"),),
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "tiff": ((0, b"II*\0"), (0, b"MM\0*")),
    "heic": ((4, b"ftyp"),),
    "dicom": ((128, b"DICM"),),
}


def recognised(file: BinaryIO, allowed: list[str]) -> FileType:
    """The type of a file.

    Parameters
    ----------
    file
        The whole file; it is left at its beginning.
    allowed
        Words of `TYPES`.

    Raises
    ------
    RefusedError
        Where it is of no type that is allowed here.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    word = _of_package(file) if head.startswith(b"PK\x03\x04") else _of_head(head)
    file.seek(0)
    if word not in allowed:
        raise RefusedError(
            _(
                "Expected a file of one of these types: %(allowed)s. Got %(came)s. Save it as one of them, "
                "such as PDF, and upload it again; for imaging, add a reference instead."
            )
            % {"allowed": ", ".join(allowed), "came": word or _("something else, by its content")}
        )
    return TYPES[word]


def _of_head(head: bytes) -> str:
    try:
        names = [found.extension.lower() for found in puremagic.magic_string(head)]
    except puremagic.PureError:
        return ""
    words = (_FOUND[name] for name in names if name in _FOUND)
    return next((word for word in words if _begins(head, word)), "")


def _begins(head: bytes, word: str) -> bool:
    return any(head[place : place + len(start)] == start for place, start in _BEGINNINGS[word])


def _of_package(file: BinaryIO) -> str:
    """A letter of a word processor, by what is in the package; one with macros is none."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist()[:_MOST_ENTRIES])
            if any(name.lower().endswith(("vbaproject.bin", "/script-lb.xml")) for name in names):
                return ""
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
            if {"mimetype", "content.xml"} <= names and package.getinfo("mimetype").file_size < 200:
                return "odt" if package.read("mimetype").decode("ascii", "replace") == _WRITER else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return ""
    return ""
