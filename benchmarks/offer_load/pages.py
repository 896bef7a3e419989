"""Which pages of places and offers are asked for, by whom, and in which shares.

A page that the service does not have yet, or that is not open to a user, is left out: the others take its
share.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from page_load.requests_of import BASELINE, Request


@dataclass(frozen=True)
class Kind:
    """One kind of page: its name in the tables, its address by name, of what it is, and its share."""

    name: str
    address: str
    subject: str
    share: int
    words: str = ""


KINDS = (
    Kind("places, all hospitals", "offers:places", "", 10),
    Kind("places of a hospital", "offers:hospital_places", "hospital", 16),
    Kind("asks to answer", "offers:asks", "", 12),
    Kind("an ask", "offers:answer", "ask", 6),
    Kind("rounds of asking", "offers:rounds", "", 5),
    Kind("a round", "offers:round", "round", 8),
    Kind("whom to ask (form)", "offers:ask", "", 3),
    Kind("national view", "offers:national", "", 8),
    Kind("suggestions for a case", "offers:suggestions", "waiting case", 5),
    Kind("offer a place (form)", "offers:offer", "waiting case", 5),
    Kind("record the choice (form)", "offers:choose", "offered case", 4),
    Kind("what a country could help", "offers:country_help", "", 3),
    Kind("whom to ask for a flight", "offers:mission_advice", "", 2),
    Kind("case page with offers", "cases:case", "case", 15),
    Kind("list of cases", "cases:cases", "", 8),
    Kind(BASELINE, "about", "", 5),
)
ORDER = tuple(kind.name for kind in KINDS)


def requests_of(person: dict[str, Any], *, seed: int) -> Iterator[Request]:
    """The pages of one user without end: each round has every kind in its share, in an order of its own."""
    draw = random.Random(seed)
    hundred = [name for name, told in person["pages"].items() for _ in range(told["share"])]
    while True:
        draw.shuffle(hundred)
        for name in hundred:
            yield Request(name, draw.choice(person["pages"][name]["paths"]))
