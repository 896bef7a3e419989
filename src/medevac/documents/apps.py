"""The room `documents` as an application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Documents: checked, encrypted, numbered."""

    name = "medevac.documents"
    label = "documents"
    default = True

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        from medevac.documents import doctor_check  # noqa: F401  # registers itself
        from medevac.documents.api import register_own_api
        from medevac.documents.demonstration import register_own_maker
        from medevac.documents.in_order import tell_operations
        from medevac.documents.own_kinds import register_own_kinds
        from medevac.documents.own_record import tell_the_record
        from medevac.documents.policy import register_policy
        from medevac.people.navigation import Entry, register_entry

        register_policy()
        tell_operations()
        tell_the_record()
        register_own_kinds()
        register_own_api()
        register_own_maker()
        register_entry(Entry("documents:own", _("Documents"), order=50))
