"""The room `audit` as an application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """What happened and who looked: history of every change, access log, numbered exports."""

    name = "medevac.audit"
    label = "audit"
    default = True

    def ready(self) -> None:
        """Tell every connection who acts, and close the record after migrations."""
        from medevac.audit import doctor_check  # noqa: F401  # registers itself
        from medevac.audit.context import listen_to
        from medevac.audit.own_exemptions import exempt_what_needs_no_history
        from medevac.audit.walls import close

        exempt_what_needs_no_history()
        connection_created.connect(listen_to, dispatch_uid="audit.listen_to")
        post_migrate.connect(close, dispatch_uid="audit.close")
