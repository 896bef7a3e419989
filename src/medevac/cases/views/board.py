"""The board: every live state as a column."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medevac.cases.forms.filters import FilterForm
from medevac.cases.policy import FILE
from medevac.cases.selectors.board import MOST_SHOWN, board_for
from medevac.cases.views.listing import kept
from medevac.people.policy import included
from medevac.people.signed_in import signed_in

FILTERS = ("mission", "priority", "specialty", "requester", "overdue", "missing")


def board(request: HttpRequest) -> HttpResponse:
    """Where the live cases stand. A narrow screen shows one column, which the address names."""
    user = signed_in(request)
    filters = FilterForm(request.GET, user=user)
    asked = filters.asked()
    for name in [name for name in filters.fields if name not in FILTERS]:
        del filters.fields[name]
    columns = board_for(user, asked)
    first = next((column.state for column in columns if column.count), columns[0].state)
    here = next((c.state for c in columns if c.state == request.GET.get("column")), first)
    address = request.GET.copy()
    for name in ("state", "column", "text", "order"):
        address.pop(name, None)
    return render(
        request,
        "cases/board.html",
        {
            "filters": filters,
            "columns": columns,
            "here": here,
            "most": MOST_SHOWN,
            "address": kept(address),
            "files": FILE in included(user, [FILE]),
            "empty": not any(column.count for column in columns),
        },
    )
