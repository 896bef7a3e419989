"""Taking a step of a case's life: with one press, or with a form that asks for reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.above import way_of
from medevac.cases.forms.acting import ActingForm
from medevac.cases.models import Case, CaseStep
from medevac.cases.next_step import is_grave
from medevac.cases.rules import BY_ACTION, Transition
from medevac.cases.selectors.listing import pseudonym_of
from medevac.cases.services import act as take
from medevac.cases.states import Action
from medevac.cases.views.finding import found_case
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, may, visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

JUST_NOW = timedelta(minutes=2)


def act(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    """Ask what the step asks for, then take it; a step that asks for nothing is taken at once."""
    user, case = signed_in(request), found_case(request, public_id)
    row = _row(action)
    if not may(user, row.right, case):
        raise NotAllowedError(f'Expected a role that includes "{row.right}" on case {case.pk}, got none.')
    way = way_of(row.action, case)
    if way is not None:  # with its forms; a POST from an old page comes here as well
        return redirect(way)
    form = ActingForm(request.POST or None, row=row, seen=case.version)
    if request.method == "POST" and form.is_valid():
        try:
            told: dict[str, Any] = form.told()
            case = take(user, case.pk, row.action, **told, live_case=_live_case(user, form))
        except RefusedError as refusal:
            case = found_case(request, public_id)
            if not _done_already(user, case, row, form.cleaned_data.get("seen")):
                form.add_error(None, refusal.sentence)
        if not form.errors:
            messages.success(request, _now(case))
            return redirect("cases:case", public_id=case.pk)
    elif case.state not in row.sources:
        messages.error(
            request,
            _("“%(action)s” is not possible while the case is “%(state)s”.")
            % {"action": row.action.label, "state": case.get_state_display()},
        )
        return redirect("cases:case", public_id=case.pk)
    context = {"case": case, "row": row, "form": form, "grave": is_grave(row)}
    return render(request, "cases/act.html", context)


def _row(action: str) -> Transition:
    if action not in Action.values:
        raise Http404
    return BY_ACTION[Action(action)]


def _live_case(user: User, form: ActingForm) -> UUID | None:
    """The case that goes on, by its pseudonym, of those that the user may see."""
    named = form.cleaned_data.get("live_case")
    if not named:
        return None
    return (
        visible(user, Case.objects.filter(pseudonym=pseudonym_of(named))).values_list("pk", flat=True).first()
    )


def _done_already(user: User, case: Case, row: Transition, seen: int | None) -> bool:
    """Whether the same person has just taken the same step with the same page: a form sent twice."""
    since = timezone.now() - JUST_NOW
    steps = visible(user, CaseStep.objects.filter(case=case, action=row.action, actor=user.pk, at__gte=since))
    return seen is not None and seen < case.version and steps.exists()


def _now(case: Case) -> str:
    return _("Case %(case)s is now: %(state)s.") % {
        "case": case.pseudonym,
        "state": case.get_state_display(),
    }
