"""The only place of this room that writes."""

from medevac.cases.services.acting import act
from medevac.cases.services.companions import add_companion, change_companion, remove_companion
from medevac.cases.services.consents import give_consent, withdraw_consent
from medevac.cases.services.documents import attach_document, detach_document, upload_to_case
from medevac.cases.services.families import join_family, leave_family
from medevac.cases.services.filing import CaseFacts, PersonFacts, change_case, file_case
from medevac.cases.services.fitness import add_assessment, confirm_assessment, decide_fitness
from medevac.cases.services.items import assign_item, set_item, waive_item
from medevac.cases.services.letters import add_letter, name_persons, remove_letter
from medevac.cases.services.screening import (
    add_screening,
    decide_isolation,
    follow_the_rule,
    record_result,
)

__all__ = [
    "CaseFacts",
    "PersonFacts",
    "act",
    "add_assessment",
    "add_companion",
    "add_letter",
    "add_screening",
    "assign_item",
    "attach_document",
    "change_case",
    "change_companion",
    "confirm_assessment",
    "decide_fitness",
    "decide_isolation",
    "detach_document",
    "file_case",
    "follow_the_rule",
    "give_consent",
    "join_family",
    "leave_family",
    "name_persons",
    "record_result",
    "remove_companion",
    "remove_letter",
    "set_item",
    "upload_to_case",
    "waive_item",
    "withdraw_consent",
]
