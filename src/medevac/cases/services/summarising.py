"""The one-page summary of a case: what is open to whoever prints it, under a number of its own."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from medevac.audit.context import because
from medevac.audit.services import numbered_export, record_look
from medevac.cases.models import Assessment, Case, Clinical, FitDecision, Screening
from medevac.directory.specialties import specialty_name
from medevac.papers.case_summary import CaseFacts, ClinicalFacts, PersonFacts, Print, make_case_summary
from medevac.papers.case_summary.content import ScreeningFacts
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, may, parts_of
from medevac.people.policy.asking import emergency_reasons
from medevac.people.roles import Right

EQUIPMENT = ("ventilator", "monitor", "suction", "incubator")
MISSION_LANGUAGES = ("en", "nb", "uk")


@dataclass(frozen=True)
class Printed:
    """A summary on its way out, with the number under which it is on record and what could not be printed."""

    number: int
    file_name: str
    content: bytes
    warnings: tuple[str, ...]


def print_summary(user: User, case: Case, *, language: str, personal: bool) -> Printed:
    """Print one case on one page.

    Parameters
    ----------
    user
        Who prints it.
    case
        Must be open to the user.
    language
        One of `medevac.papers.case_summary.SUMMARY_LANGUAGES`.
    personal
        Whether it says who the patient is; otherwise the pseudonym only.

    Raises
    ------
    NotAllowedError
        Where the case, or for `personal` its person, is not open to the user.
    """
    if not may(user, Right.OPERATIONAL, case):
        raise NotAllowedError(f"Expected a case that is open to the user, got case {case.pk}.")
    if personal and not may(user, Right.PERSONAL, case):
        raise NotAllowedError(f"Expected a case whose person is open to the user, got case {case.pk}.")
    clinical = _clinical(user, case)
    contents = {
        "case": str(case.pk),
        "language": language,
        "personal": personal,
        "clinical": clinical is not None,
    }
    with numbered_export("cases.summary", "pdf", contents) as export:
        seen = ([Right.PERSONAL] if personal else []) + ([Right.SUMMARY] if clinical else [])
        reason = emergency_reasons(user, Case).get(case.pk, "")
        with because(reason) if reason else nullcontext():
            for right in seen:
                record_look(right.value, "cases.case", {case.pk: case.requester_id}, export=export.number)
        address = reverse("cases:summary", args=[case.pk]).removesuffix("summary/")
        made = Print(
            str(export.number), user.latin_name or user.name, timezone.now(), settings.ADDRESS + address
        )
        person = _person(case) if personal else None
        page = make_case_summary(case_facts(case, language), person, clinical, made, language=language)
        name = f"summary-{case.pseudonym}-{language}-{export.number}.pdf"
        return Printed(export.number, name, export.seal(page.pdf), page.warnings)


def case_facts(case: Case, language: str) -> CaseFacts:
    """The operational data of a case, as the summary tells them."""
    with override(language if language in MISSION_LANGUAGES else "en"):
        mission = str(case.mission.name)
    with override(language):
        specialties = [specialty_name(code) for code in case.specialties]
    same = [
        "pseudonym",
        "state",
        "priority",
        "age_band",
        "ewrs_number",
        "due_at",
        "dependency",
        "flight_class",
        "position",
        "weight_kg",
        "infusions",
        "external_fixators",
        "cabin_altitude_m",
        "isolation",
        "escort",
        "ready_from",
        "preferred_countries",
        "refused_countries",
        "wants_return",
    ]
    values: dict[str, Any] = {name: getattr(case, name) for name in same}
    return CaseFacts(
        mission=mission,
        specialties=specialties,
        oxygen_litres=float(case.oxygen_litres),
        equipment=[name for name in EQUIPMENT if getattr(case, name)],
        companions=case.companions_count,
        **values,
    )


def _person(case: Case) -> PersonFacts:
    who = case.person
    same = [
        "birth_year",
        "birth_date",
        "sex",
        "citizenship",
        "languages",
        "service",
        "telephone",
        "document_number",
    ]
    values: dict[str, Any] = {name: getattr(who, name) for name in same}
    return PersonFacts(
        name=" ".join(filter(None, (who.family_name, who.given_name, who.patronymic))),
        latin_name=" ".join(filter(None, (who.latin_family_name, who.latin_given_name))),
        **values,
    )


def _clinical(user: User, case: Case) -> ClinicalFacts | None:
    """The clinical picture without the history; whoever is asked sees as much."""
    picture = parts_of(user, Clinical.objects.all(), case, Right.SUMMARY).first()
    if picture is None:
        return None
    fits = parts_of(user, FitDecision.objects.all(), case, Right.SUMMARY)
    seen = parts_of(user, Assessment.objects.all(), case, Right.SUMMARY)
    return clinical_facts(
        picture,
        parts_of(user, Screening.objects.all(), case, Right.SUMMARY),
        fits.order_by("-decided_at").first(),
        seen.order_by("-assessed_at").first(),
    )


def clinical_facts(
    picture: Clinical, screenings: QuerySet[Screening], fit: FitDecision | None, seen: Assessment | None
) -> ClinicalFacts:
    """The summary of a clinical picture, from rows that the caller has opened."""
    return ClinicalFacts(
        diagnosis=picture.diagnosis,
        icd10=picture.icd10,
        injury_date=picture.injury_date,
        mechanism=picture.mechanism,
        allergies=picture.allergies,
        medicines=picture.medicines,
        cautions=picture.cautions,
        fit=fit.fit if fit else None,
        fit_by=fit.decided_by if fit else "",
        fit_at=fit.decided_at if fit else None,
        fit_until=fit.valid_until if fit else None,
        assessment=seen.text if seen else "",
        assessed_by=seen.assessor if seen else "",
        assessed_at=(seen.confirmed_at or seen.assessed_at) if seen else None,
        screenings=[
            ScreeningFacts(
                organism=one.organism,
                other_organism=one.other_organism,
                site=one.site,
                taken_on=one.taken_on,
                result=one.result,
            )
            for one in screenings.order_by("-taken_on", "organism")
        ],
    )
