"""What a page's map shows: points, each with the words of the list beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from medevac.directory.models import Airport, Hospital


def hospital_points(rows: Iterable[Hospital]) -> list[dict[str, Any]]:
    """A point for each hospital, which leads to its page."""
    return [
        {
            "kind": "hospital",
            "label": f"{row.name}, {row.city}" if row.city else row.name,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "address": reverse("directory:hospital", args=[row.pk]),
        }
        for row in rows
    ]


def airport_points(rows: Iterable[Airport], *, small: bool = False) -> list[dict[str, Any]]:
    """A point for each airport, which leads to its page."""
    return [
        {
            "kind": "airport",
            "small": small,
            "label": f"{row.icao} {row.name}",
            "latitude": row.latitude,
            "longitude": row.longitude,
            "address": reverse("directory:airport", args=[row.icao]),
        }
        for row in rows
    ]
