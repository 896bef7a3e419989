"""What tests of preparing a case have in common: a mission that asks for items, and companions."""

from __future__ import annotations

from datetime import date
from typing import Any

from directory_places import Places

from medevac.cases.models import Case, Companion
from medevac.cases.services import add_companion
from medevac.directory.models import MissionItem
from medevac.directory.services.demonstration import _ITEMS
from medevac.people.roles import Role

BEGINS = date(2022, 5, 1)
VALID_PAPERS = {
    "document_number": "FA123456",
    "document_valid_until": date(2035, 1, 1),
    "relation_shown": True,
}


def ask_for_everything(places: Places) -> None:
    """The items of the demonstration's mission: the real list."""
    for code, kind, (english, norwegian, ukrainian), group, step, days in _ITEMS:
        names = {"name_en": english, "name_nb": norwegian, "name_uk": ukrainian}
        ask(places, code, kind=kind, group=group, blocks=step, valid_days=days, **names)


def ask(places: Places, code: str, **values: Any) -> MissionItem:
    """One item of the mission."""
    named = {"name_en": code, "name_nb": code, "name_uk": code}
    usual = {"kind": "paper", "group": "everybody", "first_day": BEGINS}
    return MissionItem.unscoped.create(mission=places.mission, code=code, **{**named, **usual, **values})


def with_companion(places: Places, case: Case, **values: Any) -> Companion:
    """A mother of 1980 who goes along, unless told otherwise."""
    usual = {
        "family_name": "Згурська",
        "given_name": "Юлія",
        "birth_date": date(1980, 5, 6),
        "sex": "female",
        "relation": "mother",
    }
    return add_companion(places.world.people[Role.HOSPITAL_COORDINATOR], case, {**usual, **values})
