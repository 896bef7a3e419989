"""Documents come in: checked, scanned, then encrypted and numbered in one transaction."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.directory.services.checking import save_checked
from medevac.documents.cipher import new_key
from medevac.documents.content import Measure, keep_pieces, parts_of
from medevac.documents.holders import follow
from medevac.documents.keyring import KeyRingError
from medevac.documents.models import DataKey, Document
from medevac.documents.policy import CHANGE, UPLOAD
from medevac.documents.recognising import FileType, recognised
from medevac.documents.ring_in_use import ring_in_use
from medevac.documents.rules import Scan, Translation
from medevac.documents.scanning import Verdict, scanned
from medevac.documents.services.infection import tell_of_infection
from medevac.people.models import Organisation
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking

MEBIBYTE = 1024 * 1024
Keep = Callable[[Document], object]


@dataclass(frozen=True)
class Description:
    """What is written of a document, whether it is a file or a reference."""

    kind: str
    title: str
    language: str
    dated: date | None = None
    redacted: bool = False


@dataclass(frozen=True)
class Place:
    """Where what a reference stands for is kept, and how to get it."""

    archive: str
    accession: str = ""
    contact: str = ""
    how_to_fetch: str = ""


def upload(
    actor: Asking,
    owner: Organisation,
    file: BinaryIO,
    description: Description,
    *,
    translation_of: Document | None = None,
    then: Keep | None = None,
) -> Document:
    """Take a file in.

    Parameters
    ----------
    actor
        Who uploads: a user, or the holder of a token.
    owner
        The organisation whose document it is.
    file
        The whole file, readable from any place; it is read part by part.
    description
        What is written of it.
    translation_of
        The document that it is a translation of, which is then marked as translated.
    then
        What a room above does with the new document, such as attaching it: in the same transaction, so that
        a refusal there keeps nothing.

    Raises
    ------
    NotAllowedError
        Where the actor may not upload for the owner, or change the original.
    RefusedError
        Where the file is too large, empty or of no allowed type, or what is written of it is not right.
        Nothing was kept.
    """
    demand(actor, UPLOAD, owner)
    if translation_of is not None:
        demand(actor, CHANGE, translation_of)
    document = Document(owner=owner, translation_of=translation_of)
    return _take_in(actor, document, file, description, then)


def add_redacted(actor: Asking, original: Document, file: BinaryIO, description: Description) -> Document:
    """Take in a version of a document in which nobody can be recognised; errors as for `upload`.

    Whatever holds the original holds the version too, where its room has said so.
    """
    demand(actor, CHANGE, original)
    if original.redacted:
        raise RefusedError(_("Nobody can be recognised in this document already."))
    if not description.redacted:
        raise RefusedError(
            _("Expected a version in which nobody can be recognised. Look at every page, then confirm it.")
        )
    document = Document(owner=original.owner, redacted_version_of=original)
    return _take_in(actor, document, file, description)


@transaction.atomic
def refer(actor: Asking, owner: Organisation, place: Place, description: Description) -> Document:
    """Write down where something is kept that is not kept here, such as imaging, and how to get it."""
    demand(actor, UPLOAD, owner)
    document = Document(owner=owner, is_reference=True, uploaded_by=_who(actor), number=_next_number())
    _write(document, asdict(description) | asdict(place))
    save_checked(document)
    return document


def _take_in(
    actor: Asking, document: Document, file: BinaryIO, description: Description, then: Keep | None = None
) -> Document:
    size = _measured(file)
    kind = recognised(file, settings.DOCUMENT_TYPES)
    try:
        ring_in_use()
    except KeyRingError as error:
        raise RefusedError(
            _("Documents cannot be kept here yet. Ask whoever runs the service; medevac doctor says why.")
        ) from error
    verdict = scanned(parts_of(file))  # before the transaction: a scanner may take long
    with transaction.atomic():
        kept = _keep(actor, document, file, description, size=size, kind=kind, verdict=verdict)
        if then is not None:
            then(kept)
        return kept


def _keep(
    actor: Asking,
    document: Document,
    file: BinaryIO,
    description: Description,
    *,
    size: int,
    kind: FileType,
    verdict: Verdict,
) -> Document:
    _write(document, asdict(description))
    document.number = _next_number()
    document.uploaded_by = _who(actor)
    document.content_type, document.size = kind.content_type, size
    document.scan, document.finding = verdict.scan, verdict.finding
    document.scanned_at = None if verdict.scan == Scan.NOT_SCANNED else timezone.now()
    # The pieces point to the row, so it comes first; their count and digest are known at the end.
    document.pieces_count, document.sha256 = 1, "0" * 64
    save_checked(document)
    data_key, measure = new_key(), Measure()
    document.pieces_count = keep_pieces(document, data_key, measure.through(parts_of(file)))
    if measure.size != size:
        raise RefusedError(_("The file changed while it was read. Upload it again."))
    document.sha256 = measure.sha256
    document.save(update_fields=["pieces_count", "sha256"])
    name, wrapped = ring_in_use().wrap(data_key, document.pk)
    DataKey.unscoped.create(document=document, ring_key=name, wrapped=wrapped)
    _join(document)
    if verdict.scan == Scan.INFECTED:
        tell_of_infection(document)
    return document


def _join(document: Document) -> None:
    """Have what holds the original hold its version, and the original know of its translation."""
    for original in (document.redacted_version_of, document.translation_of):
        if original is not None:
            follow(original, document)
    if document.translation_of_id is not None:
        kept = Document.unscoped.select_for_update().get(pk=document.translation_of_id)
        kept.translation_state = Translation.DONE
        kept.save(update_fields=["translation_state"])


def _write(document: Document, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(document, name, value.strip() if isinstance(value, str) else value)


def _who(actor: Asking) -> UUID:
    assert actor.pk is not None  # nobody who is not signed in may upload: the policy has been asked
    return actor.pk


def _measured(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise RefusedError(_("Expected a file with something in it, got an empty one. Choose another."))
    if size > settings.DOCUMENT_LARGEST_BYTES:
        raise RefusedError(
            _(
                "Expected a file of at most %(most)d MiB, got a larger one. Upload it in parts, or add a "
                "reference that says where it is kept."
            )
            % {"most": settings.DOCUMENT_LARGEST_BYTES // MEBIBYTE}
        )
    return size


def _next_number() -> str:
    """A number that no document of this installation has, such as D-2026-000123. Numbers may be left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('documents_number')")
        return f"D-{timezone.now():%Y}-{cursor.fetchone()[0]:06d}"
