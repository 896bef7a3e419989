"""Reads of the record, always scoped to a user. Showing what they give is itself a look: see `looking`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from medevac.audit.field_words import field_words
from medevac.audit.history import Recording, recordings
from medevac.audit.models import Export, Look
from medevac.audit.naming import titles_of
from medevac.audit.policy import visible_rows


@dataclass(frozen=True)
class Wanted:
    """What the access log is narrowed to; nothing given means everything in reach.

    Parameters
    ----------
    since, until
        The period, from and before.
    actors
        The ids of those who looked.
    kind, thing
        What was looked at.
    right
        The right that opened it.
    """

    since: datetime | None = None
    until: datetime | None = None
    actors: tuple[UUID, ...] | None = None
    kind: str = ""
    thing: UUID | None = None
    right: str = ""

    def facts(self) -> dict[str, Any]:
        """The conditions, for the record of an export."""
        given = {
            "since": self.since,
            "until": self.until,
            "actors": self.actors,
            "kind": self.kind,
            "thing": self.thing,
            "right": self.right,
        }
        return {name: value for name, value in given.items() if value not in (None, "")}


def access_log(user: Any, wanted: Wanted, *, before: int | None = None) -> QuerySet[Look]:
    """The looks that are open to the user, the latest first; `before` is the id of the last one seen."""
    rows = visible_rows(user, Look.unscoped.all(), "audit.see_access_log")
    rows = rows.filter(
        **_given(
            at__gte=wanted.since,
            at__lt=wanted.until,
            actor__in=wanted.actors,
            kind=wanted.kind or None,
            things__contains=[wanted.thing] if wanted.thing else None,
            right=wanted.right or None,
            id__lt=before,
        )
    )
    return rows.order_by("-id")


def looks_at(kind: str, thing: UUID, *, before: int | None = None) -> QuerySet[Look]:
    """Who has looked at one thing, the latest first: for the person whom it is about, and nobody else.

    The page of a user's own asks for the user; a patient's own will ask for the patient's case.
    """
    rows: QuerySet[Look] = Look.unscoped.filter(kind=kind, things__contains=[thing], **_given(id__lt=before))
    return rows.order_by("-id")


def looks_at_any(kind: str, things: Iterable[UUID]) -> QuerySet[Look]:
    """Who has looked at any of several things, the latest first; for whoever answers for all of them."""
    rows: QuerySet[Look] = Look.unscoped.filter(kind=kind, things__overlap=list(things))
    return rows.order_by("-id")


def exports_with(kind: str, thing: UUID) -> QuerySet[Export]:
    """The exports in which one thing has left, the latest first: for whoever answers for that thing."""
    numbers = Look.unscoped.filter(kind=kind, things__contains=[thing], export__isnull=False).values("export")
    rows: QuerySet[Export] = Export.unscoped.filter(number__in=numbers)
    return rows.order_by("-number")


def exports_for(user: Any, *, before: int | None = None) -> QuerySet[Export]:
    """The register as far as it is open to the user, the latest first."""
    rows = visible_rows(user, Export.unscoped.all(), "audit.see_exports")
    return rows.filter(**_given(number__lt=before)).order_by("-number")


def _given(**conditions: Any) -> dict[str, Any]:
    return {name: value for name, value in conditions.items() if value is not None}


@dataclass(frozen=True)
class Alteration:
    """One field that changed; None stands for no value, and `hidden` for values that are not shown."""

    field: str
    before: Any
    after: Any
    hidden: bool = False


@dataclass(frozen=True)
class Change:
    """One change of one thing.

    Parameters
    ----------
    label
        "insert", "update" or "delete".
    at
        When, by the database's clock.
    acting
        Who acted, in which request and why, as the database kept it.
    alterations
        What changed from what to what; for a new thing its first values, for a deleted one its last.
    """

    label: str
    at: datetime
    acting: dict[str, Any]
    alterations: list[Alteration]

    @property
    def actor(self) -> tuple[str, UUID | None]:
        """Kind and id of who acted."""
        public_id = self.acting.get("actor")
        return self.acting.get("kind", "nobody"), UUID(public_id) if public_id else None


@dataclass(frozen=True)
class History:
    """The history of one thing.

    Parameters
    ----------
    exists
        Whether the thing still exists.
    shown
        The actions under which guarded values are shown; each is a look.
    changes
        The latest first.
    """

    exists: bool
    shown: frozenset[str]
    changes: list[Change]


def history_of(user: Any, kind: str, thing: UUID) -> History | None:
    """Every change of one thing; None where it is not open to the user, or nothing is known of it.

    Values are shown where the policy opens them. Of a deleted thing nobody can say whose it was, so it shows
    who deleted it and when, and no value.
    """
    recording = recordings().get(kind)
    if recording is None:
        return None
    model = apps.get_model(kind)
    events = list(recording.events.objects.filter(pgh_obj_id=thing).order_by("pgh_id"))
    exists = model._base_manager.filter(pk=thing).exists()
    if not events or (exists and not _open(user, model, thing, "audit.see_record")):
        return None
    actions = set(recording.guarded.values()) if exists else set()
    shown = frozenset(action for action in actions if _open(user, model, thing, action))
    changes = [
        _change(user, recording, earlier, event, shown, exists)
        for earlier, event in zip([None, *events], events, strict=False)
    ]
    return History(exists, shown, changes[::-1])


def _open(user: Any, model: type[Model], thing: UUID, action: str) -> bool:
    return visible_rows(user, model._base_manager.filter(pk=thing), action).exists()


def _change(
    user: Any, recording: Recording, earlier: Any, event: Any, shown: frozenset[str], exists: bool
) -> Change:
    alterations = [
        Alteration(field_words(field), _said(user, field, before), _said(user, field, after))
        if exists and recording.guarded.get(field.name, "") in {"", *shown}
        else Alteration(field_words(field), None, None, hidden=True)
        for field, before, after in _altered(recording, earlier, event)
    ]
    if event.pgh_label == "update" and not alterations:
        names = [field_words(recording.model._meta.get_field(name)) for name in sorted(recording.secret)]
        alterations = [Alteration(", ".join(names), None, None, hidden=True)]
    return Change(event.pgh_label, event.pgh_created_at, event.pgh_context, alterations)


def _said(user: Any, field: Any, value: Any) -> Any:
    """A value as people say it: the word of a choice, what a row is called, and nothing for an empty text."""
    if value in (None, "", []):
        return None
    if field.is_relation:
        return titles_of(user, field.related_model._meta.label_lower, [value])[value]
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return dict(field.flatchoices).get(value, value)


def _altered(recording: Recording, earlier: Any, event: Any) -> Iterable[tuple[Any, Any, Any]]:
    """Fields with the value before and after."""
    for field in recording.model._meta.local_concrete_fields or recording.model._meta.concrete_fields:
        if field.name in recording.secret or field.primary_key:
            continue
        now = getattr(event, field.attname)
        then = getattr(earlier, field.attname) if earlier is not None else None
        if event.pgh_label == "delete":
            then, now = now, None
        if then != now:
            yield field, then, now
