"""Ukrainian in Latin letters, by the table of the Cabinet of Ministers' resolution 55 of 27 January 2010.

For finding names that are written in either script. It writes nobody's name: that is in the passport.
"""

from __future__ import annotations

import re

TABLE = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
AT_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
APOSTROPHES = "'’ʼ`"
# зг is zgh, so that it is not read as ж.
ZH_APART = ("зг", "zgh")


def latin(text: str) -> str:
    """A text with its Ukrainian letters in Latin ones; other letters stay. Capital letters stay capital.

    Examples
    --------
    >>> latin("Згурський Їжакевич Знам'янка")
    'Zghurskyi Yizhakevych Znamianka'
    """
    if text.isascii():
        return text  # no letter of the table is in it
    written: list[str] = []
    inside = False
    place = 0
    while place < len(text):
        letter = text[place]
        small = letter.lower()
        pair = text[place : place + 2].lower()
        if letter in APOSTROPHES and inside and _is_ukrainian(text[place + 1 : place + 2]):
            place += 1
            continue
        if pair == ZH_APART[0]:
            became, used = ZH_APART[1], 2
        elif not inside and small in AT_BEGINNING:
            became, used = AT_BEGINNING[small], 1
        else:
            became, used = TABLE.get(small, letter), 1
        written.append(became.capitalize() if letter != small and small in TABLE else became)
        inside = letter.isalpha()
        place += used
    return "".join(written)


def _is_ukrainian(letter: str) -> bool:
    return letter.lower() in TABLE


_BACK = (
    {became: letter for letter, became in reversed(TABLE.items()) if became}
    | {became: letter for letter, became in AT_BEGINNING.items() if became != "y"}
    | {"zgh": "зг", "i": "і", "y": "и"}
)
# The longest first, so that shch is not read as sh and ch.
_ANY_BACK = re.compile("|".join(sorted(_BACK, key=len, reverse=True)))


def cyrillic(text: str) -> str:
    """A likely Ukrainian spelling of Latin letters, in small ones, for a search that allows for mistakes."""
    return _ANY_BACK.sub(lambda found: _BACK[found[0]], text.casefold())


def spellings(text: str) -> tuple[str, ...]:
    """A text as it was written, in Latin and in Cyrillic letters, each once and in small letters."""
    return tuple(dict.fromkeys((text.casefold(), latin(text).casefold(), cyrillic(text))))
