"""The shell as an application: it registers its own pages, and labels Django's flash messages."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.messages.apps import MessagesConfig


class FlashConfig(MessagesConfig):
    """django.contrib.messages labelled "flash", since the room `medevac.messages` is called messages."""

    label = "flash"


class SiteConfig(AppConfig):
    """The shell: settings, addresses, base templates, start page."""

    name = "medevac.site"
    label = "site"
    default = True

    def ready(self) -> None:
        """Tell the policy of the pages that belong to the shell, and the doctor what to look at."""
        from medevac.people.page_languages import register_languages
        from medevac.people.pages import Access, register_pages
        from medevac.site import doctor  # noqa: F401 · its checks register themselves
        from medevac.site.api import register_api_pages

        register_pages(
            {
                "start": Access.SIGNED_IN,
                "search": Access.SIGNED_IN,
                "keyboard": Access.EVERYBODY,
                "about": Access.EVERYBODY,
                "set_language": Access.EVERYBODY,
                "set_look": Access.EVERYBODY,
                "set_shortcuts": Access.EVERYBODY,
            }
        )
        register_api_pages()
        register_languages("about", "de", "pl")
