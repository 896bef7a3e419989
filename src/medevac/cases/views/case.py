"""The page of one case: what comes next, and everything that is open to the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from medevac.cases.above import way_of, words_of
from medevac.cases.clock import clock_of
from medevac.cases.looking import person_of, written_latin_name, written_name
from medevac.cases.models import Case
from medevac.cases.next_step import Steps, is_grave, steps_of, takes_words
from medevac.cases.panels import Panel, panels_for
from medevac.cases.policy import CHANGE
from medevac.cases.requirements import show_needs
from medevac.cases.rules import SENDERS
from medevac.cases.views.finding import found_case
from medevac.people.policy import included
from medevac.people.signed_in import signed_in

BREAK_GLASS = "people.break_glass"


@dataclass(frozen=True)
class Drawn:
    """A panel as it stands on the page."""

    panel: Panel
    html: str


def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case. What is personal or clinical on it is a look, which is on record."""
    user, found = signed_in(request), found_case(request, public_id)
    show_needs(found)
    steps = steps_of(user, found, SENDERS, CHANGE)
    person = person_of(user, found)
    found.__dict__["may_change"] = steps.changes  # panels offer their forms by it
    panels = [_drawn(request, panel, content, found) for panel, content in panels_for(user, found)]
    return render(
        request,
        "cases/case.html",
        {
            "case": found,
            "name": written_name(person),
            "latin": written_latin_name(person) if person else "",
            "clock": clock_of(found),
            "steps": steps,
            "one_press": _one_press(steps, found),
            "onward_words": words_of(steps.onward.action) if steps.onward else "",
            "others": [(row, words_of(row.action), is_grave(row)) for row in steps.others],
            "panels": panels,
            "behind_glass": person is None and BREAK_GLASS in included(user, [BREAK_GLASS]),
        },
    )


def _one_press(steps: Steps, found: Case) -> bool:
    """Whether the next step is taken with one press: it asks for nothing, here or in a room above."""
    onward = steps.onward
    return onward is not None and not takes_words(onward) and way_of(onward.action, found) is None


def _drawn(request: HttpRequest, panel: Panel, content: dict[str, Any], found: Any) -> Drawn:
    """Without the values that every page's frame is given: they would be asked for anew by each panel."""
    context = {"panel": panel, "case": found, "user": request.user, "csrf_token": get_token(request)}
    return Drawn(panel, render_to_string(panel.template, context | content))
