"""The one life of a case as a table: from which state which action leads where, who may, what it takes.

Nothing else says what may happen to a case. Pages show the actions that this table allows, services refuse
what it does not, and the tests of every state × action × role are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from medevac.cases.states import DEATHS, Action, Reason, State
from medevac.directory.steps import Step
from medevac.people.roles import Grants, Reach, Role

A, R, S = Action, Role, State

BEFORE_PUBLICATION = (S.DRAFT, S.SUBMITTED, S.VERIFIED)
WAITING = (S.PUBLISHED, S.OFFERED)
PLACED = (S.CHOSEN, S.BOOKED)
ON_THE_GROUND_AT_HOME = (*BEFORE_PUBLICATION, *WAITING, *PLACED)
ON_THE_WAY = (S.BOARDED, S.HANDED_OVER)
ABROAD = (S.IN_TREATMENT, S.READY_FOR_DISCHARGE)
CLOCK_RUNS = (S.VERIFIED, *WAITING, *PLACED)  # from verification until the patient is on board
LIVE = (*ON_THE_GROUND_AT_HOME, *ON_THE_WAY, *ABROAD)
ARRIVED_ENDS = (S.RETURNED, S.STAYED, S.ONWARD)
EXITS = (S.WITHDRAWN, S.UNFIT, S.DIED, S.DECLINED, S.NO_OFFER, S.DUPLICATE, S.MOVED_OTHERWISE)
ENDED = (*ARRIVED_ENDS, *EXITS)

SENDERS: Grants = {R.HOSPITAL_COORDINATOR: Reach.OWN, R.OBLAST_COORDINATOR: Reach.OWN, R.MINISTRY: Reach.OWN}
OBLAST_AND_MINISTRY: Grants = {R.OBLAST_COORDINATOR: Reach.OWN, R.MINISTRY: Reach.OWN}
MINISTRY: Grants = {R.MINISTRY: Reach.OWN}
RECEIVERS: Grants = {
    R.COORDINATION_CENTRE: Reach.CHOSEN,
    R.REGION: Reach.CHOSEN,
    R.RECEIVING_HOSPITAL: Reach.CHOSEN,
}
OFFERERS: Grants = {
    R.COORDINATION_CENTRE: Reach.ASKED,
    R.REGION: Reach.ASKED,
    R.RECEIVING_HOSPITAL: Reach.ASKED,
    R.MINISTRY: Reach.OWN,
}
FLYERS: Grants = {R.FLIGHT_DESK: Reach.CARRIED}
RAMP: Grants = {R.FLIGHT_DESK: Reach.CARRIED, R.HUB_CREW: Reach.CARRIED}
CARRIERS: Grants = {**RAMP, R.GROUND_CREW: Reach.CARRIED, **RECEIVERS}
EVERY_WAY: Grants = {**SENDERS, **RAMP, **RECEIVERS}


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    Parameters
    ----------
    action
        What is done.
    sources
        The states from which it can be done.
    target
        The state afterwards; None where it stays what it is.
    who
        Which roles may, and how far each reaches.
    reasons
        The coded reasons, one of which must be given; none where no reason is asked.
    step
        The step of the mission whose blocking items must be there first.
    names_notifier
        Whether a named person must be given who tells the family (a machine never does).
    recorders
        Those of `who` that only write down what others have done elsewhere: it is not their own next step.
    """

    action: Action
    sources: tuple[State, ...]
    target: State | None
    who: Grants
    reasons: tuple[Reason, ...] = ()
    step: Step | None = None
    names_notifier: bool = False
    recorders: tuple[Role, ...] = ()

    @property
    def ends(self) -> bool:
        """Whether the case is over afterwards, so that everything open for it is closed with it."""
        return self.target in ENDED

    @property
    def right(self) -> str:
        """The action of the role table that it asks for."""
        return f"cases.{self.action.value.replace('-', '_')}"


BACK_TO_OFFERS = (Reason.PLACE_LOST, Reason.PATIENT_CHANGED_MIND, Reason.OTHER)
OFF_THE_FLIGHT = (
    Reason.FLIGHT_CHANGED,
    Reason.WORSENED,
    Reason.MISSED_DEPARTURE,
    Reason.PLACE_LOST,
    Reason.OTHER,
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(A.SUBMIT, (S.DRAFT,), S.SUBMITTED, SENDERS, step=Step.SUBMIT),
    Transition(
        A.SEND_BACK,
        (S.SUBMITTED, S.VERIFIED),
        S.DRAFT,
        OBLAST_AND_MINISTRY,
        reasons=(Reason.INCOMPLETE, Reason.OTHER),
    ),
    Transition(A.VERIFY, (S.SUBMITTED,), S.VERIFIED, MINISTRY, step=Step.VERIFY),
    Transition(A.PUBLISH, (S.VERIFIED,), S.PUBLISHED, MINISTRY, step=Step.PUBLISH),
    Transition(
        A.TAKE_BACK,
        WAITING,
        S.VERIFIED,
        MINISTRY,
        reasons=(Reason.INCOMPLETE, Reason.WORSENED, Reason.CONSENT_WITHDRAWN, Reason.OTHER),
    ),
    Transition(A.OFFER, WAITING, S.OFFERED, OFFERERS, step=Step.OFFER, recorders=(R.MINISTRY,)),
    Transition(A.LOSE_OFFERS, (S.OFFERED,), S.PUBLISHED, OFFERERS, reasons=(Reason.OFFERS_LAPSED,)),
    Transition(A.CHOOSE, (S.OFFERED,), S.CHOSEN, SENDERS, step=Step.CHOOSE),
    Transition(
        A.LOSE_PLACE,
        PLACED,
        S.OFFERED,
        {**SENDERS, **RECEIVERS},
        reasons=BACK_TO_OFFERS,
    ),
    Transition(A.BOOK, (S.CHOSEN,), S.BOOKED, FLYERS, step=Step.BOOK),
    Transition(A.UNBOOK, (S.BOOKED,), S.CHOSEN, FLYERS, reasons=OFF_THE_FLIGHT),
    Transition(A.BOARD, (S.BOOKED,), S.BOARDED, RAMP, step=Step.BOARD),
    Transition(A.DISEMBARK, (S.BOARDED,), S.CHOSEN, RAMP, reasons=OFF_THE_FLIGHT),
    Transition(A.HAND_OVER, (S.BOARDED,), S.HANDED_OVER, CARRIERS, step=Step.HAND_OVER),
    Transition(A.ADMIT, (S.HANDED_OVER,), S.IN_TREATMENT, RECEIVERS),
    Transition(A.TRANSFER, ABROAD, None, RECEIVERS),
    Transition(A.PREPARE_DISCHARGE, (S.IN_TREATMENT,), S.READY_FOR_DISCHARGE, RECEIVERS, step=Step.DISCHARGE),
    Transition(
        A.RESUME_TREATMENT,
        (S.READY_FOR_DISCHARGE,),
        S.IN_TREATMENT,
        RECEIVERS,
        reasons=(Reason.COMPLICATION, Reason.OTHER),
    ),
    Transition(
        A.RETURN, (S.READY_FOR_DISCHARGE,), S.RETURNED, {**RECEIVERS, **SENDERS, **RAMP}, step=Step.RETURN
    ),
    Transition(A.STAY, (S.READY_FOR_DISCHARGE,), S.STAYED, RECEIVERS),
    Transition(A.MOVE_ONWARD, ABROAD, S.ONWARD, RECEIVERS),
    Transition(
        A.WITHDRAW,
        ON_THE_GROUND_AT_HOME,
        S.WITHDRAWN,
        SENDERS,
        reasons=(
            Reason.PATIENT_CHANGED_MIND,
            Reason.FAMILY_CHANGED_MIND,
            Reason.TREATED_AT_HOME,
            Reason.NOT_REACHED,
            Reason.CONSENT_WITHDRAWN,
            Reason.FILED_BY_MISTAKE,
            Reason.OTHER,
        ),
    ),
    Transition(
        A.FIND_UNFIT,
        ON_THE_GROUND_AT_HOME,
        S.UNFIT,
        {**SENDERS, **RAMP},
        reasons=(Reason.WORSENED, Reason.NOT_TRANSPORTABLE, Reason.OTHER),
    ),
    Transition(A.RECORD_DEATH, LIVE, S.DIED, EVERY_WAY, reasons=tuple(sorted(DEATHS)), names_notifier=True),
    Transition(
        A.DECLINE,
        (S.SUBMITTED, S.VERIFIED),
        S.DECLINED,
        MINISTRY,
        reasons=(Reason.NO_CRITERION, Reason.NOT_ELIGIBLE, Reason.OTHER),
    ),
    Transition(
        A.CLOSE_WITHOUT_OFFER,
        WAITING,
        S.NO_OFFER,
        MINISTRY,
        reasons=(Reason.NO_PLACE_FOUND, Reason.NO_ANSWER_IN_TIME, Reason.OTHER),
    ),
    Transition(A.MARK_DUPLICATE, ON_THE_GROUND_AT_HOME, S.DUPLICATE, SENDERS, reasons=(Reason.SAME_PERSON,)),
    Transition(
        A.MOVE_OTHERWISE,
        ON_THE_GROUND_AT_HOME,
        S.MOVED_OTHERWISE,
        SENDERS,
        reasons=(Reason.OTHER_CHANNEL, Reason.OWN_JOURNEY, Reason.OTHER),
    ),
)

BY_ACTION: dict[Action, Transition] = {row.action: row for row in TRANSITIONS}
ROLE_TABLE: dict[str, Grants] = {row.right: row.who for row in TRANSITIONS}


def allowed_from(state: str) -> list[Transition]:
    """The rows that lead on from a state, in the order of the table."""
    return [row for row in TRANSITIONS if state in row.sources]


def is_live(state: str) -> bool:
    """Whether a case in this state still has a way before it."""
    return state in LIVE
