"""Tests that specialties are named in the reader's language, and hospitals stand in the reader's order."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from directory_places import Places, kept
from django.test import Client
from django.utils import translation
from world import sign_in

from medevac.directory.models import Hospital
from medevac.directory.selectors.places import hospitals_for
from medevac.directory.services.hospitals import write_specialties
from medevac.directory.specialties import NAMES, in_reading_order, specialty_name
from medevac.people.roles import Role
from medevac.tables.facilities.assumption import ASSUMED


def test_every_known_specialty_has_a_name_in_three_languages() -> None:
    """Tests the words of the example week and of the import: each is named, and by no English word."""
    week = json.loads((files("medevac.planner") / "example" / "week.json").read_text(encoding="utf-8"))
    used = {name for row in week["hospitals"] for name in row["places"]}
    used |= {name for row in week["patients"] for name in row["needs"]}
    used |= {name for offer in ASSUMED.values() if offer for name in offer.places}
    assert used <= set(NAMES)
    for code in NAMES:
        names = set()
        for language in ("en", "nb", "uk"):
            with translation.override(language):
                names.add(specialty_name(code))
        assert len(names) == 3 or code in SAME, code
    assert specialty_name("sports-medicine") == "sports medicine"


SAME = {"rehabilitation"}


@pytest.mark.parametrize(("language", "shown"), [("en", "burns"), ("nb", "brannskader"), ("uk", "опіки")])
def test_pages_name_them(places: Places, language: str, shown: str) -> None:
    """Tests the list with its filter, the hospital's page, its form and the trial of an import."""
    write_specialties(places.hospital, {"burns": 0.9, "sports-medicine": 1})
    user = places.world.people[Role.REGION]
    user.language = language
    user.save()
    client = sign_in(Client(), user)
    page = f"/directory/hospitals/{places.hospital.pk}/"
    for address in ("/directory/hospitals/?specialty=burns", page, f"{page}change/"):
        text = client.get(address).content.decode()
        assert shown in text.casefold(), address
        assert "sports medicine" in text.casefold(), address
    listed = client.get("/directory/hospitals/").content.decode()
    assert '<span lang="en">sports medicine</span>' in listed


def test_the_form_writes_what_is_filled_in(places: Places) -> None:
    """Tests that numbers are kept, empty fields end a specialty, and a number above 1 is told by name."""
    write_specialties(places.hospital, {"burns": 0.9, "sports-medicine": 1})
    client = sign_in(Client(), places.world.people[Role.REGION])
    address = f"/directory/hospitals/{places.hospital.pk}/specialties/"
    client.post(address, {"oncology": "0.8", "sports-medicine": "1"})
    treated = dict(places.hospital.specialties.values_list("specialty", "suitability"))
    assert treated == {"oncology": 0.8, "sports-medicine": 1}
    answer = client.post(address, {"oncology": "7"}, follow=True)
    assert "Cancer: " in answer.content.decode()
    assert dict(places.hospital.specialties.values_list("specialty", "suitability")) == treated


def test_hospitals_stand_in_the_readers_order(places: Places) -> None:
    """Tests the order by the country's name, the city, the name, with each language's own alphabet."""
    user, keeper = places.world.people[Role.REGION], places.world["region"]
    Hospital.unscoped.all().delete()
    for code, name, city, country in (
        ("a", "Б", "Чернівці", "UA"),
        ("b", "Ґ", "Ґданське", "UA"),
        ("c", "Г", "Гайсин", "UA"),
        ("d", "Д", "Дніпро", "UA"),
        ("e", "A", "Ålesund", "NO"),
        ("f", "B", "Ørsta", "NO"),
        ("g", "Beta", "Oslo", "NO"),
        ("h", "alfa", "Oslo", "NO"),
        ("i", "C", "Aachen", "DE"),
        ("j", "D", "Łódź", "PL"),
        ("k", "E", "Lublin", "PL"),
        ("l", "F", "Wien", "AT"),
    ):
        kept(keeper, code, name, city, country)
    # Austria, Germany, Norway, Poland, Ukraine; Norge, Polen, Tyskland, Ukraina, Østerrike;
    # Австрія, Німеччина, Норвегія, Польща, Україна.
    for language, expected in (
        ("en", "li" + "efhg" + "jk" + "cdab"),
        ("nb", "hgfe" + "jk" + "i" + "cdab" + "l"),
        ("uk", "li" + "efhg" + "jk" + "cbda"),
    ):
        with translation.override(language):
            assert "".join(row.code for row in hospitals_for(user)) == expected, language


def test_specialties_stand_in_the_readers_order() -> None:
    """Tests that the same words stand in another order in another language."""
    words = ["oncology", "burns", "dialysis"]  # cancer, burns; kreft, brannskader; рак …, опіки
    with translation.override("en"):
        assert in_reading_order(words) == ["burns", "oncology", "dialysis"]
    with translation.override("nb"):
        assert in_reading_order(words) == ["burns", "dialysis", "oncology"]
