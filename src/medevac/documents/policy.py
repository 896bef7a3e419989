"""Who may see, upload and change documents.

Redacted: the clinical right. Not redacted: the personal right, and the clinical one as well where the paper
tells of a patient's health. Over which rows, the holder's own rule says.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.naming import register_rights
from medevac.documents.holders import OpenedByHolders, attached, held_under
from medevac.documents.models import Document
from medevac.documents.rules import CLINICAL_KINDS
from medevac.people.pages import Access, register_pages
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.areas import administered, below
from medevac.people.policy.rules import Emergencies, put_behind_glass
from medevac.people.roles import PATIENT_ROLES, RIGHTS, Reach, Right, grant_actions, include_in

SEE, UPLOAD, CHANGE = "documents.see", "documents.upload", "documents.change"
PAGES: dict[str, Access | str] = {
    "documents:own": UPLOAD,
    "documents:upload": UPLOAD,
    "documents:refer": UPLOAD,
    "documents:document": SEE,
    "documents:open": SEE,
    "documents:preview": SEE,
    "documents:describe": CHANGE,
    "documents:translation": CHANGE,
    "documents:redact": CHANGE,
    "documents:withdraw": CHANGE,
    "documents:destroy": CHANGE,
}


@dataclass(frozen=True)
class DocumentRule(Rule):
    """The rule of documents, which depends on the document itself and on what holds it."""

    def apart(self, grants: list[Grant], emergencies: Emergencies) -> list[tuple[list[Grant], Emergencies]]:
        """The question as a whole: two rights together open what neither does alone."""
        return [(grants, emergencies)]

    def rows(self, grants: list[Grant], emergencies: Emergencies) -> Q:
        """The condition that the rows meet which these grants and emergencies open."""
        condition = Q(pk__in=())
        for grant in grants:
            meaning = self.reaches.get(grant.reach)
            if meaning is not None and grant.action not in (SEE, *RIGHTS):
                condition |= meaning(grant)
        clinical, personal = (
            held_under([grant for grant in grants if grant.action == right], emergencies)
            for right in (Right.CLINICAL, Right.PERSONAL)
        )
        of_health = Q(kind__in=CLINICAL_KINDS)
        condition |= Q(redacted=True) & clinical
        condition |= Q(redacted=False) & ~of_health & personal
        condition |= Q(redacted=False) & of_health & personal & clinical
        return condition


def right_of(document: Document) -> Right:
    """The right that a look at the document is recorded under."""
    return Right.CLINICAL if document.redacted else Right.PERSONAL


def rights_asked(document: Document) -> frozenset[Right]:
    """Every right that a document asks for, as the rule has them."""
    if document.redacted:
        return frozenset({Right.CLINICAL})
    of_health = document.kind in CLINICAL_KINDS
    return frozenset({Right.PERSONAL, Right.CLINICAL} if of_health else {Right.PERSONAL})


def _own(grant: Grant) -> Q:
    """All of the organisation for whoever changes; what nothing holds yet for whoever uploads."""
    own = Q(owner__in=below(grant.organisation))
    return own if grant.action == CHANGE else own & ~attached()


def register_policy() -> None:
    """Add actions, the rule, and the words for them."""
    own = dict.fromkeys(PATIENT_ROLES, Reach.OWN)
    actions = {SEE: {**RIGHTS[Right.PERSONAL], **RIGHTS[Right.CLINICAL]}, UPLOAD: own, CHANGE: own}
    grant_actions(actions, within_a_mission=(SEE,))
    include_in(SEE, Right.CLINICAL, Right.PERSONAL, UPLOAD)
    put_behind_glass(SEE)
    register_rule(
        Document,
        DocumentRule(
            see=SEE,
            reaches={
                Reach.OWN: _own,
                Reach.MISSION: lambda grant: Q(owner__in=administered(grant.organisation)),
            },
            owner=lambda document: document.owner_id,
            opened_by=OpenedByHolders(),
        ),
    )
    register_pages(PAGES)
    register_rights({SEE: _("Documents")})
