"""What this room must know of countries, which are named in a room above: a seam that `directory` fills."""

from __future__ import annotations

from collections.abc import Callable

Choices = Callable[[], list[tuple[str, str]]]
_KNOWN: list[Choices] = []


def register_countries(choices: Choices) -> None:
    """Say which countries can be chosen, by code and name in the reader's language; in AppConfig.ready()."""
    _KNOWN[:] = [choices]


def country_choices() -> list[tuple[str, str]]:
    """Countries by code and name, in the reader's order; none where no room knows of countries."""
    return _KNOWN[0]() if _KNOWN else []
