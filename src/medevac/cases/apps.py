"""The room `cases` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Patients who need treatment abroad."""

    name = "medevac.cases"
    label = "cases"
    default = True

    def ready(self) -> None:
        """Fill the registries of the rooms below, and this room's own."""
        from medevac.cases.api import register_own_api
        from medevac.cases.own_closing import register_own_closers
        from medevac.cases.policy import register_own_rules
        from medevac.cases.sameness_pages import register_sameness_pages

        register_own_rules()
        register_own_closers()
        register_sameness_pages()
        register_own_api()
