"""Runs of advice as programs ask for, read and adopt them, by the services of the pages."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.access import holder_of
from medevac.api.answers import Page, Paging, answered_with, page_of
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.values import Moment
from medevac.directory.api.answers import MissionCode
from medevac.offers.api.access import answers, mission_called, reading, writing
from medevac.offers.api.asks import RoundOut, asker_called
from medevac.offers.api.values import Line500, NearDay
from medevac.offers.models import AdviceRun, Round
from medevac.offers.models.advice import NotThere, RunState
from medevac.offers.selectors import advice as advised
from medevac.offers.services.adopting import adopt_advice
from medevac.offers.services.advising import MOST_WISHES, ask_for_advice
from medevac.offers.services.asking import MOST_CASES, Question
from medevac.offers.wishes import Wish
from medevac.people.policy import visible

advice = Router(auth=reading, tags=["advice"])


class AdviceRunOut(Schema):
    """A run: what was asked, where it stands, what came of it, and who adopted it."""

    id: UUID
    mission: str
    asker: UUID = Field(alias="asker_id")
    flight_day: date
    after: UUID | None = Field(alias="after_id")
    state: RunState
    trouble: str
    seed: int
    parameters: dict[str, float]
    planner: str
    problem_sha256: str
    score: float | None
    bound: float | None
    placed: int | None
    seconds: float | None
    asked_by: UUID
    asked_at: Moment
    finished_at: Moment | None
    adopted_by: UUID | None
    adopted_at: Moment | None
    round: UUID | None = Field(alias="round_id")

    @staticmethod
    def resolve_mission(row: AdviceRun) -> str:
        """The code of the mission."""
        return str(row.mission.code)


class AdvisedAskOut(Schema):
    """One ask that would place a patient: for which case, at which hospital, and the ask that was sent."""

    case: UUID
    hospital: UUID
    pinned: bool
    transit_minutes: int | None
    can_be_sent: bool
    ask: UUID | None


class DecidedOut(Schema):
    """What was decided by hand, and what it costs in score."""

    case: UUID
    hospital: UUID
    pinned: bool
    why: str
    lost: float | None


class AdviceRunWhole(AdviceRunOut):
    """A run with its asks and what was decided by hand, as far as they are open to the token."""

    asks: list[AdvisedAskOut]
    hidden: int
    decided: list[DecidedOut]
    placed_without: int | None
    score_without: float | None


class WantedRuns(Paging):
    """Which runs are wanted; each that is named narrows them."""

    state: RunState | None = Field(None, description="Where the work stands.")


class WishIn(Strict):
    """A case that is to go to a hospital (`pinned`), or is not, and why."""

    case: UUID
    hospital: UUID
    pinned: bool
    why: NotThere | None = None


class AdviceRunIn(Strict):
    """For which mission and day, in whose name, and what is decided by hand."""

    mission: MissionCode
    asker: UUID
    flight_day: NearDay
    wishes: list[WishIn] = Field(default_factory=list, max_length=MOST_WISHES)
    after: UUID | None = None
    seed: int = Field(default=0, ge=0, le=2**31 - 1)


class AdoptionIn(Strict):
    """Which of the advised asks are sent, and by when to answer."""

    cases: list[UUID] = Field(min_length=1, max_length=MOST_CASES)
    deadline: Moment
    remark: Line500 = ""
    telephone: Line500 = Field(default="", max_length=40)


@advice.get("", response=answered_with(Page[AdviceRunOut]), summary="Runs of advice")
def list_runs(request: HttpRequest, wanted: Query[WantedRuns]) -> dict[str, Any]:
    """The runs of the token's organisation, the latest first."""
    holder: Any = holder_of(request)
    rows = AdviceRun.objects.defer("problem", "plan").select_related("mission")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return page_of(visible(holder, rows).order_by("-asked_at", "pk"), wanted)


@advice.get("/{id}", response=answered_with(AdviceRunWhole, one=True), summary="One run of advice")
def get_run(request: HttpRequest, id: UUID) -> AdviceRun:
    """One run with the asks that it advises."""
    holder: Any = holder_of(request)
    return _whole(holder, _run(holder, id))


@advice.post("", auth=writing, response=answers(AdviceRunOut), summary="Have a flight worked out")
def make_run(request: HttpRequest, given: AdviceRunIn) -> AdviceRun:
    """Have the worker find which asks would fill a flight; read the run until it is done or has failed."""
    holder: Any = holder_of(request)
    mission, asker = mission_called(holder, given.mission), asker_called(holder, given.asker)
    after = _run(holder, given.after) if given.after else None
    wishes = [
        Wish(one.case, one.hospital, one.pinned, "" if one.pinned else str(one.why or ""))
        for one in given.wishes
    ]
    with deed():
        return ask_for_advice(holder, asker, mission, given.flight_day, wishes, after=after, seed=given.seed)


@advice.post("/{id}/adopt", auth=writing, response=answers(RoundOut), summary="Send asks of the advice")
def adopt(request: HttpRequest, id: UUID, given: AdoptionIn) -> Round:
    """Send the asks for these cases in one round, or none of them; the same once more has no effect."""
    holder: Any = holder_of(request)
    run = _run(holder, id)
    with deed():
        return adopt_advice(holder, run, given.cases, Question(given.deadline, given.remark, given.telephone))


def _run(holder: Any, id: UUID) -> AdviceRun:
    found = advised.run_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a run that the token reaches, got {id}.")
    return found


def _whole(holder: Any, run: AdviceRun) -> AdviceRun:
    """The run with what the token may see of it."""
    told = advised.advice_of(holder, run)
    shown: Any = run
    shown.hidden = told.hidden
    shown.asks = [
        {
            "case": one.case.pk,
            "hospital": one.hospital.pk,
            "pinned": one.pinned,
            "transit_minutes": one.transit,
            "can_be_sent": one.tickable,
            "ask": one.sent.pk if one.sent else None,
        }
        for one in told.questions
    ]
    shown.decided = [
        {
            "case": one.case.pk,
            "hospital": one.hospital.pk,
            "pinned": one.pinned,
            "why": one.why,
            "lost": one.lost,
        }
        for one in told.decided
    ]
    cost = told.cost or {}
    shown.placed_without, shown.score_without = cost.get("placed"), cost.get("score")
    return run
