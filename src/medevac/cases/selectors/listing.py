"""The cases of a list: filtered, searched in either script, ordered, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from medevac.cases.clock import Clock, clock_of
from medevac.cases.looking import persons_of
from medevac.cases.models import Case, Person
from medevac.cases.models.case import DUE_ORDER
from medevac.cases.next_step import blocked_among
from medevac.cases.rules import CLOCK_RUNS, ENDED, LIVE
from medevac.cases.selectors.missing import something_missing
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.policy.reading import MOST_SENT
from medevac.people.roles import Right
from medevac.people.transliteration import spellings

ROWS = 50
MOST_COUNTED = 5000  # beyond, the page says "more than"
LAST_PAGE = MOST_COUNTED // ROWS
SHORTEST_WORD, SHORTEST_ALIKE = 2, 3  # letters; of words longer than the second, those nearly alike are found
PSEUDONYM = re.compile(r"[A-Z]{2}-\d{1,4}")
# The word in the address, and the order it means; the last key makes each order total.
ORDERS: dict[str, tuple[Any, ...]] = {
    "due": DUE_ORDER,
    "changed": ("-changed_at", "pk"),
    "waiting": ("state_since", "pk"),
    "pseudonym": ("pseudonym", "pk"),
}


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; nothing given means every live case that is open to the user.

    Parameters
    ----------
    state
        A state, "live", "ended" or "all".
    text
        A pseudonym, an EWRS number, or a name in either script.
    order
        A word of `ORDERS`.
    """

    state: str = "live"
    mission: UUID | None = None
    priority: str = ""
    category: str = ""
    specialty: str = ""
    requester: UUID | None = None
    overdue: bool = False
    missing: bool = False
    text: str = ""
    order: str = "due"


@dataclass(frozen=True)
class Row:
    """One case of a list, with what of its person is open to whoever looks."""

    case: Case
    clock: Clock
    person: Person | None
    blocked: bool


@dataclass(frozen=True)
class ListPage:
    """One page of a list.

    Parameters
    ----------
    rows
        At most `ROWS`.
    number
        Which page, from 1.
    count
        How many cases there are, at most `MOST_COUNTED`.
    more
        Whether there are more than were counted.
    """

    rows: list[Row]
    number: int
    count: int
    more: bool

    @property
    def last(self) -> int:
        """The number of the last page that can be opened."""
        return max(1, min(LAST_PAGE, -(-self.count // ROWS)))


def cases_for(user: User, asked: Asked, now: datetime | None = None) -> QuerySet[Case]:
    """The cases that are open to the user and fit, in no order yet."""
    rows = visible(user, Case.objects.all())
    states = {"live": LIVE, "ended": ENDED, "all": None}.get(asked.state, (asked.state,))
    if states is not None:
        rows = rows.filter(state__in=[str(state) for state in states])
    given = {
        "mission": asked.mission,
        "requester": asked.requester,
        "priority": asked.priority,
        "category": asked.category,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if asked.specialty:
        rows = rows.filter(specialties__contains=[asked.specialty])
    if asked.overdue:
        running = [str(state) for state in CLOCK_RUNS]
        rows = rows.filter(due_at__lt=now or timezone.now(), state__in=running)
    if asked.missing:
        rows = rows.filter(something_missing(user))
    return matching(user, rows, asked.text)


def matching(user: User, rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """The cases with this pseudonym or EWRS number, or whose person is called so and open to the user."""
    words = [word for word in text.replace("\x00", "").split() if len(word) >= SHORTEST_WORD][:6]
    if not words:
        return rows
    whole = " ".join(words)
    every = Case._base_manager.order_by().values("pk")
    numbered = [
        every.filter(pseudonym__startswith=pseudonym_of(whole)),
        every.filter(ewrs_number__istartswith=whole),
    ]
    if PSEUDONYM.fullmatch(pseudonym_of(whole)):  # nobody is called so
        return _among(rows, numbered)
    # Each has an index of its own: the database finds those few, and asks the policy of them alone.
    of_them = Case.objects.filter(person__in=_called(words)).order_by()
    opened = visible(user, of_them, Right.PERSONAL).values("pk")
    return _among(rows, [*numbered, opened])


def _among(rows: QuerySet[Case], parts: list[QuerySet[Any, Any]]) -> QuerySet[Case]:
    """Those of the rows that one of the parts finds.

    The parts are asked first: with their number unknown the database would look through all cases, once for
    the count and once for the page.
    """
    found = parts[0].union(*parts[1:])
    few = list(found.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    return rows.filter(pk__in=few if len(few) <= MOST_COUNTED else found)


def pseudonym_of(text: str) -> str:
    """A pseudonym as it is kept, however it was typed: "rk 4082" and "rk4082" are RK-4082."""
    bare = "".join(sign for sign in text if sign.isalnum())
    letters, digits = bare[:2], bare[2:]
    if letters.isalpha() and (not digits or digits.isdigit()):
        return f"{letters}-{digits}".upper() if digits else letters.upper()
    return text.upper()


def _called(words: list[str]) -> list[UUID] | QuerySet[Person, UUID]:
    """Who is called so: their ids where they are few, else the query that finds them.

    Words that are nearly alike are looked for where fewer than a page are called exactly so: among thousands
    of the same name those who are nearly called so are not what somebody looks for.
    """
    exactly = _persons(words, _exactly)
    few = list(exactly[: MOST_SENT + 1])
    if len(few) < ROWS:
        nearly = _persons(words, _nearly)
        few = list(nearly[: MOST_SENT + 1])
        return few if len(few) <= MOST_SENT else nearly
    return few if len(few) <= MOST_SENT else exactly


def _persons(words: list[str], called: Callable[[str], Q]) -> QuerySet[Person, UUID]:
    """Those whose name has every word."""
    rows = reduce(lambda found, word: found.filter(called(word)), words, Person._base_manager.all())
    return rows.values_list("pk", flat=True)


def _exactly(word: str) -> Q:
    """A part of a name, in any spelling."""
    return reduce(or_, (Q(search_key__contains=spelling) for spelling in spellings(word)))


def _nearly(word: str) -> Q:
    """A part of a name, or a word of it that is nearly alike."""
    if len(word) <= SHORTEST_ALIKE:
        return _exactly(word)
    alike = (Q(search_key__trigram_word_similar=spelling) for spelling in spellings(word))
    return reduce(or_, alike, _exactly(word))


def page_of(user: User, asked: Asked, number: int) -> ListPage:
    """One page of the list. Showing it is a look at the persons on it, which is on record."""
    rows = cases_for(user, asked)
    ordered = rows.select_related("mission", "requester").order_by(*ORDERS.get(asked.order, ORDERS["due"]))
    if asked.text:
        return _found_page(user, ordered, number)
    first = list(ordered[: ROWS + 1]) if number <= 1 else []
    if number <= 1 and len(first) <= ROWS:  # they are counted already
        return ListPage(rows_of(user, first), 1, len(first), False)
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    last = max(1, -(-min(count, MOST_COUNTED) // ROWS))
    number = min(max(1, number), last)
    cases = first[:ROWS] or list(ordered[(number - 1) * ROWS : number * ROWS])
    return ListPage(rows_of(user, cases), number, min(count, MOST_COUNTED), count > MOST_COUNTED)


def _found_page(user: User, ordered: QuerySet[Case], number: int) -> ListPage:
    """One page of what was searched for: the ids are put in order once, for the count and for the page."""
    ids = list(ordered.values_list("pk", flat=True)[: MOST_COUNTED + 1])
    count = min(len(ids), MOST_COUNTED)
    number = min(max(1, number), max(1, -(-count // ROWS)))
    shown = ids[(number - 1) * ROWS : number * ROWS]
    cases = Case._base_manager.select_related("mission", "requester").in_bulk(shown)
    return ListPage(
        rows_of(user, [cases[one] for one in shown if one in cases]), number, count, len(ids) > count
    )


def rows_of(user: User, cases: list[Case]) -> list[Row]:
    """The cases with their clock, their person where that is open, and whether their next step is blocked."""
    now = timezone.now()
    persons = persons_of(user, cases)
    waiting = blocked_among(cases)
    return [Row(case, clock_of(case, now), persons.get(case.pk), case.pk in waiting) for case in cases]
