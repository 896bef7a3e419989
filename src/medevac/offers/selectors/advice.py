"""Runs of advice as pages show them, as far as cases and hospitals are open to the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from medevac.audit.naming import actor_names
from medevac.cases.models import Case
from medevac.cases.rules import WAITING
from medevac.directory.countries import country_name
from medevac.directory.models import Hospital, Mission
from medevac.directory.specialties import specialty_name
from medevac.offers.fit_words import stopped_words
from medevac.offers.models import AdviceRun, Ask
from medevac.offers.models.advice import NotThere
from medevac.offers.selectors.suggestions import open_questions
from medevac.offers.services.asking import may_be_asked
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.states import PoolKind
from medevac.papers.airports import known_airport
from medevac.people.models import Organisation, User
from medevac.people.policy import visible

MOST_RUNS = 30
# The planner's words for rooms, and what they are called here.
ROOMS = {
    "isolation": PoolKind.ISOLATION,
    "child": PoolKind.CHILD,
    "intensive": PoolKind.INTENSIVE,
    "companions": PoolKind.HOUSING,
}


@dataclass(frozen=True)
class Question:
    """One ask that would place a patient on the flight.

    Parameters
    ----------
    asked_until
        The deadline of an open ask to whoever answers for the hospital.
    askable
        Whether the run's asker can ask whoever keeps the hospital; otherwise the publication has asked.
    waits
        Whether the case still waits for a place.
    sent
        The ask that was made by adopting the run.
    """

    case: Case
    hospital: Hospital
    pinned: bool
    transit: int | None
    asked_until: datetime | None
    askable: bool
    waits: bool
    sent: Ask | None = None

    @property
    def country(self) -> str:
        """The hospital's country in the reader's language."""
        return country_name(self.hospital.country)

    @property
    def tickable(self) -> bool:
        """Whether the ask can be sent."""
        return self.askable and self.waits and self.asked_until is None

    @property
    def hours(self) -> str:
        """From the hub to the hospital, as hours and minutes."""
        if self.transit is None:
            return ""
        return f"{self.transit // 60}:{self.transit % 60:02}"


@dataclass(frozen=True)
class Decided:
    """One thing that was decided by hand, and what it costs in score; None where that was not found."""

    case: Case
    hospital: Hospital
    pinned: bool
    why: str
    lost: float | None

    @property
    def reason(self) -> str:
        """Why not there, in words."""
        return str(NotThere(self.why).label) if self.why else ""


@dataclass(frozen=True)
class Further:
    """A further place, or room, that would bring another patient on board."""

    hospital: Hospital
    specialty: str
    room: str

    @property
    def what(self) -> str:
        """The specialty or the kind of room, in the reader's language."""
        return specialty_name(self.specialty) if self.specialty else str(ROOMS[self.room].label)

    @property
    def country(self) -> str:
        """The hospital's country in the reader's language."""
        return country_name(self.hospital.country)


@dataclass(frozen=True)
class Advice:
    """A run with what came of it.

    Parameters
    ----------
    hidden
        How many asks are about cases or hospitals that are not open to the reader.
    unplaced
        By the planner's reason, how many patients stay.
    """

    run: AdviceRun
    asked_by: str = ""
    adopted_by: str = ""
    questions: list[Question] = field(default_factory=list)
    hidden: int = 0
    decided: list[Decided] = field(default_factory=list)
    further: list[Further] = field(default_factory=list)
    unplaced: dict[str, int] = field(default_factory=dict)
    again: AdviceRun | None = None

    @property
    def stays(self) -> list[str]:
        """Why patients stay, as sentences."""
        return stopped_words(self.unplaced)

    @property
    def cost(self) -> dict[str, Any] | None:
        """What the flight would be without what was decided by hand."""
        found: dict[str, Any] | None = self.run.facts.get("cost")
        return found

    @property
    def fewer(self) -> int:
        """How many patients fewer fly than without what was decided by hand."""
        return (self.cost["placed"] if self.cost else 0) - (self.run.placed or 0)

    @property
    def stops(self) -> list[dict[str, Any]]:
        """Where the flight lands, by name, when (UTC), and how many patients leave there."""
        return [
            {
                "name": known_airport(one["airport"]).label,
                "arrives": f"{datetime.fromisoformat(one['arrives']):%H:%M}" if one["arrives"] else "",
                "patients": one["patients"],
            }
            for one in self.run.facts.get("stops", ())
        ]

    @property
    def tickable(self) -> list[Question]:
        """The asks that can be sent."""
        return [one for one in self.questions if one.tickable]


def runs_of(user: User, mission: Mission) -> list[AdviceRun]:
    """The latest runs for a mission that the user may see, each with `asked_by_name`."""
    rows = visible(user, AdviceRun.objects.filter(mission=mission)).select_related("asker", "round")
    found = list(rows.defer("problem", "plan").order_by("-asked_at", "pk")[:MOST_RUNS])
    names = _names(one.asked_by for one in found)
    for one in found:
        one.asked_by_name = names[one.asked_by]
    return found


def run_for(user: User, public_id: UUID, action: str | None = None) -> AdviceRun | None:
    """One run, if the user may do this to it: to see it, unless an action is named."""
    rows = AdviceRun.objects.filter(pk=public_id).defer("problem", "plan")
    return visible(user, rows.select_related("mission", "asker", "after", "round"), action).first()


def advice_of(user: User, run: AdviceRun) -> Advice:
    """What a run that the policy has opened says to the user."""
    names = _names(one for one in (run.asked_by, run.adopted_by) if one)
    again = visible(user, AdviceRun.objects.filter(after=run)).defer("problem", "plan")
    cases = open_cases(user, [*run.asks, *run.wishes])
    hospitals = open_hospitals(user, [*run.asks, *run.wishes, *run.facts.get("further", ())])
    questions = _questions(user, run, cases, hospitals)
    return Advice(
        run,
        asked_by=names[run.asked_by],
        adopted_by=names[run.adopted_by] if run.adopted_by else "",
        questions=questions,
        hidden=len(run.asks) - len(questions),
        decided=decided_in(run, cases, hospitals),
        further=[
            Further(hospitals[one["hospital"]], one["specialty"], one["room"])
            for one in run.facts.get("further", ())
            if one["hospital"] in hospitals
        ],
        unplaced=run.facts.get("unplaced", {}),
        again=again.order_by("-asked_at", "pk").first(),
    )


def open_cases(user: User, entries: Iterable[dict[str, Any]]) -> dict[str, Case]:
    """The cases of some entries of a run that are open to the user, by id."""
    wanted = {one["case"] for one in entries}
    if not wanted:
        return {}
    rows = visible(user, Case.objects.filter(pk__in=wanted), OFFER_FOR_A_CASE)
    return {str(case.pk): case for case in rows.select_related("mission")}


def open_hospitals(user: User, entries: Iterable[dict[str, Any]]) -> dict[str, Hospital]:
    """The hospitals of some entries of a run that are open to the user, by id."""
    wanted = {one["hospital"] for one in entries}
    if not wanted:
        return {}
    rows = visible(user, Hospital.objects.filter(pk__in=wanted))
    return {str(one.pk): one for one in rows.select_related("keeper")}


def decided_in(run: AdviceRun, cases: dict[str, Case], hospitals: dict[str, Hospital]) -> list[Decided]:
    """What was decided by hand in a run, as far as it is open."""
    cost = run.facts.get("cost") or {}
    lost = {(one["case"], one["hospital"]): one["lost"] for one in cost.get("each", ())}
    if len(run.wishes) == 1 and cost:
        (only,) = run.wishes
        lost[only["case"], only["hospital"]] = cost["lost"]
    return [
        Decided(
            cases[one["case"]],
            hospitals[one["hospital"]],
            one["pinned"],
            one["why"],
            lost.get((one["case"], one["hospital"])),
        )
        for one in run.wishes
        if one["case"] in cases and one["hospital"] in hospitals
    ]


def _questions(
    user: User, run: AdviceRun, cases: dict[str, Case], hospitals: dict[str, Hospital]
) -> list[Question]:
    shown = [one for one in run.asks if one["case"] in cases and one["hospital"] in hospitals]
    if not shown:
        return []
    asked = open_questions(user, list(cases.values()), {one.code: one for one in hospitals.values()})
    keepers = {hospitals[one["hospital"]].keeper_id for one in shown}
    rows = Organisation.unscoped.filter(may_be_asked(run.asker, run.mission_id), pk__in=keepers)
    askable = set(rows.values_list("pk", flat=True))
    sent = {}
    if run.round_id:
        asks = visible(user, Ask.objects.filter(round=run.round_id)).select_related("asked")
        sent = {str(one.case_id): one for one in asks}
    found = []
    for one in shown:
        case, hospital = cases[one["case"]], hospitals[one["hospital"]]
        found.append(
            Question(
                case,
                hospital,
                one.get("pinned", False),
                one.get("transit_minutes"),
                asked.get((case.pk, hospital.code)),
                hospital.keeper_id in askable,
                case.state in WAITING,
                sent.get(one["case"]),
            )
        )
    return found


def _names(actors: Iterable[UUID]) -> dict[UUID, str]:
    """Who it was; a token has advice worked out as well as a person does."""
    wanted = set(actors)
    found = actor_names((kind, actor) for kind in ("token", "user") for actor in wanted)
    named = {actor: name for (_kind, actor), name in found.items() if name != str(actor)}
    return {actor: named.get(actor, str(actor)) for actor in wanted}
