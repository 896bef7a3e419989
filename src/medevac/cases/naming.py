"""Names in both scripts, pseudonyms that can be said on the telephone, ages as bands."""

from __future__ import annotations

import secrets
from datetime import date

from medevac.cases.identifiers import blind_index, telephone_index
from medevac.cases.models.case import AgeBand
from medevac.cases.models.person import Person
from medevac.people.transliteration import latin, spellings

# Letters and digits that nobody mistakes for another, written or said.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
LAST_AGES = ((1, AgeBand.INFANT), (11, AgeBand.CHILD), (17, AgeBand.YOUTH), (39, AgeBand.YOUNG),
             (59, AgeBand.MIDDLE), (74, AgeBand.OLDER))  # fmt: skip
OF_AGE = 18


def new_pseudonym() -> str:
    """Two letters and four digits such as RK-4082, drawn at random: it says nothing of the patient."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(2))
    return f"{letters}-{secrets.randbelow(10_000):04}"


def age_on(day: date, birth_year: int, birth_date: date | None) -> int:
    """Whole years on a day; from the year alone the age that is reached in that year."""
    if birth_date is None:
        return max(0, day.year - birth_year)
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return max(0, day.year - birth_date.year - (not had_birthday))


def age_band(age: int) -> AgeBand:
    """The band of an age in years."""
    return next((band for last, band in LAST_AGES if age <= last), AgeBand.OLD)


def write_names(person: Person) -> None:
    """Fill in Latin letters by Ukraine's table unless given by hand, and the keys for searches."""
    if not person.latin_by_hand:
        person.latin_family_name = latin(person.family_name)
        person.latin_given_name = latin(person.given_name)
    names = (
        person.family_name,
        person.given_name,
        person.patronymic,
        person.latin_family_name,
        person.latin_given_name,
    )
    written = dict.fromkeys(spelling for name in names if name for spelling in spellings(name))
    person.search_key = " ".join(written)
    person.telephone_index = telephone_index(person.telephone)
    person.document_index = blind_index(person.document_number)
