"""What a manifest says, as plain data for its template: all text printable, nothing left to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from medevac.papers.airports import known_airport
from medevac.papers.flown import ShownFlight, Stop, Traveller, load_of
from medevac.papers.free_keys import FreeKeys
from medevac.papers.languages import Words, texts_of
from medevac.papers.manifest.glyphs import Printer
from medevac.papers.manifest.load_order import front_door, leaving_order, rear_door
from medevac.papers.manifest.oxygen import Oxygen, oxygen_minutes, oxygen_of
from medevac.papers.moments import moment
from medevac.planner.plan import Plan
from medevac.planner.reading import ProblemDocument, plan_to_bytes

Content = dict[str, Any]
SHORT_SHA = 12
LONGEST_NAME = 60  # in heads and in the load order; the list of each stop has the whole name
BLANK_CREW_LINES = 7  # a 737's medical crew: DOMAIN names seven roles


@dataclass(frozen=True, slots=True)
class Request:
    """What a manifest was asked for with."""

    document: ProblemDocument
    plan: Plan
    words: Words
    free: FreeKeys
    with_proposals: bool
    printed: datetime | None


def content_of(request: Request, shown: ShownFlight, printer: Printer) -> Content:
    """The content of one flight's manifest."""
    return _Writer(request, shown, printer).content()


class _Writer:
    """Writes one manifest's content."""

    def __init__(self, request: Request, shown: ShownFlight, printer: Printer) -> None:
        self._request, self._shown, self._print = request, shown, printer
        self._words, self._free = request.words, request.free
        self._listed = [one for one in shown.travellers if self._is_listed(one)]

    def content(self) -> Content:
        flight, words = self._shown.flight, self._words
        left_out = len(self._shown.travellers) - len(self._listed)
        unagreed = sum(one.placement.basis != "chosen" for one in self._listed)
        return {
            "language": words.language,
            "words": self._texts(),
            "heading": self._print(words("manifest.heading", flight=flight.id)),
            "about": self._short(self._request.plan.problem_name),
            "day": words.day(flight.date),
            "facts": self._facts(),
            "left_out": words.count("manifest.left_out", left_out) if left_out else "",
            "unagreed": words.count("manifest.unagreed", unagreed) if unagreed else "",
            "crew": self._crew(),
            "stops": [self._stop(stop) for stop in self._shown.stops],
            "groups": [self._group(stop) for stop in self._shown.stops if self._leaving(stop)],
            "rear": [self._loaded(n, one) for n, one in enumerate(rear_door(self._shown, self._listed), 1)],
            "front": [self._walked(n, one) for n, one in enumerate(front_door(self._shown, self._listed), 1)],
            "oxygen_note": self._oxygen_note(),
            "version": self._version(),
        }

    def _is_listed(self, one: Traveller) -> bool:
        return self._request.with_proposals or one.placement.basis == "chosen"

    def _texts(self) -> dict[str, str]:
        """The template's fixed texts, without those that need numbers."""
        texts = texts_of(self._words.language)
        return {
            key.partition(".")[2]: text
            for key, text in texts.items()
            if key.startswith("manifest.") and isinstance(text, str)
        }

    def _facts(self) -> list[list[str]]:
        shown, load = self._shown, load_of(self._listed)
        words, layout = self._words, shown.layout
        lying = words("manifest.of", used=load.litters, total=layout.litters)
        seated = words("manifest.of", used=load.seats, total=layout.seats)
        intensive = words("manifest.of", used=load.intensive, total=layout.intensive)
        return [
            [words("manifest.aircraft"), self._print(shown.aircraft.id)],
            [words("manifest.layout"), self._print(shown.flight.layout)],
            [words("manifest.patients"), str(load.patients)],
            [words("manifest.companions"), str(load.companions)],
            [words("shared.litters"), lying],
            [words("shared.intensive"), intensive],
            [words("shared.seats"), seated],
            [words("shared.airborne"), str(load.airborne)],
        ]

    def _crew(self) -> list[list[str]]:
        crew = self._free.crew_of(self._shown.aircraft.id)
        lines = [[self._print(one.role), self._print(one.name)] for one in crew]
        return lines or [["", ""]] * BLANK_CREW_LINES

    def _leaving(self, stop: Stop) -> list[Traveller]:
        return [one for one in leaving_order(stop) if self._is_listed(one)]

    def _stop(self, stop: Stop) -> Content:
        leaving = self._leaving(stop)
        return {
            "airport": self._print(known_airport(stop.airport).label),
            "arrives": self._moment(stop.arrives, stop.airport),
            "leaves": self._moment(stop.leaves, stop.airport),
            "what": self._what(stop, leaving),
            "ambulances": str(len(leaving)) if leaving else "",
        }

    def _moment(self, instant: datetime | None, code: str) -> list[str]:
        """UTC and local time, or nothing."""
        if instant is None:
            return []
        shown = moment(instant, known_airport(code), self._shown.flight.date)
        return [f"{shown.utc} UTC", f"{shown.local} {shown.zone}" if shown.local else ""]

    def _what(self, stop: Stop, leaving: Sequence[Traveller]) -> str:
        if stop.kind == "hub":
            return self._words("manifest.boards", people=self._people(self._listed))
        if leaving:
            return self._words("manifest.leave", people=self._people(leaving))
        return self._words(f"manifest.stop_{stop.kind}")

    def _people(self, ones: Sequence[Traveller]) -> str:
        load = load_of(ones)
        patients = self._words.count("shared.patients", load.patients)
        if not load.companions:
            return patients
        return f"{patients}, {self._words.count('shared.companions', load.companions)}"

    def _group(self, stop: Stop) -> Content:
        minutes = oxygen_minutes(self._shown, stop, self._free)
        leaving = self._leaving(stop)
        return {
            "airport": self._print(known_airport(stop.airport).label),
            "arrives": self._moment(stop.arrives, stop.airport),
            "leaves": self._moment(stop.leaves, stop.airport),
            "people": self._people(leaving),
            "ambulances": self._words("manifest.ambulances_needed", number=len(leaving)),
            "rows": [self._row(one, minutes) for one in leaving],
        }

    def _row(self, one: Traveller, minutes: int) -> Content:
        patient, words = one.patient, self._words
        isolation = "" if patient.isolation == "none" else words(f"shared.isolation_{patient.isolation}")
        hospital = self._free.hospital_names.get(one.hospital.id, one.hospital.id)
        return {
            "id": self._print(patient.id),
            "name": self._name(one),
            "mark": self._mark(one),
            "child": words("manifest.child") if patient.child else "",
            "family": self._print(words("manifest.family", family=patient.family)) if patient.family else "",
            "priority": str(patient.priority),
            "position": words(f"shared.position_{patient.position}"),
            "isolation": isolation,
            "oxygen": self._oxygen(oxygen_of(patient.id, minutes, self._free)),
            "companions": str(patient.companions),
            "hospital": self._print(hospital),
            "country": words.country(one.hospital.country),
        }

    def _name(self, one: Traveller) -> str:
        """The name; nothing where it is not given, and a line to write on is printed."""
        return self._print(self._free.patient_names.get(one.patient.id, ""))

    def _short(self, text: str) -> str:
        """A text where there is little room."""
        return self._print(text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…")

    def _mark(self, one: Traveller) -> str:
        """What is said beside a patient who has not chosen."""
        basis = one.placement.basis
        return "" if basis == "chosen" else self._words(f"manifest.mark_{basis}")

    def _oxygen(self, oxygen: Oxygen | None) -> list[str]:
        """Rate and litres; nothing where no rate is given, and a line to write on is printed."""
        if oxygen is None:
            return []
        if oxygen.rate == 0:
            return [self._words("manifest.none")]
        rate, litres = self._words.number(oxygen.rate, 1), self._words.number(oxygen.litres)
        return [
            self._words("manifest.oxygen_rate", rate=rate),
            self._words("manifest.oxygen_litres", litres=litres, minutes=oxygen.minutes),
        ]

    def _oxygen_note(self) -> str:
        reserve = self._words.number(self._free.oxygen_reserve, 2)
        diversion = self._words.number(self._free.diversion_minutes)
        return self._words("manifest.oxygen_note", reserve=reserve, diversion=diversion)

    def _loaded(self, number: int, one: Traveller) -> Content:
        """A line of the rear door's list."""
        return self._line(number, one, self._words(f"shared.position_{one.patient.position}"))

    def _walked(self, number: int, one: Traveller) -> Content:
        """A line of the front door's list; the companions of those who lie are led by their patient's id."""
        companions = self._words.count("shared.companions", one.patient.companions)
        if one.patient.position != "seat":
            return self._line(number, one, self._words("manifest.companions_only", companions=companions))
        alone = self._words("manifest.walks")
        return self._line(number, one, f"{alone}, {companions}" if one.patient.companions else alone)

    def _line(self, number: int, one: Traveller, what: str) -> Content:
        name = self._free.patient_names.get(one.patient.id, "")
        return {
            "number": str(number),
            "id": self._print(one.patient.id),
            "mark": self._mark(one),
            "name": self._short(name),
            "what": what,
            "to": self._print(one.placement.leaves_at),
        }

    def _version(self) -> str:
        plan = sha256(plan_to_bytes(self._request.plan)).hexdigest()[:SHORT_SHA]
        version = self._words(
            "manifest.version", problem=self._request.document.sha256[:SHORT_SHA], plan=plan
        )
        if self._request.printed is None:
            return version
        return f"{version} · {self._words('manifest.printed', instant=_instant(self._request.printed))}"


def _instant(instant: datetime) -> str:
    return f"{date(instant.year, instant.month, instant.day).isoformat()} {instant:%H:%M} UTC"
