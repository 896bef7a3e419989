"""The parts of the case page: a registry that every room fills, so that a case is read in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from medevac.cases.models import Case
    from medevac.people.models import User

Content = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """One part of the page.

    Parameters
    ----------
    name
        The room and a word: "cases.clinical". It is the anchor on the page.
    label
        The heading, translated.
    template
        What draws it; it is given every value that `content` answers by its own name, and `case` and `user`.
    content
        What is shown to this user of this case; None where nothing of it is open, and then no heading
        appears. Whoever reads clinical or personal data here writes the look.
    order
        Panels stand in this order.
    """

    name: str
    label: str | _StrPromise
    template: str
    content: Callable[[User, Case], Content | None]
    order: int = 100


_PANELS: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a part; called in AppConfig.ready()."""
    _PANELS[panel.name] = panel


def panels_for(user: User, case: Case) -> list[tuple[Panel, Content]]:
    """The parts of a case's page that are open to the user, in their order."""
    found = []
    for panel in sorted(_PANELS.values(), key=lambda one: (one.order, one.name)):
        content = panel.content(user, case)
        if content is not None:
            found.append((panel, content))
    return found
