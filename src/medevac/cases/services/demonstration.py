"""The demonstration's cases: filed and led on by the proper services, so that each has its history.

What the rooms above decide (who is asked, chosen, carries) is open to everybody while this runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from medevac.cases.above import without_rooms_above
from medevac.cases.models import Case, CaseItem, CaseStep, Consent
from medevac.cases.models.consent import Purpose
from medevac.cases.next_step import ONWARD
from medevac.cases.reaches import forget_reach, register_reach
from medevac.cases.requirements import missing_for
from medevac.cases.rules import BY_ACTION
from medevac.cases.services.acting import act
from medevac.cases.services.demonstration_cases import PATIENTS, Invented
from medevac.cases.services.demonstration_documents import attach_invented
from medevac.cases.services.filing import CaseFacts, PersonFacts, file_case
from medevac.cases.services.missing import count_all_missing
from medevac.cases.settings import clock_hours
from medevac.cases.states import Action, Reason, State
from medevac.directory.models import Mission, MissionItem
from medevac.directory.steps import Step
from medevac.people.demonstration import register_maker
from medevac.people.models import Membership, Organisation, User
from medevac.people.roles import Reach, Role
from medevac.people.services.demonstration import ADDRESS_OF_ALL, account_of

MISSION = "ukraine-2022"
NAME = "demonstration"
STORY = "Є лише в оповіді цієї демонстрації."
# How a case leaves the way onward: from which state, by which step, and why.
ASIDE: dict[State, tuple[State, Action, str]] = {
    State.RETURNED: (State.READY_FOR_DISCHARGE, Action.RETURN, ""),
    State.STAYED: (State.READY_FOR_DISCHARGE, Action.STAY, ""),
    State.ONWARD: (State.IN_TREATMENT, Action.MOVE_ONWARD, ""),
    State.WITHDRAWN: (State.PUBLISHED, Action.WITHDRAW, Reason.TREATED_AT_HOME),
    State.UNFIT: (State.CHOSEN, Action.FIND_UNFIT, Reason.WORSENED),
    State.DIED: (State.OFFERED, Action.RECORD_DEATH, Reason.DIED_BEFORE_DEPARTURE),
    State.DECLINED: (State.SUBMITTED, Action.DECLINE, Reason.NO_CRITERION),
    State.NO_OFFER: (State.PUBLISHED, Action.CLOSE_WITHOUT_OFFER, Reason.NO_PLACE_FOUND),
    State.DUPLICATE: (State.DRAFT, Action.MARK_DUPLICATE, Reason.SAME_PERSON),
    State.MOVED_OTHERWISE: (State.PUBLISHED, Action.MOVE_OTHERWISE, Reason.OTHER_CHANNEL),
}
# Who takes a step, of those who may.
TAKERS = (Role.MINISTRY, Role.FLIGHT_DESK, Role.COORDINATION_CENTRE)
WAY = list(ONWARD)
FLAGS = ("ventilator", "monitor", "suction", "incubator")


def register_own_maker() -> None:
    """Add this room's demonstration data, after those of the directory."""
    register_maker("cases", make, order=40)


@transaction.atomic
def make() -> None:
    """Make the cases, unless there are some; a second run changes nothing."""
    if Case.unscoped.exists():
        return
    mission = Mission.unscoped.filter(code=MISSION).first()
    if mission is None:
        raise RuntimeError(
            f"Expected the mission {MISSION}, got none. Make the demonstration's places first."
        )
    made: dict[str, Case] = {}
    filers: dict[str, User] = {}
    with everybody_reaches():
        for place, patient in enumerate(PATIENTS):
            filer = User.objects.get(email=f"{patient.place}@{ADDRESS_OF_ALL}")
            case = _file(filer, mission, patient)
            _lead(filer, case, patient.state, made.get(patient.name))
            _set_back(case, patient.days, place)
            made.setdefault(patient.name, case)
            filers.setdefault(patient.name, filer)
    attach_invented(made, filers)
    count_all_missing()


@contextmanager
def everybody_reaches() -> Iterator[None]:
    """Whatever rooms above decide is open to everybody for a while; for making the demonstration alone."""
    reaches = (Reach.ASKED, Reach.CHOSEN, Reach.CARRIED)
    for reach in reaches:
        register_reach(reach, NAME, lambda grant: Q(pk__isnull=False))
    try:
        with without_rooms_above():
            yield
    finally:
        for reach in reaches:
            forget_reach(reach, NAME)


def _file(filer: User, mission: Mission, patient: Invented) -> Case:
    requester = Organisation.unscoped.get(
        pk__in=Membership.unscoped.filter(user=filer).values("organisation")
    )
    family, _gap, given = patient.name.partition(" ")
    born = date.fromisoformat(patient.born) if "-" in patient.born else None
    person = PersonFacts(
        birth_year=born.year if born else int(patient.born),
        birth_date=born,
        family_name=family,
        given_name=given,
        sex=patient.sex,
        citizenship="UA",
        languages="українська",
        service=patient.service,
    )
    fields: dict[str, Any] = {
        "category": patient.category,
        "specialties": patient.specialties.split(),
        "priority": patient.priority,
        "position": patient.position,
        **dict(_need(word) for word in patient.needs.split()),
    }
    clinical = {"icd10": patient.codes.split(), "allergies": "none known"}
    return file_case(filer, CaseFacts(mission, requester, person, patient.diagnosis, fields, clinical))


def _need(word: str) -> tuple[str, Any]:
    name, _sign, value = word.partition("=")
    if name in FLAGS:
        return name, True
    if name == "oxygen_litres":
        return name, Decimal(value)
    return name, int(value) if value.isdigit() else value


def _lead(filer: User, case: Case, wanted: State, same: Case | None) -> None:
    """Take the steps to a state, each by somebody who may, with everything there that it waits for."""
    until, last, reason = ASIDE.get(wanted, (wanted, None, ""))
    for state in WAY[: WAY.index(until)]:
        _take(filer, case, ONWARD[state])
    if last is None:
        return
    why: dict[str, Any] = {"reason": reason}
    if last is Action.RECORD_DEATH:
        why["notifier"] = "Олена Згурська, координаторка"
    if last is Action.MARK_DUPLICATE and same is not None:
        why["live_case"] = same.pk
    _take(filer, case, last, **why)


def _take(filer: User, case: Case, action: Action, **why: Any) -> None:
    row = BY_ACTION[action]
    if row.step is not None:
        _bring(case, row.step)
    role = next((one for one in TAKERS if one in row.who), None)
    actor = filer if Role.HOSPITAL_COORDINATOR in row.who or role is None else account_of(role)
    assert actor is not None
    act(actor, case.pk, action, **why)


def _bring(case: Case, step: Step) -> None:
    """Have everything there that a step waits for; what cannot simply be there is waived, as in the story."""
    for item in missing_for(case, step):
        if item.code in Purpose.values:
            Consent.unscoped.create(
                case=case,
                purpose=item.code,
                giver="patient",
                giver_name=" ".join(filter(None, (case.person.family_name, case.person.given_name)))
                or "як у згоді",
                language="українська",
                given_at=timezone.now() - timedelta(minutes=5),
                recorded_by=_ministry().pk,
            )
        elif item.kind != MissionItem.Kind.CONSENT:
            _keep_item(case, item.code, status=CaseItem.Status.PRESENT)
    for item in missing_for(case, step):
        _keep_item(case, item.code, status=CaseItem.Status.WAIVED, waived_reason=STORY)


def _keep_item(case: Case, code: str, **values: Any) -> None:
    CaseItem.unscoped.update_or_create(
        case=case, code=code, defaults={"owner_id": case.requester_id, **values}
    )


def _ministry() -> User:
    ministry = account_of(Role.MINISTRY)
    assert ministry is not None
    return ministry


def _set_back(case: Case, days: int, place: int) -> None:
    """As if it had been filed some days ago, with the steps since then evenly apart."""
    now = timezone.now()
    begin = now - timedelta(days=days, hours=place % 7, minutes=11 * place % 60)
    steps = list(CaseStep.unscoped.filter(case=case).order_by("pk"))
    apart = (now - begin) * 0.8 / (len(steps) or 1)
    times: dict[str, datetime] = {}
    for number, step in enumerate(steps, start=1):
        times[step.action] = begin + apart * number
        CaseStep.unscoped.filter(pk=step.pk).update(at=times[step.action])
    changed: dict[str, Any] = {"created_at": begin, "state_since": begin}
    if steps:
        changed["state_since"] = times[steps[-1].action]
    verified = times.get(Action.VERIFY)
    if verified is not None:
        # Some late, most in time: the demonstration has both.
        clock = (
            verified
            if place % 3 == 0
            else max(verified, now - timedelta(hours=clock_hours(case.priority) / 2))
        )
        due = clock + timedelta(hours=clock_hours(case.priority))
        changed |= {"verified_at": verified, "priority_since": clock, "due_at": due}
    if Action.PUBLISH in times:
        changed["published_at"] = times[Action.PUBLISH]
    Case.unscoped.filter(pk=case.pk).update(**changed)
