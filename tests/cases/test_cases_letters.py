"""The minister's letter: number, date, and every person whom it names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.test import Client
from needed import ask, with_companion
from world import sign_in

from medevac.cases.models import LettersPerson, MinistersLetter
from medevac.cases.requirements import needs_of
from medevac.cases.services import add_letter, name_persons, remove_letter
from medevac.cases.states import State
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role


def written(places: Places, number: str = "26-1/77") -> MinistersLetter:
    """A letter of today."""
    ministry = places.world.people[Role.MINISTRY]
    today = current_day()
    return add_letter(ministry, places.world["ministry"], places.mission, number=number, dated=today)


def test_the_border_waits_until_one_letter_names_everybody(places: Places) -> None:
    """Tests patient and companion: two letters that name one each are not one that names both."""
    ask(places, "minister-letter", blocks="board")
    case, ministry = filed(places), places.world.people[Role.MINISTRY]
    mother = with_companion(places, case)

    def state() -> str:
        return needs_of(case)[0].state

    first, second = written(places), written(places, "26-1/78")
    name_persons(ministry, first, case)
    name_persons(ministry, second, case, patient=False, companions=[mother])
    assert state() == "missing"
    name_persons(ministry, first, case, companions=[mother])
    assert state() == "there"
    with_companion(places, case, given_name="Марко", relation="father", sex="male")
    assert state() == "missing"
    name_persons(ministry, first, case, patient=False)
    assert LettersPerson.unscoped.filter(letter=first).count() == 0


def test_only_the_ministry_keeps_letters(places: Places) -> None:
    """Tests who writes a letter, who sees it, a date in the future and a number that is there already."""
    case, people = filed(places), places.world.people
    letter, today = written(places), current_day()
    for role in (Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR, Role.FLIGHT_DESK):
        with pytest.raises(NotAllowedError):
            add_letter(people[role], places.world["ministry"], places.mission, number="1", dated=today)
        with pytest.raises(NotAllowedError):
            name_persons(people[role], letter, case)
    with pytest.raises(RefusedError, match="future"):
        add_letter(
            people[Role.MINISTRY], places.world["ministry"], places.mission,
            number="1", dated=today + timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(RefusedError):
        written(places)
    hospital = people[Role.HOSPITAL_COORDINATOR]
    assert not visible(hospital, MinistersLetter.objects.all()).exists()
    name_persons(people[Role.MINISTRY], letter, case)
    assert visible(hospital, MinistersLetter.objects.all()).get() == letter


def test_companions_of_others_are_refused(places: Places) -> None:
    """Tests that a letter names for a case only who belongs to it."""
    case, other = filed(places), filed(places, family_name="Коваль")
    mother = with_companion(places, other)
    with pytest.raises(RefusedError, match="companions of case"):
        name_persons(places.world.people[Role.MINISTRY], written(places), case, companions=[mother])


def test_a_letter_that_was_used_stays(places: Places) -> None:
    """Tests that a mistake is removed with whom it named, and a letter of somebody on board is not."""
    case, ministry = filed(places), places.world.people[Role.MINISTRY]
    letter = written(places)
    name_persons(ministry, letter, case)
    in_state(case, State.BOARDED)
    with pytest.raises(RefusedError, match=case.pseudonym):
        remove_letter(ministry, letter)
    in_state(case, State.BOOKED)
    remove_letter(ministry, letter)
    assert not MinistersLetter.unscoped.exists()


def test_letters_on_their_pages(places: Places) -> None:
    """Tests a letter from its form to whom it names, and its removal."""
    ask(places, "minister-letter", blocks="board")
    case = filed(places)
    mother = with_companion(places, case)
    client = sign_in(Client(), places.world.people[Role.MINISTRY])
    values = {
        "owner": str(places.world["ministry"].pk), "mission": str(places.mission.pk), "number": "26-1/99",
        "dated": current_day().isoformat(),
    }  # fmt: skip
    answer = client.post("/cases/letters/add/", values, follow=True)
    assert "Letter 26-1/99" in answer.content.decode()
    letter = MinistersLetter.unscoped.get()
    assert "26-1/99" in client.get("/cases/letters/").content.decode()
    named = {"letter": str(letter.pk), "patient": "on", "companions": [str(mother.pk)]}
    shown = client.post(f"/cases/{case.pk}/letter/", named, follow=True).content.decode()
    assert "(2 of 2 persons)" in shown
    assert "2 persons" in client.get(f"/cases/letters/{letter.pk}/").content.decode()
    client.post(f"/cases/letters/{letter.pk}/remove/")
    assert not MinistersLetter.unscoped.exists()
    hospital = sign_in(Client(), places.world.people[Role.HOSPITAL_COORDINATOR])
    assert hospital.get("/cases/letters/").status_code == 403
