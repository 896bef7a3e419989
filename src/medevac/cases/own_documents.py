"""Documents in this room: who sees that a case has one, and that its versions go where it is.

A document asks for a right of its own (`documents.policy`); the row that holds it answers for the case alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from medevac.cases.models import CaseDocument
from medevac.cases.policy import CHANGE, SEEING, open_where_the_case_is
from medevac.documents.holders import register_holder
from medevac.documents.models import Document
from medevac.documents.policy import SEE, UPLOAD
from medevac.documents.rules import CLINICAL_KINDS
from medevac.people.pages import Access, register_pages
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.rules import Emergencies
from medevac.people.roles import Right

PAGES: dict[str, Access | str] = {
    "cases:upload_document": CHANGE,
    "cases:attach_document": CHANGE,
    "cases:detach_document": CHANGE,
}
# Which documents a right shows in a case; whether it opens them, their own rule says.
SHOWN = {
    Right.CLINICAL: Q(redacted=True) | Q(kind__in=CLINICAL_KINDS),
    Right.PERSONAL: Q(redacted=False),
}


@dataclass(frozen=True)
class DocumentOfCaseRule(Rule):
    """The rule of the rows that hold documents: open where the case is, by the right of the document."""

    def apart(self, grants: list[Grant], emergencies: Emergencies) -> list[tuple[list[Grant], Emergencies]]:
        """The question as a whole: two rights together open what neither does alone."""
        return [(grants, emergencies)]

    def rows(self, grants: list[Grant], emergencies: Emergencies) -> Q:
        """The condition that the rows meet which these grants and emergencies open."""
        deeds = [grant for grant in grants if grant.action not in (SEE, UPLOAD, *SEEING)]
        condition = super().rows(deeds, emergencies)
        for right, shown in SHOWN.items():
            held = Exists(Document.unscoped.filter(shown, pk=OuterRef("document")))
            given = [grant for grant in grants if grant.action == right]
            condition |= super().rows(given, {}) & Q(held)
        return condition


def register_documents_of_cases() -> None:
    """Add the rule, the holder and the pages."""
    register_rule(CaseDocument, DocumentOfCaseRule(see=SEE, **open_where_the_case_is() | {"part_of": ""}))
    register_holder(CaseDocument, follow=_follow)
    register_pages(PAGES)


def _follow(document: Document, version: Document) -> None:
    """Cases that hold a document hold its redacted version and its translation."""
    for case in CaseDocument.unscoped.filter(document=document).values_list("case", flat=True):
        CaseDocument.unscoped.get_or_create(
            case_id=case, document=version, defaults={"attached_by": version.uploaded_by}
        )
