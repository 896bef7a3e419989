"""Invents the rows of many cases: who, what is wrong, how far it has come. The same rows for the same seed.

Where the numbers come from
---------------------------
Published: case mix trauma 78.7 %, cancer 13.4 %, other 7.9 %, median age 36 with 0 to 85 (n = 1,385); 0.42
companions for a patient; about 62 of 100 evacuated patients have returned; a median of 7 days from request
to evacuation (DOMAIN.md, "Numbers for realistic data").

Assumed, for want of a figure: 12 of 100 cases live; how the ended ones ended; priorities 20/45/35 %;
positions 45/45/10 %; a burn in 6 of 100 injuries; 3 of 100 persons with an earlier case; days between steps.

Names are put together at random from common Ukrainian given names and surnames: nobody is meant.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from case_world import ITEMS, CaseWorld
from example_names import MEN, SURNAMES, WOMEN

STEMS = (
    "Андр", "Бабич", "Білоус", "Богдан", "Борис", "Васил", "Вакул", "Гавр", "Герас", "Гнат", "Давид",
    "Дем", "Денис", "Дмитр", "Захар", "Зінч", "Іван", "Карп", "Кирил", "Клим", "Козач", "Кост", "Кузьм",
    "Лазар", "Левч", "Лук", "Макар", "Максим", "Матв", "Назар", "Никон", "Онис", "Остап", "Панас", "Петр",
    "Пилип", "Прокоп", "Роман", "Савч", "Семен", "Стеф", "Тимош", "Тит", "Федор", "Филип", "Хар", "Юр",
    "Яким", "Яким", "Ярем", "Яцен",
)  # fmt: skip
ENDINGS = ("енко", "чук", "ишин", "ів")
FAMILY_NAMES = (*SURNAMES, *(stem + ending for stem in dict.fromkeys(STEMS) for ending in ENDINGS))
LETTERS, DIGITS = "ABCDEFGHJKLMNPRSTUVWXYZ", 10_000
ONWARD = (
    ("submit", "submitted", 1.0), ("verify", "verified", 1.0), ("publish", "published", 0.5),
    ("offer", "offered", 2.0), ("choose", "chosen", 1.0), ("book", "booked", 1.0), ("board", "boarded", 3.0),
    ("hand-over", "handed-over", 0.3), ("admit", "in-treatment", 0.1),
    ("prepare-discharge", "ready-for-discharge", 53.0),
)  # fmt: skip  # action, state, mean days before it
STATES = ("draft", *(state for _action, state, _days in ONWARD))
# How far a live case has come, and where an ended one ended: state, share, steps before, action, reason.
LIVE_SHARES = (8, 6, 6, 22, 10, 6, 5, 1, 1, 28, 7)
ENDS = (
    ("returned", 45, 10, "return", ""), ("stayed", 16, 10, "stay", ""), ("onward", 2, 9, "move-onward", ""),
    ("withdrawn", 9, 3, "withdraw", "patient-changed-mind"), ("unfit", 2, 4, "find-unfit", "worsened"),
    ("died", 3, 3, "record-death", "died-before-departure"), ("declined", 6, 1, "decline", "no-criterion"),
    ("no-offer", 8, 3, "close-without-offer", "no-place-found"),
    ("moved-otherwise", 9, 3, "move-otherwise", "other-channel"),
)  # fmt: skip
LIVE_OF_100 = 12
EARLIER_OF_100 = 3
SPECIALTIES = {
    "trauma": ("orthopaedics", "plastic-surgery", "neurosurgery", "maxillofacial-surgery", "rehabilitation"),
    "burns": ("burns", "plastic-surgery"),
    "cancer": ("oncology", "haematology"),
    "other": ("cardiology", "nephrology", "paediatrics"),
}
DIAGNOSES = {
    "trauma": (("S82.2", "Open fracture of the tibia"), ("T14.7", "Blast injury with loss of soft tissue"),
               ("S06.2", "Brain injury"), ("S78.1", "Amputation through the thigh")),
    "burns": (("T31.4", "Burns of 40 % of the body"), ("T20.3", "Deep burns of face and hands")),
    "cancer": (("C91.0", "Acute lymphoblastic leukaemia"), ("C40.2", "Osteosarcoma of the femur")),
    "other": (("Q21.3", "Tetralogy of Fallot"), ("N18.5", "Kidney failure")),
}  # fmt: skip
BEGIN = datetime(2022, 5, 2, 8, 0, tzinfo=UTC)


@dataclass
class Rows:
    """The rows of one case, by the name of the model, each a dictionary by field; and its earlier states."""

    person: dict[str, Any] | None
    case: dict[str, Any]
    clinical: dict[str, Any]
    steps: list[dict[str, Any]]
    items: list[dict[str, Any]]
    companions: list[dict[str, Any]]


def invent(world: CaseWorld, count: int, *, seed: int, now: datetime) -> Iterator[Rows]:
    """Rows of so many cases.

    Parameters
    ----------
    world
        Whose they are.
    count
        How many; at most 5,000,000, since each has a pseudonym of its own.
    seed
        The same seed gives the same rows for one world and moment.
    now
        Nothing happens later than this.
    """
    draw = random.Random(seed)
    pseudonyms = draw.sample(range(len(LETTERS) ** 2 * DIGITS), count)
    ended: list[dict[str, Any]] = []
    for number in pseudonyms:
        earlier = draw.choice(ended) if ended and draw.random() * 100 < EARLIER_OF_100 else None
        made = _one(world, draw, _pseudonym(number), earlier, now)
        if made.case["state"] in ("returned", "stayed") and made.person is not None and len(ended) < 10_000:
            ended.append(made.person)
        if earlier is not None:
            ended.remove(earlier)
        yield made


def _one(
    world: CaseWorld, draw: random.Random, pseudonym: str, earlier: dict[str, Any] | None, now: datetime
) -> Rows:
    hospital = draw.choice(world.hospitals)
    person = earlier or _person(draw, hospital.pk, now)
    path, end = _life(draw)
    steps, begun = _steps(draw, path, end, now)
    if earlier is None:
        person["created_at"] = begun
    case = _case(world, draw, pseudonym, hospital.pk, person, steps, begun)
    clinical = _clinical(draw, case, begun.date())
    for step in steps:
        step["case_id"] = case["id"]
        step["actor"] = world.people["ministry"].pk
    companions = [
        _companion(draw, case["id"]) for _ in range(1 + (draw.random() < 0.2)) if draw.random() < 0.35
    ]
    case["companions_count"] = len(companions)
    items = _items(draw, case, hospital.pk, len(path))
    return Rows(None if earlier else person, case, clinical, steps, items, companions)


def _pseudonym(number: int) -> str:
    letters, digits = divmod(number, DIGITS)
    return f"{LETTERS[letters // len(LETTERS)]}{LETTERS[letters % len(LETTERS)]}-{digits:04}"


def _uuid(draw: random.Random) -> UUID:
    return UUID(int=draw.getrandbits(128), version=4)


def _skewed(draw: random.Random, among: Sequence[str]) -> str:
    """Names at the beginning of the list are more common, as names are."""
    return among[int(len(among) * draw.random() ** 1.5)]


def _person(draw: random.Random, keeper: UUID, now: datetime) -> dict[str, Any]:
    from medevac.cases.models import Person
    from medevac.cases.naming import write_names

    woman = draw.random() < 0.3
    age = min(85, int(draw.triangular(0, 85, 24)))
    born = date(now.year - age, draw.randrange(1, 13), draw.randrange(1, 29))
    person = Person(
        id=_uuid(draw),
        keeper_id=keeper,
        family_name=_skewed(draw, FAMILY_NAMES),
        given_name=_skewed(draw, WOMEN if woman else MEN),
        birth_year=born.year,
        birth_date=born if draw.random() < 0.9 else None,
        sex="female" if woman else "male",
        citizenship="UA",
        languages="Ukrainian",
        service="military" if not woman and 18 <= age <= 60 and draw.random() < 0.5 else "civilian",
        telephone=f"+38067{draw.randrange(10_000_000):07}" if draw.random() < 0.8 else "",
        created_at=now,
    )
    write_names(person)
    return {field.attname: getattr(person, field.attname) for field in Person._meta.concrete_fields}


def _life(draw: random.Random) -> tuple[list[tuple[str, str, float]], tuple[str, str, str] | None]:
    """The steps onward that a case has taken, and how it ended, if it has."""
    if draw.random() * 100 < LIVE_OF_100:
        place = draw.choices(range(len(STATES)), LIVE_SHARES)[0]
        return list(ONWARD[:place]), None
    state, _share, before, action, reason = draw.choices(ENDS, [share for _s, share, *_ in ENDS])[0]
    return list(ONWARD[:before]), (state, action, reason)


def _steps(
    draw: random.Random, path: list[tuple[str, str, float]], end: tuple[str, str, str] | None, now: datetime
) -> tuple[list[dict[str, Any]], datetime]:
    """Steps with their times, and when the case was filed: live ones lately, ended ones over years."""
    waits = [draw.expovariate(1 / days) for _action, _state, days in path]
    ago = sum(waits) + draw.expovariate(1 / (4 if end is None else 500)) + 0.01
    begun = max(BEGIN, now - timedelta(days=ago))
    at, source, found = begun, "draft", []
    for (action, state, _days), wait in zip(path, waits, strict=True):
        at = min(now, at + timedelta(days=wait))
        found.append(_step(source, action, state, "", at))
        source = state
    if end is not None:
        state, action, reason = end
        at = min(now, at + timedelta(days=draw.expovariate(1 / 3)))
        found.append(_step(source, action, state, reason, at))
    return found, begun


def _step(source: str, action: str, target: str, reason: str, at: datetime) -> dict[str, Any]:
    notifier = "The attending doctor" if action == "record-death" else ""
    return {"action": action, "source": source, "target": target, "reason": reason, "remark": "",
            "notifier": notifier, "at": at}  # fmt: skip


def _case(
    world: CaseWorld,
    draw: random.Random,
    pseudonym: str,
    requester: UUID,
    person: dict[str, Any],
    steps: list[dict[str, Any]],
    begun: datetime,
) -> dict[str, Any]:
    from medevac.cases.naming import OF_AGE, age_band, age_on
    from medevac.cases.settings import clock_hours

    age = age_on(begun.date(), person["birth_year"], person["birth_date"])
    kind = draw.choices(("trauma", "burns", "cancer", "other"), (74.0, 4.7, 13.4, 7.9))[0]
    priority = draw.choices(("P1", "P2", "P3"), (20, 45, 35))[0]
    at = {step["action"]: step["at"] for step in steps}
    verified = at.get("verify")
    position = draw.choices(("seat", "litter", "intensive"), (45, 45, 10))[0]
    intensive = position == "intensive"
    last = steps[-1] if steps else None
    return {
        "id": _uuid(draw),
        "pseudonym": pseudonym,
        "ewrs_number": f"UA-{pseudonym}" if "publish" in at else "",
        "mission_id": world.mission.pk,
        "requester_id": requester,
        "person_id": person["id"],
        "state": last["target"] if last else "draft",
        "state_since": last["at"] if last else begun,
        "end_reason": last["reason"] if last else "",
        "verified_at": verified,
        "published_at": at.get("publish"),
        "age_band": str(age_band(age)),
        "child": age < OF_AGE,
        "category": kind,
        "specialties": draw.sample(SPECIALTIES[kind], 1 + (draw.random() < 0.3)),
        "priority": priority,
        "priority_since": verified,
        "due_at": verified + timedelta(hours=clock_hours(priority)) if verified else None,
        "dependency": 1 if intensive else draw.choice((2, 3, 4)),
        "position": position,
        "weight_kg": draw.randrange(4, 20) if age < 6 else draw.randrange(25, 120),
        "oxygen_litres": draw.choice((2, 4, 6)) if intensive else 0,
        "ventilator": intensive and draw.random() < 0.5,
        "monitor": intensive,
        "isolation": "contact" if draw.random() < 0.7 else "none",
        "version": 1 + len(steps),
        "created_at": begun,
        "changed_at": last["at"] if last else begun,
    }


def _clinical(draw: random.Random, case: dict[str, Any], filed: date) -> dict[str, Any]:
    code, words = draw.choice(DIAGNOSES[case["category"]])
    injured = case["category"] in ("trauma", "burns")
    return {
        "case_id": case["id"],
        "diagnosis": words,
        "icd10": [code],
        "injury_date": filed - timedelta(days=draw.randrange(1, 120)) if injured else None,
        "mechanism": draw.choice(("shelling", "mine", "gunshot", "fire")) if injured else "",
        "history": "Treated at home since; further treatment is not available here. " * 8,
        "allergies": draw.choice(("", "", "", "Penicillin")),
        "medicines": draw.choice(("Paracetamol", "Morphine, enoxaparin", "Cefazolin")),
    }


def _companion(draw: random.Random, case: UUID) -> dict[str, Any]:
    from medevac.people.transliteration import latin

    names = {"family_name": _skewed(draw, FAMILY_NAMES), "given_name": _skewed(draw, WOMEN)}
    return {
        "id": _uuid(draw),
        "case_id": case,
        **names,
        **{f"latin_{name}": latin(text) for name, text in names.items()},
        "birth_date": date(draw.randrange(1960, 2004), draw.randrange(1, 13), draw.randrange(1, 29)),
        "sex": "female",
        "relation": draw.choice(("mother", "spouse", "sibling")),
        "luggage_kg": draw.randrange(5, 30),
    }


def _items(draw: random.Random, case: dict[str, Any], owner: UUID, passed: int) -> list[dict[str, Any]]:
    needed = {"verify": 2, "book": 6}
    return [
        {
            "id": _uuid(draw),
            "case_id": case["id"],
            "code": code,
            "status": "present" if passed >= needed[step] or draw.random() * 100 < share / 2 else "missing",
            "owner_id": owner,
            "deadline": case["due_at"],
            "telephone": "+380671234567",
        }
        for code, _kind, step, share in ITEMS
    ]
