"""The one life of a case: the table itself, every state × action × role, and random lives."""

from __future__ import annotations

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medevac.cases.closing import Ending, answered_for, forget_closer, register_closer
from medevac.cases.models import Case, CaseItem, CaseStep
from medevac.cases.rules import BY_ACTION, ENDED, LIVE, TRANSITIONS, allowed_from
from medevac.cases.services import act
from medevac.cases.states import Action, Reason, State
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role


def why(action: Action) -> dict[str, str]:
    """A reason and a notifier that the table takes for an action."""
    row = BY_ACTION[action]
    told = {"notifier": "Dr Koval, chief physician"} if row.names_notifier else {}
    return {"reason": str(row.reasons[0]), **told} if row.reasons else told


def test_the_table_is_whole() -> None:
    """Tests that every action has one row, every state is live or ended, and nothing leads on from an end."""
    assert sorted(row.action for row in TRANSITIONS) == sorted(set(Action) - {Action.SEPARATE})
    assert set(LIVE) | set(ENDED) == set(State)
    assert not set(LIVE) & set(ENDED)
    assert all(allowed_from(state) for state in LIVE)
    assert not any(allowed_from(state) for state in ENDED)
    assert {row.target for row in TRANSITIONS} >= set(ENDED)


def test_every_live_state_can_be_reached_and_left_by_death() -> None:
    """Tests that the table has no island, and that a death can be recorded wherever somebody lives."""
    reached, edge = {State.DRAFT}, [State.DRAFT]
    while edge:
        state = edge.pop()
        new = {row.target for row in allowed_from(state) if row.target} - reached
        reached |= new
        edge += new
    assert reached == set(State)
    assert set(BY_ACTION[Action.RECORD_DEATH].sources) == set(LIVE)


@pytest.mark.any_postgresql
@pytest.mark.usefixtures("everybody_reaches")
def test_every_state_and_action_is_open_to_exactly_the_roles_of_the_table(places: Places) -> None:
    """Tests 21 states × 28 actions × 17 roles by the policy, one case in each state.

    The reaches that rooms above decide open every case here, so that the role alone decides.
    """
    cases = {state: in_state(filed(places, family_name=f"Коваль {state}"), state) for state in State}
    for row in TRANSITIONS:
        for role in Role:
            opened = visible(places.world.people[role], Case.objects.all(), row.right)
            expected = {case.pk for case in cases.values()} if role in row.who else set()
            assert set(opened.values_list("pk", flat=True)) == expected, (row.action, role)


@pytest.mark.any_postgresql
@pytest.mark.usefixtures("everybody_reaches")
@pytest.mark.parametrize("action", BY_ACTION)
def test_every_action_leads_on_from_exactly_the_states_of_the_table(places: Places, action: Action) -> None:
    """Tests each of the 21 states: a role that may does it or is refused; one that may not, neither."""
    row = BY_ACTION[action]
    may_not = next(role for role in Role if role not in row.who)
    case, other = filed(places), filed(places, family_name="Коваль")
    for state in State:
        in_state(case, state)
        role = next(iter(row.who))
        assert _outcome(places, case, other, action, may_not) == "not allowed"
        assert _outcome(places, case, other, action, role) == ("done" if state in row.sources else "refused")


def _outcome(places: Places, case: Case, other: Case, action: Action, role: Role) -> str:
    try:
        changed = act(places.world.people[role], case.pk, action, live_case=other.pk, **why(action))
    except NotAllowedError:
        return "not allowed"
    except RefusedError:
        return "refused"
    assert changed.state == (BY_ACTION[action].target or case.state)
    return "done"


def test_the_reaches_above_open_nothing_by_themselves(places: Places) -> None:
    """Tests that as long as no room says who carries or receives, those roles can do nothing to a case."""
    case = in_state(filed(places), State.BOOKED)
    for role in (Role.FLIGHT_DESK, Role.HUB_CREW, Role.RECEIVING_HOSPITAL, Role.COORDINATION_CENTRE):
        with pytest.raises(NotAllowedError):
            act(places.world.people[role], case.pk, Action.BOARD)


def test_another_oblast_can_do_nothing(places: Places) -> None:
    """Tests that what the neighbours filed is not theirs to change."""
    case = filed(places, place="other_hospital", role=Role.MINISTRY)
    for role in (Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR):
        with pytest.raises(NotAllowedError):
            act(places.world.people[role], case.pk, Action.SUBMIT)


def test_a_reason_is_demanded_and_kept(places: Places) -> None:
    """Tests that a withdrawal names one of its reasons, in words where it is another."""
    case, hospital = filed(places), places.world.people[Role.HOSPITAL_COORDINATOR]
    for reason, remark in (("", ""), (Reason.WORSENED, ""), (Reason.OTHER, "  ")):
        with pytest.raises(RefusedError):
            act(hospital, case.pk, Action.WITHDRAW, reason=reason, remark=remark)
    assert not CaseStep.unscoped.exists()
    act(hospital, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    step = CaseStep.unscoped.get()
    assert (step.source, step.target, step.reason) == ("draft", "withdrawn", "treated-at-home")
    assert step.actor == hospital.pk


def test_a_death_names_who_tells_the_family(places: Places) -> None:
    """Tests that a death is not recorded without a named person who tells it."""
    case, hospital = filed(places), places.world.people[Role.HOSPITAL_COORDINATOR]
    with pytest.raises(RefusedError, match="Name the person"):
        act(hospital, case.pk, Action.RECORD_DEATH, reason=Reason.DIED_BEFORE_DEPARTURE)
    act(hospital, case.pk, Action.RECORD_DEATH, reason=Reason.DIED_BEFORE_DEPARTURE, notifier="Dr Koval")
    assert CaseStep.unscoped.get().notifier == "Dr Koval"


def test_a_closer_that_fails_keeps_the_case_open(places: Places) -> None:
    """Tests that a case ends together with all that is open for it, or not at all."""

    def refuse(ending: Ending) -> None:
        raise RefusedError("The bed is locked.")

    case = filed(places)
    register_closer(CaseStep, refuse)
    try:
        with pytest.raises(RefusedError, match="bed"):
            act(places.world.people[Role.MINISTRY], case.pk, Action.WITHDRAW, reason=Reason.FILED_BY_MISTAKE)
    finally:
        forget_closer(CaseStep)
    case.refresh_from_db()
    assert case.state == State.DRAFT
    assert not CaseStep.unscoped.exists()


@pytest.mark.usefixtures("everybody_reaches")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(BY_ACTION)), st.sampled_from(Role)), min_size=5, max_size=30))
def test_a_closed_case_is_never_moved(places: Places, life: list[tuple[Action, Role]]) -> None:
    """Tests over random lives that nothing moves an ended case, and that nobody is chased for it any more."""
    other = filed(places, family_name="Коваль")
    case = filed(places)
    CaseItem.unscoped.create(
        case=case, code="form-027", owner=places.world["hospital"], deadline=case.state_since
    )
    ended: str | None = None
    for action, role in life:
        before = Case.unscoped.get(pk=case.pk).state
        outcome = _outcome(places, case, other, action, role)
        after = Case.unscoped.get(pk=case.pk).state
        if ended:
            assert (outcome, after) in {("refused", ended), ("not allowed", ended)}
        elif outcome == "done":
            assert before in BY_ACTION[action].sources
        ended = ended or (after if after in ENDED else None)
    if ended:
        assert not CaseItem.unscoped.filter(case=case, status="missing", deadline__isnull=False).exists()
    steps = list(CaseStep.unscoped.filter(case=case))
    assert [step.source for step in steps] == ["draft", *(step.target for step in steps)][: len(steps)]


def test_everything_that_points_to_a_case_is_answered_for() -> None:
    """Tests that no kind of row can stay open on an ended case because nobody thought of it."""
    pointing = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Case
        and getattr(field, "concrete", False)
        and not model.__name__.endswith("Event")
    }
    assert pointing - answered_for().keys() == set()
