"""Writes what a workbook of cases says, all rows in a few statements; history and constraints hold."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Clinical, OwnReference, Person
from medevac.cases.naming import OF_AGE, age_band, age_on, new_pseudonym, write_names
from medevac.cases.services.changed import lock_cases_of, move_moment
from medevac.cases.services.filing import write_fields
from medevac.cases.services.import_matching import Deed, person_of
from medevac.cases.services.many_rows import insert_rows, update_rows
from medevac.cases.services.missing import count_missing
from medevac.cases.services.open_pages import tell_open_pages
from medevac.directory.models import Mission
from medevac.people.days import current_day
from medevac.people.models import Organisation
from medevac.people.refusals import RefusedError

TRIES = 20
# What follows from the names, the telephone and the paper; and from the fields of the case.
FOLLOWING = {"latin_family_name", "latin_given_name", "search_key", "telephone_index", "document_index"}
FOLLOWING_OF_CASES = {"version", "changed_at", "age_band", "child", "priority_since", "due_at"}


def write_deeds(deeds: list[Deed], requester: Organisation, mission: Mission) -> None:
    """Write every row; part of the transaction of the import.

    Raises
    ------
    RefusedError
        Where somebody has just filed the same number, or has changed a case since. Nothing was written.
    """
    now = timezone.now()
    try:
        _add([deed for deed in deeds if deed.word == "add"], requester, mission, now)
        _change([deed for deed in deeds if deed.word == "change"], now)
        written = [deed.case for deed in deeds if deed.word in ("add", "change") and deed.case]
        count_missing(written)
        tell_open_pages(*(case.pk for case in written))
    except IntegrityError as error:
        raise RefusedError(
            _("Somebody else has just filed one of these cases. Read the file again, and look once more.")
        ) from error


def lock_changed(deeds: list[Deed]) -> None:
    """Lock the cases that would change with all of the same persons, the persons, and the clinical pictures.

    Raises
    ------
    RefusedError
        Where somebody has written one of them since it was compared.
    """
    seen = {deed.case.pk: deed.case for deed in deeds if deed.word == "change" and deed.case}
    cases = lock_cases_of({case.person_id for case in seen.values()}, besides=seen)
    persons = Person.unscoped.filter(pk__in={case.person_id for case in cases})
    list(persons.order_by("pk").select_for_update().values_list("pk"))
    list(Clinical.unscoped.filter(pk__in=seen).order_by("pk").select_for_update().values_list("pk"))
    for case in cases:
        if case.pk in seen and case.version != seen[case.pk].version:
            raise RefusedError(
                _("Somebody has just changed case %(case)s. Read the file again, and look once more.")
                % {"case": case.pseudonym}
            )


def _add(deeds: list[Deed], requester: Organisation, mission: Mission, now: datetime) -> None:
    pseudonyms = _free_pseudonyms(len(deeds))
    persons, cases, pictures, references = [], [], [], []
    for deed, pseudonym in zip(deeds, pseudonyms, strict=True):
        person = person_of(deed, requester)
        case = Case(
            pseudonym=pseudonym,
            requester=requester,
            mission=mission,
            person=person,
            state_since=now,
            **deed.fields,
        )
        _write_age(case, person)
        persons.append(person)
        cases.append(case)
        pictures.append(Clinical(case=case, **deed.clinical))
        if deed.reference:
            references.append(OwnReference(case=case, requester=requester, reference=deed.reference))
        deed.case = case
    insert_rows(persons)
    insert_rows(cases)
    insert_rows(pictures)
    insert_rows(references)


def _change(deeds: list[Deed], now: datetime) -> None:
    persons: dict[object, Person] = {}
    pictures, cases, references = [], [], []
    held = Clinical.unscoped.in_bulk([deed.case.pk for deed in deeds if deed.case and deed.clinical])
    for deed in deeds:
        case = deed.case
        assert case is not None
        if deed.person:
            person = persons.setdefault(case.person_id, case.person)
            for name, value in deed.person.items():
                setattr(person, name, value)
            write_names(person)
        if deed.clinical:
            picture = held[case.pk]
            for name, value in deed.clinical.items():
                setattr(picture, name, value)
            pictures.append(picture)
        write_fields(case, deed.fields, now)
        _write_age(case, case.person)
        case.version += 1
        case.changed_at = now
        cases.append(case)
        if deed.reference:
            references.append(
                OwnReference(case=case, requester_id=case.requester_id, reference=deed.reference)
            )
    update_rows(list(persons.values()), _names(deeds, "person") | FOLLOWING)
    update_rows(pictures, _names(deeds, "clinical"))
    update_rows(cases, _names(deeds, "fields") | FOLLOWING_OF_CASES)
    insert_rows(references)
    others = Case.unscoped.filter(person__in=list(persons.values())).exclude(
        pk__in=[case.pk for case in cases]
    )
    move_moment(others.values_list("pk", flat=True))


def _names(deeds: list[Deed], part: str) -> set[str]:
    return {name for deed in deeds for name in getattr(deed, part)}


def _write_age(case: Case, person: Person) -> None:
    age = age_on(current_day(), person.birth_year, person.birth_date)
    case.age_band, case.child = age_band(age), age < OF_AGE


def _free_pseudonyms(count: int) -> list[str]:
    """As many as are wanted, none of which any case has; the constraint tells two imports apart."""
    found: set[str] = set()
    for _attempt in range(TRIES):
        drawn = {new_pseudonym() for _one in range(count - len(found))} - found
        taken = Case.unscoped.filter(pseudonym__in=drawn).values_list("pseudonym", flat=True)
        found |= drawn - set(taken)
        if len(found) == count:
            return sorted(found, key=lambda one: one[::-1])
    raise RefusedError(_("No free pseudonym was found. Try once more, and tell the administrator."))
