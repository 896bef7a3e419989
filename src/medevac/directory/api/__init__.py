"""What programs read and write of this room: missions, countries, airports, hospitals."""

from __future__ import annotations


def register_own_api() -> None:
    """Add the scopes and the routers."""
    from medevac.api.registry import register_router
    from medevac.api.scopes import register_scope
    from medevac.directory.api import reading, writing

    register_scope(reading.SCOPE)
    register_scope(writing.SCOPE)
    register_router("/missions", reading.missions)
    register_router("/countries", reading.country_list)
    register_router("/airports", reading.airports)
    register_router("/hospitals", reading.hospitals)
