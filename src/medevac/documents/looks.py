"""Looks at documents, written before anything of them is shown."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from django.db import transaction

from medevac.audit.context import because
from medevac.audit.services import record_look
from medevac.documents.models import Document
from medevac.documents.policy import right_of
from medevac.documents.selectors import emergencies_of, emergency_reason

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking


def record_look_at_documents(viewer: Asking, documents: Iterable[Document]) -> None:
    """Write that the viewer sees these documents, under the right that each asks for, with the owner of each.

    What an emergency access opened stands there with its reason.
    """
    by_right: dict[tuple[str, str], list[Document]] = {}
    accesses = emergencies_of(viewer)
    for document in documents:
        reason = emergency_reason(viewer, document, accesses)
        by_right.setdefault((right_of(document).value, reason), []).append(document)
    with transaction.atomic():
        for (right, reason), seen in by_right.items():
            with because(reason) if reason else nullcontext():
                record_look(right, Document._meta.label_lower, {one.pk: one.owner_id for one in seen})
