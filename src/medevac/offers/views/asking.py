"""Asking: the form, the rounds, and one round on one screen with everything that can be done in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from medevac.cases.forms.changing import as_typed
from medevac.directory.models import Mission
from medevac.messages.channels import channel_of
from medevac.offers.forms.asking import AskForm, LinkForm, RecordedAnswerForm
from medevac.offers.models import AnswerLink, Ask
from medevac.offers.policy import ANSWER, ASK
from medevac.offers.selectors import asking as asked
from medevac.offers.selectors.round_page import page_of_round
from medevac.offers.selectors.shares import shares_beside_asks
from medevac.offers.services import answering, asking, links
from medevac.offers.services.telling_of_asks import has_answerers
from medevac.offers.views.opened import JUST_NOW
from medevac.people.policy import included, may, visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

USUAL_TIME = timedelta(hours=24)


def rounds(request: HttpRequest) -> HttpResponse:
    """The latest rounds."""
    user = signed_in(request)
    shown = asked.rounds_for(user)
    oversees = ANSWER not in included(user, [ANSWER])
    page = {"rounds": shown, "asks": may(user, ASK), "oversees": oversees}
    return render(request, "offers/rounds.html", page)


def ask(request: HttpRequest) -> HttpResponse:
    """Choose cases, organisations and a deadline; a POST asks, or finds a case and loses nothing."""
    user = signed_in(request)
    askers, missions = asked.askers_of(user), asked.missions_to_ask(user)
    mission = _mission(request, missions)
    if mission is None or not askers:
        return render(request, "offers/ask.html", {"mission": None})
    sent = request.POST if request.method == "POST" else None
    finds = sent is not None and "find" in sent  # a search judges nothing, and asks nobody
    asker = _asker(request, askers)
    always = _ids((sent or request.GET).getlist("cases"))
    search = (sent or request.GET).get("q", "")[:100]
    cases = asked.cases_to_ask(user, mission.pk, search=search, always=always)
    who = asked.candidates(asker, mission.pk)
    data = None if finds else sent
    form = AskForm(
        data,
        askers=askers,
        cases=cases,
        candidates=who,
        initial={
            "cases": [str(pk) for pk in always],
            "organisations": asked.keepers_of(user, _ids(request.GET.getlist("hospital")), who),
            "deadline": usual_deadline(),
            "asker": str(asker.pk),
        },
    )
    if finds:
        form.initial = as_typed(form, sent)
    elif data is not None and form.is_valid():
        made = _ask(request, form)
        if made is not None:
            return made
    shown = {
        "form": form,
        "mission": mission,
        "missions": missions,
        "asker": asker,
        "askers": askers,
        "cases": cases,
        "candidates": who,
        "search": search,
        "none_fits": bool(search) and len(cases) == len(form.ticked("cases")),
        "ticked_cases": form.ticked("cases"),
        "ticked_organisations": form.ticked("organisations"),
        "now": timezone.now(),
        "full": len(cases) >= asked.MOST_CASES_SHOWN,
    }
    return render(request, "offers/ask.html", shown, status=422 if form.errors else 200)


def round_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has answered what, and what can be done about the rest."""
    user = signed_in(request)
    found = asked.round_for(user, public_id)
    if found is None:
        raise Http404
    shown = page_of_round(found, request.GET.get("page", ""), request.GET.get("case", ""))
    leads = may(user, ASK, found)
    return render(
        request,
        "offers/round.html",
        {
            "round": found,
            "shown": shown,
            "left": asked.time_left(found.deadline),
            "reminder_at": asked.reminder_comes_at(found),
            "reminder_over": asked.reminder_comes_at(found) <= timezone.now(),
            "leads": leads,
            "made_by": "" if leads else asked.asker_in_person(found),
            "opened": asked.opened_cases(user, [one.case for one in shown.cases]),
            "shares": shares_beside_asks(user, found.mission),
            "now": timezone.now(),
        },
    )


@require_POST
def remind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Remind whoever has not answered, now."""
    user, found = signed_in(request), _led(request, public_id)
    with saying_refusals(request):
        told = asking.remind(user, found)
        if told:
            messages.success(
                request,
                ngettext(
                    "%(count)s person at “%(name)s” has been reminded.",
                    "%(count)s people at “%(name)s” have been reminded.",
                    told,
                )
                % {"count": told, "name": found.asked.name},
            )
        else:
            messages.warning(request, _nobody(found))
    return _to_round(found)


@require_POST
def withdraw_ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an ask back."""
    user, found = signed_in(request), _led(request, public_id)
    with saying_refusals(request):
        asking.withdraw_ask(user, found)
        messages.success(
            request,
            _("“%(name)s” is not asked for case %(case)s any more.")
            % {"name": found.asked.name, "case": found.case.pseudonym},
        )
    return _to_round(found)


def record_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what somebody said on the telephone or wrote."""
    user, found = signed_in(request), _led(request, public_id)
    hospitals = answering.answering_hospitals(found)
    form = RecordedAnswerForm(request.POST or None, hospitals=hospitals)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            told = {key: given[key] for key in ("answerer", "answered_at", "channel")}
            answering.record_answer(user, found, form.facts(), **told)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The answer of “%(name)s” is recorded.") % {"name": found.asked.name})
            return _to_round(found)
    page = {
        "ask": found,
        "form": form,
        "title": _("Record an answer by telephone or mail"),
        "button": _("Record the answer"),
        "contacts": asked.contacts_of([found.asked_id]).get(found.asked_id, []),
        "answers": True,
    }
    return render(request, "offers/ask_deed.html", page, status=422 if form.errors else 200)


def make_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a signed link to whoever answers without an account."""
    user, found = signed_in(request), _led(request, public_id)
    form = LinkForm(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = links.make_link(
                user,
                found,
                address=given["address"],
                language=given["language"],
                expires_at=given["expires_at"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The link is on its way to %(address)s.") % {"address": made.address})
            if not channel_of("email").is_set_up():
                messages.warning(
                    request,
                    _("No mail server is set: the letter waits until there is one. Telephone meanwhile."),
                )
            return _to_round(found)
    page = {
        "ask": found,
        "form": form,
        "title": _("Send a link for the answer"),
        "hint": _(
            "The letter says no name and no diagnosis. The link shows the summary under the pseudonym, "
            "answers this ask once, and is used up by the answer, not by being opened."
        ),
        "button": _("Send the link"),
    }
    return render(request, "offers/ask_deed.html", page, status=422 if form.errors else 200)


@require_POST
def withdraw_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a link back."""
    user = signed_in(request)
    rows = AnswerLink.objects.filter(pk=public_id).select_related("ask__round")
    link = visible(user, rows).first()
    if link is None or asked.round_for(user, link.ask.round_id, ASK) is None:
        raise Http404
    with saying_refusals(request):
        links.withdraw_link(user, link)
        messages.success(
            request, _("The link to %(address)s opens nothing any more.") % {"address": link.address}
        )
    return _to_round(link.ask)


def _ask(request: HttpRequest, form: AskForm) -> HttpResponse | None:
    user, given = signed_in(request), form.cleaned_data
    asker = next(one for one in asked.askers_of(user) if one.pk == given["asker"])
    question = asking.Question(given["deadline"], given["remark"], given["telephone"])
    try:
        made = asking.ask(user, asker, given["cases"], given["organisations"], question)
    except RefusedError as refusal:
        before = asked.round_made(
            user, given["cases"], given["organisations"], since=timezone.now() - JUST_NOW
        )
        if before is not None:  # the same form was sent twice
            return redirect("offers:round", public_id=before.pk)
        form.add_error(None, refusal.sentence)
        return None
    messages.success(request, _("They have been asked. Their answers appear here."))
    rows = Ask.objects.filter(round=made).select_related("asked")
    for one in visible(user, rows).order_by("asked").distinct("asked"):
        if not has_answerers(one.asked_id, made.mission_id):
            messages.warning(request, _nobody(one))
    return redirect("offers:round", public_id=made.pk)


def _nobody(one: Ask) -> str:
    return _(
        "Nobody at “%(name)s” has an account that answers. Telephone and record the answer, or send a link."
    ) % {"name": one.asked.name}


def _led(request: HttpRequest, public_id: UUID) -> Ask:
    """An ask of a round that the user leads; any other is not found."""
    found = asked.ask_of_own_round(signed_in(request), public_id)
    if found is None:
        raise Http404
    return found


def _to_round(found: Ask) -> HttpResponseRedirect:
    """To the round, where the case of the ask stands."""
    address = reverse("offers:round", args=[found.round_id])
    return redirect(f"{address}?case={found.case_id}#case-{found.case_id}")


def _mission(request: HttpRequest, missions: list[Mission]) -> Mission | None:
    """The one that was chosen, else the first."""
    code = request.GET.get("mission", "")
    return next((one for one in missions if one.code == code), missions[0] if missions else None)


def _asker(request: HttpRequest, askers: list[Any]) -> Any:
    wanted = request.POST.get("asker") or request.GET.get("asker", "")
    return next((one for one in askers if str(one.pk) == wanted), askers[0])


def _ids(values: list[str]) -> list[UUID]:
    """Those of the values that are ids; what else came is no case."""
    found = []
    for value in values[: asking.MOST_CASES]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def usual_deadline() -> datetime:
    """The full hour a day from now."""
    return timezone.localtime(timezone.now() + USUAL_TIME).replace(minute=0, second=0, microsecond=0)
