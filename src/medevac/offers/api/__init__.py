"""What programs read and write of this room, under the same policy as the pages."""

from __future__ import annotations


def register_own_api() -> None:
    """Add the scopes and the routers."""
    from medevac.api.registry import register_router
    from medevac.api.scopes import register_scope
    from medevac.offers.api import access, advice, asks, choices, holds, offering, places, pools

    for scope in (access.READ, access.WRITE, access.CHOOSE):
        register_scope(scope)
    register_router("/places", places.places)
    register_router("/pools", pools.pools)
    register_router("/offers", offering.offers)
    register_router("/holds", holds.holds)
    register_router("/choices", choices.choices)
    register_router("/advice", advice.advice)
    asks.register_own_routers(register_router)
