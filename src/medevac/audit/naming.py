"""Words for ids: rooms above say what rows, actors and rights are called, and where they are shown.

A room that has said nothing is shown by ids and by the names of its models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from medevac.audit.history import recordings

Words = str | Promise
SHORT = 8  # digits of an id that are read where it has no name
Titles = Callable[[Any, list[UUID]], Mapping[UUID, str]]


@dataclass(frozen=True)
class Kind:
    """One kind of row that the record tells of.

    Parameters
    ----------
    name
        Its model, such as "people.user".
    titles
        For a viewer and ids, the titles of those rows that the viewer may see by name.
    address
        Where a row is shown; None where it has no page.
    """

    name: str
    titles: Titles
    address: Callable[[UUID], str] | None = None


@dataclass(frozen=True)
class Actors:
    """One kind of actor.

    Parameters
    ----------
    kind
        As the record has it: "user".
    thing
        The kind of row that such actors are, since showing their names is a look at them.
    names
        For ids, the names to show; whoever may see a row of the record may see who acted.
    find
        For a viewer and a part of a name, the ids.
    organisations
        For ids, the one organisation that each acts for; None where memberships say, which may be several.
    """

    kind: str
    thing: str
    names: Callable[[list[UUID]], Mapping[UUID, str]]
    find: Callable[[Any, str], Iterable[UUID]]
    organisations: Callable[[list[UUID]], Mapping[UUID, UUID]] | None = None


_KINDS: dict[str, Kind] = {}
_ACTORS: dict[str, Actors] = {}
_RIGHTS: dict[str, Words] = {}
_PLACES: list[Callable[[str], str]] = []


def register_kind(kind: Kind) -> None:
    """Say what the rows of a kind are called; called in AppConfig.ready()."""
    _KINDS[kind.name] = kind


def register_actors(actors: Actors) -> None:
    """Say who actors of a kind are; called in AppConfig.ready()."""
    _ACTORS[actors.kind] = actors


def register_rights(rights: Mapping[str, Words]) -> None:
    """Give the words for rights in the access log; called in AppConfig.ready()."""
    _RIGHTS.update(rights)


def register_places(words: Callable[[str], str]) -> None:
    """Say where somebody was by the name of a page; empty where not known; called in AppConfig.ready()."""
    _PLACES.append(words)


def place_words(page: str) -> str:
    """Where somebody was, in words of the user's language; what medevac does by itself, or the name."""
    if page.startswith(("job:", "command:")):
        return _("medevac itself")
    return next((words for tell in _PLACES if (words := tell(page))), page)


def rights() -> dict[str, Words]:
    """Every right that the access log can be narrowed to, with its words."""
    return dict(_RIGHTS)


def right_words(right: str) -> str:
    """A right in words of the user's language."""
    return str(_RIGHTS.get(right, right))


def kind_words(kind: str) -> str:
    """A kind of row in words of the user's language."""
    if kind in recordings():
        return str(recordings()[kind].model._meta.verbose_name)
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def titles_of(viewer: Any, kind: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The titles that the viewer may see; the first digits of the id where not."""
    wanted = list(ids)
    known = _KINDS[kind].titles(viewer, wanted) if kind in _KINDS and wanted else {}
    return {public_id: known.get(public_id, str(public_id)[:SHORT]) for public_id in wanted}


def address_of(kind: str, public_id: UUID) -> str | None:
    """Where the row is shown; None where nowhere."""
    found = _KINDS.get(kind)
    return found.address(public_id) if found and found.address else None


def actor_names(actors: Iterable[tuple[str, UUID | None]]) -> dict[tuple[str, UUID | None], str]:
    """The names of actors, by kind and id."""
    asked = set(actors)
    named: dict[tuple[str, UUID | None], str] = {}
    for kind in {actor_kind for actor_kind, _id in asked}:
        ids = [public_id for other, public_id in asked if other == kind and public_id]
        known = _ACTORS[kind].names(ids) if kind in _ACTORS and ids else {}
        named |= {(kind, public_id): known.get(public_id, str(public_id)) for public_id in ids}
    named |= {(kind, None): _nobody(kind) for kind, public_id in asked if public_id is None}
    return named


def names_of_single_actors(actors: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those of some ids that are no persons and act for one organisation, such as programs."""
    wanted = list(actors)
    found: dict[UUID, str] = {}
    for known in _ACTORS.values():
        if known.organisations and wanted:
            found |= known.names(wanted)
    return found


def organisations_of_actors(actors: Iterable[tuple[str, UUID | None]]) -> dict[UUID, UUID]:
    """The organisations of those actors that act for one alone, such as programs, by the ids of both."""
    asked = set(actors)
    found: dict[UUID, UUID] = {}
    for kind, known in _ACTORS.items():
        ids = [public_id for other, public_id in asked if other == kind and public_id]
        if known.organisations and ids:
            found |= known.organisations(ids)
    return found


def _nobody(kind: str) -> str:
    return _("medevac itself") if kind == "service" else _("nobody who was signed in")


def actors_called(viewer: Any, text: str) -> list[UUID]:
    """The ids of actors with this part of a name that the viewer may find."""
    return [public_id for actors in _ACTORS.values() for public_id in actors.find(viewer, text)]


def thing_of_actors(kind: str) -> str | None:
    """The kind of row that actors of a kind are."""
    return _ACTORS[kind].thing if kind in _ACTORS else None
