"""The room `operations` as an application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Readiness, metrics, retention and forgetting."""

    name = "medevac.operations"
    label = "operations"
    default = True

    def ready(self) -> None:
        """Fill this room's own registries, and close its tombstones after migrations."""
        from medevac.audit.history import exempt
        from medevac.audit.naming import register_rights
        from medevac.operations.closing import close
        from medevac.operations.own_checks import register_own_checks
        from medevac.operations.own_keepings import register_own_keepings
        from medevac.operations.own_traces import register_own_traces
        from medevac.operations.policy import register_policy
        from medevac.people.navigation import Entry, register_entry

        register_policy()
        register_own_checks()
        register_own_keepings()
        register_own_traces()
        register_rights({"operations.see_retention": _("Retention")})
        register_entry(Entry("operations:retention", _("Retention"), order=94, group="service"))
        exempt(
            "operations.retentionitem", "Keys of things that go; the run has the history, the line the time."
        )
        exempt("operations.tombstone", "Written once by the owner of the tables; nobody else can change it.")
        post_migrate.connect(close, sender=self, dispatch_uid="operations.close")
