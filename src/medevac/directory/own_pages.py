"""The pages of this room with who reaches each, and its place in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.directory.policy import CHANGE_AIRPORTS, CHANGE_HOSPITALS, CHANGE_MISSIONS, SEE
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages

OWN: dict[str, Access | str] = {
    "directory:missions": SEE,
    "directory:mission": SEE,
    "directory:add_mission": CHANGE_MISSIONS,
    "directory:change_mission": CHANGE_MISSIONS,
    "directory:close_mission": CHANGE_MISSIONS,
    "directory:reopen_mission": CHANGE_MISSIONS,
    "directory:add_part": CHANGE_MISSIONS,
    "directory:change_part": CHANGE_MISSIONS,
    "directory:countries": SEE,
    "directory:airports": SEE,
    "directory:airport": SEE,
    "directory:add_airport": CHANGE_AIRPORTS,
    "directory:change_airport": CHANGE_AIRPORTS,
    "directory:hospitals": SEE,
    "directory:hospital": SEE,
    "directory:add_hospital": CHANGE_HOSPITALS,
    "directory:change_hospital": CHANGE_HOSPITALS,
    "directory:close_hospital": CHANGE_HOSPITALS,
    "directory:set_reach": CHANGE_HOSPITALS,
    "directory:set_specialties": CHANGE_HOSPITALS,
    "directory:import_hospitals": CHANGE_HOSPITALS,
    "directory:import_hospitals_trial": CHANGE_HOSPITALS,
    "directory:outlines": Access.SIGNED_IN,
}


def register_own_pages() -> None:
    """Tell who reaches them, and where they stand in the navigation."""
    register_pages(OWN)
    register_entry(Entry("directory:missions", _("Missions"), order=60, group="directory"))
    register_entry(Entry("directory:hospitals", _("Hospitals"), order=61, group="directory"))
    register_entry(Entry("directory:airports", _("Airports"), order=62, group="directory"))
    register_entry(Entry("directory:countries", _("Countries"), order=63, group="directory"))
