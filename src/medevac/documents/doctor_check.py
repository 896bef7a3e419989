"""What `medevac doctor` says of documents: whether the key ring has every key that a document needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from medevac.database import connect
from medevac.doctor.finding import Finding
from medevac.doctor.registry import Installation, register
from medevac.documents.keyring import FILE_NAME, KeyRingError, read_ring

_NEEDED = "SELECT ring_key, count(*) FROM documents_datakey GROUP BY ring_key ORDER BY ring_key"
_EXISTS = "SELECT to_regclass('public.documents_datakey') IS NOT NULL"


@register("documents")
def documents(installation: Installation) -> Iterator[Finding]:
    """Whether every document can be opened, as far as keys go."""
    needed = dict(_needed(installation))
    path = Path(settings.DOCUMENT_KEYS_FILE or installation.folder / FILE_NAME)
    try:
        ring = read_ring(path)
    except KeyRingError as error:
        if needed or path.exists():
            yield Finding.fault(str(error), "Put the file back from where it is kept; no backup has it.")
            return
        yield Finding.warning(
            f"There is no key ring at {path}, so no document can be kept.",
            "`medevac serve` makes one beside a database of its own; elsewhere set "
            "MEDEVAC_DOCUMENT_KEYS_FILE and run `medevac document-keys --new`.",
        )
        return
    missing = {name: count for name, count in needed.items() if name not in {key.name for key in ring.keys}}
    if missing:
        told = ", ".join(f"{name} ({count:,} documents)" for name, count in missing.items())
        yield Finding.fault(
            f"The key ring lacks keys that documents need: {told}.",
            "Put the file with these keys back: without them nobody reads these documents.",
        )
        return
    yield Finding.well(
        f"The key ring has every key that a document needs ({sum(needed.values()):,} documents). "
        "No backup of the database has it: keep a copy elsewhere."
    )


def _needed(installation: Installation) -> list[tuple[str, int]]:
    if installation.addresses is None:
        return []
    with connect(installation.addresses.app) as connection:
        if connection.execute(_EXISTS).fetchone() != (True,):
            return []
        return [(str(name), int(count)) for name, count in connection.execute(_NEEDED).fetchall()]
