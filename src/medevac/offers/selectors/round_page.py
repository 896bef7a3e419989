"""One round as a page shows it: how far it is, and a part of its cases with who has answered what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from medevac.cases.models import Case
from medevac.offers.models import Ask, Round
from medevac.offers.selectors.asking import Line, contacts_of, lines_of
from medevac.offers.states import AskState

ASKS_AT_ONCE = 40


@dataclass(frozen=True)
class CaseOfRound:
    """A case of a round with its asks."""

    case: Case
    lines: list[Line]


@dataclass(frozen=True)
class RoundPage:
    """A page of a round.

    Parameters
    ----------
    cases
        Those of this page, whole, the most urgent first.
    page
        Which page of how many.
    number, answered, yes, open
        How many asks the whole round has, how many are answered, with yes, and still open.
    """

    cases: list[CaseOfRound]
    page: Page[list[UUID]]
    number: int
    answered: int
    yes: int
    open: int


def page_of_round(round_: Round, number: str = "", case: str = "") -> RoundPage:
    """A part of the cases of a round, whole cases with some forty asks.

    Whoever may see the round may see its asks.

    Parameters
    ----------
    number
        Of the page; the first or last where there is no such page.
    case
        The id of a case instead: the page on which it stands.
    """
    rows = Ask.unscoped.filter(round=round_)
    counted = rows.order_by("case__due_at", "case__pseudonym").values_list("case").annotate(Count("pk"))
    parts = list(_parts(list(counted)))
    with_case = [place for place, part in enumerate(parts, start=1) if case in map(str, part)]
    page = Paginator(parts, 1).get_page(with_case[0] if with_case else number)
    shown = [one for part in page for one in part]
    lines = lines_of(
        rows.filter(case__in=shown)
        .select_related("asked", "case")
        .order_by("case__due_at", "case__pseudonym", "asked__latin_name", "pk")
    )
    contacts = contacts_of(line.ask.asked_id for line in lines)
    by_case: dict[UUID, CaseOfRound] = {}
    for line in lines:
        line.contacts = contacts.get(line.ask.asked_id, [])
        asked_for = line.ask.case
        by_case.setdefault(asked_for.pk, CaseOfRound(asked_for, [])).lines.append(line)
    return RoundPage(list(by_case.values()), page, **_numbers(round_))


def _parts(counted: list[tuple[UUID, int]]) -> Iterator[list[UUID]]:
    """Cases in parts: a part ends with the case that brings it to its number of asks."""
    part: list[UUID] = []
    asks = 0
    for case, number in counted:
        part.append(case)
        asks += number
        if asks >= ASKS_AT_ONCE:
            yield part
            part, asks = [], 0
    if part:
        yield part


def _numbers(round_: Round) -> dict[str, int]:
    counts = Q(answers__replaced_at__isnull=True)
    found: dict[str, int] = Ask.unscoped.filter(round=round_).aggregate(
        number=Count("pk", distinct=True),
        answered=Count("answers", filter=counts),
        yes=Count("answers", filter=counts & Q(answers__yes=True)),
        open=Count("pk", distinct=True, filter=Q(state=AskState.OPEN)),
    )
    return found
