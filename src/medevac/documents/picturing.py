"""Has a picture of a first page drawn by a process of its own, which hostile bytes may crash or fill."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress

from django.utils.translation import gettext as _

from medevac.documents.drawing import TOO_LARGE
from medevac.people.refusals import RefusedError

SECONDS = 20.0
MOST_PICTURE_BYTES = 8 * 1024 * 1024


def drawn(parts: Iterable[bytes], word: str) -> bytes:
    """A JPEG of the first page.

    Parameters
    ----------
    parts
        The plain bytes of the file; its content passes through a pipe and never lies on a disk.
    word
        Its type, as `recognising.TYPES` calls it.

    Raises
    ------
    RefusedError
        Where no picture can be made: too large, too slow, locked, or broken.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "medevac.documents.drawing", word],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    watch = threading.Timer(SECONDS, process.kill)
    watch.start()
    try:
        with process:
            with suppress(BrokenPipeError):
                for part in parts:
                    process.stdin.write(part)
            with suppress(BrokenPipeError):
                process.stdin.close()
            picture = process.stdout.read(MOST_PICTURE_BYTES + 1)
            if len(picture) > MOST_PICTURE_BYTES:
                process.kill()
    except BaseException:
        process.kill()
        raise
    finally:
        watch.cancel()
    if process.returncode == TOO_LARGE:
        raise RefusedError(_("It is too large for a picture. Open it instead."))
    if process.returncode or not picture:
        raise RefusedError(_("No picture can be made of it. Open it instead."))
    return picture
