"""What this room tells the record: programs act as tokens, and what those are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from medevac.api.looks import ACTOR
from medevac.api.models import Token
from medevac.audit.history import exempt
from medevac.audit.naming import Actors, Kind, register_actors, register_kind
from medevac.people.policy import visible

MOST_FOUND = 200
KIND = "api.token"


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_actors(Actors(ACTOR, KIND, names=_names, find=_find, organisations=_organisations))
    register_kind(Kind(KIND, _titles, lambda pk: reverse("tokens:tokens")))
    exempt("api.TokenUse", "Counts requests; each is in the log, and no right or datum changes by it.")


def _names(ids: list[UUID]) -> dict[UUID, str]:
    rows = Token.unscoped.filter(pk__in=ids).select_related("organisation")
    return {row.pk: f"{row.name} ({row.organisation.name})" for row in rows}


def _organisations(ids: list[UUID]) -> dict[UUID, UUID]:
    return dict(Token.unscoped.filter(pk__in=ids).values_list("pk", "organisation"))


def _find(viewer: Any, text: str) -> Iterable[UUID]:
    rows = visible(viewer, Token.objects.filter(name__icontains=text))
    return rows.values_list("pk", flat=True)[:MOST_FOUND]


def _titles(viewer: Any, ids: list[UUID]) -> dict[UUID, str]:
    rows = visible(viewer, Token.objects.filter(pk__in=ids))
    return dict(rows.values_list("pk", "name"))
