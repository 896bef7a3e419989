"""Makes any text printable: a character that the manifest's fonts lack becomes a box, and is remembered."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files

BOX = "□"
BREAK = "\u200b"  # invisible: a line may end here
LONGEST_WORD = 16
_MANY_MARKS = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")  # two are read, a heap covers other lines
_LONG_WORD = re.compile(rf"[^\s-]{{{LONGEST_WORD}}}(?=[^\s-])")  # a line may end at a hyphen anyway


class Printer:
    """Makes texts printable and gathers what could not be printed."""

    def __init__(self) -> None:
        self.lost: dict[str, set[str]] = {}

    def __call__(self, text: str) -> str:
        """The text in one line, composed, without invisible characters, a box for what no font has."""
        found = []
        for char in unicodedata.normalize("NFC", text):
            if char.isspace():
                found.append(" ")
            elif printable(char):
                found.append(char)
            elif unicodedata.category(char) not in ("Cc", "Cf", "Cn", "Mn", "Me"):
                found.append(BOX)
                self.lost.setdefault(text, set()).add(char)
        line = _MANY_MARKS.sub(r"\1", re.sub(" +", " ", "".join(found)).strip())
        return _LONG_WORD.sub(rf"\g<0>{BREAK}", line)

    def warnings(self) -> tuple[str, ...]:
        """A sentence for each text that lost characters."""
        return tuple(
            f"{_named(text)}: no font has {', '.join(sorted(f'U+{ord(char):04X}' for char in chars))}. "
            f"A box {BOX} is printed instead. Add the name in Latin or Cyrillic letters."
            for text, chars in self.lost.items()
        )


def printable(char: str) -> bool:
    """Whether the manifest's fonts have a character; what changes the direction of writing is left out."""
    if unicodedata.category(char) in ("Cc", "Cf"):
        return False
    starts, ends = _covered()
    place = bisect_right(starts, ord(char)) - 1
    return place >= 0 and ord(char) <= ends[place]


def _named(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


@cache
def _covered() -> tuple[list[int], list[int]]:
    """First and last code of each range of characters that the fonts have."""
    ranges = json.loads((files("medevac.papers") / "fonts" / "coverage.json").read_text(encoding="utf-8"))
    return [first for first, _ in ranges], [last for _, last in ranges]
