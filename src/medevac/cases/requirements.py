"""What a case still lacks, by the mission's items: which concern it, which are there, which block a step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from medevac.cases.computed import COMPUTED, Known, is_man_of_18_to_60
from medevac.cases.models import Case, CaseItem, Companion, Consent, Person
from medevac.cases.naming import OF_AGE, age_on
from medevac.cases.sides import Side, side_of
from medevac.cases.states import State
from medevac.directory.models import MissionItem
from medevac.directory.models.mission_parts import Group
from medevac.directory.steps import Step
from medevac.people.days import current_day

CHILD_ALONE_UNDER = 16
PARENTS = (Companion.Relation.MOTHER, Companion.Relation.FATHER)
# The step that comes next for a case in a state; those after it are still to come as well.
NEXT_STEP: dict[str, Step] = {
    State.DRAFT: Step.SUBMIT,
    State.SUBMITTED: Step.VERIFY,
    State.VERIFIED: Step.PUBLISH,
    State.PUBLISHED: Step.OFFER,
    State.OFFERED: Step.CHOOSE,
    State.CHOSEN: Step.BOOK,
    State.BOOKED: Step.BOARD,
    State.BOARDED: Step.HAND_OVER,
    State.HANDED_OVER: Step.DISCHARGE,
    State.IN_TREATMENT: Step.DISCHARGE,
    State.READY_FOR_DISCHARGE: Step.RETURN,
}


@dataclass(frozen=True)
class Need:
    """One item of the mission that concerns a case, and how it stands.

    Parameters
    ----------
    item
        What the mission asks for.
    row
        What the case has of it; None where nobody has said anything yet.
    state
        "there", "missing", "too-old" or "waived".
    """

    item: MissionItem
    row: CaseItem | None
    state: str

    @property
    def met(self) -> bool:
        """Whether it holds nothing up."""
        return self.state in ("there", "waived")

    @property
    def side(self) -> Side:
        """In which readiness it is seen to."""
        return side_of(self.item)


def groups_of(person: Person, companions: Iterable[Companion], day: date) -> set[str]:
    """The groups of a mission's rules that a patient and the companions belong to on a day."""
    age = age_on(day, person.birth_year, person.birth_date)
    companions = list(companions)
    found: set[str] = {Group.EVERYBODY}
    if person.service == Person.Service.MILITARY:
        found.add(Group.SOLDIER)
    if person.service == Person.Service.CIVILIAN:
        found.add(Group.CIVILIAN)
    if age < OF_AGE:
        found.add(Group.CHILD)
    if age < CHILD_ALONE_UNDER and not any(one.relation in PARENTS for one in companions):
        found.add(Group.CHILD_ALONE)
    people = [(person.sex, person.birth_year, person.birth_date)]
    people += [(one.sex, one.birth_date.year, one.birth_date) for one in companions]
    if any(is_man_of_18_to_60(*one, day) for one in people):
        found.add(Group.MAN_18_60)
    if companions:
        found.add(Group.COMPANION)
    return found


def needs_of(case: Case, *, day: date | None = None) -> list[Need]:
    """Every item of the mission that concerns the case, and how it stands, in the order of the steps.

    An item that is asked of several groups stands once, at the earliest of its steps.
    """
    shown: list[Need] | None = case.__dict__.get("_needs_shown")
    if day is None and shown is not None:
        return shown
    day = day or current_day()
    return _needs(Known(case, day), list(MissionItem.unscoped.on(day).filter(mission=case.mission_id)))


def show_needs(case: Case) -> None:
    """Read the needs once for a page that only shows the case: several of its parts ask."""
    case.__dict__["_needs_shown"] = needs_of(case)


def needs_of_many(cases: Collection[Case], *, day: date | None = None) -> dict[UUID, list[Need]]:
    """As `needs_of`, for several cases by their ids, in a number of queries that does not grow with them."""
    day = day or current_day()
    items: dict[UUID, list[MissionItem]] = {case.mission_id: [] for case in cases}
    for item in MissionItem.unscoped.on(day).filter(mission__in=items):
        items[item.mission_id].append(item)
    many = Known.of_many(cases, day)
    return {key: _needs(known, items[known.case.mission_id]) for key, known in many.items()}


def _needs(known: Known, asked: Iterable[MissionItem]) -> list[Need]:
    groups = groups_of(known.person, known.companions, known.day)
    rows = {row.code: row for row in known.rows(CaseItem)}
    given = {row.purpose for row in known.rows(Consent) if row.withdrawn_at is None}
    items = [item for item in asked if item.group in groups]
    found: dict[str, Need] = {}
    for item in sorted(items, key=lambda one: (_place(one.blocks), one.code)):
        if item.code not in found:
            row = rows.get(item.code)
            found[item.code] = Need(item, row, _standing(item, row, given, known))
    return list(found.values())


def missing_for(case: Case, step: Step) -> list[MissionItem]:
    """The items that a step waits for: its own, and consents that an earlier step waited for.

    A consent can be withdrawn after its step has been taken; then the way ends there until the hand-over.
    """
    return waited_for(needs_of(case), step)


def waited_for(needs: Iterable[Need], step: Step) -> list[MissionItem]:
    """The missing ones of some needs that a step waits for, as items."""
    return [need.item for need in missing_needs(needs, step)]


def missing_needs(needs: Iterable[Need], step: Step) -> list[Need]:
    """The missing ones of some needs that a step waits for."""
    return [need for need in needs if not need.met and _blocks(need.item, step)]


def steps_to_come(state: str) -> list[Step]:
    """The steps that a case in a state has before it; none once it has ended."""
    following = NEXT_STEP.get(state)
    return list(Step)[list(Step).index(following) :] if following else []


def holds_up(need: Need, state: str) -> bool:
    """Whether a step that is still to come waits for what is missing."""
    return not need.met and any(_blocks(need.item, step) for step in steps_to_come(state))


def _blocks(item: MissionItem, step: Step) -> bool:
    if item.blocks == step:
        return True
    before = bool(item.blocks) and _place(item.blocks) < _place(step) < _place(Step.HAND_OVER)
    return before and item.kind == MissionItem.Kind.CONSENT


def _place(step: str) -> int:
    """Where a step stands in the order; what blocks none stands last."""
    steps = [one.value for one in Step]
    return steps.index(step) if step in steps else len(steps)


def _standing(item: MissionItem, row: CaseItem | None, given: set[str], known: Known) -> str:
    if row is not None and row.status == CaseItem.Status.WAIVED:
        return "waived"
    if item.kind == MissionItem.Kind.CONSENT:
        return "there" if item.code in given else "missing"
    ticked = _ticked(item, row, known.day)
    if item.code in COMPUTED:
        return COMPUTED[item.code](known, item, ticked == "there")
    return ticked


def _ticked(item: MissionItem, row: CaseItem | None, day: date) -> str:
    if row is None or row.status != CaseItem.Status.PRESENT:
        return "missing"
    if item.valid_days and row.dated and row.dated + timedelta(days=item.valid_days) < day:
        return "too-old"
    return "there"
