"""What this room tells the record: what its rows are called, and where they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from medevac.audit.history import exempt
from medevac.audit.naming import Kind, register_kind
from medevac.directory.models import Airport, Hospital, Mission
from medevac.people.policy import visible

Titles = Callable[[Any, list[UUID]], dict[UUID, str]]


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_kind(Kind("directory.hospital", _titles(Hospital), _hospital))
    register_kind(Kind("directory.mission", _titles(Mission), _mission))
    register_kind(Kind("directory.airport", _titles(Airport), _airport))
    exempt("directory.HospitalImport", "A look at a file; what it writes is in the history of the hospitals.")


def _titles(model: type[Model]) -> Titles:
    def titles(viewer: Any, ids: list[UUID]) -> dict[UUID, str]:
        return {row.pk: str(row) for row in visible(viewer, model._base_manager.filter(pk__in=ids))}

    return titles


def _hospital(pk: UUID) -> str:
    return reverse("directory:hospital", args=[pk])


def _mission(pk: UUID) -> str:
    code = Mission._base_manager.filter(pk=pk).values_list("code", flat=True).first()
    return reverse("directory:mission", args=[code]) if code else ""  # a deleted row is shown nowhere


def _airport(pk: UUID) -> str:
    icao = Airport._base_manager.filter(pk=pk).values_list("icao", flat=True).first()
    return reverse("directory:airport", args=[icao]) if icao else ""
