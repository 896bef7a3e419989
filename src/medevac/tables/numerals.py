"""Numbers that were typed as text: read where there is one way to read them, refused where there are two.

A comma or a point stands for decimals, blanks group thousands. `1,234` and `1.234` could be either, so
they are refused, both.
"""

from __future__ import annotations

import re
from enum import Enum

_NUMERAL = re.compile(
    r"(?P<sign>[+-])?(?P<whole>[0-9]{1,18}|[0-9]{1,3}(?: [0-9]{3}){1,5})(?:[.,](?P<part>[0-9]{1,18}))?"
)
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})


class Numeral(Enum):
    """What a text is when it is no number."""

    NONE = "none"
    AMBIGUOUS = "ambiguous"


def read_numeral(text: str) -> int | float | Numeral:
    """The number that a text writes, or why it is none."""
    match = _NUMERAL.fullmatch(text.strip().translate(_BLANKS))
    if match is None:
        return Numeral.NONE
    whole, part = match["whole"].replace(" ", ""), match["part"]
    sign = "-" if match["sign"] == "-" else ""
    if part is None:
        return int(sign + whole)
    if len(part) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        return Numeral.AMBIGUOUS
    return float(f"{sign}{whole}.{part}")
