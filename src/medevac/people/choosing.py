"""Nothing is chosen for anybody: how a list begins from which one thing must be chosen."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _


def nothing_chosen(choices: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """The choices after an empty one; where there is only one thing to choose, that alone."""
    listed = list(choices)
    return listed if len(listed) == 1 else [("", _("Choose one")), *listed]
