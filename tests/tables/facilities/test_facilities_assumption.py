"""Tests which kind of hospital a name points to."""

from __future__ import annotations

import pytest

from medevac.tables.facilities import read_facilities
from medevac.tables.facilities.assumption import ASSUMED, kind_of, plain
from tables.facilities.facility_lists import facilities


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Universitätsklinikum Bonn", "", "university"),
        ("CHU DE NANTES", "", "university"),
        ("Tampereen yliopistollinen sairaala", "", "university"),
        ("Krankenhaus Musterstadt", "", "general"),
        ("Centre Hospitalier de Ville", "Centre Hospitalier (C.H.)", "general"),
        ("Rehabilitationszentrum Bad Beispiel", "", "rehabilitation"),
        ("Centre Pinel", "Centre Hospitalier Spécialisé lutte Maladies Mentales", "other care"),
        ("Sykehuset - DPS Nord", "", "other care"),
        ("Universitätsklinik für Psychiatrie", "", "other care"),
        ("Szpital Dziecięcy", "", "children"),
        ("Centrum Onkologii", "", "cancer"),
        ("Unilabs Røntgen Drammen", "", "other care"),
        ("Klinika za psihijatriju", "", "other care"),
        ("Centre de cure médicale pour personnes âgées", "", "other care"),
    ],
)
def test_kinds(name: str, kind: str, expected: str) -> None:
    """Tests names in several languages, and the list's own type."""
    (one,) = read_facilities(facilities(f"1,{name},,59,10,b,NO,{kind}")).entries
    assert kind_of(one) == expected


def test_the_site_s_name_counts_too() -> None:
    """Tests that the psychiatric ward of a general hospital is not offered the wounded."""
    lines = facilities("1,Klinikum Stadt,Psychiatrische Institutsambulanz,59,10,b,DE,")
    (one,) = read_facilities(lines).entries
    assert kind_of(one) == "other care"


def test_every_kind_has_an_offer_or_none() -> None:
    """Tests that only other care offers nothing."""
    assert [kind for kind, offer in ASSUMED.items() if offer is None] == ["other care"]


def test_words_lose_accents_and_stand_between_spaces() -> None:
    """Tests what the words are compared with."""
    assert plain("Hôpital: ÉCOLE-2") == " hopital ecole "
    assert plain("Sørlandet Łódź") == " sorlandet lodz "
