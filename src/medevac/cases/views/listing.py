"""The list of cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from medevac.cases import columns
from medevac.cases.forms.filters import ColumnsForm, FilterForm, SaveViewForm
from medevac.cases.policy import FILE
from medevac.cases.selectors.listing import ListPage, page_of
from medevac.cases.services.saved_views import own_organisations, views_for
from medevac.people.policy import included
from medevac.people.signed_in import signed_in

NOT_KEPT = ("page",)  # what belongs to the moment and not to the view
LEAVES_NOTHING_OUT = {"columns", "order"}  # how cases are shown, not which


def cases(request: HttpRequest) -> HttpResponse:
    """The cases that are open to the user, narrowed and ordered by the address."""
    user = signed_in(request)
    filters = FilterForm(request.GET, user=user)
    asked = filters.asked()
    page = page_of(user, asked, _number(request.GET.get("page", "")))
    picked = ColumnsForm(request.GET, columns.usual(page.rows))
    shown = columns.chosen(picked.names(), page.rows)
    address = kept(request.GET)
    return render(
        request,
        "cases/list.html",
        {
            "filters": filters,
            "picked": picked,
            "page": page,
            "columns": shown,
            "rows": [(row, [(column, column.cell(row)) for column in shown]) for row in page.rows],
            "address": address,
            "narrowed": bool(set(QueryDict(address)) - LEAVES_NOTHING_OUT),
            "views": views_for(user),
            "saving": SaveViewForm(
                initial={"address": address}, organisations=own_organisations(user), auto_id="view_%s"
            ),
            "files": FILE in included(user, [FILE]),
            "earlier": _at(address, page.number - 1) if page.number > 1 else "",
            "later": _at(address, page.number + 1) if page.number < _last(page) else "",
        },
    )


def kept(asked: QueryDict) -> str:
    """The address without what is empty, as a saved view has it."""
    found = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in NOT_KEPT:
            found.setlist(name, [value for value in values if value])
    return found.urlencode()[:1000]


def _last(page: ListPage) -> int:
    return page.last


def _at(address: str, number: int) -> str:
    return "?" + "&".join(part for part in (address, f"page={number}") if part)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1
