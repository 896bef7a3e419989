"""Which rows have a history: a decorator for models, and the written exemptions.

::

    @recorded(guarded={"see.personal": ("name",)}, secret=("password",))
    class Person(models.Model): ...

Every insert, update and delete of any kind then writes a row into the table `APP_MODELevent`, by a trigger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models
from pghistory.models import Event

from medevac.audit.history_trigger import Changed, Deleted, Made

M = TypeVar("M", bound=type[models.Model])
SHORTEST_REASON = 20


class RecordedEvent(Event):
    """What every history table has: number, time, kind of change, and who acted."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_context = models.JSONField()

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Recording:
    """How one kind of row is recorded.

    Parameters
    ----------
    model
        The recorded model.
    guarded
        The action of the policy that opens a field's values, by the field's name. Other fields are shown to
        whoever may see the history at all.
    secret
        Fields whose values are not kept; that they changed is.
    """

    model: type[models.Model]
    guarded: Mapping[str, str]
    secret: frozenset[str]

    @property
    def kind(self) -> str:
        """The kind of row, as the access log names it: "people.user"."""
        return self.model._meta.concrete_model._meta.label_lower  # type: ignore[union-attr]

    @property
    def events(self) -> type[Any]:
        """The history table."""
        found: list[type[Any]] = pghistory.core.event_models(tracks_model=self.model)
        return found[0]


_RECORDINGS: dict[str, Recording] = {}
_EXEMPT: dict[str, str] = {}


def recorded(
    *, guarded: Mapping[str, Iterable[str]] | None = None, secret: Iterable[str] = ()
) -> Callable[[M], M]:
    """Give a model a history.

    Parameters
    ----------
    guarded
        By action of the policy ("see.personal"): the fields whose values it opens.
    secret
        Fields whose values must not be kept, such as passwords.
    """
    opened_by = {field: action for action, fields in (guarded or {}).items() for field in fields}
    hidden = frozenset(secret)

    def decorate(model: M) -> M:
        concrete = model._meta.concrete_model or model
        known = {field.name for field in concrete._meta.local_fields}
        if unknown := (set(opened_by) | hidden) - known:
            raise ValueError(f"{model._meta.label}: expected names of its fields, got {sorted(unknown)}.")
        watched = pgtrigger.AnyChange(*sorted(known))
        pghistory.track(
            Made(),
            Changed(condition=watched),
            Deleted(),
            exclude=sorted(hidden),
            base_model=RecordedEvent,
            model_name=f"{model.__name__}Event",
            app_label=model._meta.app_label,
            context_field=None,  # type: ignore[arg-type]  # as its page says; ours is in the base
            append_only=False,
            obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
        )(model)
        _RECORDINGS[concrete._meta.label_lower] = Recording(model, opened_by, hidden)
        return model

    return decorate


def exempt(label: str, reason: str) -> None:
    """Say why a kind of row has no history; called in AppConfig.ready() by the room that answers for it."""
    if len(reason) < SHORTEST_REASON:
        raise ValueError(f'{label}: expected a reason in words, got "{reason}".')
    _EXEMPT[label.lower()] = reason


def recordings() -> dict[str, Recording]:
    """Every recorded kind of row, by its name."""
    return dict(_RECORDINGS)


def exemptions() -> dict[str, str]:
    """Every kind of row without history, with the reason; "app.*" stands for all of an app."""
    return dict(_EXEMPT)


def unrecorded() -> list[str]:
    """The kinds of row that have neither a history nor an exemption; a test holds that there is none."""
    return [
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if not (model._meta.proxy or not model._meta.managed or issubclass(model, Event))
        and model._meta.label_lower not in _RECORDINGS
        and model._meta.label_lower not in _EXEMPT
        and f"{model._meta.app_label}.*" not in _EXEMPT
    ]
