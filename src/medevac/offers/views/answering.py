"""What one is asked, most urgent first, and the answer beside the summary of the case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from medevac.cases.models import Case
from medevac.cases.page_panels import clinical_content, needs_content, request_content, wishes_content
from medevac.offers.forms.answering import AnswerForm
from medevac.offers.models import Ask
from medevac.offers.policy import ANSWER
from medevac.offers.selectors import asking as asked
from medevac.offers.services.answering import answer as answer_ask
from medevac.offers.services.answering import answering_hospitals
from medevac.offers.states import AskState
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

# The summary: the parts of the case page that open to whoever is asked, never the person.
PARTS = (
    (_lazy("Clinical picture"), "cases/panels/clinical.html", clinical_content),
    (_lazy("Travel needs"), "cases/panels/needs.html", needs_content),
    (_lazy("Request"), "cases/panels/request.html", request_content),
    (_lazy("Wishes and payment"), "cases/panels/wishes.html", wishes_content),
)


def asks(request: HttpRequest) -> HttpResponse:
    """The open asks of the user's own organisations, and what they answered of late."""
    user = signed_in(request)
    waiting = asked.asks_of_user(user)
    return render(
        request,
        "offers/asks.html",
        {
            "asks": [(one, asked.time_left(one.round.deadline)) for one in waiting],
            "answered": asked.answered_asks_of_user(user),
        },
    )


def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The summary beside the form; a POST answers, or corrects."""
    user = signed_in(request)
    found = asked.ask_for(user, public_id, ANSWER)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None, hospitals=answering_hospitals(found))
    if request.method == "POST" and form.is_valid():
        try:
            answer_ask(user, found, form.facts())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request,
                _("Your answer for case %(case)s has been sent to “%(name)s”.")
                % {"case": found.case.pseudonym, "name": found.round.asker.name},
            )
            return redirect("offers:asks")
    rows = visible(user, Ask.objects.filter(pk=found.pk), ANSWER).select_related("asked", "case")
    (line,) = asked.lines_of(rows)
    return render(
        request,
        "offers/answer.html",
        {
            "ask": found,
            "line": line,
            "form": form,
            "left": asked.time_left(found.round.deadline),
            "takes_answer": found.state in (AskState.OPEN, AskState.ANSWERED),
            "corrects": found.state == AskState.ANSWERED,
            "parts": summary_parts(user, found.case_id),
        },
        status=422 if form.errors else 200,
    )


def summary_parts(user: User, case_id: UUID) -> list[tuple[str, str]]:
    """What is open of the case, drawn as on its page; none where it is closed. It records the look."""
    case = visible(user, Case.objects.filter(pk=case_id)).select_related("mission", "requester").first()
    if case is None:
        return []
    drawn: list[tuple[str, str]] = []
    for label, template, content_of in PARTS:
        content = content_of(user, case)
        if content is not None:
            drawn.append((str(label), render_to_string(template, {"case": case, "user": user} | content)))
    return drawn
