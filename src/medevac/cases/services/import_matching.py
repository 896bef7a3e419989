"""What a workbook of cases would do: which case each row means, what is new of it, what stands against it.

Every row is compared with what is kept in a handful of queries, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from medevac.cases.identifiers import blind_index, blind_indexes
from medevac.cases.models import Case, Clinical, OwnReference, Person
from medevac.cases.naming import write_names
from medevac.cases.policy import CHANGE, CHANGE_CLINICAL
from medevac.cases.rules import LIVE
from medevac.directory.models import Mission
from medevac.people.models import Organisation, User
from medevac.people.policy import visible
from medevac.people.transliteration import spellings
from medevac.tables.cases.clinical import CLINICAL
from medevac.tables.cases.operational import OPERATIONAL
from medevac.tables.cases.personal import PERSONAL
from medevac.tables.findings import Findings, Location
from medevac.tables.records import Record, SheetRecords

PERSON_KEYS = tuple(column.key for column in PERSONAL if column.key != "own_reference")
CLINICAL_KEYS = tuple(column.key for column in CLINICAL)
CASE_KEYS = tuple(column.key for column in OPERATIONAL)
LATIN_KEYS = ("latin_family_name", "latin_given_name")


@dataclass
class Deed:
    """What one row would do.

    Parameters
    ----------
    record
        The row.
    word
        "add", "change" or "same".
    case
        Which case; None for one that would be added.
    person, clinical, fields
        New values by field, of the person, the clinical picture and the case itself.
    reference
        The own reference where the case has none yet.
    marks
        By what the patient of a new case would be known again.
    """

    record: Record
    word: str
    case: Case | None = None
    person: dict[str, Any] = field(default_factory=dict)
    clinical: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    marks: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def news(self) -> list[str]:
        """The keys of the columns that would be written, in the order of the parts."""
        return [*self.person, *self.clinical, *self.fields, *(["own_reference"] if self.reference else [])]


@dataclass(frozen=True)
class Setting:
    """For whom the rows are filed, and where they stand in the workbook."""

    actor: User
    requester: Organisation
    mission: Mission
    sheet: SheetRecords
    findings: Findings


def match(records: list[Record], setting: Setting) -> list[Deed]:
    """What each row would do; what stands against it is noted in the findings by its cell."""
    kept = _Kept(records, setting)
    deeds = [kept.deed(record) for record in records]
    _refuse_unopened(deeds, setting)
    added = [deed for deed in deeds if deed.word == "add"]
    for deed in added:
        deed.marks = _marks(deed)
    _refuse_twice_in_file(added, setting)
    _refuse_live(added, setting)
    return deeds


class _Kept:
    """The cases that the rows mean, looked up once."""

    def __init__(self, records: list[Record], setting: Setting) -> None:
        self.setting = setting
        references = [one for record in records if (one := record.values.get("own_reference"))]
        numbers = [one for record in records if (one := record.values.get("ewrs_number"))]
        rows = OwnReference.unscoped.filter(requester=setting.requester, reference__in=references)
        self.by_reference = {row.reference: row.case_id for row in rows}
        by_number = Case.unscoped.filter(ewrs_number__in=numbers).values_list("ewrs_number", "pk")
        self.by_number: dict[str, UUID] = dict(by_number)
        wanted = {*self.by_reference.values(), *self.by_number.values()}
        cases = Case.unscoped.filter(pk__in=wanted).select_related("person")
        self.cases = {case.pk: case for case in cases}
        self.pictures = Clinical.unscoped.in_bulk(list(wanted))
        own = OwnReference.unscoped.filter(case__in=wanted).values_list("case_id", "reference")
        self.references: dict[UUID, str] = dict(own)

    def _error(self, record: Record, key: str, expected: str, got: str, remedy: str) -> None:
        self.setting.findings.error(self.setting.sheet.at(record.row, key), expected, got, remedy)

    def deed(self, record: Record) -> Deed:
        values = record.values
        reference, number = values.get("own_reference", ""), values.get("ewrs_number", "")
        meant = self.by_reference.get(reference) if reference else None
        numbered = self.by_number.get(number) if number else None
        if meant is None and numbered is None:
            return _addition(record)
        if meant and numbered and meant != numbered:
            remedy = "Correct one of the two numbers."
            self._error(
                record, "ewrs_number", "the number of the case with this reference", "that of another", remedy
            )
            return Deed(record, "same")
        case = self.cases[meant or numbered]  # type: ignore[index]
        if self._is_foreign(record, case, reference, number):
            return Deed(record, "same")
        return self._changes(record, case, reference)

    def _is_foreign(self, record: Record, case: Case, reference: str, number: str) -> bool:
        """Whether the row means a case that this file may not change, which is then noted."""
        if case.requester_id != self.setting.requester.pk:
            remedy = "Leave the row out, or ask whoever has filed the case."
            self._error(
                record, "ewrs_number", f"a case filed by {self.setting.requester.name}", "another's", remedy
            )
            return True
        if case.mission_id != self.setting.mission.pk:
            remedy = "Choose that mission, or leave the row out."
            self._error(record, "", "a case of the mission that you have chosen", "one of another", remedy)
            return True
        known = self.references.get(case.pk, "")
        if reference and known and reference != known:
            remedy = "Write that reference, or leave the cell empty."
            self._error(
                record, "own_reference", f'"{known}", which case {case.pseudonym} has', "another", remedy
            )
            return True
        if number and case.ewrs_number and number != case.ewrs_number:
            got = f'"{number}"'
            remedy = "Correct it here, or on the page of the case."
            expected = f'"{case.ewrs_number}", which case {case.pseudonym} has'
            self._error(record, "ewrs_number", expected, got, remedy)
            return True
        return False

    def _changes(self, record: Record, case: Case, reference: str) -> Deed:
        picture = self.pictures[case.pk]
        person = _differences(record.values, PERSON_KEYS, case.person)
        if "birth_date" in person:
            person["birth_year"] = person["birth_date"].year
        elif "birth_year" in person and case.person.birth_date is not None:
            remedy = "Correct it, or give the date of birth as well."
            expected = f"{case.person.birth_date.year}, the year of the date of birth that the case has"
            self._error(record, "birth_year", expected, str(person["birth_year"]), remedy)
        if any(key in person for key in LATIN_KEYS):
            person["latin_by_hand"] = True
        deed = Deed(record, "change", case, person)
        deed.clinical = _differences(record.values, CLINICAL_KEYS, picture)
        deed.fields = _differences(record.values, CASE_KEYS, case)
        deed.reference = reference if case.pk not in self.references else ""
        if not deed.news:
            deed.word = "same"
        elif not case.live:
            got = f"an ended one ({case.state})"
            remedy = "Leave the row out; a new evacuation is a new case with a reference of its own."
            self._error(
                record, "own_reference", f"a live case, since {case.pseudonym} would change", got, remedy
            )
        return deed


def _addition(record: Record) -> Deed:
    values = record.values
    person = {key: values[key] for key in PERSON_KEYS if key in values}
    if person.get("birth_date"):
        person["birth_year"] = person["birth_date"].year
    if any(person.get(key) for key in LATIN_KEYS):
        person["latin_by_hand"] = True
    return Deed(
        record,
        "add",
        None,
        person,
        {key: values[key] for key in CLINICAL_KEYS if key in values},
        {key: values[key] for key in CASE_KEYS if key in values},
        values.get("own_reference", ""),
    )


def _differences(values: dict[str, Any], keys: Iterable[str], row: Any) -> dict[str, Any]:
    """What the file says otherwise than the row; an empty cell says nothing."""
    return {key: values[key] for key in keys if key in values and not _same(getattr(row, key), values[key])}


def _same(kept: Any, said: Any) -> bool:
    if isinstance(said, float):
        return kept is not None and float(kept) == said
    return bool(kept == said)


def _refuse_unopened(deeds: list[Deed], setting: Setting) -> None:
    """Changing a case and its clinical picture are rights of their own."""
    for action, part in ((CHANGE, ""), (CHANGE_CLINICAL, "clinical")):
        changed = [deed for deed in deeds if deed.word == "change" and (not part or deed.clinical)]
        ids = [deed.case.pk for deed in changed if deed.case]
        opened = set(
            visible(setting.actor, Case.objects.filter(pk__in=ids), action).values_list("pk", flat=True)
        )
        for deed in changed:
            if deed.case and deed.case.pk not in opened:
                remedy = "Leave the row out, or have somebody import it whose role includes that."
                at = setting.sheet.at(deed.record.row)
                setting.findings.error(at, "a case that you may change", deed.case.pseudonym, remedy)


def person_of(deed: Deed, keeper: Organisation) -> Person:
    """The person of a row that would be added, with names and indexes written; not kept."""
    person = Person(keeper=keeper, **deed.person)
    _fill_latin(person)
    write_names(person)
    return person


def _fill_latin(person: Person) -> None:
    """Where one of the two Latin names is given by hand, the other one follows the table."""
    if not person.latin_by_hand:
        return
    given = person.latin_family_name, person.latin_given_name
    person.latin_by_hand = False
    write_names(person)
    person.latin_family_name = given[0] or person.latin_family_name
    person.latin_given_name = given[1] or person.latin_given_name
    person.latin_by_hand = True


def _marks(deed: Deed) -> list[tuple[str, Any]]:
    """By what a patient would be known again: the number of a paper, or names with the date of birth."""
    found: list[tuple[str, Any]] = []
    if paper := blind_index(deed.person.get("document_number", "")):
        found.append(("document_number", paper))
    born, family = deed.person.get("birth_date"), deed.person.get("family_name", "")
    if born and family:
        for one in spellings(family):
            for other in spellings(deed.person.get("given_name", "")) or [""]:
                found.append(("family_name", (born, one, other)))
    return found


def _refuse_twice_in_file(added: list[Deed], setting: Setting) -> None:
    seen: dict[tuple[str, Any], int] = {}
    for deed in added:
        for mark in deed.marks:
            before = seen.setdefault(mark, deed.record.row)
            if before != deed.record.row and not deed.record.values.get("another_person"):
                remedy = (
                    'Bring the rows together; if they are two patients, write yes under "Another patient".'
                )
                got = f"the one of row {before} again"
                setting.findings.error(_at(setting, deed, mark[0]), "each patient once", got, remedy)


def _refuse_live(added: list[Deed], setting: Setting) -> None:
    """Name the live case of the same patient, where whoever imports may see it."""
    live = _live_marks(added, setting)
    for deed in added:
        if deed.record.values.get("another_person"):
            continue
        for mark in deed.marks:
            if mark in live:
                remedy = (
                    "Open that case instead, or give the row its EWRS number; "
                    'if it is another patient, write yes under "Another patient".'
                )
                got = f"the patient of the live case {live[mark]}"
                expected = "a patient without a live case"
                setting.findings.error(_at(setting, deed, mark[0]), expected, got, remedy)
                break


def _live_marks(added: list[Deed], setting: Setting) -> dict[tuple[str, Any], str]:
    marks = [mark for deed in added for mark in deed.marks]
    numbers = {deed.person.get("document_number", "") for deed in added}
    papers = {index: blind_index(number) for number in numbers for index in blind_indexes(number)}
    days: set[date] = {value[0] for kind, value in marks if kind == "family_name"}
    open_cases = visible(setting.actor, Case.objects.filter(state__in=[str(state) for state in LIVE]))
    found: dict[tuple[str, Any], str] = {}
    for case in open_cases.filter(person__document_index__in=papers).select_related("person"):
        found["document_number", papers[case.person.document_index]] = case.pseudonym
    for case in open_cases.filter(person__birth_date__in=days).select_related("person"):
        person = case.person
        for one in {*spellings(person.family_name), *spellings(person.latin_family_name)}:
            for other in {*spellings(person.given_name), *spellings(person.latin_given_name)} or {""}:
                found["family_name", (person.birth_date, one, other)] = case.pseudonym
    return found


def _at(setting: Setting, deed: Deed, key: str) -> Location:
    return setting.sheet.at(deed.record.row, key)
