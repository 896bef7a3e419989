"""Scans again what could not be scanned when it came."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from medevac.documents.cipher import TamperedError
from medevac.documents.content import plain_parts
from medevac.documents.keyring import KeyRingError
from medevac.documents.models import Document
from medevac.documents.rules import Scan
from medevac.documents.scanning import Verdict, scanned, scanner_configured
from medevac.documents.services.infection import tell_of_infection

AT_ONCE = 20


def scan_again() -> int:
    """Scan the oldest documents whose scan failed, or that came before there was a scanner.

    Returns
    -------
    How many have a verdict now.
    """
    if not scanner_configured():
        return 0
    waiting = Document.unscoped.filter(
        Q(scan__in=(Scan.FAILED, Scan.NOT_SCANNED)), is_reference=False, destroyed_at__isnull=True
    )
    done = 0
    for document in waiting.order_by("scanned_at", "uploaded_at")[:AT_ONCE]:
        try:
            verdict = scanned(plain_parts(document))
        except (TamperedError, KeyRingError) as error:
            verdict = Verdict(Scan.FAILED, type(error).__name__)
        _keep(document, verdict)
        done += verdict.scan in (Scan.CLEAN, Scan.INFECTED)
    return done


@transaction.atomic
def _keep(document: Document, verdict: Verdict) -> None:
    kept = Document.unscoped.select_for_update().get(pk=document.pk)
    if kept.destroyed_at is not None or kept.scan in (Scan.CLEAN, Scan.INFECTED):
        return
    kept.scan, kept.finding, kept.scanned_at = verdict.scan, verdict.finding, timezone.now()
    kept.save(update_fields=["scan", "finding", "scanned_at"])
    if verdict.scan == Scan.INFECTED:
        tell_of_infection(kept)
