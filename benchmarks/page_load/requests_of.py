"""Which pages a user asks for, in which shares and in which order. Asks nothing itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

BASELINE = "baseline: about"
# Of a hundred requests; the kinds in the order in which they are told of.
SHARES = {
    "list, filtered": 22,
    "list, further pages": 12,
    "search, common name": 10,
    "search, rare name": 10,
    "search, pseudonym": 6,
    "search of the head": 5,
    "board": 10,
    "case page": 20,
    BASELINE: 5,
}
FILTERS = (
    "",
    "priority=P1",
    "category=burns&state=all",
    "specialty=oncology",
    "state=published",
    "state=in-treatment&order=waiting",
    "overdue=on",
    "state=all&order=changed",
    "state=ended&priority=P2&order=pseudonym",
    "state=returned",
    "state=all",
    "columns=name&columns=state&columns=mission&columns=changed&columns=requester",
)
FURTHER = ("", "state=all", "state=ended&order=changed")
LAST_PAGE = 30


@dataclass(frozen=True)
class Request:
    """One page that is asked for, and of which kind it is."""

    kind: str
    path: str


def requests_of(
    person: dict[str, Any], common: list[str], rare: list[str], *, seed: int
) -> Iterator[Request]:
    """The pages of one user without end: each hundred has every kind in its share, in an order of its own."""
    draw = random.Random(seed)
    hundred = [kind for kind, share in SHARES.items() for _ in range(share)]
    while True:
        draw.shuffle(hundred)
        for kind in hundred:
            yield Request(kind, _path(kind, person, common, rare, draw))


def _path(kind: str, person: dict[str, Any], common: list[str], rare: list[str], draw: random.Random) -> str:
    if kind == "list, filtered":
        return f"/cases/?{draw.choice(FILTERS)}"
    if kind == "list, further pages":
        return f"/cases/?{draw.choice(FURTHER)}&page={draw.randint(2, LAST_PAGE)}"
    if kind in ("search, common name", "search, rare name"):
        names = common if kind == "search, common name" else rare
        state = draw.choice(("live", "all", "all"))
        return f"/cases/?text={quote(draw.choice(names))}&state={state}"
    if kind == "search, pseudonym":
        return f"/cases/?text={quote(draw.choice(person['pseudonyms']))}&state=all"
    if kind == "search of the head":
        return f"/search/?q={quote(draw.choice([*rare, *person['pseudonyms'], *common[:2]]))}"
    if kind == "board":
        return f"/cases/board/?{draw.choice(('', '', 'priority=P1', 'overdue=on'))}"
    if kind == "case page":
        return f"/cases/{draw.choice(person['cases'])}/"
    return "/about/"
