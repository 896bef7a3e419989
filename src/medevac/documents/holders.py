"""What documents belong to: a registry that the rooms above fill.

::

    register_holder(CaseDocument)          # a model with a rule of its own and a foreign key "document"

A document is open to whoever sees, under the right that the document asks for, a row that holds it. One that
nothing holds yet is open to the organisation that uploaded it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from medevac.documents.models import Document
from medevac.people.policy import Grant, rule_of

Follow = Callable[[Document, Document], None]


@dataclass(frozen=True)
class Holder:
    """A kind of row that holds documents.

    Parameters
    ----------
    model
        The kind; it needs a rule of the policy.
    field
        Its foreign key to the document.
    follow
        Has whatever holds a document hold its redacted version or translation as well: called with the two,
        in the transaction that makes the second.
    """

    model: type[Model]
    field: str = "document"
    follow: Follow | None = None


_HOLDERS: dict[type[Model], Holder] = {}


def register_holder(model: type[Model], field: str = "document", *, follow: Follow | None = None) -> None:
    """Add a kind of row that holds documents; called in AppConfig.ready()."""
    _HOLDERS[model] = Holder(model, field, follow)


def forget_holder(model: type[Model]) -> None:
    """Take it away again, for tests."""
    _HOLDERS.pop(model, None)


def holders() -> list[Holder]:
    """Every kind that holds documents."""
    return list(_HOLDERS.values())


def follow(document: Document, version: Document) -> None:
    """Have what holds a document hold a version of it; part of another service's transaction."""
    for holder in holders():
        if holder.follow is not None:
            holder.follow(document, version)


def held_under(grants: list[Grant], emergencies: Mapping[str, list[UUID]]) -> Q:
    """The condition for documents held by a row that these grants and emergencies open."""
    condition = Q(pk__in=())
    for holder in holders():
        opened = rule_of(holder.model).rows(grants, emergencies)
        condition |= Q(Exists(_rows_of(holder).filter(opened)))
    return condition


def attached() -> Q:
    """The condition for documents that anything holds."""
    condition = Q(pk__in=())
    for holder in holders():
        condition |= Q(Exists(_rows_of(holder)))
    return condition


def _rows_of(holder: Holder) -> QuerySet[Model]:
    """What holds one document: asked of each document, and not as a set of all that are held."""
    return holder.model._base_manager.filter(**{holder.field: OuterRef("pk")})


class OpenedByHolders(Mapping[str, str]):
    """The kinds that the glass can be broken for and that hold documents, as the policy asks for them."""

    def __iter__(self) -> Iterator[str]:
        return iter({kind for holder in holders() for kind in rule_of(holder.model).opened_by})

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, kind: str) -> str:
        if kind not in set(self):
            raise KeyError(kind)
        return "pk__in"  # not asked: the holders' own rules say what it opens
