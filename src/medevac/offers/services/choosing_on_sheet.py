"""The choice with its signed sheet: the file is kept once, and with it the choice, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

from medevac.cases.models import Case
from medevac.cases.selectors.documents import documents_of
from medevac.cases.services import upload_to_case
from medevac.cases.states import State
from medevac.documents.models import Document
from medevac.documents.services import Description
from medevac.offers.models import Choice, Offer
from medevac.offers.services.choosing import Chosen, choose
from medevac.people.models import User
from medevac.people.refusals import RefusedError


class SheetKeptError(RefusedError):
    """The choice cannot be recorded as it was told. The sheet is kept; nobody has to upload it again."""

    def __init__(self, sentence: str, document: Document) -> None:
        super().__init__(sentence)
        self.document = document


class _KnownError(Exception):
    """The case holds the same file already."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.number)
        self.document = document


def choose_on_sheet(
    actor: User, offer: Offer, chosen: Chosen, file: BinaryIO, description: Description
) -> Choice:
    """Record a choice as `choose` does, and keep its signed sheet as a document of the case.

    The case is locked before the sheet is kept. Of two forms that are sent at once one does both; the other
    finds the choice recorded, or at least the same file there, and keeps nothing.

    Raises
    ------
    NotAllowedError
        As for `choose` and `upload_to_case`. Nothing was kept.
    SheetKeptError
        Where the choice was refused and the case still waits for one: the sheet is kept, and can be named.
    RefusedError
        Where the file cannot be taken in, or somebody has recorded a choice before. Nothing was kept.
    """
    case = offer.case
    recorded: list[Choice] = []
    refused: list[SheetKeptError] = []

    def record(document: Document) -> None:
        same = documents_of(actor, case).filter(sha256=document.sha256, withdrawn_at__isnull=True)
        known = same.exclude(pk=document.pk).first()
        if known is not None:
            raise _KnownError(known)
        try:
            recorded.append(choose(actor, offer, replace(chosen, document=document.pk)))
        except RefusedError as refusal:
            if Case.unscoped.get(pk=case.pk).state != State.OFFERED:
                raise
            refused.append(SheetKeptError(refusal.sentence, document))

    try:
        upload_to_case(actor, case, file, description, then=record)
    except _KnownError as known:
        return _choose_on(known.document, actor, offer, chosen)
    if refused:
        raise refused[0]
    return recorded[0]


def _choose_on(document: Document, actor: User, offer: Offer, chosen: Chosen) -> Choice:
    try:
        return choose(actor, offer, replace(chosen, document=document.pk))
    except RefusedError as refusal:
        raise SheetKeptError(refusal.sentence, document) from refusal
