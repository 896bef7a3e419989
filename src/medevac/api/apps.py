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
        from medevac.api.own_record import tell_the_record
        from medevac.api.policy import register_own_rules
        from medevac.api.routers.organisations import register_own_router

        register_own_rules()
        register_own_pages()
        register_own_router()
        tell_the_record()
