"""The kill test's room as an application: the worker, too, must know the kind of message that it sends."""

from __future__ import annotations

from django.apps import AppConfig


class KillServiceConfig(AppConfig):
    """The kill test's address, job and kind of message."""

    name = "kill_service"
    default = True

    def ready(self) -> None:
        """Register the kind, which stands where it is told."""
        import kill_service.urls  # noqa: F401
