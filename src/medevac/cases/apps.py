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
        from medevac.cases.own_closing import register_own_closers
        from medevac.cases.own_pages import register_own_pages
        from medevac.cases.own_record import tell_the_record
        from medevac.cases.page_panels import register_page_panels
        from medevac.cases.policy import register_own_rules
        from medevac.cases.services.demonstration import register_own_maker

        register_own_rules()
        register_own_closers()
        register_own_pages()
        register_page_panels()
        tell_the_record()
        register_own_maker()
