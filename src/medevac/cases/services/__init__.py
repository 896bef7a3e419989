"""The only place of this room that writes."""

from medevac.cases.services.acting import act
from medevac.cases.services.filing import CaseFacts, PersonFacts, change_case, file_case

__all__ = ["CaseFacts", "PersonFacts", "act", "change_case", "file_case"]
