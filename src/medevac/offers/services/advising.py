"""Which questions would place most patients on the next flight: worked out by the planner, in the worker.

A flight is planned anew each time, with every case that waits without an offer and every place that is free.
Whom it places, with a hospital that has not answered yet, is what is worth asking. The outcome is a proposal
that is kept for a day and can be worked out again; nothing of the mission is changed by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.models.case import DUE_ORDER
from medevac.cases.states import State
from medevac.directory.models import Mission
from medevac.directory.policy import SEE as SEE_MISSION
from medevac.messages.events import publish_to_all
from medevac.offers.free_places import Window
from medevac.offers.models import Answer
from medevac.offers.policy import ASK
from medevac.offers.problem import DAYS_AHEAD, Posed, write_problem
from medevac.offers.selectors.said_no import said_no
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, demand, included
from medevac.people.refusals import RefusedError
from medevac.planner import Plan, advise, solve
from medevac.planner.fitting import Fitting

EVENT = "case"  # what open pages listen to; they ask anew with their own right
AT_WORK = ("waiting", "solving", "trying")
KEPT_SECONDS = 24 * 3600
GIVEN_UP = timedelta(minutes=10)  # work that says nothing for so long is thought lost
SOLVING_SECONDS, TRYING_SECONDS = 20.0, 20.0
MOST_CASES = 1000
PLACES_TRIED = 3
PLACES_ANOTHER = 1.0  # a gain of more is a further patient; less is a better place for one who has one
LAST_FLIGHT = timedelta(days=28)

Tell = Callable[[str], None]


def kept_advice(mission: UUID) -> dict[str, Any] | None:
    """What is known of the advice for a mission; None where nobody has asked, or the work was lost.

    Its `state` is one of `AT_WORK`, "done" or "failed".
    """
    found: dict[str, Any] | None = cache.get(_key(mission))
    if found is None or found["state"] not in AT_WORK:
        return found
    heard = datetime.fromisoformat(found["heard_at"])
    return found if timezone.now() - heard < GIVEN_UP else None


def ask_for_advice(actor: User, mission: Mission, flight_day: date) -> None:
    """Have the worker find out; whoever asks while it is at work gets the same answer.

    Raises
    ------
    NotAllowedError
        Where the actor asks nobody, or does not see the mission.
    RefusedError
        Where the day is past or too far.
    """
    from medevac.offers.tasks import find_advice_later

    demand(actor, SEE_MISSION, mission)
    if ASK not in included(actor, [ASK]):
        raise NotAllowedError
    today = timezone.localdate()
    if not today <= flight_day <= today + LAST_FLIGHT:
        raise RefusedError(
            _("Expected a day of the next %(days)s days. Choose one of them.") % {"days": LAST_FLIGHT.days}
        )
    known = kept_advice(mission.pk)
    if known is not None and known["state"] in AT_WORK:
        return
    _keep(mission.pk, {"state": "waiting", "flight_day": flight_day.isoformat(), "by": str(actor.pk)})
    find_advice_later.defer(mission=str(mission.pk), flight_day=flight_day.isoformat(), actor=str(actor.pk))


def find_advice(mission_id: UUID, flight_day: date, actor: UUID) -> dict[str, Any]:
    """Work it out, telling in between where it stands; called by the worker."""
    mission = Mission.unscoped.get(pk=mission_id)
    known = {"flight_day": flight_day.isoformat(), "by": str(actor)}

    def tell(state: str) -> None:
        _keep(mission_id, {**known, "state": state})

    try:
        outcome = {**known, **advice_for(mission, flight_day, tell)}
    except RefusedError as refusal:
        outcome = {**known, "state": "failed", "trouble": refusal.sentence}
    except Exception:
        _keep(mission_id, {**known, "state": "failed", "trouble": ""})
        raise
    _keep(mission_id, outcome)
    return outcome


def advice_for(mission: Mission, flight_day: date, tell: Tell = lambda _state: None) -> dict[str, Any]:
    """The questions that would place most patients on a flight of this day, and places for yet more."""
    tell("solving")
    today = timezone.localdate()
    rows = Case.unscoped.filter(mission=mission, state=State.PUBLISHED).select_related("person", "family")
    cases = list(rows.order_by(*DUE_ORDER)[:MOST_CASES])
    noes = said_no(Answer.unscoped.filter(ask__case__in=[case.pk for case in cases]))
    posed = write_problem(
        mission,
        cases,
        window=Window(today, max(DAYS_AHEAD, (flight_day - today).days + 1)),
        flies_on=[flight_day],
        with_room=True,
        ruled_out={case: list(codes) for case, codes in noes.items()},
    )
    plan = solve(posed.problem, seconds=SOLVING_SECONDS)
    if plan is None or plan.score is None:
        raise RefusedError(_("No plan was found in time. Work it out again when the service is less busy."))
    tell("trying")
    return {
        "state": "done",
        "waiting": len(posed.cases),
        "left_out": len(posed.left_out),
        "asks": _asks(posed, plan),
        "unplaced": dict(Counter(one.reason for one in plan.unplaced)),
        "further": _further(posed, plan),
        "proven": plan.status == "optimal",
    }


def _asks(posed: Posed, plan: Plan) -> list[dict[str, Any]]:
    """The placements, those that the score counts most first: nobody has agreed to any of them yet."""
    fitting = Fitting(posed.problem)
    found = []
    for one in plan.placements:
        score = next(fit.score for fit in fitting.of(one.patient) if fit.hospital_id == one.hospital)
        case, hospital = posed.cases[one.patient], posed.hospitals[one.hospital]
        found.append({"case": str(case.pk), "hospital": str(hospital.pk), "score": round(score, 3)})
    return sorted(found, key=lambda one: (-one["score"], one["case"]))


def _further(posed: Posed, plan: Plan) -> list[dict[str, str]]:
    """The single further places that would bring another patient on board, each tried by planning anew."""
    if not plan.unplaced or not plan.flights:
        return []
    tried = advise(posed.problem, plan, per_kind=PLACES_TRIED, seconds=TRYING_SECONDS, kinds=("place",))
    return [
        {
            "hospital": str(posed.hospitals[one.facts["hospital"]].pk),
            "specialty": one.facts.get("specialty", ""),
            "room": one.facts.get("room", ""),
        }
        for one in tried.proposals
        if one.figure.gain > PLACES_ANOTHER
    ]


def _keep(mission: UUID, known: dict[str, Any]) -> None:
    """Write where it stands, and let whoever has asked look again."""
    cache.set(_key(mission), {**known, "heard_at": timezone.now().isoformat()}, KEPT_SECONDS)
    publish_to_all([UUID(known["by"])], EVENT, {"case": str(mission)})


def _key(mission: UUID) -> str:
    return f"offers.advice.{mission}"
