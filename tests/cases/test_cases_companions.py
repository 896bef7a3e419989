"""Who travels along, and who is of one family."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.test import Client
from needed import with_companion
from world import sign_in

from medevac.cases.models import Case, Companion, FamilyGroup, LettersPerson
from medevac.cases.services import (
    CaseFacts,
    PersonFacts,
    add_letter,
    change_companion,
    file_case,
    join_family,
    leave_family,
    name_persons,
    remove_companion,
)
from medevac.cases.states import State
from medevac.directory.models import Mission
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

HOSPITAL = Role.HOSPITAL_COORDINATOR


def test_names_are_written_in_both_scripts_and_counted(places: Places) -> None:
    """Tests Ukraine's table, a correction by hand that stays, and the number of companions of the case."""
    hospital, case = places.world.people[HOSPITAL], filed(places)
    mother = with_companion(places, case)
    assert (mother.latin_family_name, mother.latin_given_name) == ("Zghurska", "Yuliia")
    mother = change_companion(hospital, mother, {"latin_family_name": "Zgurska"})
    mother = change_companion(hospital, mother, {"family_name": "Згурська-Коваль", "given_name": "Олена"})
    assert (mother.latin_family_name, mother.latin_given_name) == ("Zgurska", "Olena")
    with_companion(places, case, given_name="Марко", sex="male", relation="father")
    case.refresh_from_db()
    assert case.companions_count == 2
    remove_companion(hospital, mother)
    case.refresh_from_db()
    assert case.companions_count == 1


def test_a_wrong_companion_is_refused(places: Places) -> None:
    """Tests a birth in the future, a missing relation, an ended case and a foreign hand."""
    case = filed(places)
    with pytest.raises(RefusedError, match="birth"):
        with_companion(places, case, birth_date=current_day() + timedelta(days=1))
    with pytest.raises(RefusedError, match="relation"):
        with_companion(places, case, relation="")
    foreign = filed(places, place="other_hospital", role=Role.MINISTRY, family_name="Коваль")
    with pytest.raises(NotAllowedError):
        with_companion(places, foreign)
    in_state(case, State.WITHDRAWN)
    with pytest.raises(RefusedError, match="has ended"):
        with_companion(places, case)
    assert not Companion.unscoped.exists()


def test_a_companion_who_stays_leaves_the_letters(places: Places) -> None:
    """Tests that a letter names nobody any more who does not go along."""
    case, ministry = filed(places), places.world.people[Role.MINISTRY]
    mother = with_companion(places, case)
    letter = add_letter(
        ministry, places.world["ministry"], places.mission, number="26-1", dated=current_day()
    )
    name_persons(ministry, letter, case, companions=[mother])
    remove_companion(places.world.people[HOSPITAL], mother)
    assert [person.companion for person in LettersPerson.unscoped.all()] == [None]


def test_a_family_joins_and_leaves(places: Places) -> None:
    """Tests three cases of one family, and that the last two who part leave no family behind."""
    hospital = places.world.people[HOSPITAL]
    first, second, third = (filed(places, family_name=name) for name in ("Один", "Два", "Три"))
    family = join_family(hospital, first, second)
    assert join_family(hospital, third, first, together="same-stop") == family
    assert {case.family_id for case in Case.unscoped.all()} == {family.pk}
    assert FamilyGroup.unscoped.get().together == "same-stop"
    leave_family(hospital, first)
    assert Case.unscoped.filter(family=family).count() == 2
    leave_family(hospital, second)
    assert not Case.unscoped.filter(family__isnull=False).exists()
    assert not FamilyGroup.unscoped.exists()
    with pytest.raises(RefusedError, match="of no family"):
        leave_family(hospital, second)


def test_one_family_cannot_leave_from_two_hubs(places: Places) -> None:
    """Tests that cases of two missions, of two families, or a case with itself make no family."""
    hospital = places.world.people[HOSPITAL]
    other = Mission.unscoped.create(
        code="gaza", name_en="G", name_nb="G", name_uk="G", owner=places.world["owner"],
        first_day=date(2022, 5, 1),
    )  # fmt: skip
    elsewhere = file_case(
        hospital,
        CaseFacts(other, places.world["hospital"], PersonFacts(birth_year=1990, family_name="Інша"), "Burns"),
    )
    cases = [filed(places, family_name=name) for name in ("Один", "Два", "Три", "Чотири")]
    with pytest.raises(RefusedError, match="two hubs"):
        join_family(hospital, cases[0], elsewhere)
    with pytest.raises(RefusedError, match="another case"):
        join_family(hospital, cases[0], cases[0])
    join_family(hospital, cases[0], cases[1])
    join_family(hospital, cases[2], cases[3])
    with pytest.raises(RefusedError, match="two families"):
        join_family(hospital, cases[0], cases[2])


def test_companions_and_families_on_their_pages(places: Places) -> None:
    """Tests the forms as people send them, and that a neighbour's case is no family's."""
    case = filed(places)
    other = filed(places, family_name="Коваль")
    foreign = filed(places, place="other_hospital", role=Role.MINISTRY, family_name="Чужий")
    client = sign_in(Client(), places.world.people[HOSPITAL])
    values = {
        "family_name": "Згурська", "given_name": "Юлія", "birth_date": "1980-05-06", "sex": "female",
        "relation": "mother", "luggage_kg": "20",
    }  # fmt: skip
    shown = client.post(f"/cases/{case.pk}/companions/add/", values, follow=True).content.decode()
    assert "Zghurska Yuliia" in shown
    companion = Companion.unscoped.get()
    client.post(f"/cases/companions/{companion.pk}/", {**values, "latin_given_name": "Julia"})
    assert Companion.unscoped.get().latin_given_name == "Julia"
    joined = {"pseudonym": other.pseudonym.lower(), "together": "together"}
    shown = client.post(f"/cases/{case.pk}/family/", joined, follow=True).content.decode()
    assert f">{other.pseudonym}</a>" in shown
    wrong = {"pseudonym": foreign.pseudonym, "together": "together"}
    assert "is yours to change" in client.post(f"/cases/{case.pk}/family/", wrong).content.decode()
    client.post(f"/cases/{case.pk}/family/leave/")
    client.post(f"/cases/companions/{companion.pk}/remove/")
    assert not Companion.unscoped.exists()
    stranger = sign_in(Client(), places.world.people[Role.OBLAST_COORDINATOR])
    assert stranger.get(f"/cases/{foreign.pk}/companions/add/").status_code == 404
