"""What stands on the summary of a case, as plain texts in one language; the template says where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from medevac.papers.languages import Words
from medevac.papers.manifest.glyphs import Printer

LONGEST = 2500  # characters of a text that the template is given; more than fits
MOST_SCREENINGS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Operational data of a case; codes are those of the service, None is what is not known."""

    pseudonym: str
    mission: str
    state: str
    priority: str
    age_band: str
    ewrs_number: str = ""
    due_at: datetime | None = None
    specialties: Sequence[str] = ()
    dependency: int | None = None
    flight_class: str = ""
    position: str = "seat"
    weight_kg: int | None = None
    oxygen_litres: float = 0
    equipment: Sequence[str] = ()  # of ventilator, monitor, suction, incubator
    infusions: int = 0
    external_fixators: int = 0
    cabin_altitude_m: int | None = None
    isolation: str = "contact"
    escort: str = ""
    companions: int = 0
    ready_from: date | None = None
    preferred_countries: Sequence[str] = ()
    refused_countries: Sequence[str] = ()
    wants_return: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Who it is."""

    name: str
    latin_name: str
    birth_year: int
    birth_date: date | None = None
    sex: str = "unknown"
    citizenship: str = ""
    languages: str = ""
    service: str = "unknown"
    telephone: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningFacts:
    """One sample."""

    organism: str
    other_organism: str
    site: str
    taken_on: date
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalFacts:
    """The clinical picture; `fit` is None until somebody has decided."""

    diagnosis: str
    icd10: Sequence[str] = ()
    injury_date: date | None = None
    mechanism: str = ""
    allergies: str = ""
    medicines: str = ""
    cautions: str = ""
    fit: bool | None = None
    fit_by: str = ""
    fit_at: datetime | None = None
    fit_until: datetime | None = None
    assessment: str = ""
    assessed_by: str = ""
    assessed_at: datetime | None = None
    screenings: Sequence[ScreeningFacts] = ()


class _Content:
    def __init__(self, words: Words, printer: Printer, now: datetime) -> None:
        self.words, self.printer, self.now = words, printer, now

    def say(self, key: str, **values: object) -> str:
        return self.words(f"summary.{key}", **values)

    def or_unknown(self, text: str) -> str:
        return self.printer(text[:LONGEST]) or self.say("unknown")

    def day(self, day: date | None) -> str:
        return self.words.date_only(day) if day else self.say("unknown")

    def moment(self, at: datetime | None) -> str:
        return f"{self.words.date_only(at.date())}, {at:%H:%M}" if at else "–"

    def coded(self, beginning: str, code: str) -> str:
        return self.say(f"{beginning}{code.replace('-', '_')}")

    def flag(self, value: bool | None) -> str:
        return self.say("unknown") if value is None else self.say("yes" if value else "no")

    def countries(self, codes: Sequence[str]) -> str:
        return self.words.listed([self.words.country(code) for code in codes]) if codes else "–"

    def transport(self, case: CaseFacts) -> list[tuple[str, str, int]]:
        """Heading, value, and how many lines it may take."""
        weight = self.say("kg", number=case.weight_kg) if case.weight_kg else self.say("unknown")
        litres = self.words.number(case.oxygen_litres, 1)
        oxygen = self.say("litres", number=litres) if case.oxygen_litres else self.say("no")
        altitude = self.say("usual_altitude")
        if case.cabin_altitude_m is not None:
            altitude = self.say("metres", number=self.words.number(case.cabin_altitude_m))
        equipment = ", ".join(self.say(one) for one in case.equipment) or self.say("no")
        level = str(case.dependency) if case.dependency else self.say("unknown")
        rows = [
            [self.say("position"), self.coded("position_", case.position)],
            [self.say("isolation"), self.coded("isolation_", case.isolation)],
            [self.say("class_and_dependency"), f"{self.or_unknown(case.flight_class)} · {level}"],
            [self.say("oxygen"), oxygen],
            [self.say("equipment"), equipment],
            [self.say("infusions"), self.words.number(case.infusions)],
            [self.say("fixators"), self.words.number(case.external_fixators)],
            [self.say("weight"), weight],
            [self.say("altitude"), altitude],
            [self.say("escort"), self.coded("escort_", case.escort or "nobody")],
            [self.say("companions"), self.words.number(case.companions)],
            [self.say("ready"), self.day(case.ready_from)],
            [self.say("wants_return"), self.flag(case.wants_return)],
            [
                self.say("countries"),
                f"{self.countries(case.preferred_countries)} · {self.countries(case.refused_countries)}"
                if case.preferred_countries or case.refused_countries
                else "–",
            ],
        ]
        long = (self.say("equipment"), self.say("countries"))
        return [(name, value, 2 if name in long else 1) for name, value in rows]

    def person(self, person: PersonFacts) -> list[list[str]]:
        born = self.day(person.birth_date) if person.birth_date else str(person.birth_year)
        citizenship = self.words.country(person.citizenship) if person.citizenship else self.say("unknown")
        return [
            [self.say("name"), self.or_unknown(person.name)],
            [self.say("latin_name"), self.or_unknown(person.latin_name)],
            [self.say("born"), born],
            [self.say("sex"), self.coded("sex_", person.sex)],
            [self.say("citizenship"), citizenship],
            [self.say("languages"), self.or_unknown(person.languages)],
            [self.say("service"), self.coded("service_", person.service)],
            [self.say("telephone"), self.or_unknown(person.telephone)],
            [self.say("document"), self.or_unknown(person.document_number)],
        ]

    def texts(self, clinical: ClinicalFacts) -> list[list[str]]:
        """Heading and text, in the order of the page."""
        day = self.words.date_only(clinical.injury_date) if clinical.injury_date else ""
        injury = " · ".join(part for part in (day, clinical.mechanism) if part)
        codes = ", ".join(clinical.icd10) or self.say("unknown")
        return [
            [self.say("diagnosis"), self.or_unknown(clinical.diagnosis)],
            [self.say("icd10"), self.printer(codes)],
            [self.say("injury"), self.or_unknown(injury)],
            [self.say("allergies"), self.or_unknown(clinical.allergies)],
            [self.say("medicines"), self.or_unknown(clinical.medicines)],
            [self.say("cautions"), self.or_unknown(clinical.cautions)],
            [self.say("fit"), self.fitness(clinical)],
            [self.say("assessment"), self.assessment(clinical)],
            [self.say("screening"), self.screenings(clinical)],
        ]

    def fitness(self, clinical: ClinicalFacts) -> str:
        if clinical.fit is None:
            return self.say("undecided")
        who = self.or_unknown(clinical.fit_by)
        until = clinical.fit_until
        if clinical.fit and until is not None:
            return self.say("fit_until" if until > self.now else "fit_over", when=self.moment(until), who=who)
        return self.say("unfit", when=self.moment(clinical.fit_at), who=who)

    def assessment(self, clinical: ClinicalFacts) -> str:
        if clinical.assessed_at is None:
            return self.say("nothing")
        who = f"{self.moment(clinical.assessed_at)} UTC, {clinical.assessed_by}: {clinical.assessment}"
        return self.printer(who[:LONGEST])

    def screenings(self, clinical: ClinicalFacts) -> str:
        if not clinical.screenings:
            return self.say("nothing")
        found = []
        for one in sorted(clinical.screenings, key=lambda one: one.result != "positive")[:MOST_SCREENINGS]:
            what = self.coded("organism_", one.organism)
            named = one.other_organism or what if one.organism == "other" else what
            result = self.coded("result_", one.result)
            found.append(self.printer(f"{named}: {result} ({one.site}, {self.day(one.taken_on)})"))
        return "; ".join(found)


def content_of(
    case: CaseFacts,
    person: PersonFacts | None,
    clinical: ClinicalFacts | None,
    words: Words,
    printer: Printer,
    now: datetime,
) -> dict[str, Any]:
    """Everything that the template sets, in one language."""
    of = _Content(words, printer, now)
    due = f"{of.moment(case.due_at)} UTC" if case.due_at else of.say("unknown")
    specialties = printer(", ".join(case.specialties)) or of.say("unknown")
    return {
        "language": words.language,
        "pseudonym": case.pseudonym,
        "mission": printer(case.mission),
        "head": [
            [of.say("priority"), case.priority],
            [of.say("age"), of.say("age_band", band=case.age_band.replace("-", "–"))],
            [of.say("state"), of.coded("state_", case.state)],
            [of.say("due"), due],
            [of.say("ewrs"), of.or_unknown(case.ewrs_number)],
            [of.say("specialties"), specialties],
        ],
        "person": of.person(person) if person else [],
        "transport": of.transport(case),
        "texts": of.texts(clinical) if clinical else [],
        "words": {
            key: of.say(key)
            for key in (
                "title",
                "without_names",
                "confidential",
                "open_case",
                "cut",
                "closed",
                "person",
                "transport",
                "clinical",
                "as_written",
            )
        },
    }
