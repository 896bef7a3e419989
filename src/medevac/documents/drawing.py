"""Draws the first page of a file: reads it from standard input, writes a JPEG to standard output, and ends.

It runs as a process of its own with little memory and time, since what it reads may be made to do harm. It
knows nothing else of medevac, and no Django.
"""

from __future__ import annotations

import io
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

TOO_LARGE, BROKEN = 3, 4  # exit codes
MOST_PIXELS = 60_000_000
MOST_PAGES = 2_000
WIDTH, HEIGHT = 1_000, 1_400  # of the picture, at most
_MEMORY_BYTES = 1_500 * 1024 * 1024
_CPU_SECONDS = 10
_FORMATS = {"jpeg": ["JPEG"], "png": ["PNG"], "tiff": ["TIFF"]}


class TooLargeError(Exception):
    """More pixels or pages than are drawn here."""


def draw(content: bytes, word: str) -> bytes:
    """The picture of a file of a type."""
    picture = _page(content) if word == "pdf" else _image(content, _FORMATS[word])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)  # nothing of what the file says of itself goes along
    return out.getvalue()


def _page(content: bytes) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        raise TooLargeError
    page = document[0]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1.0), HEIGHT / max(height, 1.0), 2.0)
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn.convert("RGB")


def _image(content: bytes, formats: list[str]) -> Image.Image:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=formats) as image:
        if image.width * image.height > MOST_PIXELS:  # known from the head, before anything is unpacked
            raise TooLargeError
        image.draft("RGB", (WIDTH, HEIGHT))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((WIDTH, HEIGHT))
        if upright.mode in ("RGBA", "LA", "PA", "P"):
            coloured = upright.convert("RGBA")
            white = Image.new("RGBA", coloured.size, "white")
            white.alpha_composite(coloured)
            return white.convert("RGB")
        return upright.convert("RGB")


def _narrow() -> None:
    """Give up what drawing does not need: memory, time, and writing any file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> int:
    """Draw what stands on standard input; returns the exit code."""
    import pypdfium2  # noqa: F401  # loaded before the limits count

    _narrow()
    try:
        picture = draw(sys.stdin.buffer.read(), sys.argv[1])
    except TooLargeError:
        return TOO_LARGE
    except Exception:  # whatever a broken file does, the answer is the same
        return BROKEN
    sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
