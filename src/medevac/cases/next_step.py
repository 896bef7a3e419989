"""What happens next with a case: the one step onward, who takes it, what it waits for, what else can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from medevac.cases.looking import looked
from medevac.cases.models import Case, MissingItems
from medevac.cases.requirements import Need, missing_needs, needs_of, needs_of_many
from medevac.cases.rules import BY_ACTION, Transition, allowed_from
from medevac.cases.sides import side_of
from medevac.cases.states import Action, Reason, State
from medevac.people.models import User
from medevac.people.policy import may, standings
from medevac.people.roles import Grants, Role

# The step that leads a case onward; every other one leads back, aside or out.
ONWARD: dict[State, Action] = {
    State.DRAFT: Action.SUBMIT,
    State.SUBMITTED: Action.VERIFY,
    State.VERIFIED: Action.PUBLISH,
    State.PUBLISHED: Action.OFFER,
    State.OFFERED: Action.CHOOSE,
    State.CHOSEN: Action.BOOK,
    State.BOOKED: Action.BOARD,
    State.BOARDED: Action.HAND_OVER,
    State.HANDED_OVER: Action.ADMIT,
    State.IN_TREATMENT: Action.PREPARE_DISCHARGE,
    State.READY_FOR_DISCHARGE: Action.RETURN,
}


@dataclass(frozen=True)
class Steps:
    """What can be done with a case now.

    Parameters
    ----------
    onward
        The next step of its life; None for an ended case.
    mine
        Whether the user may take it.
    missing
        The items that it waits for and whose names the user may read.
    unnamed
        How many others it waits for.
    others
        What else the user may do, in the order of the table.
    changes
        Whether the user may write what becomes known.
    """

    onward: Transition | None
    mine: bool = False
    missing: list[Need] = field(default_factory=list)
    unnamed: int = 0
    others: list[Transition] = field(default_factory=list)
    changes: bool = False

    @property
    def waits(self) -> bool:
        """Whether the next step waits for anything."""
        return bool(self.missing or self.unnamed)

    @property
    def roles(self) -> list[str]:
        """Who takes the next step, in words."""
        if self.onward is None:
            return []
        return [str(Role(role).label) for role in self.onward.who if role not in self.onward.recorders]


def steps_of(user: User, case: Case, changing: Grants, change: str) -> Steps:
    """What the user can do with the case.

    The policy is asked once for each way in which the table spreads a right over roles, not once for each
    action. `changing` and `change` name the right to write in the case, which often spreads the same way.
    """
    answers: dict[tuple[tuple[str, str], ...], bool] = {}

    def allowed(right: str, who: Grants) -> bool:
        spread = tuple(sorted((str(role), str(reach)) for role, reach in who.items()))
        if spread not in answers:
            answers[spread] = may(user, right, case)
        return answers[spread]

    possible = [row for row in allowed_from(case.state) if allowed(row.right, row.who)]
    action = ONWARD.get(State(case.state))
    onward = BY_ACTION[action] if action else None
    missing = []
    if onward is not None and onward.step is not None:
        missing = missing_needs(needs_of(case), onward.step)
    named = [need for need in missing if looked(user, case, side_of(need.item).right)]
    mine = onward is not None and onward in possible and _is_own(user, onward)
    return Steps(
        onward,
        mine,
        named,
        len(missing) - len(named),
        [row for row in possible if row is not onward or not mine],
        case.live and allowed(change, changing),
    )


def _is_own(user: User, row: Transition) -> bool:
    """Whether a step is the user's own to take, and not only to write down for others."""
    doers = set(row.who) - set(row.recorders)
    return not row.recorders or any(role in doers for role, _organisation, _mission in standings(user))


def blocked_among(cases: Collection[Case]) -> set[UUID]:
    """Those of some cases whose next step waits for something, in a fixed number of queries.

    As the last count has it (`services.missing`): what is not counted yet is worked out.
    """
    steps = {
        case.pk: step
        for case in cases
        if (action := ONWARD.get(State(case.state))) and (step := BY_ACTION[action].step)
    }
    if not steps:
        return set()
    rows = MissingItems.unscoped.filter(case__in=list(steps), steps__isnull=False)
    counted = dict(rows.values_list("case", "steps"))
    uncounted = [case for case in cases if case.pk in steps.keys() - counted.keys()]
    needs = needs_of_many(uncounted) if uncounted else {}
    return {
        key
        for key, step in steps.items()
        if (step in (counted[key] or ()) if key in counted else missing_needs(needs[key], step))
    }


def is_grave(row: Transition) -> bool:
    """Whether an action ends the case, so that it is asked twice."""
    return row.ends


def takes_words(row: Transition) -> bool:
    """Whether an action asks for anything before it is done."""
    return bool(row.reasons) or row.names_notifier or row.ends


def needs_remark(reason: str) -> bool:
    """Whether a reason is told in words besides."""
    return reason == Reason.OTHER
