"""How a name is kept and looked for so that either script finds it: small Latin letters without accents.

Cyrillic is written in Latin letters by Ukraine's table of 2010 (Cabinet resolution 55 of 27 January 2010), so
that “Харків” and “Kharkiv” have one key.
"""

from __future__ import annotations

import re
import unicodedata

_ALWAYS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "",
    "є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia",
}  # fmt: skip
_AT_THE_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "å": "a", "ł": "l", "đ": "d", "ß": "ss", "þ": "th", "ð": "d", "œ": "oe", "ı": "i"}
)
_APOSTROPHES = re.compile("['’ʼ`]")
_WORD = re.compile(r"[^\W_]+")


def in_latin(text: str) -> str:
    """A text with its Ukrainian letters written in Latin ones, all small."""
    words = re.split(r"(\W+)", _APOSTROPHES.sub("", unicodedata.normalize("NFC", text).casefold()))
    return "".join(_word(word) for word in words)


def _word(word: str) -> str:
    spelled = word.replace("зг", "з\0г")  # zgh, which is not zh
    letters = []
    for place, letter in enumerate(spelled):
        if letter == "\0":
            continue
        if letter == "г" and spelled[place - 1 : place] == "\0":
            letters.append("gh")
        elif place == 0 and letter in _AT_THE_BEGINNING:
            letters.append(_AT_THE_BEGINNING[letter])
        else:
            letters.append(_ALWAYS.get(letter, letter))
    return "".join(letters)


def search_key(*texts: str) -> str:
    """The words of all texts as they are kept and looked for, each between single spaces."""
    latin = in_latin(" ".join(texts)).translate(_PLAIN)
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(letter)
    )
    return " ".join(dict.fromkeys(_WORD.findall(bare)))
