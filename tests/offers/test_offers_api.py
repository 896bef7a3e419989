"""Tests that programs keep places, offer them and record choices as their role would, and nothing more."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import offer_things
import pytest
from django.test import Client
from django.utils import timezone
from offer_things import Things
from world import member, person

from medevac.api import services
from medevac.audit.context import Acting, acting
from medevac.audit.models import Look
from medevac.cases.selectors.timeline import timeline_of
from medevac.cases.states import State
from medevac.offers.models import Choice, Hold, Offer, Place
from medevac.offers.services.choosing import choose
from medevac.offers.services.offering import OfferFacts, draft_offer
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.roles import Role

READ, WRITE, CHOOSE, PERSONAL = "offers.read", "offers.write", "offers.choose", "cases.read_personal"


def program(things: Things, place: str, role: Role, *scopes: str) -> Any:
    """A function that asks with a token of an organisation."""
    world = things.places.world
    actor = world.people[Role.ADMINISTRATOR]
    if place == "stranger_hospital":  # another owner's, who has an administrator of its own
        actor = person("other")
        member(actor, world["stranger"], Role.ADMINISTRATOR)
    _token, told = services.make_token(actor, world[place], name="X", role=role, scopes=scopes, days=1)

    def ask(verb: str, path: str, **values: Any) -> Any:
        body = json.dumps(values) if verb != "GET" else ""
        headers = {"Authorization": f"Bearer {told}"}
        return Client().generic(verb, f"/api{path}", body, "application/json", headers=headers)

    return ask


def hospital_program(things: Things) -> Any:
    """The program of the Norwegian hospital."""
    return program(things, "receiver", Role.RECEIVING_HOSPITAL, READ, WRITE)


def centre_program(things: Things) -> Any:
    """The program of the Norwegian centre."""
    return program(things, "centre", Role.COORDINATION_CENTRE, READ, WRITE)


def new_places(things: Things, **more: Any) -> dict[str, Any]:
    """A place of the Norwegian hospital, from today on."""
    return {
        "mission": "ukraine",
        "hospital": str(things.places.hospital.pk),
        "label": "7B",
        "specialty": "orthopaedics",
        "first_day": current_day().isoformat(),
        **more,
    }


def new_offer(things: Things, case: Any, place: Any, **more: Any) -> dict[str, Any]:
    """What the centre offers."""
    return {
        "case": str(case.pk),
        "organisation": str(things.places.world["centre"].pk),
        "place": str(place.pk),
        "earliest_day": (current_day() + timedelta(days=2)).isoformat(),
        **more,
    }


def new_choice(offer: Offer, **more: Any) -> dict[str, Any]:
    """What the patient chose."""
    return {
        "offer": str(offer.pk),
        "chooser": "patient",
        "chooser_name": "Згурський Юрій",
        "language": "українська",
        "chosen_at": (timezone.now() - timedelta(minutes=1)).isoformat(),
        **more,
    }


def test_a_hospital_keeps_its_places(things: Things) -> None:
    """Tests adding, changing as read, confirming and taking back, and what is refused."""
    ask = hospital_program(things)
    added = ask("POST", "/places", **new_places(things, count=2)).json()["places"]
    assert [one["label"] for one in added] == ["7B 1", "7B 2"]
    again = ask("POST", "/places", **new_places(things, count=2))
    assert (again.status_code, Place.unscoped.count()) == (409, 2)
    path = f"/places/{added[0]['id']}"
    changed = ask("PATCH", path, version=1, fields={"competence": "burns"}).json()
    assert (changed["version"], changed["competence"], changed["label"]) == (2, "burns", "7B 1")
    assert ask("PATCH", path, version=1, fields={"competence": "x"}).status_code == 409
    Place.unscoped.update(confirmed_at=timezone.now() - timedelta(days=60))
    assert [one["stale"] for one in ask("GET", "/places").json()["items"]] == [True, True]
    assert ask("POST", "/places/confirm", places=[one["id"] for one in added]).json() == {"confirmed": 2}
    assert ask("GET", path).json()["stale"] is False
    closed = ask("POST", f"{path}/close", reason="renovation").json()
    assert closed["closed_reason"] == "renovation"
    assert ask("GET", "/places").json()["count"] == 1
    assert ask("GET", "/places?closed=true").json()["count"] == 2
    assert ask("GET", "/places?limit=201").status_code == 422
    assert ask("POST", "/places", **new_places(things, first_day="9999-12-31")).status_code == 409
    foreign = new_places(things, hospital=str(things.places.foreign.pk))
    assert ask("POST", "/places", **foreign).status_code == 404


def test_pools_are_set_and_never_below_what_is_promised(things: Things) -> None:
    """Tests setting and reading a pool, and the refusal that names the case."""
    ask = hospital_program(things)
    values = {"mission": "ukraine", "hospital": str(things.places.hospital.pk), "kind": "isolation"}
    assert ask("PUT", "/pools", **values, number=1).json()["number"] == 1
    case = things.case()
    things.offer(case, things.place())
    refused = ask("PUT", "/pools", **values, number=0)
    assert refused.status_code == 409
    assert case.pseudonym in refused.json()["detail"]
    day = current_day().isoformat()
    listed = ask("GET", f"/pools?kind=isolation&day={day}").json()["items"]
    assert [(one["kind"], one["number"]) for one in listed] == [("isolation", 1)]


def test_an_offer_is_made_once_and_holds_its_place(things: Things) -> None:
    """Tests drafting, sending, sending twice, holds as they are read, losing and withdrawing."""
    ask, case, place = centre_program(things), things.case(), things.place()
    draft = ask("POST", "/offers", **new_offer(things, case, place, send=False))
    assert draft.status_code == 200, draft.content
    assert (draft.json()["state"], Hold.unscoped.count()) == ("draft", 0)
    sent = [ask("POST", "/offers", **new_offer(things, case, place)).json() for _ in range(2)]
    assert [(one["id"], one["state"]) for one in sent] == [(draft.json()["id"], "sent")] * 2
    assert Offer.unscoped.count() == 1
    (held,) = ask("GET", f"/holds?case={case.pk}").json()["items"]
    assert (held["state"], held["offer"], held["hospital"]) == (
        "offered",
        draft.json()["id"],
        str(things.places.hospital.pk),
    )
    assert ask("GET", f"/holds/{held['id']}").json() == held
    free = f"/places?free_on={held['first_day']}"
    assert ask("GET", free).json()["count"] == 0
    path = f"/offers/{draft.json()['id']}"
    assert ask("POST", f"{path}/send").status_code == 409
    assert ask("POST", f"{path}/lose", reason="place-lost").status_code == 409
    assert ask("POST", f"{path}/withdraw", reason="boarded").status_code == 409
    gone = ask("POST", f"{path}/withdraw", reason="staff-lost").json()
    assert (gone["state"], gone["reason"]) == ("withdrawn", "staff-lost")
    assert ask("POST", f"{path}/withdraw", reason="staff-lost").status_code == 409
    assert ask("GET", free).json()["count"] == 1
    assert ask("GET", "/offers?state=withdrawn").json()["count"] == 1
    with acting(Acting(actor=things.ministry.pk)):
        told = timeline_of(things.ministry, case)
    assert [one.who for one in told if "offer" in one.sentence] == ["X (centre)"] * len(told[:-1])


def test_a_choice_is_recorded_once_and_its_names_are_a_look(things: Things) -> None:
    """Tests choosing over the API, names by scope with the look, and that a second choice is refused."""
    case = things.case()
    first, second = (things.offer(case, things.place(f"{n}")) for n in range(2))
    ask = program(things, "ministry", Role.MINISTRY, READ, CHOOSE)
    done = ask("POST", "/choices", **new_choice(first, second=str(second.pk)))
    assert done.status_code == 200, done.content
    told = done.json()
    assert (told["chosen"], told["second"]) == (str(first.pk), str(second.pk))
    assert (told["chooser_name"], told["interpreter"]) == (None, None)
    assert not Look.unscoped.filter(right="see.personal", actor_kind="token").exists()
    case.refresh_from_db()
    assert case.state == State.CHOSEN
    again = ask("POST", "/choices", **new_choice(first))
    assert (again.status_code, Choice.unscoped.count()) == (409, 1)
    named = program(things, "ministry", Role.MINISTRY, READ, PERSONAL)
    (listed,) = named("GET", "/choices?holding=true").json()["items"]
    assert listed["chooser_name"] == "Згурський Юрій"
    assert named("GET", f"/choices/{listed['id']}").json() == listed
    assert Look.unscoped.filter(right="see.personal", actor_kind="token", things__contains=[case.pk]).exists()
    assert named("POST", "/choices", **new_choice(second)).status_code == 403
    lost = centre_program(things)("POST", f"/offers/{first.pk}/lose", reason="isolation-lost").json()
    assert lost["state"] == "withdrawn"
    assert ask("GET", "/choices?holding=true").json()["count"] == 0
    assert ask("POST", "/choices", **new_choice(second)).status_code == 200


def test_a_child_does_not_choose_alone(things: Things) -> None:
    """Tests that a refusal of the service is a 409 with its sentence, and changes nothing."""
    things.pool(PoolKind.CHILD, 1)
    case = things.case(birth_year=current_day().year - 9)
    offer = things.offer(case, things.place())
    ask = program(things, "ministry", Role.MINISTRY, READ, CHOOSE)
    refused = ask("POST", "/choices", **new_choice(offer))
    assert refused.status_code == 409
    assert "A child does not choose alone" in refused.json()["detail"]
    assert Choice.unscoped.count() == 0


# Role and place; whether it reads places, the offer that was sent, the draft of the centre, and the choice.
TABLE = [
    (Role.COORDINATION_CENTRE, "centre", True, True, True, True),
    (Role.REGION, "region", True, True, False, True),
    (Role.RECEIVING_HOSPITAL, "receiver", True, True, False, True),
    (Role.MINISTRY, "ministry", True, True, False, True),
    (Role.HOSPITAL_COORDINATOR, "other_hospital", True, True, False, False),
    (Role.FLIGHT_DESK, "desk", True, True, False, False),
    (Role.RECEIVING_HOSPITAL, "stranger_hospital", False, False, False, False),
]


@pytest.mark.parametrize(("role", "place", "places", "sent", "draft", "choice"), TABLE)
def test_a_token_reads_what_its_role_sees(
    things: Things, role: Role, place: str, places: bool, sent: bool, draft: bool, choice: bool
) -> None:
    """Tests that a draft is told to its own side, a choice where the person is open, a stranger nothing."""
    case = things.case()
    offer = things.offer(case, things.place("one"))
    facts = OfferFacts(earliest_day=current_day() + timedelta(days=2))
    drafted = draft_offer(things.centre, case, things.places.world["centre"], things.place("two"), facts)
    choose(things.ministry, offer, offer_things.chosen())
    ask = program(things, place, role, READ)
    assert bool(ask("GET", "/places").json()["count"]) == places
    assert bool(ask("GET", "/pools").json()["count"]) == places
    assert bool(ask("GET", "/holds").json()["count"]) == places
    listed = {one["id"] for one in ask("GET", "/offers").json()["items"]}
    assert listed == {str(one.pk) for one, open_ in ((offer, sent), (drafted, draft)) if open_}
    assert ask("GET", f"/offers/{drafted.pk}").status_code == (200 if draft else 404)
    assert bool(ask("GET", "/choices").json()["count"]) == choice
    assert ask("POST", "/places", **new_places(things, label="x")).status_code == 403  # without the scope


def test_writing_stays_within_the_role(things: Things) -> None:
    """Tests that another's place, offer and case are not written, whatever the scopes."""
    place, case = things.place(), things.case()
    offer = things.offer(case, place)
    ministry = program(things, "ministry", Role.MINISTRY, READ, WRITE, CHOOSE)
    assert ministry("POST", f"/places/{place.pk}/close", reason="x").status_code == 403
    stranger = program(things, "stranger_hospital", Role.RECEIVING_HOSPITAL, READ, WRITE)
    assert stranger("POST", f"/places/{place.pk}/close", reason="x").status_code == 404
    assert stranger("POST", f"/offers/{offer.pk}/withdraw", reason="staff-lost").status_code == 404
    assert stranger("POST", "/offers", **new_offer(things, case, place)).status_code == 404
    receiver = hospital_program(things)
    assert receiver("POST", "/choices", **new_choice(offer)).status_code == 403
    assert receiver("POST", "/offers", **new_offer(things, case, place)).status_code == 403
    offer.refresh_from_db()
    assert offer.state == "sent"


def test_lists_ask_few_questions(things: Things, django_assert_max_num_queries: Any) -> None:
    """Tests that the number of queries does not grow with the rows."""
    things.pool(PoolKind.ISOLATION, 9)
    for number in range(5):
        things.offer(things.case(given_name=f"Іван{number}"), things.place(f"{number}"))
    ask = centre_program(things)
    for path in ("/places", "/pools", "/offers", "/holds", "/choices"):
        with django_assert_max_num_queries(16):
            assert ask("GET", path).status_code == 200
