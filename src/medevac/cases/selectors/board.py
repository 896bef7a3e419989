"""The board: how many cases stand in each state, and the most urgent of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from medevac.cases.clock import Clock, clock_of
from medevac.cases.models import Case
from medevac.cases.next_step import blocked_among
from medevac.cases.rules import LIVE
from medevac.cases.selectors.listing import Asked, cases_for
from medevac.cases.states import State
from medevac.people.models import User

MOST_SHOWN = 12  # of each state


@dataclass(frozen=True)
class BoardCard:
    """One case on the board: under its pseudonym, since boards hang on walls."""

    case: Case
    clock: Clock
    blocked: bool


@dataclass(frozen=True)
class Column:
    """One state: how many stand there, how many of them are overdue, and the most urgent ones."""

    state: State
    count: int
    overdue: int
    cards: list[BoardCard]


def board_for(user: User, asked: Asked) -> list[Column]:
    """A column for each live state, in the order of the life of a case."""
    now = timezone.now()
    rows = cases_for(user, replace(asked, state="live"), now)
    # Counted and put in order among the ids alone: whole cases are many times as much to sort.
    ranked = rows.annotate(
        place=_of_a_state(RowNumber(), "due_at", "priority", "state_since", "pk"),
        number=_of_a_state(Count("pk")),
        late=_of_a_state(Count("pk", filter=Q(due_at__lt=now))),
    )
    placed = list(ranked.filter(place__lte=MOST_SHOWN).values_list("pk", "state", "place", "number", "late"))
    numbers = {state: (number, late) for _pk, state, _place, number, late in placed}
    cases = Case._base_manager.select_related("mission", "requester").in_bulk([row[0] for row in placed])
    # One that has gone since it was counted is left out.
    first = [cases[row[0]] for row in sorted(placed, key=lambda row: row[1:3]) if row[0] in cases]
    waiting = blocked_among(first)
    cards: dict[str, list[BoardCard]] = {}
    for case in first:
        cards.setdefault(case.state, []).append(BoardCard(case, clock_of(case, now), case.pk in waiting))
    return [_column(State(state), numbers, cards) for state in LIVE]


def _of_a_state(counted: Any, *order: str) -> Window:
    """Counted for each state by itself."""
    return Window(counted, partition_by=F("state"), order_by=[F(name).asc(nulls_last=True) for name in order])


def _column(state: State, numbers: dict[str, tuple[int, int]], cards: dict[str, list[BoardCard]]) -> Column:
    count, late = numbers.get(state, (0, 0))
    shown = cards.get(state, [])
    runs = any(card.clock.due for card in shown)
    return Column(state, count, late if runs else 0, shown)
