"""Tests places by workbook: the trial, the deed, the same file again, faults by cell, and the export."""

from __future__ import annotations

import time
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import offer_things
import pytest
from case_books import saved
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from sheet_books import book_of_sheets
from world import sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.models import Export
from medevac.offers.models import Place, PlaceImport, Pool
from medevac.offers.services.place_exporting import export_places, places_template
from medevac.offers.services.place_importing import Trial, apply_import, forget_trials, trial_of, try_import
from medevac.offers.states import PoolKind
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.tables.columns import LANGUAGES
from medevac.tables.places.reading import LONGEST, MOST_STAY
from medevac.tables.places.sheets import PLACES, POOL_WORDS, POOLS

ROW = {"label": "7B-1", "specialty": "orthopaedics", "first_day": "2026-01-31", "stay_days": 40}
ENOUGH_SECONDS = 20  # on a busy machine; a quiet one needs a tenth


def book_of(*rows: dict[str, Any], pools: tuple[dict[str, Any], ...] = ()) -> bytes:
    """A workbook with these rows from row 2 on, under English headings."""
    return book_of_sheets(((PLACES, rows), (POOLS, pools)))


def tried(things: offer_things.Things, data: bytes) -> tuple[PlaceImport, Trial]:
    """A trial of a workbook."""
    return try_import(things.hospital, things.places.hospital, things.places.mission, "places.xlsx", data)


def imported(things: offer_things.Things, data: bytes) -> list[str]:
    """The words of the rows, after a workbook was applied."""
    kept, trial = tried(things, data)
    assert told(trial) == []
    done = apply_import(things.hospital, kept)
    return [one.word for one in (*done.places, *done.pools)]


def told(trial: Trial) -> list[str]:
    """Every fault as a sentence."""
    return [str(fault) for fault in trial.faults]


def test_limits_and_words_are_those_of_the_models() -> None:
    """Tests that the sheets take what the models take, and know every pool."""
    for key, longest in LONGEST.items():
        assert Place._meta.get_field(key).max_length == longest
    stay = Place._meta.get_field("stay_days").validators
    assert MOST_STAY in [one.limit_value for one in stay if hasattr(one, "limit_value")]
    assert set(POOL_WORDS) == set(PoolKind.values)
    for language in LANGUAGES:
        with translation.override(language):
            labels = {kind.value: str(kind.label) for kind in PoolKind}
        assert labels == {key: words.of(language) for key, words in POOL_WORDS.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_read_in_each_language(things, language) -> None:
    """Tests notes, lists, an example that is not read, and a row below it in the language's own words."""
    with translation.override(language):
        data = places_template(language)
        assert data == places_template(language)
    book = load_workbook(BytesIO(data))
    places, pools = book[PLACES.name.of(language)], book[POOLS.name.of(language)]
    assert all(cell.comment for cell in places[1])
    assert len(places.data_validations.dataValidation) == 2  # specialty, staffed
    assert "empty" in str(tried(things, data)[1].faults) or told(
        tried(things, data)[1]
    )  # nothing is filled in
    lists = book.worksheets[-1]
    assert lists.sheet_state == "hidden"
    places["A3"], places["B3"] = "7B-1", lists["A1"].value
    pools["A3"], pools["B3"] = POOL_WORDS["housing"].of(language), 4
    assert imported(things, saved(book)) == ["add", "change"]
    assert Place.unscoped.get().first_day == current_day()
    assert Pool.unscoped.get(kind=PoolKind.HOUSING).number == 4


def test_a_trial_changes_nothing_the_deed_writes_and_the_same_again_changes_nothing(things) -> None:
    """Tests the values of a new place, its history, and that a second import writes no row."""
    later = (current_day() + timedelta(days=7)).isoformat()
    data = book_of(
        {**ROW, "staffed": "nei", "competence": "fixators", "last_day": "2031-12-31"},
        pools=(
            {"kind": "bolig for ledsagere", "number": 4},
            {"kind": "housing", "number": 6, "first_day": later},
        ),
    )
    kept, trial = tried(things, data)
    assert (trial.count("add"), trial.count("change"), Place.unscoped.count()) == (1, 2, 0)
    assert trial_of(kept).count("add") == 1
    apply_import(things.hospital, kept)
    place = Place.unscoped.get()
    assert (place.label, place.specialty, place.staffed, place.stay_days) == (
        "7B-1",
        "orthopaedics",
        False,
        40,
    )
    assert (place.first_day, place.last_day) == (date(2026, 1, 31), date(2031, 12, 31))
    housing = Pool.unscoped.filter(kind=PoolKind.HOUSING).order_by("first_day")
    assert [row.number for row in housing] == [4, 6]
    kept.refresh_from_db()
    assert (kept.content, trial_of(kept)) == ({}, None)
    with pytest.raises(RefusedError, match="has been applied already"):
        apply_import(things.hospital, kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM offers_placeevent")
        events = cursor.fetchone()[0]
        assert imported(things, data) == ["same", "same", "same"]
        cursor.execute("SELECT count(*) FROM offers_placeevent")
        assert cursor.fetchone()[0] == events
    assert list(housing.values_list("number", flat=True)) == [4, 6]


def test_an_empty_cell_changes_nothing_and_what_is_changed_is_confirmed(things) -> None:
    """Tests that only what stands in the row is written, by the place's name."""
    place = things.place("7B-1", stay_days=40, competence="fixators")
    Place.unscoped.update(confirmed_at=timezone.now() - timedelta(days=10))
    assert imported(things, book_of({"label": "7B-1", "specialty": None, "stay_days": 55})) == ["change"]
    place.refresh_from_db()
    assert (place.stay_days, place.competence, place.specialty) == (55, "fixators", "orthopaedics")
    assert place.confirmed_at > timezone.now() - timedelta(minutes=5)
    assert place.version == 2


def test_every_fault_is_told_by_its_cell_and_changes_nothing(things) -> None:
    """Tests faults of both sheets in one trial, and that nothing of the file can be applied."""
    data = book_of(
        ROW,
        {**ROW, "label": "x", "specialty": "orthopedics"},
        {**ROW, "label": "y", "first_day": "2026-02-30", "stay_days": 0},
        {**ROW, "label": "z", "last_day": "2026-01-01"},
        {**ROW, "specialty": "burns"},
        {"label": "new", "stay_days": 5},
        pools=({"kind": "beer", "number": 2}, {"kind": "child", "number": -1}, {"kind": "housing"}),
    )
    kept, trial = tried(things, data)
    faults = told(trial)
    for expected in (
        'sheet "Places", row 3, column B "Specialty": expected a specialty of the list, got "orthopedics"',
        'sheet "Places", row 4, column C "From": expected a date',
        'sheet "Places", row 4, column D "Expected stay in days": expected a whole number from 1 to 1000',
        'sheet "Places", row 5, column E "Until": expected a day from 2026-01-31 on',
        'sheet "Places", row 6, column A "Place": expected each place once',
        'sheet "Places", row 7, column B "Specialty": expected a specialty for a new place',
        'sheet "Pools", row 2, column A "What": expected one of isolation rooms',
        'sheet "Pools", row 3, column B "How many": expected a whole number from 0 to 1000, got -1',
        'sheet "Pools", row 4, column B "How many": expected a number, got an empty cell',
    ):
        assert [one for one in faults if one.startswith(expected)], (expected, faults)
    assert len(faults) == 9
    with pytest.raises(RefusedError, match="has faults"):
        apply_import(things.hospital, kept)
    assert (Place.unscoped.count(), kept.content) == (0, {})


def test_a_held_place_is_not_changed_by_a_workbook(things) -> None:
    """Tests that its row may stand as it is, and that a change of it stops the whole file."""
    place, case = things.place(), things.case()
    things.offer(case, place)
    assert imported(things, book_of({"label": "7B-1", "specialty": "orthopaedics"})) == ["same"]
    kept, trial = tried(things, book_of({"label": "7B-1", "staffed": "no"}, {**ROW, "label": "other"}))
    assert f"offered for case {case.pseudonym}" in told(trial)[0]
    with pytest.raises(RefusedError):
        apply_import(things.hospital, kept)
    assert Place.unscoped.get().staffed


def test_a_place_that_is_offered_between_trial_and_deed_stops_the_deed(things) -> None:
    """Tests that the deed compares once more, under the lock of the hospital."""
    place = things.place()
    kept, trial = tried(things, book_of({"label": "7B-1", "staffed": "no"}))
    assert told(trial) == []
    things.offer(things.case(), place)
    with pytest.raises(RefusedError, match="Something has changed since the file was read"):
        apply_import(things.hospital, kept)
    assert Place.unscoped.get().staffed
    assert trial_of(kept).faults


def test_a_number_below_what_is_promised_is_a_fault(things) -> None:
    """Tests isolation rooms that an offer has taken, and a day that is over."""
    things.offer(things.case(), things.place())
    _, trial = tried(things, book_of(pools=({"kind": "isolation", "number": 0},)))
    assert "is promised on" in told(trial)[0]
    _, trial = tried(things, book_of(pools=({"kind": "child", "number": 1, "first_day": "2026-01-01"},)))
    assert "for a new number" in told(trial)[0]
    assert Pool.unscoped.get().number == 3


def test_a_number_of_a_later_day_is_judged_with_those_of_the_file(things) -> None:
    """Tests a file that lowers a number until the day on which it is needed, and keeps what is said later."""
    today, day = current_day(), timedelta(days=1)
    things.pool(PoolKind.HOUSING, 3)
    things.pool(PoolKind.HOUSING, 9, first_day=today + 9 * day)
    things.offer(things.case(), things.place(), companions=2, earliest_day=today + 5 * day)
    rows = ((1, 0), (2, 5), (9, 9))
    pools = [{"kind": "housing", "number": n, "first_day": str(today + days * day)} for n, days in rows]
    assert imported(things, book_of(pools=tuple(pools))) == ["change", "change", "same"]
    kept = Pool.unscoped.filter(kind=PoolKind.HOUSING).order_by("first_day")
    assert list(kept.values_list("number", "last_day")) == [
        (1, today + 4 * day),
        (2, today + 8 * day),
        (9, None),
    ]


def test_five_hundred_places_are_tried_and_written_in_time(things) -> None:
    """Tests seconds and queries of a large file, and of the same file once more."""
    data = book_of(*({**ROW, "label": f"7B-{number}"} for number in range(500)))
    started = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        assert imported(things, data) == ["add"] * 500
    assert time.monotonic() - started < ENOUGH_SECONDS
    assert len(queries) < 80
    assert Place.unscoped.count() == 500
    assert imported(things, data) == ["same"] * 500


def test_what_is_taken_away_is_numbered_and_read_again_as_the_same(things) -> None:
    """Tests the export in Norwegian, its number and seal, and that importing it changes nothing."""
    things.place("7B-1", competence="=1+1", stay_days=3)
    things.offer(things.case(), things.place("7B-2"))
    things.pool(PoolKind.HOUSING, 2, first_day=current_day() + timedelta(days=3))
    with translation.override("nb"), acting(Acting(actor=things.hospital.pk)):
        taken = export_places(things.hospital, things.places.hospital, things.places.mission)
    export = Export.unscoped.get()
    assert (taken.number, taken.file_name) == (export.pk, f"places-{export.pk}.xlsx")
    assert export.title == "offers.places"
    sheet = load_workbook(BytesIO(taken.content))["Plasser"]
    found = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    assert found["7B-2"][7] == "tilbudt"
    assert found["7B-1"][5] == "=1+1"
    assert b"<f>" not in taken.content
    assert set(imported(things, taken.content)) == {"same"}


def test_the_pages_lead_from_the_file_to_what_is_written(things) -> None:
    """Tests upload, trial, deed and export with real requests, and that a trial is its reader's alone."""
    client = sign_in(Client(), things.hospital)
    places = things.places
    page = reverse("offers:import_places")
    assert "norsk bokmål" in client.get(page).content.decode()
    file = SimpleUploadedFile("ward.xlsx", book_of(ROW))
    sent = {"mission": places.mission.code, "hospital": str(places.hospital.pk), "file": file}
    trial = client.post(page, sent).headers["Location"]
    text = client.get(trial).content.decode()
    assert "Would be added" in text
    assert "7B-1" in text
    assert sign_in(Client(), things.centre).get(trial).status_code == 404
    assert client.post(trial).status_code == 302
    assert "1 row has been written." in client.get(trial).content.decode()
    bad = SimpleUploadedFile("bad.xlsx", b"PK no workbook")
    wrong = client.get(client.post(page, sent | {"file": bad}).headers["Location"]).content.decode()
    assert "has one fault" in wrong
    template = client.get(reverse("offers:places_template", args=["uk"]))
    assert template.headers["Content-Disposition"] == 'attachment; filename="places-uk.xlsx"'
    assert client.get(reverse("offers:places_template", args=["de"])).status_code == 404
    out = client.post(reverse("offers:export_places", args=[places.hospital.pk, places.mission.code]))
    assert f"places-{Export.unscoped.get().pk}.xlsx" in out.headers["Content-Disposition"]


def test_only_who_keeps_the_hospital_imports_and_takes_away(things) -> None:
    """Tests a foreign hospital, and the ministry, which sees places and keeps none."""
    places, data = things.places, book_of(ROW)
    with pytest.raises(NotAllowedError):
        try_import(things.hospital, places.foreign, places.mission, "x.xlsx", data)
    ministry = places.world.people[Role.MINISTRY]
    with pytest.raises(NotAllowedError):
        try_import(ministry, places.hospital, places.mission, "x.xlsx", data)
    with pytest.raises(NotAllowedError):
        export_places(ministry, places.hospital, places.mission)
    kept, _ = tried(things, data)
    with pytest.raises(NotAllowedError):
        apply_import(ministry, kept)


def test_a_trial_is_kept_for_a_day(things) -> None:
    """Tests that what was read and never applied is emptied, and cannot be applied any more."""
    kept, _ = tried(things, book_of(ROW))
    assert forget_trials() == 0
    PlaceImport.unscoped.update(made_at=timezone.now() - timedelta(hours=25))
    assert forget_trials() == 1
    kept.refresh_from_db()
    assert trial_of(kept) is None
    with pytest.raises(RefusedError, match="for a day only"):
        apply_import(things.hospital, kept)
