"""What this room tells the record: what documents are called there, and what needs no history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from medevac.api.models import Token
from medevac.audit.history import exempt
from medevac.audit.naming import Actors, Kind, register_actors, register_kind
from medevac.documents.models import Document
from medevac.people.policy import visible


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_kind(
        Kind(
            Document._meta.label_lower,
            _numbers,
            lambda pk: reverse("documents:document", kwargs={"public_id": pk}),
        )
    )
    # The first room whose data a program may see has to say who such actors are; see migration 0002.
    register_actors(Actors("token", Token._meta.label_lower, names=_tokens, find=_find_tokens))
    exempt(
        "documents.piece",
        "Encrypted bytes, written once: the history of the document has their digest, and a copy in a "
        "history could not be destroyed.",
    )


def _numbers(viewer: Any, ids: list[UUID]) -> Mapping[UUID, str]:
    """Numbers name nobody, but whether there is such a document is for those who see it."""
    return dict(visible(viewer, Document.objects.filter(pk__in=ids)).values_list("pk", "number"))


def _tokens(ids: list[UUID]) -> Mapping[UUID, str]:
    return dict(Token.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _find_tokens(viewer: Any, text: str) -> Iterable[UUID]:
    rows = visible(viewer, Token.objects.filter(name__icontains=text))
    return list(rows.values_list("pk", flat=True)[:200])
