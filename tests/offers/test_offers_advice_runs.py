"""Tests that advice is kept as it was worked out, adopted once, and worked out again with what is decided."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from advised_things import worked_out
from django.db import transaction
from django.test import Client
from django.utils import timezone
from fitting_things import needing, reached
from offer_things import TODAY
from world import sign_in

from medevac.api.services import make_token
from medevac.audit.history import recordings
from medevac.cases.models import Case
from medevac.cases.services import act
from medevac.cases.states import Action, Reason
from medevac.directory.models import MissionCountry
from medevac.directory.services.hospitals import write_specialties
from medevac.offers.models import AdviceRun, Answer, Ask, Round
from medevac.offers.models.advice import GIVEN_UP, NotThere, RunState
from medevac.offers.selectors.advice import advice_of, run_for, runs_of
from medevac.offers.services.adopting import adopt_advice
from medevac.offers.services.advising import ask_for_advice, find_advice
from medevac.offers.services.asking import Question
from medevac.offers.services.places import add_places, set_pool
from medevac.offers.states import AskState, PoolKind
from medevac.offers.wishes import Wish
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.planner import plan_to_bytes, read_problem, solve

PAGE = "/offers/whom-to-ask/"


def in_a_day() -> Question:
    """What they are told."""
    return Question(timezone.now() + timedelta(days=1))


def second_hospital(things, suitability: float = 0.7):
    """Another Norwegian hospital, with one place, which suits less."""
    from directory_places import kept

    hospital = kept(things.places.world["receiver"], "NO-2", "Second hospital", "Oslo", "NO")
    write_specialties(hospital, {"orthopaedics": suitability})
    reached(things, hospital)
    values = {"label": "1", "specialty": "orthopaedics", "first_day": TODAY()}
    add_places(things.hospital, hospital, things.places.mission, values)
    set_pool(things.hospital, hospital, things.places.mission, PoolKind.ISOLATION, 1)
    return hospital


def test_the_asks_that_fill_a_flight(things) -> None:
    """Tests that the advice names the one hospital for the one case that a place is left for, the urgent one,
    says why the other stays, and does not name a hospital that has said no.
    """
    reached(things)
    things.place()
    routine = needing(things, priority="P3")
    urgent = needing(things, priority="P1", given_name="Іван")
    run = worked_out(things)
    told = advice_of(things.centre, run)
    assert (run.state, run.placed, run.facts["waiting"]) == (RunState.DONE, 1, 2)
    assert [(one.case.pk, one.hospital.pk) for one in told.questions] == [
        (urgent.pk, things.places.hospital.pk)
    ]
    assert told.unplaced == {"no-capacity": 1}
    assert [(one.hospital.pk, one.specialty) for one in told.further] == [
        (things.places.hospital.pk, "orthopaedics")
    ]
    made = adopt_advice(things.centre, run, [urgent.pk], in_a_day())
    ask = Ask.unscoped.get(round=made)
    Answer.unscoped.create(
        ask=ask,
        yes=False,
        no_reason="no-staff",
        answered_at=timezone.now(),
        channel="service",
        answerer="Ward leader",
        recorded_by=things.hospital.pk,
    )
    assert [one.case.pk for one in advice_of(things.centre, worked_out(things)).questions] == [routine.pk]


def test_a_run_is_kept_and_can_be_worked_out_again(things) -> None:
    """Tests that input, parameters, seed, planner and outcome are kept, that the planner makes the very same
    plan of them, and that the documents are encrypted and not in the history.
    """
    reached(things)
    things.place()
    case = needing(things)
    run = AdviceRun.unscoped.get(pk=worked_out(things, seed=7).pk)
    document = json.loads(run.problem)
    assert document["patients"][0]["id"] == case.pseudonym
    assert (run.seed, run.parameters["solving_seconds"]) == (7, 20.0)
    assert run.planner.startswith("medevac ")
    again = solve(read_problem(document).problem, sha256=run.problem_sha256, seed=run.seed)
    assert again is not None
    first, second = (json.loads(one) for one in (run.plan, plan_to_bytes(again)))
    first.pop("solver"), second.pop("solver")  # how long it took
    assert first == second
    assert (run.score, run.bound) == (again.score, again.bound)
    raw = AdviceRun.unscoped.filter(pk=run.pk).extra(select={"raw": "problem"}).values("raw").get()["raw"]
    assert case.pseudonym not in raw
    events = recordings()["offers.advicerun"].events
    assert [one.state for one in events.objects.filter(id=run.pk).order_by("pgh_id")][-1] == "done"
    assert not hasattr(events, "problem")


def test_whoever_asks_twice_gets_the_run_that_is_at_work(things) -> None:
    """Tests one run for the same wish, a refusal for another, and that lost work is given up."""
    centre, mission, day = things.places.world["centre"], things.places.mission, TODAY() + timedelta(days=3)
    first = ask_for_advice(things.centre, centre, mission, day)
    assert ask_for_advice(things.centre, centre, mission, day) == first
    with pytest.raises(RefusedError, match="Another flight is being worked out"):
        ask_for_advice(things.centre, centre, mission, day + timedelta(days=1))
    AdviceRun.unscoped.filter(pk=first.pk).update(heard_at=timezone.now() - GIVEN_UP)
    assert AdviceRun.unscoped.get().lost
    assert ask_for_advice(things.centre, centre, mission, day) != first
    assert find_advice(first.pk).state == RunState.FAILED


def test_asks_are_sent_once(things) -> None:
    """Tests that adopting sends one round to whoever keeps the hospital, keeps by whom, and that a second
    press sends nothing more; another choice afterwards is refused.
    """
    reached(things)
    things.place()
    things.place("7B-2")
    case, other = needing(things), needing(things, given_name="Іван")
    run = worked_out(things)
    made = adopt_advice(things.centre, run, [case.pk], in_a_day())
    assert adopt_advice(things.centre, run, [case.pk], in_a_day()) == made
    assert list(Ask.unscoped.values_list("case", "asked")) == [(case.pk, things.places.world["receiver"].pk)]
    kept = AdviceRun.unscoped.get(pk=run.pk)
    assert (kept.round, kept.adopted_by) == (made, things.centre.pk)
    with pytest.raises(RefusedError, match="were sent on"), transaction.atomic():
        adopt_advice(things.centre, run, [other.pk], in_a_day())
    with pytest.raises(NotAllowedError):
        adopt_advice(things.hospital, run, [case.pk], in_a_day())
    assert Round.unscoped.count() == 1


def test_a_case_that_is_withdrawn_meanwhile_stops_everything(things) -> None:
    """Tests the service's sentence and the page's, and that nothing is half sent."""
    reached(things)
    things.place()
    things.place("7B-2")
    case, gone = needing(things), needing(things, given_name="Іван")
    run, client = worked_out(things), sign_in(Client(), things.centre)
    act(things.ministry, gone.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    with pytest.raises(RefusedError, match=f"Nothing was sent: {gone.pseudonym} wait"), transaction.atomic():
        adopt_advice(things.centre, run, [case.pk, gone.pk], in_a_day())
    deadline = timezone.localtime(in_a_day().deadline).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(f"{PAGE}{run.pk}/", {"cases": [case.pk, gone.pk], "deadline": deadline})
    assert answer.status_code == 422
    assert "Nothing was sent" in answer.content.decode()
    assert (Ask.unscoped.count(), AdviceRun.unscoped.get().round) == (0, None)
    answer = client.post(f"{PAGE}{run.pk}/", {"cases": [case.pk], "deadline": deadline})
    assert answer.headers["Location"] == f"/offers/rounds/{Round.unscoped.get().pk}/"
    text = client.get(f"{PAGE}{run.pk}/").content.decode()
    assert "sent asks of this advice" in text
    assert "1 further ask is about a case" in text
    assert Ask.unscoped.get().state == AskState.OPEN


def test_what_is_decided_by_hand_is_kept_and_priced(things) -> None:
    """Tests a refusal, a pin, and what they cost in patients and in score.

    One place suits by 0.9 and one elsewhere by 0.7, as near: to go elsewhere costs 3 × 0.2 = 0.6 of score.
    Two decisions of which either suffices cost nothing each, and 0.6 together.
    """
    reached(things)
    things.place()
    hospital, other = things.places.hospital, second_hospital(things)
    case = needing(things, priority="P1")
    free = worked_out(things)
    assert free.asks[0]["hospital"] == str(hospital.pk)
    refused = worked_out(things, Wish(case.pk, hospital.pk, False, NotThere.TOO_FAR), after=free)
    assert refused.asks[0]["hospital"] == str(other.pk)
    (told,) = advice_of(things.centre, refused).decided
    assert told.reason == "too far for this patient"
    assert refused.facts["cost"]["lost"] == pytest.approx(0.6, abs=0.05)
    assert (refused.placed, refused.facts["cost"]["placed"]) == (1, 1)
    pinned = worked_out(things, Wish(case.pk, other.pk, True))
    assert (pinned.asks[0]["hospital"], pinned.asks[0]["pinned"]) == (str(other.pk), True)
    both = worked_out(
        things, Wish(case.pk, other.pk, True), Wish(case.pk, hospital.pk, False, NotThere.TOO_FAR)
    )
    assert both.facts["cost"]["lost"] == pytest.approx(0.6, abs=0.05)
    assert [one.lost for one in advice_of(things.centre, both).decided] == [0.0, 0.0]
    with pytest.raises(RefusedError, match="decided twice"):
        worked_out(things, Wish(case.pk, other.pk, True), Wish(case.pk, hospital.pk, True))
    with pytest.raises(RefusedError, match="Choose why"):
        worked_out(things, Wish(case.pk, other.pk, False))


def test_a_pin_that_cannot_be_kept_says_why(things) -> None:
    """Tests a case whose patient refuses the country, two for one place, and a case that waits no more."""
    reached(things)
    things.place()
    hospital = things.places.hospital
    case, other = needing(things), needing(things, given_name="Іван")
    both = [Wish(one.pk, hospital.pk, True) for one in (case, other)]
    run = worked_out(things, *both)
    assert run.state == RunState.FAILED
    assert "cannot all be kept" in run.trouble
    assert case.pseudonym in run.trouble
    Case.unscoped.filter(pk=case.pk).update(child=True)
    assert "No place for a child is left" in worked_out(things, both[0]).trouble


def test_the_pages(things) -> None:
    """Tests the list, a run at work, done, changed by hand and failed, as the centre sees them."""
    reached(things)
    things.place()
    case, mission = needing(things), things.places.mission
    client, day = sign_in(Client(), things.centre), TODAY() + timedelta(days=3)
    assert "Nobody has had a flight worked out" in client.get(PAGE).content.decode()
    asker = things.places.world["centre"].pk
    past = {"mission": mission.code, "asker": asker, "flight_day": TODAY() - timedelta(days=1)}
    assert "Expected a day of the next 28 days" in client.post(PAGE, past).content.decode()
    assert not AdviceRun.unscoped.exists()
    answer = client.post(PAGE, {**past, "flight_day": day})
    run = AdviceRun.unscoped.get()
    assert answer.headers["Location"] == f"{PAGE}{run.pk}/"
    assert "This is being worked out" in client.get(f"{PAGE}{run.pk}/").content.decode()
    find_advice(run.pk)
    text = client.get(f"{PAGE}{run.pk}/").content.decode()
    assert "1 ask would fill the flight" in text
    assert f'value="{case.pk}"' in text
    assert "<svg" in text
    assert "no ask sent" in client.get(PAGE).content.decode()
    again = f"{PAGE}{run.pk}/again/"
    assert "as the planner decides" in client.get(again).content.decode()
    wrong = client.post(
        again, {"flight_day": day, "case": "UA-00-0000", "hospital": things.places.hospital.pk}
    )
    assert "waits for a place in this mission" in wrong.content.decode()
    answer = client.post(again, {"flight_day": day, "wish-0": "too-far"})
    second = AdviceRun.unscoped.get(after=run)
    assert answer.headers["Location"] == f"{PAGE}{second.pk}/"
    find_advice(second.pk)
    text = client.get(f"{PAGE}{second.pk}/").content.decode()
    assert "1 patient fewer flies" in text
    assert "too far for this patient" in text
    assert "No ask would place a patient" in text


def test_who_may(things) -> None:
    """Tests that whoever asks nobody is refused, that another organisation finds no run, and that a mission
    without a hub tells what to do.
    """
    mission, day, centre = things.places.mission, TODAY() + timedelta(days=3), things.places.world["centre"]
    with pytest.raises(NotAllowedError):
        ask_for_advice(things.hospital, centre, mission, day)
    with pytest.raises(RefusedError, match="next 28 days"):
        ask_for_advice(things.centre, centre, mission, TODAY() + timedelta(days=29))
    region = things.places.world.people[Role.REGION]
    with pytest.raises(NotAllowedError), transaction.atomic():
        ask_for_advice(region, centre, mission, day)
    MissionCountry.unscoped.filter(mission=mission).delete()
    run = worked_out(things)
    assert "names no hub or no country" in run.trouble
    assert (run_for(things.centre, run.pk), run_for(region, run.pk)) == (run, None)
    assert (runs_of(things.centre, mission), runs_of(region, mission)) == ([run], [])
    assert sign_in(Client(), region).get(f"{PAGE}{run.pk}/").status_code == 404
    assert sign_in(Client(), things.hospital).get(f"{PAGE}{run.pk}/").status_code == 403


def test_the_advice_shows_only_what_is_open(things) -> None:
    """Tests that a region is told of the number of asks about cases that are not open to it."""
    reached(things)
    things.place()
    needing(things)
    told = advice_of(things.places.world.people[Role.REGION], worked_out(things))
    assert (told.questions, told.hidden) == ([], 1)


def test_programs(things) -> None:
    """Tests that a token of the centre has a flight worked out, reads and adopts the run, once."""
    reached(things)
    things.place()
    case, world = needing(things), things.places.world
    _token, told = make_token(
        world.people[Role.ADMINISTRATOR],
        world["centre"],
        name="X",
        role=Role.COORDINATION_CENTRE,
        scopes=["offers.read", "offers.write"],
        days=1,
    )
    client = Client(headers={"authorization": f"Bearer {told}"})
    wanted = {
        "mission": things.places.mission.code,
        "asker": str(world["centre"].pk),
        "flight_day": (TODAY() + timedelta(days=3)).isoformat(),
    }
    made = client.post("/api/advice", wanted, "application/json").json()
    assert made["state"] == "waiting"
    find_advice(AdviceRun.unscoped.get().pk)
    read = client.get(f"/api/advice/{made['id']}").json()
    assert read["asks"][0] | {"transit_minutes": 0} == {
        "case": str(case.pk),
        "hospital": str(things.places.hospital.pk),
        "pinned": False,
        "transit_minutes": 0,
        "can_be_sent": True,
        "ask": None,
    }
    sent = {"cases": [str(case.pk)], "deadline": in_a_day().deadline.isoformat()}
    rounds = [
        client.post(f"/api/advice/{made['id']}/adopt", sent, "application/json").json()["id"] for _ in "12"
    ]
    assert rounds[0] == rounds[1]
    (listed,) = client.get("/api/advice?state=done").json()["items"]
    assert listed["round"] == rounds[0]
    assert client.get(f"/api/advice/{made['id']}").json()["asks"][0]["ask"] == str(Ask.unscoped.get().pk)
