"""The room `api` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens, scopes, and what every router has in common."""

    name = "medevac.api"
    label = "api"
    default = True

    def ready(self) -> None:
        """Fill the registries of the rooms below, and this room's own."""
        from medevac.api.own_pages import register_own_pages
        from medevac.api.policy import register_own_rules
        from medevac.api.routers.organisations import register_own_router
        from medevac.audit.history import exempt

        register_own_rules()
        register_own_pages()
        register_own_router()
        exempt("api.TokenUse", "Counts requests; each is in the log, and no right or datum changes by it.")
