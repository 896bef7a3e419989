"""Runs of advice: one run with what came of it, sending its asks, and working it out again with changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.cases.models import Case
from medevac.directory.models import Hospital
from medevac.directory.selectors.missions import missions_for
from medevac.offers.fit_panel import ways_on
from medevac.offers.forms.advice import PIN, AdoptForm, AdviceForm, ByHandForm
from medevac.offers.models import AdviceRun
from medevac.offers.policy import ASK
from medevac.offers.selectors import advice as advised
from medevac.offers.selectors.advice_map import map_of
from medevac.offers.selectors.asking import askers_of
from medevac.offers.services.adopting import adopt_advice
from medevac.offers.services.advising import ask_for_advice
from medevac.offers.services.asking import Question
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.views.asking import usual_deadline
from medevac.offers.views.suggesting import named_mission
from medevac.offers.wishes import Wish
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import may, visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

USUAL_NOTICE = timedelta(days=7)  # flights go about once a week, and planning one takes about a week


def mission_advice(request: HttpRequest) -> HttpResponse:
    """The runs of a mission, and the form that asks for another; it is worked out beside."""
    user = signed_in(request)
    missions = list(missions_for(user, closed=False))
    asked = request.POST if request.method == "POST" else request.GET
    mission = named_mission(user, missions, asked.get("mission", ""))
    askers = askers_of(user)
    form = AdviceForm(
        request.POST if request.method == "POST" else None,
        askers=askers,
        initial={"flight_day": current_day() + USUAL_NOTICE},
    )
    if request.method == "POST" and mission is not None and form.is_valid():
        given = form.cleaned_data
        asker = next(one for one in askers if one.pk == given["asker"])
        try:
            run = ask_for_advice(user, asker, mission, given["flight_day"])
        except RefusedError as refusal:
            form.add_error("flight_day", refusal.sentence)
        else:
            messages.success(request, _("It is being worked out. What comes of it is shown here."))
            return redirect("offers:advice_run", public_id=run.pk)
    return render(
        request,
        "offers/mission_advice.html",
        {
            "missions": missions,
            "mission": mission,
            "askers": askers,
            "form": form,
            "runs": advised.runs_of(user, mission) if mission is not None else [],
        },
        status=422 if form.errors else 200,
    )


def advice_run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One run; a POST sends the asks that are ticked."""
    user = signed_in(request)
    run = _run(user, public_id)
    told = advised.advice_of(user, run)
    form = AdoptForm(
        request.POST if request.method == "POST" else None,
        questions=told.questions,
        initial={
            "deadline": usual_deadline(),
            "cases": [str(one.case.pk) for one in told.tickable],
        },
    )
    if request.method == "POST":
        made = _adopt(request, user, run, form)
        if made is not None:
            return made
    return render(
        request,
        "offers/advice_run.html",
        {
            "run": run,
            "advice": told,
            "form": form,
            "ticked": form.ticked(),
            "leads": may(user, ASK, run),
            "drawn": map_of(run),
            "history": may(user, "audit.see_record", run),
            **ways_on(user, run.mission),
        },
        status=422 if form.errors else 200,
    )


def advice_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Pin, refuse, and work it out again."""
    user = signed_in(request)
    run = _run(user, public_id, ASK)
    cases = advised.open_cases(user, [*run.asks, *run.wishes])
    entries = [*run.asks, *run.wishes, *({"hospital": one} for one in run.facts.get("hospitals", ()))]
    hospitals = advised.open_hospitals(user, entries)
    rows = _pairs(run, cases, hospitals)
    form = ByHandForm(
        request.POST if request.method == "POST" else None,
        pairs=[(row["case"].pk, row["hospital"].pk, row["decided"]) for row in rows],
        hospitals=sorted(hospitals.values(), key=lambda one: (one.country, one.name)),
        initial={"flight_day": run.flight_day},
    )
    if request.method == "POST" and form.is_valid():
        try:
            wishes = [*form.wishes(), *_another(user, run, form)]
            again = ask_for_advice(
                user,
                run.asker,
                run.mission,
                form.cleaned_data["flight_day"],
                wishes,
                after=run,
                seed=run.seed,
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("It is being worked out again. What it costs is shown here."))
            return redirect("offers:advice_run", public_id=again.pk)
    for number, row in enumerate(rows):
        row["field"] = form[f"wish-{number}"]
    return render(
        request,
        "offers/advice_again.html",
        {"run": run, "rows": rows, "form": form},
        status=422 if form.errors else 200,
    )


def _run(user: User, public_id: UUID, action: str | None = None) -> AdviceRun:
    found = advised.run_for(user, public_id, action)
    if found is None:
        raise Http404
    return found


def _adopt(request: HttpRequest, user: User, run: AdviceRun, form: AdoptForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    question = Question(given["deadline"], given["remark"], given["telephone"])
    try:
        made = adopt_advice(user, run, given["cases"], question)
    except RefusedError as refusal:
        form.add_error(None, refusal.sentence)
        return None
    number = len(set(given["cases"]))
    messages.success(
        request,
        ngettext(
            "%(count)s ask of the advice has been sent. The answers appear here.",
            "%(count)s asks of the advice have been sent. The answers appear here.",
            number,
        )
        % {"count": number},
    )
    return redirect("offers:round", public_id=made.pk)


def _pairs(run: AdviceRun, cases: dict[str, Case], hospitals: dict[str, Hospital]) -> list[dict[str, Any]]:
    """What was advised, and what was decided by hand before, each once, with what stands now."""
    found: dict[tuple[str, str], str] = {(one["case"], one["hospital"]): "" for one in run.asks}
    for one in run.wishes:
        found[one["case"], one["hospital"]] = PIN if one["pinned"] else one["why"]
    return [
        {"case": cases[case], "hospital": hospitals[hospital], "decided": decided}
        for (case, hospital), decided in found.items()
        if case in cases and hospital in hospitals
    ]


def _another(user: User, run: AdviceRun, form: ByHandForm) -> list[Wish]:
    """The case that is pinned beside the list."""
    name, hospital = form.cleaned_data["case"].strip(), form.cleaned_data["hospital"]
    if not name:
        return []
    rows = Case.objects.filter(mission=run.mission_id, pseudonym__iexact=name)
    case = visible(user, rows, OFFER_FOR_A_CASE).first()
    if case is None:
        raise RefusedError(
            _("No case “%(name)s” waits for a place in this mission, as far as is open to you. Correct it.")
            % {"name": name}
        )
    return [Wish(case.pk, hospital, pinned=True)]
