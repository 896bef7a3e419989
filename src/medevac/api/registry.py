"""The routers of the rooms: each adds its own in AppConfig.ready(), and the site composes them."""

from __future__ import annotations

from ninja import Router

_ROUTERS: dict[str, Router] = {}


def register_router(prefix: str, router: Router) -> None:
    """Add the router of a room under a prefix such as /missions."""
    _ROUTERS[prefix] = router


def routers() -> dict[str, Router]:
    """Every router by its prefix."""
    return dict(sorted(_ROUTERS.items()))
