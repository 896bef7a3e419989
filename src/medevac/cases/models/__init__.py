"""The rows of this room. A case holds operational data; what is clinical or personal has rows of its own."""

from medevac.cases.models.case import Case
from medevac.cases.models.case_document import CaseDocument
from medevac.cases.models.case_item import CaseItem
from medevac.cases.models.case_step import CaseStep
from medevac.cases.models.clinical import Clinical
from medevac.cases.models.companion import Companion
from medevac.cases.models.consent import Consent
from medevac.cases.models.duty import DutyEntry, ShiftChange
from medevac.cases.models.family_group import FamilyGroup
from medevac.cases.models.filing import Filing
from medevac.cases.models.fitness import Assessment, FitDecision
from medevac.cases.models.importing import CaseImport, OwnReference
from medevac.cases.models.isolation import IsolationDecision
from medevac.cases.models.letter import LettersPerson, MinistersLetter
from medevac.cases.models.missing import MissingItems
from medevac.cases.models.person import Person
from medevac.cases.models.sameness import Merge, Suspicion
from medevac.cases.models.saved_view import SavedView
from medevac.cases.models.screening import Screening

__all__ = [
    "Assessment",
    "Case",
    "CaseDocument",
    "CaseImport",
    "CaseItem",
    "CaseStep",
    "Clinical",
    "Companion",
    "Consent",
    "DutyEntry",
    "FamilyGroup",
    "Filing",
    "FitDecision",
    "IsolationDecision",
    "LettersPerson",
    "Merge",
    "MinistersLetter",
    "MissingItems",
    "OwnReference",
    "Person",
    "SavedView",
    "Screening",
    "ShiftChange",
    "Suspicion",
]

# Rows that belong to one case, by the right that opens them; a closer or the case itself answers for each.
CLINICAL_PARTS = (Clinical, Screening, Assessment, FitDecision, IsolationDecision)
PERSONAL_PARTS = (CaseItem, Companion, Consent, LettersPerson, OwnReference)
OPERATIONAL_PARTS = (CaseStep,)
