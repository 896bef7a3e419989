"""Wraps data keys anew with the newest key of the ring, so that an older one can go."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from medevac.documents.models import DataKey
from medevac.documents.ring_in_use import ring_in_use

BATCH = 500


def rewrap() -> Iterator[int]:
    """Wrap every data key anew that an older key wraps; yields after each batch how many it was.

    What breaks off goes on where it was. Documents themselves are not touched.

    Raises
    ------
    KeyRingError
        Where the ring lacks a key that a document needs.
    """
    ring = ring_in_use()
    while True:
        with transaction.atomic():
            rows = list(
                DataKey.unscoped.exclude(ring_key=ring.newest.name)
                .select_for_update(skip_locked=True)
                .order_by("pk")[:BATCH]
            )
            for row in rows:
                data_key = ring.unwrap(row.ring_key, bytes(row.wrapped), row.document_id)
                row.ring_key, row.wrapped = ring.wrap(data_key, row.document_id)
                row.save(update_fields=["ring_key", "wrapped"])
        if not rows:
            return
        yield len(rows)


def keys_in_use() -> set[str]:
    """The names of the ring's keys that some document needs."""
    return set(DataKey.unscoped.order_by().values_list("ring_key", flat=True).distinct())
