"""The room `directory` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Where: missions and their rules, countries, airports, hospitals."""

    name = "medevac.directory"
    label = "directory"
    default = True

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from medevac.directory.api import register_own_api
        from medevac.directory.in_order import tell_operations
        from medevac.directory.own_pages import register_own_pages
        from medevac.directory.own_record import tell_the_record
        from medevac.directory.policy import register_own_rules
        from medevac.directory.services.demonstration import register_own_maker

        register_own_rules()
        tell_operations()
        register_own_pages()
        register_own_api()
        register_own_maker()
        tell_the_record()
