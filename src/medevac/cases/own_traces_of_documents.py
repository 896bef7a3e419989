"""The documents of a patient who is forgotten: those that belong to nobody else are destroyed and emptied."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from medevac.cases.models import CaseDocument
from medevac.documents.holders import holders
from medevac.documents.models import Document
from medevac.documents.services import destroy_contents
from medevac.operations.forgetting import FORGOTTEN, Destroyed, Emptied, Trace
from medevac.operations.services.legal_holds import thing_must_stay

VERSIONS = ("translation_of", "redacted_version_of")


def traces_in_documents(patient: UUID) -> Iterator[Trace]:
    """Destroy the keys of the patient's own documents, and empty what was written of them."""
    kin = _with_kin(patient)
    # Whoever attaches a document locks it: after this, nobody else begins to hold one that is to go.
    list(Document.unscoped.select_for_update().filter(pk__in=kin).order_by("pk").values_list("pk"))
    own = _with_kin(patient) & kin
    yield Destroyed("keys of documents", destroy_contents(own))
    rows = Q(id__in=own)
    words = {"title": FORGOTTEN, "accession": "", "contact": "", "how_to_fetch": "", "withdrawn_because": ""}
    yield Emptied(Document, rows, {**words, "dated": None})
    yield Emptied(Document, rows & Q(is_reference=True), {"archive": FORGOTTEN})


def held_back(patient: UUID) -> str | None:
    """Why the patient's documents cannot go yet, as a sentence."""
    kind = Document._meta.label_lower
    for document in Document.unscoped.filter(pk__in=_with_kin(patient)).order_by("number"):
        if thing_must_stay(kind, document.pk):
            return f"Expected documents that may go: a legal hold keeps {document.number}. Lift it first."
    return None


def _with_kin(patient: UUID) -> set[UUID]:
    """What only the patient's cases hold, with the versions and originals that nobody else holds either."""
    found: set[UUID] = set()
    held = CaseDocument.unscoped.filter(case__person=patient).values_list("document", flat=True)
    wave = _of_nobody_else(patient, set(held))
    while wave:
        found |= wave
        near = set(Document.unscoped.filter(_versions_of(wave)).values_list("pk", flat=True))
        for name in VERSIONS:
            near |= set(Document.unscoped.filter(pk__in=wave).values_list(name, flat=True)) - {None}
        wave = _of_nobody_else(patient, near) - found
    return found


def _versions_of(documents: set[UUID]) -> Q:
    return Q(translation_of__in=documents) | Q(redacted_version_of__in=documents)


def _of_nobody_else(patient: UUID, documents: set[UUID]) -> set[UUID]:
    others: set[UUID] = set()
    for holder in holders():
        rows = holder.model._base_manager.filter(**{f"{holder.field}__in": documents})
        if holder.model is CaseDocument:
            rows = rows.exclude(case__person=patient)
        others |= set(rows.values_list(holder.field, flat=True))
    return documents - others
