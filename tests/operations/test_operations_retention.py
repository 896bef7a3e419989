"""Tests of retention: a list, a decision, the deed in batches, and holds that stop it; all on record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from world import World, member, person, sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.history import recordings
from medevac.audit.models import Look
from medevac.audit.services import record_look
from medevac.cases.models import SavedView
from medevac.operations.models import LegalHold, RetentionRun
from medevac.operations.rules import TRANSITIONS, State
from medevac.operations.services import legal_holds, retention
from medevac.people.models import Invitation, User
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
AsOwner = Callable[[], AbstractContextManager[None]]
REASON = "They ran out more than a year ago."


def invitation(world: World, number: int, *, days: int, place: str = "hospital") -> Invitation:
    """An invitation that ran out so many days ago."""
    over = timezone.now() - timedelta(days=days)
    row: Invitation = Invitation.unscoped.create(
        email=f"nobody{number}@example.org",
        organisation=world[place],
        role=Role.HOSPITAL_COORDINATOR,
        token_digest=number.to_bytes(32),
        invited_by=uuid4(),
        invited_at=over - timedelta(days=7),
        expires_at=over,
    )
    return row


def administrator(world: World) -> User:
    """Who decides."""
    return world.people[Role.ADMINISTRATOR]


def left() -> set[str]:
    """The addresses of the invitations that are there."""
    return set(Invitation.unscoped.values_list("email", flat=True))


def done(as_owner: AsOwner, run: RetentionRun) -> list[int]:
    """Do what was decided; how many went in each batch."""
    with as_owner():
        gone = list(retention.carry_out(run))
    run.refresh_from_db()
    return gone


def test_the_dry_run_lists_and_nothing_goes(world: World) -> None:
    """Tests that the list has what is over a year old, of the own mission alone, and all of it stays."""
    old, _, foreign = (
        invitation(world, 1, days=400),
        invitation(world, 2, days=300),
        invitation(world, 3, days=400, place="stranger_hospital"),
    )
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    assert [item.thing for item in run.items.all()] == [str(old.pk)]
    assert (run.listed_count, run.staying_count, run.state) == (1, 0, State.LISTED)
    assert len(left()) == 3
    assert foreign.email in left()


def test_nothing_goes_without_a_decision(world: World, as_owner: AsOwner) -> None:
    """Tests that a list, and a refused one, do nothing."""
    invitation(world, 1, days=400)
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    assert done(as_owner, run) == []
    retention.refuse(administrator(world), run, reason="A court may ask for them later.")
    assert done(as_owner, run) == []
    assert run.state == State.REFUSED
    assert len(left()) == 1


def test_the_deed_takes_what_was_listed_with_its_history(
    world: World, as_owner: AsOwner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests batches of two; what is over since, or not over any more, stays; lines say what went and when."""
    monkeypatch.setattr(retention, "BATCH", 2)
    rows = [invitation(world, number, days=400) for number in range(1, 6)]
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    retention.decide(administrator(world), run, reason=REASON)
    late = invitation(world, 6, days=500)
    Invitation.unscoped.filter(pk=rows[0].pk).update(expires_at=timezone.now())
    assert sum(done(as_owner, run)) == 4
    assert left() == {rows[0].email, late.email}
    assert (run.state, run.gone_count) == (State.DONE, 4)
    events = recordings()["people.invitation"].events
    assert set(events.objects.values_list("email", flat=True)) == left()
    gone = {item.thing for item in run.items.exclude(gone_at=None)}
    assert gone == {str(row.pk) for row in rows[1:]}


def test_the_decision_is_on_record(world: World, as_owner: AsOwner) -> None:
    """Tests that who decided, when, why and what followed stands in a history that nobody can change."""
    invitation(world, 1, days=400)
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    with acting(Acting(actor=administrator(world).pk)):
        retention.decide(administrator(world), run, reason=REASON)
    done(as_owner, run)
    lines = (
        recordings()["operations.retentionrun"].events.objects.filter(pgh_obj_id=run.pk).order_by("pgh_id")
    )
    assert [line.state for line in lines][-3:] == [State.DECIDED, State.RUNNING, State.DONE]
    decided = next(line for line in lines if line.state == State.DECIDED)
    assert decided.decided_by == administrator(world).pk
    assert decided.pgh_context["actor"] == str(administrator(world).pk)
    assert decided.pgh_context["reason"] == REASON


def test_a_hold_keeps_what_it_names(world: World, as_owner: AsOwner) -> None:
    """Tests holds on a thing, on what it is about and on a kind, before the list and after the decision."""
    one, two, three = (invitation(world, number, days=400) for number in (1, 2, 3))
    auditor = world.people[Role.AUDITOR]
    court = "A court has asked for it in writing."
    legal_holds.set_legal_hold(auditor, kind="people.invitation", thing=one.pk, reason=court)
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    assert (run.listed_count, run.staying_count) == (2, 1)
    retention.decide(administrator(world), run, reason=REASON)
    legal_holds.set_legal_hold(auditor, kind="people.invitation", thing=two.pk, reason=court)
    done(as_owner, run)
    assert left() == {one.email, two.email}

    again = retention.list_what_would_go(administrator(world), "people.invitation")
    retention.decide(administrator(world), again, reason=REASON)
    for hold in LegalHold.unscoped.all():
        legal_holds.lift_legal_hold(auditor, hold, reason="The court has ended its case.")
    everything = legal_holds.set_legal_hold(auditor, kind="people.invitation", thing=None, reason=court)
    assert sum(done(as_owner, again)) == 0
    legal_holds.lift_legal_hold(auditor, everything, reason="The court has ended its case.")
    legal_holds.set_legal_hold(auditor, kind="people.organisation", thing=world["hospital"].pk, reason=court)
    final = retention.list_what_would_go(administrator(world), "people.invitation")
    assert (final.listed_count, final.staying_count) == (0, 2)
    assert three.email not in left()


def test_nobody_holds_what_they_do_not_oversee(world: World) -> None:
    """Tests that a second owner holds nothing of the first, a thing that is not there is refused in the same
    words on the page, and one that was deleted can be held.
    """
    foreign = person("auditor-of-the-stranger")
    member(foreign, world["stranger"], Role.AUDITOR)
    one = invitation(world, 1, days=400)
    told = set()
    for user, thing in ((foreign, one.pk), (world.people[Role.AUDITOR], uuid4())):
        facts = {"kind": "people.invitation", "thing": str(thing), "reason": "A court has asked for it."}
        answer = sign_in(Client(), user).post("/operations/legal-holds/set/", facts)
        told.add(answer.content.decode().partition("Expected the number of a thing")[2].split(", got")[0])
    assert told == {" of this kind that you oversee"}
    assert not LegalHold.unscoped.exists()
    number = one.pk
    Invitation.unscoped.filter(pk=one.pk).delete()
    view = SavedView.unscoped.create(user=world.people[Role.AUDITOR], name="Mine")  # of a kind without a rule
    with pytest.raises(RefusedError, match="that you oversee"):
        legal_holds.set_legal_hold(foreign, kind="cases.savedview", thing=view.pk, reason=REASON)
    for kind, thing in (("people.invitation", number), ("people.organisation", world["hospital"].pk)):
        legal_holds.set_legal_hold(world.people[Role.AUDITOR], kind=kind, thing=thing, reason=REASON)


def test_a_stopped_deed_goes_no_further(
    world: World, as_owner: AsOwner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests that a stop between two batches keeps the rest, and that a deed cut off goes on where it was."""
    monkeypatch.setattr(retention, "BATCH", 1)
    for number in range(1, 4):
        invitation(world, number, days=400)
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    retention.decide(administrator(world), run, reason=REASON)
    with as_owner():
        assert next(retention.carry_out(run)) == 1  # and there it is cut off
    with as_owner():
        deed = retention.carry_out(run)
        assert next(deed) == 1
        run.refresh_from_db()
        retention.stop(administrator(world), run, reason="One of them is asked for after all.")
        assert list(deed) == []
    run.refresh_from_db()
    assert (run.state, run.gone_count, len(left())) == (State.STOPPED, 2, 1)


def test_the_access_log_goes_after_ten_years(world: World, as_owner: AsOwner) -> None:
    """Tests the log, which only the owner of the tables can shorten; a hold on a person keeps its looks."""
    viewer = administrator(world)
    held, free = world.people[Role.HOSPITAL_COORDINATOR].pk, uuid4()
    with transaction.atomic(), acting(Acting(actor=viewer.pk)):
        record_look("see.personal", "people.user", {held: world["hospital"].pk})
        record_look("see.personal", "people.user", {free: world["hospital"].pk})
    with as_owner():
        Look.unscoped.update(at=timezone.now() - timedelta(days=3700))
    legal_holds.set_legal_hold(
        world.people[Role.AUDITOR], kind="people.user", thing=held, reason="The person has complained."
    )
    run = retention.list_what_would_go(viewer, "audit.look")
    retention.decide(viewer, run, reason="The law asks for ten years.")
    with as_owner():
        call_command("carry_out_retention", do=True)
    assert [look.things for look in Look.unscoped.all()] == [[held]]


def test_who_may_not(world: World) -> None:
    """Tests that auditors hold and do not decide, that others do neither, and that reasons are in words."""
    invitation(world, 1, days=400)
    run = retention.list_what_would_go(administrator(world), "people.invitation")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(NotAllowedError):
            retention.decide(world.people[role], run, reason=REASON)
    for role in set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}:
        with pytest.raises(NotAllowedError):
            legal_holds.set_legal_hold(world.people[role], kind="people.user", thing=None, reason=REASON)
    with pytest.raises(RefusedError, match="Expected a reason in words"):
        retention.decide(administrator(world), run, reason="old")
    with pytest.raises(RefusedError, match="No rule says"):
        retention.list_what_would_go(administrator(world), "people.user")
    RetentionRun.unscoped.filter(pk=run.pk).update(listed_at=timezone.now() - timedelta(days=8))
    with pytest.raises(RefusedError, match="older than 7 days"):
        retention.decide(administrator(world), run, reason=REASON)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", ["decide", "refuse", "stop"])
def test_every_state_and_action(world: World, state: State, action: str) -> None:
    """Tests the table of states: each action leads where it says, and is refused everywhere else."""
    run = RetentionRun.unscoped.create(
        kind="people.invitation",
        before=timezone.now(),
        listed_by=administrator(world).pk,
        state=state,
        reason=REASON,
        decided_by=administrator(world).pk,
        decided_at=timezone.now(),
    )
    act = {"decide": retention.decide, "refuse": retention.refuse, "stop": retention.stop}[action]
    if (state, action) in TRANSITIONS:
        act(administrator(world), run, reason=REASON)
        run.refresh_from_db()
        assert run.state == TRANSITIONS[state, action]
        return
    with pytest.raises(RefusedError, match="no longer open"):
        act(administrator(world), run, reason=REASON)


def test_the_pages(world: World) -> None:
    """Tests the way over the pages: list, decide, hold, lift; another owner sees nothing of it."""
    row = invitation(world, 1, days=400)
    client = sign_in(Client(), administrator(world))
    answer = client.post("/operations/retention/list/", {"kind": "people.invitation"})
    run = RetentionRun.unscoped.get()
    assert answer.headers["Location"] == f"/operations/retention/{run.pk}/"
    assert str(row.pk) in client.get(answer.headers["Location"]).text
    answer = client.post(f"/operations/retention/{run.pk}/decide/", {"action": "decide", "reason": "short"})
    assert "ds-error-summary" in answer.text
    client.post(f"/operations/retention/{run.pk}/decide/", {"action": "decide", "reason": REASON})
    run.refresh_from_db()
    assert run.state == State.DECIDED
    client.post(
        "/operations/legal-holds/set/", {"kind": "people.invitation", "thing": row.pk, "reason": REASON}
    )
    hold = LegalHold.unscoped.get()
    assert str(row.pk) in client.get("/operations/retention/").text
    client.post(f"/operations/legal-holds/{hold.pk}/lift/", {"reason": "The court has ended its case."})
    hold.refresh_from_db()
    assert hold.lifted_by == administrator(world).pk
    assert Look.unscoped.filter(right="operations.see_retention").exists()

    stranger = person("stranger")
    member(stranger, world["stranger"], Role.ADMINISTRATOR)
    other = sign_in(Client(), stranger)
    assert other.get(f"/operations/retention/{run.pk}/").status_code == 404
    assert str(run.pk) not in other.get("/operations/retention/").text
