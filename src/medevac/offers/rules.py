"""The life of an offer and of a hold as tables: from where which action leads where, and who may.

Nothing else says what may happen to an offer. Services refuse what is not here, and the tests of every
state × action × role are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from medevac.cases.rules import SENDERS
from medevac.offers.states import HoldState, OfferAction, OfferReason, OfferState
from medevac.people.roles import Grants, Reach, Role

A, H, R, S = OfferAction, HoldState, OfferReason, OfferState

# Whoever answers for a country, a region or a hospital; the ministry records what came by another way.
OFFERERS: Grants = {
    Role.COORDINATION_CENTRE: Reach.OWN,
    Role.REGION: Reach.OWN,
    Role.RECEIVING_HOSPITAL: Reach.OWN,
    Role.MINISTRY: Reach.OWN,
}
NOBODY: Grants = {}  # what only follows from another deed

OPEN = (S.SENT, S.RESERVE)  # can be chosen
HOLDING = (S.SENT, S.RESERVE, S.CHOSEN)  # has a place
ENDED = (S.NOT_CHOSEN, S.WITHDRAWN, S.EXPIRED)

LOST = (
    R.PLACE_LOST,
    R.ISOLATION_LOST,
    R.STAFF_LOST,
    R.CONDITION_CHANGED,
    R.NOT_ELIGIBLE,
    R.OTHER,
)


@dataclass(frozen=True)
class OfferTransition:
    """One row of the table.

    Parameters
    ----------
    action
        What is done.
    sources
        The states from which it can be done.
    target
        The state afterwards.
    who
        Which roles may, and how far each reaches; nobody where it only follows from another deed.
    hold
        What the hold on the place becomes; None where there is none or it stays as it is.
    reasons
        The coded reasons, one of which must be given; none where no reason is asked.
    """

    action: OfferAction
    sources: tuple[OfferState, ...]
    target: OfferState
    who: Grants
    hold: HoldState | None
    reasons: tuple[OfferReason, ...] = ()

    @property
    def right(self) -> str:
        """The action of the role table that it asks for."""
        return f"offers.{self.action.value.replace('-', '_')}"


TRANSITIONS: tuple[OfferTransition, ...] = (
    OfferTransition(A.SEND, (S.DRAFT,), S.SENT, OFFERERS, H.OFFERED),
    OfferTransition(A.CHOOSE, OPEN, S.CHOSEN, SENDERS, H.RESERVED),
    OfferTransition(A.KEEP_IN_RESERVE, (S.SENT,), S.RESERVE, NOBODY, H.OFFERED),
    OfferTransition(A.PASS_OVER, OPEN, S.NOT_CHOSEN, NOBODY, H.FREED, reasons=(R.ANOTHER_CHOSEN,)),
    OfferTransition(
        A.WITHDRAW, (S.DRAFT, *OPEN), S.WITHDRAWN, OFFERERS, H.FREED, reasons=(*LOST, R.RELEASED)
    ),
    OfferTransition(
        A.LOSE,
        (S.CHOSEN,),
        S.WITHDRAWN,
        {**SENDERS, **OFFERERS},
        H.FREED,
        reasons=(*LOST, R.PATIENT_CHANGED_MIND),
    ),
    OfferTransition(A.EXPIRE, OPEN, S.EXPIRED, NOBODY, H.FREED, reasons=(R.NOT_ANSWERED,)),
    OfferTransition(
        A.END,
        (S.DRAFT, *HOLDING),
        S.WITHDRAWN,
        NOBODY,
        H.FREED,
        reasons=(R.CASE_ENDED, R.REQUEST_TAKEN_BACK),
    ),
    OfferTransition(A.FULFIL, (S.RESERVE,), S.NOT_CHOSEN, NOBODY, H.FREED, reasons=(R.BOARDED,)),
)

BY_ACTION: dict[OfferAction, OfferTransition] = {row.action: row for row in TRANSITIONS}
ROLE_TABLE: dict[str, Grants] = {row.right: row.who for row in TRANSITIONS if row.who}

# A hold goes one way; what is freed stays freed, and a new hold is a new row.
HOLDS: dict[HoldState, tuple[HoldState, ...]] = {
    H.OFFERED: (H.RESERVED, H.FREED),
    H.RESERVED: (H.OCCUPIED, H.FREED),
    H.OCCUPIED: (H.FREED,),
    H.FREED: (),
}


def allowed_from(state: str) -> list[OfferTransition]:
    """The rows that somebody may take from a state, in the order of the table."""
    return [row for row in TRANSITIONS if state in row.sources and row.who]
