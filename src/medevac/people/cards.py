"""The cards of the start page: a registry that every room fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medevac.people.models import User


@dataclass(frozen=True)
class Card:
    """One card: where it leads, what it is called, and one translated sentence with what is new there."""

    address: str
    label: str
    sentence: str


CardMaker = Callable[["User"], "Card | None"]
_MAKERS: dict[str, tuple[int, CardMaker]] = {}


def register_card(name: str, make: CardMaker, *, order: int = 100) -> None:
    """Add a maker of cards; it answers None where the user has no business there."""
    _MAKERS[name] = (order, make)


def cards_of(user: User) -> list[Card]:
    """The cards of a user, in their order."""
    made = [make(user) for _, make in sorted(_MAKERS.values(), key=lambda pair: pair[0])]
    return [card for card in made if card is not None]
