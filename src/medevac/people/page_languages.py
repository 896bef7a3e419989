"""Pages that exist in more languages than the whole service: a registry that every room fills.

Everything is in English, Norwegian and Ukrainian. Pages for receiving hospitals and the hub may add German
and Polish; on such a page what the shell itself says around it is in that language, too.
"""

from __future__ import annotations

from django.conf import settings

SINGLE_PAGE_LANGUAGES = ("de", "pl")
_PAGES: dict[str, tuple[str, ...]] = {}


def register_languages(page: str, *languages: str) -> None:
    """Tell that a page is complete in more languages; called in AppConfig.ready().

    Raises
    ------
    ValueError
        For a language that no catalogue of single pages has.
    """
    for language in languages:
        if language not in SINGLE_PAGE_LANGUAGES:
            raise ValueError(
                f'Expected one of {SINGLE_PAGE_LANGUAGES} for the page "{page}", got "{language}".'
            )
    _PAGES[page] = languages


def languages_of(page: str) -> tuple[str, ...]:
    """The languages in which a page can be read, those of the whole service first."""
    return (*(code for code, _ in settings.LANGUAGES), *_PAGES.get(page, ()))


def pages_with_more() -> dict[str, tuple[str, ...]]:
    """Every page that has told of more languages."""
    return dict(_PAGES)
