"""The pages that show the record. Each look at them is itself on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.audit.forms import AccessLogForm, HistoryForm
from medevac.audit.history import exemptions, recordings
from medevac.audit.looking import record_look_at_actors
from medevac.audit.models import Export, Look
from medevac.audit.naming import actor_names, address_of, kind_words, place_words, right_words, titles_of
from medevac.audit.policy import may_do
from medevac.audit.selectors import access_log, exports_for, history_of, looks_at
from medevac.audit.services import record_look
from medevac.audit.taking import TooManyRowsError, take_access_log

ROWS_ON_A_PAGE = 50
THINGS_IN_A_ROW = 20
MOST_LISTED = 3  # of a list within an export's facts


def show_access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at what, when, with which right and why."""
    form = AccessLogForm(request.GET)
    wanted = form.wanted(request.user)
    rows = (
        list(access_log(request.user, wanted, before=_before(request))[: ROWS_ON_A_PAGE + 1])
        if wanted
        else []
    )
    lines = _look_lines(request, rows[:ROWS_ON_A_PAGE])
    record_look_at_actors("audit.see_access_log", {(row.actor_kind, row.actor) for row in rows})
    return render(
        request,
        "audit/access_log.html",
        {"form": form, "lines": lines, "older": _older(request, rows, "id"), "wanted": wanted},
    )


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """The same rows as a table to take away."""
    conditions = QueryDict(request.POST.get("conditions", ""))
    back = f"{reverse('audit:access_log')}?{conditions.urlencode()}"
    wanted = AccessLogForm(conditions).wanted(request.user)
    if wanted is None:
        return redirect(back)
    try:
        number, content = take_access_log(request.user, wanted)
    except TooManyRowsError as error:
        messages.error(request, str(error))
        return redirect(back)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="access-log-{number}.csv"'
    return answer


def show_own_log(request: HttpRequest) -> HttpResponse:
    """Who has looked at the user's own data."""
    rows = list(looks_at("people.user", _me(request), before=_before(request))[: ROWS_ON_A_PAGE + 1])
    names = actor_names((row.actor_kind, row.actor) for row in rows)
    lines = [
        {
            "look": row,
            "actor": names[row.actor_kind, row.actor],
            "right": right_words(row.right),
            "place": place_words(row.page),
        }
        for row in rows[:ROWS_ON_A_PAGE]
    ]
    return render(request, "audit/own_log.html", {"lines": lines, "older": _older(request, rows, "id")})


def show_exports(request: HttpRequest) -> HttpResponse:
    """What left, under which number, who took it, and the hash of its bytes."""
    rows = list(exports_for(request.user, before=_before(request))[: ROWS_ON_A_PAGE + 1])
    actors = {(row.actor_kind, row.actor) for row in rows}
    names = actor_names(actors)
    record_look_at_actors("audit.see_exports", actors)
    lines = [_export_line(row, names) for row in rows[:ROWS_ON_A_PAGE]]
    return render(request, "audit/exports.html", {"lines": lines, "older": _older(request, rows, "number")})


def find_history(request: HttpRequest) -> HttpResponse:
    """Ask for one thing; and say what has a history, and what has none and why."""
    form = HistoryForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("audit:history", kind=form.cleaned_data["kind"], public_id=form.cleaned_data["thing"])
    kinds = sorted(kind_words(kind) for kind in recordings())
    return render(
        request,
        "audit/find_history.html",
        {"form": form, "kinds": kinds, "exempt": sorted(exemptions().items())},
    )


def show_history(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Who changed one thing, when, from what to what."""
    history = history_of(request.user, kind, public_id)
    if history is None:
        raise Http404
    for action in history.shown:
        record_look(action, kind, {public_id: None})
    record_look_at_actors("audit.see_record", {change.actor for change in history.changes})
    names = actor_names(change.actor for change in history.changes)
    lines = [
        {
            "change": change,
            "actor": names[change.actor],
            "label": _label(change.label),
            "place": place_words(change.acting.get("page") or ""),
        }
        for change in history.changes
    ]
    title = titles_of(request.user, kind, [public_id])[public_id]
    context = {
        "kind": kind_words(kind),
        "thing": public_id,
        "title": title,
        "history": history,
        "lines": lines,
    }
    return render(request, "audit/history.html", {**context, "address": address_of(kind, public_id)})


def _label(label: str) -> str:
    return {"insert": _("added"), "update": _("changed"), "delete": _("deleted")}[label]


def _look_lines(request: HttpRequest, rows: Sequence[Look]) -> list[dict[str, Any]]:
    names = actor_names((row.actor_kind, row.actor) for row in rows)
    by_kind: dict[str, set[UUID]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, set()).update(row.things[:THINGS_IN_A_ROW])
    sees_history = may_do(request.user, "audit.see_record")
    titles = {kind: titles_of(request.user, kind, ids) for kind, ids in by_kind.items()}
    return [
        {
            "look": (row := together[0]),
            "actor": names[row.actor_kind, row.actor],
            "right": right_words(row.right),
            "place": place_words(row.page),
            "kind": kind_words(row.kind),
            "things": [(thing, titles[row.kind][thing]) for thing in _first_things(together)],
            "more": sum(len(one.things) for one in together) - len(_first_things(together)),
            "has_history": row.kind in recordings() and sees_history,
        }
        for together in _by_request(rows)
    ]


def _by_request(rows: Sequence[Look]) -> list[list[Look]]:
    """Rows that one look wrote, one for each data owner, together; in the order of the first of each."""
    groups: dict[tuple[Any, ...], list[Look]] = {}
    for row in rows:
        alone = None if row.request_id else row.pk  # what no request wrote stands by itself
        one_look = (row.request_id, alone, row.actor_kind, row.actor, row.right, row.kind)
        groups.setdefault((*one_look, row.page, row.reason, row.export), []).append(row)
    return list(groups.values())


def _first_things(rows: Sequence[Look]) -> list[UUID]:
    return [thing for row in rows for thing in row.things[:THINGS_IN_A_ROW]][:THINGS_IN_A_ROW]


def _export_line(row: Export, names: dict[tuple[str, UUID | None], str]) -> dict[str, Any]:
    return {
        "export": row,
        "actor": names[row.actor_kind, row.actor],
        "digest": bytes(row.digest).hex() if row.digest else "",
        "contents": [(name, _brief(value)) for name, value in sorted(row.contents.items())],
    }


def _brief(value: Any) -> str:
    """A fact of an export as it fits a table: of a long list how many there are."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_brief(one)}" for name, one in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(map(str, value)) if len(value) <= MOST_LISTED else str(len(value))
    return str(value)


def _me(request: HttpRequest) -> UUID:
    """The id of the user; the page's rule lets nobody in who is not signed in."""
    pk = request.user.pk
    if not isinstance(pk, UUID):
        raise Http404
    return pk


def _before(request: HttpRequest) -> int | None:
    """The last row that was seen, as the link to older rows says it."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _older(request: HttpRequest, rows: Sequence[Look] | Sequence[Export], key: str) -> str:
    """The query of the page with older rows; empty where there are none."""
    if len(rows) <= ROWS_ON_A_PAGE:
        return ""
    query = request.GET.copy()
    query["before"] = str(getattr(rows[ROWS_ON_A_PAGE - 1], key))
    return query.urlencode()
