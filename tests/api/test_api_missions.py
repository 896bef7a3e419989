"""Tests that a program with the scope changes missions, under the rules of the pages and in its own name."""

from __future__ import annotations

import json
from typing import Any

import directory_places
import pytest
from django.db.models import Q
from django.test import Client

from medevac.api import services
from medevac.audit.history import recordings
from medevac.directory.models import Mission, MissionCountry
from medevac.directory.parts import PARTS
from medevac.people.roles import Role

NAMES = {"name_en": "From Gaza", "name_nb": "Fra Gaza", "name_uk": "З Гази"}
FIRST = {"first_day": "2024-01-01"}


@pytest.fixture
def places(db: None) -> directory_places.Places:
    """The world of the directory's tests."""
    return directory_places.build()


def program(places: directory_places.Places, *scopes: str) -> tuple[Any, Any]:
    """A token of the owner, and a function that asks with it."""
    token, told = services.make_token(
        places.world.people[Role.ADMINISTRATOR],
        places.world["owner"],
        name="X",
        role=Role.ADMINISTRATOR,
        scopes=scopes,
        days=1,
    )
    headers = {"Authorization": f"Bearer {told}"}

    def ask(verb: str, path: str, **values: Any) -> Any:
        return Client().generic(verb, f"/api{path}", json.dumps(values), "application/json", headers=headers)

    return token, ask


def test_a_mission_from_its_beginning_to_its_end(places: directory_places.Places) -> None:
    """Tests a whole mission over the API: itself, every kind of entry, a correction, its closing."""
    token, ask = program(places, "missions.write")
    owner, centre = str(places.world["owner"].pk), str(places.world["centre"].pk)
    begun = ask("POST", "/missions", code="gaza", owner=owner, **NAMES, **FIRST).json()
    assert (begun["code"], begun["version"], begun["actors"]) == ("gaza", 1, [])
    item = {"code": "consent", "kind": "consent", **NAMES, "blocks": "book"}
    entries: dict[str, dict[str, Any]] = {
        "hubs": {"airport": "EPRZ"},
        "countries": {"country": "NO", "fair_share": 3},
        "actors": {"organisation": centre, "part": "coordinates"},
        "eligibility": {"group": "soldier", "accepted": False, "reason": "Not decided."},
        "items": item,
        "limits": {"what": "hub-hours", "number": 48},
        "retention": {"what": "case", "months": 120, "basis": "The law"},
    }
    assert set(entries) == set(PARTS)
    for section, values in entries.items():
        answer = ask("POST", "/missions/gaza/entries", section=section, **values, **FIRST)
        assert answer.status_code == 200, (section, answer.content)
        (kept,) = answer.json()[section]
        assert {name: kept[name] for name in values} == values
    path = f"/missions/gaza/entries/{kept['id']}"
    ended = {**entries["retention"], **FIRST, "last_day": "2024-06-30"}
    assert ask("PUT", path, section="retention", **ended).json()["retention"][0]["last_day"] == "2024-06-30"
    changed = {**NAMES, "name_en": "Gaza", **FIRST}
    assert ask("PUT", "/missions/gaza", **changed, version=1).json()["version"] == 2
    assert "Somebody else" in ask("PUT", "/missions/gaza", **changed, version=1).json()["detail"]
    assert ask("POST", "/missions/gaza/close", reason="It has ended.").json()["closed"] is True
    assert ask("POST", "/missions/gaza/entries", section="hubs", airport="EPRZ", **FIRST).status_code == 409
    assert ask("POST", "/missions/gaza/open").json()["closed"] is False
    made = recordings()
    for model in (Mission, *(kind.model for kind in PARTS.values())):
        mine = Q(code="gaza") if model is Mission else Q(mission__code="gaza")
        ids = model.unscoped.filter(mine).values("pk")
        told = [
            row.pgh_context for row in made[model._meta.label_lower].events.objects.filter(pgh_obj__in=ids)
        ]
        assert told, model
        assert {(one["kind"], one["actor"]) for one in told} == {("token", str(token.pk))}, model


def test_rules_are_those_of_the_pages(places: directory_places.Places) -> None:
    """Tests refusals: overlap, unknown things, another's entry; nothing is half-written."""
    _, ask = program(places, "missions.write")
    country = {"section": "countries", "country": "NO", "first_day": "2023-01-01"}
    answer = ask("POST", "/missions/ukraine/entries", **country)
    assert answer.status_code == 409
    assert "another already holds" in answer.json()["detail"]
    for wrong in (
        {"section": "countries", "country": "XX", **FIRST},
        {"section": "hubs", "airport": "ZZZZ", **FIRST},
        {"section": "actors", "organisation": str(places.world["stranger"].pk), "part": "flies", **FIRST},
        {"section": "countries", "country": "SE", "first_day": "2020-01-01"},
        {"section": "limits", "what": "hub-hours", "number": 1, **FIRST, "last_day": "2023-12-31"},
    ):
        assert ask("POST", "/missions/ukraine/entries", **wrong).status_code == 409, wrong
    assert ask("POST", "/missions/ukraine/entries", section="nothing", **FIRST).status_code == 422
    part = MissionCountry.unscoped.get()
    hub = {"section": "hubs", "airport": "EPRZ", **FIRST}
    assert ask("PUT", f"/missions/ukraine/entries/{part.pk}", **hub).status_code == 404
    assert MissionCountry.unscoped.count() == 1


def test_reading_is_not_writing(places: directory_places.Places) -> None:
    """Tests that the scope for reading changes nothing, and that who owns no mission changes none."""
    _, ask = program(places, "directory.read")
    assert ask("POST", "/missions/ukraine/close", reason="x").status_code == 403
    assert Mission.unscoped.get(code="ukraine").closed_at is None
