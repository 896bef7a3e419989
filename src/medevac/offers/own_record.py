"""What this room tells the record: signed links act, and are called by the address that they were sent to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from medevac.audit.naming import Actors, register_actors
from medevac.offers.models import AnswerLink
from medevac.offers.services.links import ACTOR
from medevac.people.policy import visible

MOST_FOUND = 200


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_actors(
        Actors(ACTOR, "offers.answerlink", names=_names, find=_find, organisations=_organisations)
    )


def _names(ids: list[UUID]) -> dict[UUID, str]:
    rows = AnswerLink.unscoped.filter(pk__in=ids).select_related("ask__asked")
    return {row.pk: _("signed link of %(name)s") % {"name": row.ask.asked.name} for row in rows}


def _organisations(ids: list[UUID]) -> dict[UUID, UUID]:
    return dict(AnswerLink.unscoped.filter(pk__in=ids).values_list("pk", "ask__asked"))


def _find(viewer: Any, text: str) -> Iterable[UUID]:
    rows = visible(viewer, AnswerLink.objects.filter(ask__asked__name__icontains=text))
    return rows.values_list("pk", flat=True)[:MOST_FOUND]
