"""Making anew, with the key that writes, what other keys have encrypted and indexed, so that these can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Cast

from medevac.cases.identifiers import UNREADABLE, EncryptedText, blind_index, is_of_the_key, telephone_index
from medevac.cases.models import Person
from medevac.cases.services.many_rows import update_rows

BATCH = 500


@dataclass
class Counted:
    """Rows that keep something encrypted or indexed, counted on the way.

    Parameters
    ----------
    seen
        Looked at so far.
    older
        Of these, those that another key than the one that writes had made.
    unreadable
        Those that none of the keys opens; they are left as they are.
    """

    seen: int = 0
    older: int = 0
    unreadable: int = 0


def count_all() -> int:
    """How many rows there are to look at."""
    return sum(_kept(model, names).count() for model, names in _encrypted())


def look_through(*, renew: bool) -> Iterator[Counted]:
    """Look at every row, and make anew what another key has made; yields after each batch.

    Each batch is a transaction of its own under the locks of its rows. What breaks off is begun again without
    loss: what has been made anew is seen to be so.

    Parameters
    ----------
    renew
        Whether anything is written, or only counted.
    """
    counted = Counted()
    for model, names in _encrypted():
        last = UUID(int=0)
        while True:
            with transaction.atomic():
                rows = _kept(model, names).filter(pk__gt=last).order_by("pk")
                if renew:
                    rows = rows.select_for_update(no_key=True)
                batch = list(_raw(rows, names)[:BATCH])
                if batch:
                    _make_anew(batch, names, counted, renew=renew)
            if not batch:
                break
            last = batch[-1].pk
            yield counted


def _make_anew(batch: list[models.Model], names: list[str], counted: Counted, *, renew: bool) -> None:
    """Rows that want the same fields written go in one statement, so that no other field is touched."""
    groups: dict[frozenset[str], list[models.Model]] = {}
    for row in batch:
        counted.seen += 1
        counted.unreadable += any(getattr(row, name) == UNREADABLE for name in names)
        stale = {name for name in names if _is_older(row, name)} | _indexed_anew(row)
        if stale:
            counted.older += 1
            groups.setdefault(frozenset(stale), []).append(row)
    if renew:
        for changed, rows in groups.items():
            update_rows(rows, changed)


def _is_older(row: models.Model, name: str) -> bool:
    encrypted = getattr(row, f"raw_{name}")
    return bool(encrypted) and getattr(row, name) != UNREADABLE and not is_of_the_key(encrypted)


def _indexed_anew(row: models.Model) -> set[str]:
    """Set the indexes of a person as the key makes them; the names of those that were others."""
    if not isinstance(row, Person):
        return set()
    made = {"telephone_index": telephone_index(row.telephone)}
    if row.document_number != UNREADABLE:
        made["document_index"] = blind_index(row.document_number)
    changed = {name for name, index in made.items() if getattr(row, name) != index}
    for name in changed:
        setattr(row, name, made[name])
    return changed


def _encrypted() -> list[tuple[type[models.Model], list[str]]]:
    """Every kind of row with encrypted fields, and their names; histories keep none."""
    found = []
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if isinstance(field, EncryptedText)]
        if names:
            found.append((model, names))
    return found


def _kept(model: type[models.Model], names: list[str]) -> models.QuerySet[Any]:
    """The rows that keep something."""
    filled = [*names, "telephone_index"] if model is Person else names
    rows: models.QuerySet[Any] = model._base_manager.filter(
        Q(*[~Q(**{name: ""}) for name in filled], _connector=Q.OR)
    )
    return rows


def _raw(rows: models.QuerySet[Any], names: list[str]) -> models.QuerySet[Any]:
    """With what stands in the database beside what it means."""
    raw = {f"raw_{name}": Cast(F(name), models.TextField()) for name in names}
    told: models.QuerySet[Any] = rows.annotate(**raw)
    return told
