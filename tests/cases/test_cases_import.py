"""Cases from a workbook: faults by cell, a trial that changes nothing, the deed, and the same file again."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import world as small_world
from case_books import ROW, book_of, read_back, saved
from case_files import filed, in_state
from directory_places import Places
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from medevac.audit.history import recordings
from medevac.cases.models import Case, CaseImport, Clinical, OwnReference, Person
from medevac.cases.services.importing import apply_import, forget_trials, trial_of, try_import
from medevac.cases.services.trials import Trial
from medevac.cases.states import State
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.tables.cases.limits import LONGEST, MOST_NAMES, RANGES
from medevac.tables.cases.sheet import SHEET
from medevac.tables.cases.words import CHOICES
from medevac.tables.cases.writing import write_cases_template
from medevac.tables.columns import LANGUAGES, Kind

HOSPITAL = Role.HOSPITAL_COORDINATOR


def tried(
    places: Places, data: bytes, role: Role = HOSPITAL, place: str = "hospital"
) -> tuple[CaseImport, Trial]:
    """A trial of a workbook."""
    return try_import(places.world.people[role], places.world[place], places.mission, "cases.xlsx", data)


def imported(places: Places, *rows: dict[str, Any]) -> list[str]:
    """The words of the rows, after a workbook was applied."""
    kept, trial = tried(places, book_of(*rows))
    assert trial.faults == ()
    return [deed.word for deed in apply_import(places.world.people[HOSPITAL], kept)]


def told(trial: Trial) -> list[str]:
    """Every fault as a sentence."""
    return [str(fault) for fault in trial.faults]


def test_limits_are_those_of_the_models() -> None:
    """Tests that lengths, ranges and words of the sheet are what the models take."""
    fields = {field.name: field for model in (Person, Clinical, Case) for field in model._meta.local_fields}
    fields["own_reference"] = OwnReference._meta.get_field("reference")
    for key, longest in LONGEST.items():
        if key != "document_number":  # kept encrypted, in a field without a limit
            assert fields[key].max_length == longest, key
    for key, (most, longest) in MOST_NAMES.items():
        assert (fields[key].size, fields[key].base_field.max_length) == (most, longest), key
    for key, (least, most) in RANGES.items():
        limits = {
            type(one).__name__: one.limit_value
            for one in fields[key].validators
            if hasattr(one, "limit_value")
        }
        assert limits["MaxValueValidator"] == most, key
        assert limits.get("MinValueValidator", 0) == least, key
    for key, words in CHOICES.items():
        assert set(words) == {code for code, _ in fields[key].choices}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_read_in_each_language(places: Places, language: str) -> None:
    """Tests notes, drop-down lists and an example that is not read; a row below it is."""
    data = write_cases_template(language)
    assert data == write_cases_template(language)
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[1]
    assert all(cell.comment for cell in sheet[1])
    lists = {str(rule.sqref).split("3:")[0] for rule in sheet.data_validations.dataValidation}
    columns = {sheet.cell(1, n).value: sheet.cell(1, n).column_letter for n in range(1, sheet.max_column + 1)}
    listed = [one for one in SHEET.columns if one.key in CHOICES or one.kind is Kind.FLAG]
    assert lists == {columns[one.heading.of(language)] for one in listed}
    sheet.append([None] * sheet.max_column)
    for key, value in {"own_reference": "A-9", "diagnosis": "burns", "birth_year": 1980}.items():
        heading = SHEET.by_key[key].heading.of(language)
        sheet[f"{columns.get(heading) or columns[heading + ' *']}3"] = value
    _, trial = tried(places, saved(book))
    assert told(trial) == []
    assert [(one.row, one.word, one.reference) for one in trial.told] == [(3, "add", "A-9")]


def test_a_trial_changes_nothing_and_the_deed_writes_all(places: Places) -> None:
    """Tests the values of a new case, its history, and that the rows kept meanwhile are gone."""
    kept, trial = tried(places, book_of(ROW))
    assert [(one.row, one.word, one.reference) for one in trial.told] == [(2, "add", "A-1")]
    assert not Case.unscoped.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM cases_caseimport")
        assert "1990" not in cursor.fetchone()[0]
    apply_import(places.world.people[HOSPITAL], kept)
    case = Case.unscoped.select_related("person").get()
    assert (case.state, case.priority, case.monitor, case.age_band) == ("draft", "P2", True, "18-39")
    assert (case.specialties, case.preferred_countries) == (["orthopaedics", "plastic surgery"], ["NO"])
    assert float(case.oxygen_litres) == 2.5
    person = case.person
    assert (person.birth_date, person.birth_year, person.sex) == (date(1990, 4, 5), 1990, "male")
    assert (person.latin_family_name, person.keeper_id) == ("Zghurskyi", places.world["hospital"].pk)
    assert Clinical.unscoped.get().diagnosis == ROW["diagnosis"]
    assert OwnReference.unscoped.get().reference == "A-1"
    kept.refresh_from_db()
    assert (kept.content, kept.applied_at is None) == ("", False)
    for kind in ("cases.case", "cases.person", "cases.clinical", "cases.ownreference"):
        assert recordings()[kind].events.objects.filter(pgh_label="insert").count() == 1, kind
    with pytest.raises(RefusedError, match="applied already"):
        apply_import(places.world.people[HOSPITAL], kept)


def test_the_same_file_twice_changes_nothing(places: Places) -> None:
    """Tests that nothing is written again, by own reference and by EWRS number."""
    numbered = {**ROW, "own_reference": None, "ewrs_number": "E-7", "family_name": "Інша"}
    assert imported(places, ROW, numbered) == ["add", "add"]
    before = sorted(Case.unscoped.values_list("pk", "version", "changed_at"))
    assert imported(places, ROW, numbered) == ["same", "same"]
    assert sorted(Case.unscoped.values_list("pk", "version", "changed_at")) == before


def test_a_changed_row_updates_and_an_empty_cell_keeps(places: Places) -> None:
    """Tests that each part is updated, what follows from it is written anew, and nothing is emptied."""
    imported(places, ROW)
    row = {
        "own_reference": "A-1",
        "birth_date": "1960-04-05",
        "family_name": "Новий",
        "diagnosis": "Burns",
        "priority": "P1",
        "ewrs_number": "E-1",
    }
    _, trial = tried(places, book_of(row))
    assert set(trial.told[0].news) == {
        "birth_year",
        "birth_date",
        "family_name",
        "diagnosis",
        "priority",
        "ewrs_number",
    }
    assert imported(places, row) == ["change"]
    case = Case.unscoped.select_related("person").get()
    assert (case.priority, case.age_band, case.version, case.monitor) == ("P1", "60-74", 2, True)
    assert (case.person.latin_family_name, case.person.given_name) == ("Novyi", "Юрій")
    assert "novyi" in case.person.search_key
    assert Clinical.unscoped.get().diagnosis == "Burns"
    assert recordings()["cases.case"].events.objects.filter(pgh_label="update").count() == 1


def test_a_new_priority_restarts_the_clock_of_a_verified_case(places: Places) -> None:
    """Tests 24 hours for P1 from the import on."""
    imported(places, ROW)
    case = in_state(Case.unscoped.get(), State.VERIFIED)
    Case.unscoped.filter(pk=case.pk).update(verified_at=timezone.now() - timedelta(days=2))
    imported(places, {**ROW, "priority": "P1"})
    case.refresh_from_db()
    assert case.due_at - case.priority_since == timedelta(hours=24)
    assert timezone.now() - case.priority_since < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sex": "hvit"}, 'row 2, column E "Sex": expected one of female, male, other, unknown, got "hvit".'),
        ({"birth_date": "5/4/1990"}, 'column D "Date of birth": expected a date, got "5/4/1990".'),
        ({"birth_date": "2990-04-05"}, "expected a date that has been, got 2990-04-05."),
        ({"oxygen_litres": 900}, "expected a number with at most one decimal from 0 to 60, got 900."),
        ({"diagnosis": None}, "expected a diagnosis in words, got an empty cell."),
        ({"own_reference": None}, "expected an own reference or an EWRS number, got neither."),
        ({"birth_date": None}, "expected a year or date of birth, got neither."),
        ({"birth_year": 1991}, "expected the year of the date of birth, 1990, got 1991."),
        ({"diagnosis": "=1+1"}, "expected a value, got a formula that was never calculated."),
        ({"preferred_countries": "Norway"}, "expected at most 10 entries of at most 2 characters"),
        ({"family_name": "я" * 101}, "expected a text of at most 100 characters, got 101 characters."),
        ({"Weihgt": 4}, 'column L: expected a known heading, got "Weihgt".'),
        ({"monitor": "kanskje"}, 'expected yes or no, got "kanskje".'),
    ],
)
def test_faults_name_the_cell(places: Places, changes: dict[str, Any], sentence: str) -> None:
    """Tests file, row and column, what was expected, what came, what to do; nothing is written."""
    kept, trial = tried(places, book_of({**ROW, **changes}))
    assert any(sentence in one for one in told(trial)), told(trial)
    assert all(fault.remedy for fault in trial.faults)
    with pytest.raises(RefusedError, match="has faults"):
        apply_import(places.world.people[HOSPITAL], kept)
    assert not Case.unscoped.exists()


def test_merged_cells_hidden_sheets_and_other_files_are_told(places: Places) -> None:
    """Tests what the readers of tables guard: merged cells, a hidden sheet, a missing one, no workbook."""
    book = load_workbook(BytesIO(book_of(ROW, {**ROW, "own_reference": "A-2"})))
    book.active.merge_cells("B2:B3")
    assert any("merged cells" in one for one in told(tried(places, saved(book))[1]))
    book = load_workbook(BytesIO(book_of(ROW)))
    book.create_sheet("other")
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    assert any("hidden sheet" in one for one in told(tried(places, saved(book))[1]))
    assert any("no such sheet" in one for one in told(tried(places, book_of(ROW, title="Sheet1"))[1]))
    _, trial = tried(places, b"PK\x03\x04 no workbook")
    assert len(trial.faults) == 1
    assert not Case.unscoped.exists()


def test_one_patient_twice_in_a_file(places: Places) -> None:
    """Tests the number of a paper and the name with the date; a yes says that they are two."""
    again = {**ROW, "own_reference": "A-2", "family_name": "Zghurskyi", "given_name": "Yurii"}
    _, trial = tried(places, book_of(ROW, again))
    assert any("row 3" in one and "the one of row 2 again" in one for one in told(trial))
    assert tried(places, book_of(ROW, {**again, "another_person": "yes"}))[1].faults == ()
    _, trial = tried(places, book_of(ROW, {**ROW, "own_reference": "A-1"}))
    assert any("each number once" in one for one in told(trial))


def test_a_live_case_is_named_where_it_may_be_seen(places: Places) -> None:
    """Tests the pseudonym of the same patient's case, and that another oblast's case is not given away."""
    own = filed(places, birth_date=date(1990, 4, 5))
    _, trial = tried(places, book_of(ROW))
    assert any(f"the patient of the live case {own.pseudonym}" in one for one in told(trial))
    in_state(own, State.WITHDRAWN)
    assert tried(places, book_of(ROW))[1].faults == ()
    foreign = filed(places, place="other_hospital", role=Role.MINISTRY, birth_date=date(1990, 4, 5))
    assert foreign.live
    assert tried(places, book_of(ROW))[1].faults == ()


def test_cases_of_others_and_ended_ones_are_left_alone(places: Places) -> None:
    """Tests a number of another hospital's case, and a change of a case that has ended."""
    foreign = filed(places, place="other_hospital", role=Role.MINISTRY)
    Case.unscoped.filter(pk=foreign.pk).update(ewrs_number="E-9")
    _, trial = tried(places, book_of({**ROW, "ewrs_number": "E-9"}))
    assert "a case filed by hospital, got another's" in " ".join(told(trial))
    imported(places, ROW)
    in_state(Case.unscoped.get(own_reference__reference="A-1"), State.WITHDRAWN)
    assert [one.word for one in tried(places, book_of(ROW))[1].told] == ["same"]
    _, trial = tried(places, book_of({**ROW, "diagnosis": "Burns"}))
    assert "an ended one (withdrawn)" in " ".join(told(trial))


def test_only_who_may_file_for_the_organisation(places: Places) -> None:
    """Tests that a hospital imports nothing for another, and a flight desk nothing at all."""
    for role, place in ((HOSPITAL, "other_hospital"), (Role.FLIGHT_DESK, "hospital")):
        with pytest.raises(NotAllowedError):
            tried(places, book_of(ROW), role, place)
    assert not CaseImport.unscoped.exists()


def test_what_changed_since_the_trial_stops_the_deed(places: Places) -> None:
    """Tests that a case that ended in between leaves every row unwritten."""
    imported(places, ROW)
    kept, trial = tried(
        places, book_of({**ROW, "priority": "P1"}, {**ROW, "own_reference": "A-2", "family_name": "Інша"})
    )
    assert trial.faults == ()
    in_state(Case.unscoped.get(), State.WITHDRAWN)
    with pytest.raises(RefusedError, match="Something has changed since the file was read"):
        apply_import(places.world.people[HOSPITAL], kept)
    assert Case.unscoped.count() == 1


def test_a_trial_is_forgotten_after_a_day(places: Places) -> None:
    """Tests that names do not stay in what nobody applied."""
    kept, _ = tried(places, book_of(ROW))
    assert forget_trials() == 0
    CaseImport.unscoped.update(made_at=timezone.now() - timedelta(hours=25))
    assert forget_trials() == 1
    kept.refresh_from_db()
    assert trial_of(kept) is None
    with pytest.raises(RefusedError, match="for a day only"):
        apply_import(places.world.people[HOSPITAL], kept)


def test_many_rows_take_as_many_queries_as_few(places: Places) -> None:
    """Tests that reading, comparing and writing do not ask the database row by row."""

    def rows(count: int, start: int) -> list[dict[str, Any]]:
        return [
            {**ROW, "own_reference": f"B-{start + n}", "family_name": f"Прізвище{start + n}"}
            for n in range(count)
        ]

    def queries(count: int, start: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            imported(places, *rows(count, start))
        return len(asked)

    assert queries(3, 0) == queries(40, 100)


def test_pages(places: Places, client: Client) -> None:
    """Tests the way of a hospital: template, upload, faults, trial, writing; another user finds no trial."""
    small_world.sign_in(client, places.world.people[HOSPITAL])
    template = client.get(reverse("cases:import_template", args=["uk"]))
    assert read_back(template.content, 1)[0][0] == "Власний номер"
    where = reverse("cases:import_cases")
    assert "Read the workbook" in client.get(where).content.decode()

    def upload(data: bytes) -> Any:
        given = {"mission": places.mission.pk, "requester": places.world["hospital"].pk}
        return client.post(where, {**given, "file": SimpleUploadedFile("week.xlsx", data)}, follow=True)

    page = upload(book_of({**ROW, "sex": "hvit"}))
    assert "sheet &quot;Cases&quot;, row 2, column E &quot;Sex&quot;" in page.content.decode()
    page = upload(book_of(ROW))
    assert "is added" in page.content.decode()
    address = page.redirect_chain[-1][0]
    page = client.post(address, follow=True)
    assert "1 row has been written." in page.content.decode()
    assert Case.unscoped.count() == 1
    assert "nothing to write" in upload(book_of(ROW)).content.decode()
    small_world.sign_in(client, places.world.people[Role.MINISTRY])
    assert client.get(address).status_code == 404
    small_world.sign_in(client, places.world.people[Role.FLIGHT_DESK])
    assert client.get(where).status_code in (403, 404)


def test_the_command_line_imports_in_the_name_of_a_user(places: Places, tmp_path: Path) -> None:
    """Tests a dry run, the deed with the actor in the history, faults, and unknown users."""
    file = tmp_path / "cases.xlsx"
    file.write_bytes(book_of(ROW))
    who = places.world.people[HOSPITAL]
    said = StringIO()
    call_command("import_cases", str(file), "--as", who.email, "--dry-run", stdout=said)
    assert "1 new, 0 changed, 0 as they are" in said.getvalue()
    assert not Case.unscoped.exists()
    assert not CaseImport.unscoped.exists()
    call_command("import_cases", str(file), "--as", who.email, stdout=said)
    event = recordings()["cases.case"].events.objects.get()
    assert event.pgh_context["actor"] == str(who.pk)
    file.write_bytes(book_of({**ROW, "sex": "hvit"}))
    with pytest.raises(CommandError, match='row 2, column E "Sex"'):
        call_command("import_cases", str(file), "--as", who.email, stdout=said)
    with pytest.raises(CommandError, match="an active user"):
        call_command("import_cases", str(file), "--as", "nobody@example.org", stdout=said)
    with pytest.raises(CommandError, match="Expected --mission with one of: ukraine"):
        call_command("import_cases", str(file), "--as", who.email, "--mission", "x", stdout=said)
