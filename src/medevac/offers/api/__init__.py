"""What programs read and write of this room, under the same policy as the pages."""

from __future__ import annotations


def register_own_api() -> None:
    """Add the scopes and the routers."""
    from django.utils.translation import gettext_lazy as _

    from medevac.api.registry import register_router
    from medevac.api.scopes import Scope, register_scope
    from medevac.offers.api import asks
    from medevac.people.roles import Right

    register_scope(Scope(asks.READ, Right.OPERATIONAL, _("read places, asks, offers and choices")))
    register_scope(Scope(asks.WRITE, Right.OPERATIONAL, _("keep places, ask, answer, offer and choose")))
    asks.register_own_routers(register_router)
