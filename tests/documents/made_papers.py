"""Real files, made for the tests."""

from __future__ import annotations

import io
import zipfile

from PIL import Image, ImageDraw

from medevac.documents.services import Description


def described(**other: object) -> Description:
    """What is written of a document."""
    return Description(**{"kind": "form-027", "title": "Виписка", "language": "uk", **other})  # type: ignore[arg-type]


def image(file_format: str = "JPEG", size: tuple[int, int] = (300, 400)) -> io.BytesIO:
    """A small picture."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((20, 20, 80, 60), fill="navy")
    file = io.BytesIO()
    picture.save(file, file_format)
    return file


def pdf(pages: int = 2) -> io.BytesIO:
    """A PDF."""
    file = io.BytesIO()
    first, *rest = [Image.new("RGB", (300, 400), "white") for _ in range(pages)]
    first.save(file, "PDF", save_all=True, append_images=rest)
    return file


def docx(*, macro: bool = False) -> io.BytesIO:
    """The beginnings of a letter in Word's form."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
        if macro:
            packed.writestr("word/vbaProject.bin", "macro")
    return file


def odt() -> io.BytesIO:
    """The beginnings of a letter in Writer's form."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", "<content/>")
    return file
