"""What this room tells the record: what documents are called there, and what needs no history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from medevac.audit.history import exempt
from medevac.audit.naming import Kind, register_kind
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
    exempt(
        "documents.piece",
        "Encrypted bytes, written once: the history of the document has their digest, and a copy in a "
        "history could not be destroyed.",
    )


def _numbers(viewer: Any, ids: list[UUID]) -> Mapping[UUID, str]:
    """Numbers name nobody, but whether there is such a document is for those who see it or its history."""
    rows = Document.objects.filter(pk__in=ids)
    return {
        pk: number
        for action in (None, "audit.see_record")
        for pk, number in visible(viewer, rows, action).values_list("pk", "number")
    }
