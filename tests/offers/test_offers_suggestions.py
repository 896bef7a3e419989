"""Tests what fits a case, whom a country could help and whom to ask: in words, as far as one may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from advised_things import worked_out
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from fitting_things import needing, reached
from offer_things import TODAY
from world import sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.models import Look
from medevac.cases.models import Case, Person
from medevac.directory.models import EligibilityRule
from medevac.directory.services.hospitals import write_specialties
from medevac.offers.models import Answer, Ask, Place, Round
from medevac.offers.selectors.suggestions import help_of, suggestions_for
from medevac.offers.services.places import add_places
from medevac.offers.states import AskState, PoolKind
from medevac.people.roles import Role


def found_for(user, case: Case):
    """What is suggested to a user for a case."""
    return suggestions_for(user, Case.unscoped.select_related("mission", "person", "family").get(pk=case.pk))


def against(user, case: Case) -> list[str]:
    """What stands against the Norwegian hospital, in words."""
    (row,) = found_for(user, case).others
    return row.against


def stop_soldiers(things, case: Case, *, country: str = "NO") -> None:
    """The patient is a soldier, and Norway takes none."""
    Person.unscoped.filter(pk=case.person_id).update(service=Person.Service.MILITARY)
    EligibilityRule.unscoped.create(
        mission=things.places.mission,
        country=country,
        group="soldier",
        reason="Decision of 3 May",
        first_day=TODAY(),
    )


def asked(things, case: Case, organisation: str = "receiver", state: AskState = AskState.OPEN) -> Ask:
    """A question of the centre."""
    made = Round.unscoped.create(
        mission=things.places.mission,
        asker=things.places.world["centre"],
        deadline=timezone.now() + timedelta(days=1),
        made_by=things.centre.pk,
    )
    return Ask.unscoped.create(round=made, case=case, asked=things.places.world[organisation], state=state)


def no(things, ask: Ask, **values) -> Answer:
    """The hospital has no staff."""
    given = {"channel": "service", "answerer": "Ward leader", "recorded_by": things.hospital.pk}
    return Answer.unscoped.create(
        ask=ask, yes=False, no_reason="no-staff", answered_at=timezone.now(), **{**given, **values}
    )


def test_a_hospital_that_fits_says_why(things) -> None:
    """Tests the sentences: two places, suitability 0.9, Norway is preferred, the way, the first day."""
    reached(things)
    things.place()
    things.place("7B-2")
    case = needing(things, preferred_countries=["NO"])
    (row,) = found_for(things.centre, case).fitting
    assert row.hospital == things.places.hospital
    assert row.reasons[0] == "2 free places in orthopaedics."
    assert row.reasons[1] == "The patient would like to go to Norway."
    assert row.reasons[2] == "Suits what the patient needs: 90 of 100."
    assert row.reasons[3].endswith("from the hub to the hospital by the shortest flight.")
    assert row.reasons[4].startswith("Possible from ")
    assert row.against == []


def test_places_that_nobody_has_confirmed_lately(things) -> None:
    """Tests that a hospital that fits by what was true ten days ago is marked."""
    reached(things)
    place = things.place()
    case = needing(things)
    assert found_for(things.centre, case).fitting[0].stale_since is None
    old = timezone.now() - timedelta(days=10)
    Place.unscoped.filter(pk=place.pk).update(confirmed_at=old)
    assert found_for(things.centre, case).fitting[0].stale_since == old
    page = sign_in(Client(), things.centre).get(f"/offers/for-case/{case.pk}/").content.decode()
    assert "ask before you count on them" in page


@pytest.mark.parametrize(
    ("needs", "sentence"),
    [
        ({"specialties": ["burns", "orthopaedics"]}, "No place in burns is free in the next 14 days."),
        ({"child": True}, "No place for a child is left."),
        ({"companions_count": 2}, "It can house 0 companions, and 2 come along."),
        ({"position": "intensive"}, "No intensive care place is left."),
        ({"refused_countries": ["NO"]}, "The patient does not want to go to Norway."),
        ({"ready_from": TODAY() + timedelta(days=30)}, "after the days that are looked at."),
    ],
)
def test_what_stands_against_it_is_told(things, needs, sentence) -> None:
    """Tests each reason in words."""
    reached(things)
    things.place()
    case = needing(things)
    Case.unscoped.filter(pk=case.pk).update(**needs)
    assert any(one.endswith(sentence) for one in against(things.ministry, case))


def test_rooms_and_roads(things) -> None:
    """Tests a hospital without isolation rooms, and one without an airport."""
    things.place()
    case = needing(things)
    assert "No airport is named for the hospital" in against(things.ministry, case)[0]
    reached(things)
    things.pool(PoolKind.ISOLATION, 0)
    assert against(things.ministry, case) == ["No isolation room is left."]


def test_a_reason_that_is_personal_is_told_to_those_only_who_may_know(things) -> None:
    """Tests that the ministry reads that a soldier is stopped, by a look on record; the centre does not."""
    reached(things)
    things.place()
    case = needing(things)
    stop_soldiers(things, case)
    with acting(Acting(actor=things.ministry.pk)):
        assert "soldiers" in against(things.ministry, case)[0]
    assert Look.unscoped.filter(
        actor=things.ministry.pk, right="see.personal", things__contains=[case.pk]
    ).exists()
    with acting(Acting(actor=things.centre.pk)):
        (told,) = against(things.centre, case)
    assert told == "Norway does not take this patient at present, by a rule of eligibility."
    assert not Look.unscoped.filter(actor=things.centre.pk, right="see.personal").exists()
    page = sign_in(Client(), things.centre).get(f"/offers/for-case/{case.pk}/").content.decode()
    assert "soldier" not in page
    assert "Decision of 3 May" not in page
    assert "by a rule of eligibility" in page


def test_an_answer_is_told_to_those_only_who_may_read_it(things) -> None:
    """Tests that whoever has asked reads the hospital's no; the ministry, which may not, is shown a fit."""
    reached(things)
    things.place()
    case = needing(things)
    no(things, asked(things, case, state=AskState.ANSWERED))
    assert against(things.centre, case) == ["The hospital has said no: no staff for another patient."]
    assert len(found_for(things.ministry, case).fitting) == 1


def test_a_no_of_the_region_speaks_for_its_hospitals(things) -> None:
    """Tests that a region that is asked answers for every hospital below it."""
    reached(things)
    things.place()
    case = needing(things)
    no(things, asked(things, case, "region", AskState.ANSWERED))
    assert found_for(things.centre, case).fitting == []


def test_an_open_question_is_told(things) -> None:
    """Tests that a hospital that has been asked is marked with the deadline."""
    reached(things)
    things.place()
    case = needing(things)
    ask = asked(things, case, "region")
    (row,) = found_for(things.centre, case).fitting
    assert row.asked_until == ask.round.deadline


def test_the_panel_and_the_page(things) -> None:
    """Tests that the panel stands on the case page of those who may offer, and of nobody else."""
    reached(things)
    things.place()
    case = needing(things)
    page = sign_in(Client(), things.centre).get(f"/cases/{case.pk}/").content.decode()
    assert "Places that fit" in page
    assert "1 free place in orthopaedics." in page
    assert f'href="/offers/for-case/{case.pk}/?all=1"' in page
    coordinator = things.places.world.people[Role.HOSPITAL_COORDINATOR]
    assert "Places that fit" not in sign_in(Client(), coordinator).get(f"/cases/{case.pk}/").content.decode()
    assert sign_in(Client(), coordinator).get(f"/offers/for-case/{case.pk}/").status_code == 403
    whole = sign_in(Client(), things.centre).get(f"/offers/for-case/{case.pk}/").content.decode()
    assert "1 hospital fits" in whole


def test_empty_states_say_what_to_do(things) -> None:
    """Tests a case without needs, one that nobody treats, and one for which nothing fits."""
    client = sign_in(Client(), things.centre)
    bare = things.case()
    assert (
        "which specialties the patient needs" in client.get(f"/offers/for-case/{bare.pk}/").content.decode()
    )
    rare = needing(things, "transplantation", given_name="Іван")
    assert "treats what the patient needs" in client.get(f"/offers/for-case/{rare.pk}/").content.decode()
    none = needing(things, given_name="Олена")
    text = client.get(f"/offers/for-case/{none.pk}/").content.decode()
    assert "No hospital with a free place fits at present" in text
    assert "1 hospital does not fit, and why" in text


def test_a_country_helps_whom_the_score_counts_most(things) -> None:
    """Tests that a P1 case stands before a P3 case, and that what is lacking is counted by specialty."""
    reached(things)
    things.place()
    routine = needing(things, priority="P3")
    urgent = needing(things, priority="P1", given_name="Іван")
    needing(things, "burns", given_name="Олена")
    found = help_of(things.centre, things.places.mission, "NO")
    assert [one.case.pk for one in found.helped] == [urgent.pk, routine.pk]
    assert (found.number, found.asked_about) == (2, 3)
    assert found.wanted == [("burns", 1)]
    text = sign_in(Client(), things.centre).get("/offers/help/").content.decode()
    assert text.index(urgent.pseudonym) < text.index(routine.pseudonym)
    assert "Places in burns: 1 case lacks one" in text


def test_a_country_is_shown_what_is_open_to_the_reader(things) -> None:
    """Tests that a region that is not asked for a case does not read of it here."""
    reached(things)
    things.place()
    case = needing(things)
    region = things.places.world.people[Role.REGION]
    assert help_of(region, things.places.mission, "NO").asked_about == 0
    asked(things, case, "region")
    assert [one.case.pk for one in help_of(region, things.places.mission, "NO").helped] == [case.pk]


@pytest.mark.parametrize(
    "path",
    [
        "/offers/for-case/{case}/",
        "/offers/help/",
        "/offers/whom-to-ask/",
        "/offers/whom-to-ask/{run}/",
        "/offers/whom-to-ask/{run}/again/",
        "/cases/{case}/",
    ],
)
def test_queries_do_not_grow(things, path) -> None:
    """Tests that four times as many hospitals, places and cases cost no more queries."""
    reached(things)
    things.place()
    case = needing(things)
    client = sign_in(Client(), things.centre)
    run = worked_out(things)
    client.get(path.format(case=case.pk, run=run.pk))  # the first request of a session writes more

    def queries() -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get(path.format(case=case.pk, run=run.pk)).status_code == 200
        return len(told)

    before = queries()
    from directory_places import kept

    for number in range(3):
        receiver = things.places.world["receiver"]
        hospital = kept(receiver, f"NO-{number}", f"Hospital {number}", "Oslo", "NO")
        write_specialties(hospital, {"orthopaedics": 0.7})
        reached(things, hospital)
        values = {"label": "1", "specialty": "orthopaedics", "first_day": TODAY()}
        add_places(things.hospital, hospital, things.places.mission, values, count=4)
        needing(things, given_name=f"Іван {number}")
    run = worked_out(things)
    queries()  # the map of a run is drawn once
    assert queries() <= before
