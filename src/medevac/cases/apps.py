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
        from medevac.cases.casebook_pages import register_casebook_pages
        from medevac.cases.own_closing import register_own_closers
        from medevac.cases.own_documents import register_documents_of_cases
        from medevac.cases.own_kinds import register_own_kinds
        from medevac.cases.own_pages import register_own_pages
        from medevac.cases.own_panels import register_own_panels
        from medevac.cases.own_record import tell_the_record
        from medevac.cases.own_traces import register_own_traces
        from medevac.cases.own_work import register_own_work
        from medevac.cases.page_panels import register_page_panels
        from medevac.cases.panel_of_documents import register_panel_of_documents
        from medevac.cases.policy import register_own_rules
        from medevac.cases.readiness_pages import register_readiness_pages
        from medevac.cases.sameness_pages import register_sameness_pages
        from medevac.cases.services.demonstration import register_own_maker

        register_own_rules()
        register_own_closers()
        register_own_kinds()
        register_own_pages()
        register_page_panels()
        register_own_panels()
        register_own_work()
        register_own_traces()
        register_readiness_pages()
        register_sameness_pages()
        tell_the_record()
        register_own_maker()
        register_casebook_pages()
        register_own_api()
        register_documents_of_cases()
        register_panel_of_documents()
