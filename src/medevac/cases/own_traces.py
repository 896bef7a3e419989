"""Where this room keeps the personal values of a patient, for `medevac forget`.

What the case itself says stays: it is operational, and figures count it. The clinical picture stays too,
without the patient's name where somebody has written it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q

from medevac.audit.history import recordings
from medevac.cases.models import (
    Assessment,
    Case,
    CaseDocument,
    CaseItem,
    CaseStep,
    Clinical,
    Companion,
    Consent,
    FitDecision,
    Merge,
    OwnReference,
)
from medevac.cases.models import Person as Patient
from medevac.cases.models.person import FIRST_BIRTH_YEAR
from medevac.cases.own_traces_of_documents import held_back, traces_in_documents
from medevac.operations.forgetting import (
    FORGOTTEN,
    Emptied,
    Kind,
    Person,
    Removed,
    Trace,
    register_person,
    register_text,
    register_traces,
    without_traces,
)

KIND = Patient._meta.label_lower
NAMES = ("family_name", "given_name", "latin_family_name", "latin_given_name", "telephone")
NO_DAY = date(FIRST_BIRTH_YEAR, 1, 1)
FREE_TEXTS = (
    (CaseItem, ("waived_reason",)),
    (Clinical, ("diagnosis", "history", "cautions", "allergies", "medicines", "mechanism")),
    (Assessment, ("text",)),
    (FitDecision, ("conditions", "override_reason")),
)


def register_own_traces() -> None:
    """Add patients as a kind of person, and the fields in which somebody may have named one."""
    register_person(Kind(Patient, values=_values, refusal=_refusal))
    register_traces(KIND)(_traces)
    without_traces(
        CaseItem._meta.label_lower, "It says which papers a case had, by their codes, and names nobody."
    )
    without_traces(
        CaseDocument._meta.label_lower,
        "It says how many documents a case had; what is written of them is emptied where they lie.",
    )
    for model, fields in FREE_TEXTS:
        for field in fields:
            register_text(model, field)


def _values(pk: UUID) -> frozenset[str]:
    """Whole names in both scripts and either order, and telephone numbers, former ones as well.

    A family name alone is not looked for: others are called so, too.
    """
    events = recordings()[KIND].events.objects.filter(pgh_obj_id=pk).values_list(*NAMES)
    found: set[str] = set()
    for row in [*Patient.unscoped.filter(pk=pk).values_list(*NAMES), *events]:
        family, given, latin_family, latin_given, telephone = row
        for one, other in ((family, given), (latin_family, latin_given)):
            if one and other:
                found |= {f"{one} {other}", f"{other} {one}"}
        found |= {telephone} - {""}
    return frozenset(found)


def _refusal(pk: UUID) -> str | None:
    cases = list(Case.unscoped.filter(person=pk))
    if not Patient.unscoped.filter(pk=pk).exists():
        return f"Expected the number of a patient, got {pk}, which no patient has."
    live = next((case for case in cases if case.live), None)
    if live is not None:
        return f"Expected a patient without a live case: end case {live.pseudonym} first."
    return held_back(pk)


def _traces(person: Person) -> Iterator[Trace]:
    cases = list(Case.unscoped.filter(person=person.pk).values_list("pk", flat=True))
    own = Q(case__in=cases)
    yield Emptied(
        Patient,
        Q(pk=person.pk),
        {
            **dict.fromkeys(
                (
                    "family_name",
                    "given_name",
                    "patronymic",
                    "latin_family_name",
                    "latin_given_name",
                    "citizenship",
                    "languages",
                    "telephone",
                    "telephone_index",
                    "document_number",
                    "document_index",
                    "search_key",
                ),
                "",
            ),
            "birth_date": None,
            "birth_year": FIRST_BIRTH_YEAR,
            "sex": Patient.Sex.UNKNOWN,
            "service": Patient.Service.UNKNOWN,
        },
    )
    yield Emptied(
        Companion,
        own,
        {
            **dict.fromkeys(
                ("family_name", "given_name", "latin_family_name", "latin_given_name"), FORGOTTEN
            ),
            **dict.fromkeys(("telephone", "document_number", "remark"), ""),
            "birth_date": NO_DAY,
        },
    )
    yield Emptied(Consent, own, {"giver_name": FORGOTTEN, "interpreter": "", "withdrawn_by": ""})
    yield Emptied(CaseStep, own, {"notifier": "", "remark": ""})
    yield Emptied(Merge, Q(kept=person.pk) | Q(merged=person.pk), {"moved": [], "filled": {}})
    yield Removed(OwnReference, own)
    yield from traces_in_documents(person.pk)
