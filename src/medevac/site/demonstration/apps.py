"""The demonstration as an application; only its own settings name it."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class DemonstrationConfig(AppConfig):
    """Accounts to look around with, and their switcher."""

    name = "medevac.site.demonstration"
    label = "demonstration"
    default = True

    def ready(self) -> None:
        """Tell of the switcher and the messages, unless somebody named this application in other settings."""
        from medevac.people.navigation import register_place
        from medevac.people.pages import Access, register_pages
        from medevac.site.demonstration.telling import register_own_messages

        if not getattr(settings, "DEMONSTRATION", False):
            raise ImproperlyConfigured(
                "medevac.site.demonstration lets anybody in as anybody. Take it out of INSTALLED_APPS; "
                "`medevac demo` has settings of its own."
            )
        register_pages({"demonstration:choose": Access.EVERYBODY, "demonstration:switch": Access.EVERYBODY})
        register_place("demonstration", _("Demonstration"))
        register_own_messages()
