"""The pages of retention: rules, lists, decisions, holds, and who was forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.audit.looking import record_look_at_actors
from medevac.audit.naming import actor_names, kind_words
from medevac.operations.forms import HoldForm, ReasonForm
from medevac.operations.keeping import keepings
from medevac.operations.models import LegalHold, RetentionRun, Tombstone
from medevac.operations.policy import DECIDE, HOLD, SEE
from medevac.operations.rules import next_state
from medevac.operations.services import legal_holds, retention
from medevac.people.models import User
from medevac.people.policy import may, visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

MOST_SHOWN = 50
MOST_THINGS = 200
ANSWERS = {"decide": retention.decide, "refuse": retention.refuse, "stop": retention.stop}


def show_retention(request: HttpRequest, hold_form: HoldForm | None = None) -> HttpResponse:
    """For how long each kind is kept and why; the runs, the legal holds, and the tombstones."""
    user = signed_in(request)
    runs = list(visible(user, RetentionRun.objects.order_by("-listed_at"))[:MOST_SHOWN])
    kept = list(visible(user, LegalHold.objects.order_by("lifted_at", "-set_at"))[:MOST_SHOWN])
    stones = list(visible(user, Tombstone.objects.order_by("-at"))[:MOST_SHOWN])
    names = _names(
        *(run.decided_by or run.listed_by for run in runs),
        *(hold.set_by for hold in kept),
        *(one for stone in stones for one in (stone.asked_by, stone.agreed_by)),
    )
    page = {
        "keepings": [
            {"keeping": keeping, "period": keeping.period()}
            for keeping in sorted(keepings().values(), key=lambda keeping: keeping.label)
        ],
        "runs": [
            {"run": run, "what": kind_words(run.kind), "who": names[run.decided_by or run.listed_by]}
            for run in runs
        ],
        "holds": [{"hold": hold, "what": kind_words(hold.kind), "who": names[hold.set_by]} for hold in kept],
        "stones": [
            {
                "stone": stone,
                "what": kind_words(stone.kind),
                "asked": names[stone.asked_by],
                "agreed": names[stone.agreed_by],
            }
            for stone in stones
        ],
        "may_decide": may(user, DECIDE),
        "may_hold": may(user, HOLD),
        "hold_form": hold_form or HoldForm(),
    }
    return render(request, "operations/retention.html", page)


@require_POST
def list_what_would_go(request: HttpRequest) -> HttpResponse:
    """Make the list of what is over; nothing goes."""
    try:
        run = retention.list_what_would_go(signed_in(request), request.POST.get("kind", ""))
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("operations:retention")
    return redirect("operations:run", public_id=run.pk)


def show_run(request: HttpRequest, public_id: UUID, form: ReasonForm | None = None) -> HttpResponse:
    """One run: what it lists, what was decided, what has gone."""
    user = signed_in(request)
    run = _run(user, public_id, SEE)
    names = _names(*(one for one in (run.listed_by, run.decided_by, run.stopped_by) if one))
    page = {
        "run": run,
        "period": keepings()[run.kind].period() if run.kind in keepings() else None,
        "what": kind_words(run.kind),
        "listed_by": names[run.listed_by],
        "decided_by": names.get(run.decided_by) if run.decided_by else "",
        "stopped_by": names.get(run.stopped_by) if run.stopped_by else "",
        "items": list(run.items.order_by("pk")[:MOST_THINGS]),
        "most": MOST_THINGS,
        "form": form or ReasonForm(),
        "open": [action for action in ANSWERS if next_state(run.state, action)] if may(user, DECIDE) else [],
    }
    return render(request, "operations/run.html", page)


@require_POST
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let what is listed go, refuse it, or stop the deed."""
    user = signed_in(request)
    run = _run(user, public_id, DECIDE)
    action = request.POST.get("action", "")
    form = ReasonForm(request.POST)
    if action not in ANSWERS:
        raise Http404
    if not form.is_valid():
        return show_run(request, public_id, form)
    try:
        ANSWERS[action](user, run, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your decision is on record."))
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("operations:run", public_id=run.pk)


@require_POST
def set_legal_hold(request: HttpRequest) -> HttpResponse:
    """Keep a thing, or all of a kind."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        return show_retention(request, form)
    try:
        legal_holds.set_legal_hold(signed_in(request), **form.said())
    except RefusedError as refusal:
        form.add_error("thing", refusal.sentence)
        return show_retention(request, form)
    messages.success(request, _("The legal hold is set; what it names stays."))
    return redirect("operations:retention")


@require_POST
def lift_legal_hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a legal hold."""
    user = signed_in(request)
    hold = visible(user, LegalHold.objects.filter(pk=public_id), HOLD).first()
    if hold is None:
        raise Http404
    try:
        legal_holds.lift_legal_hold(user, hold, reason=request.POST.get("reason", ""))
        messages.success(request, _("The legal hold is lifted."))
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("operations:retention")


def _run(user: User, public_id: UUID, action: str) -> Any:
    run = visible(user, RetentionRun.objects.filter(pk=public_id), action).first()
    if run is None:
        raise Http404
    return run


def _names(*users: UUID) -> dict[UUID, str]:
    """The names of people who decided; showing them is a look at them."""
    actors: Iterable[tuple[str, UUID | None]] = {("user", one) for one in users}
    record_look_at_actors(SEE, actors)
    return {one: name for (_kind, one), name in actor_names(actors).items() if one is not None}
