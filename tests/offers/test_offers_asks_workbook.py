"""Tests asks, answers, offers and choices by workbook: trial, deed, the same again, faults, export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import offer_things
import pytest
from asked_things import asked, in_hours, no, region_of, the_ask, yes
from case_files import reference
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from sheet_books import book_of_sheets
from world import sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.models import Export, Look
from medevac.cases.models import Case
from medevac.cases.services import attach_document
from medevac.cases.services.trials import Trial
from medevac.messages.models import Message
from medevac.offers.models import Answer, Ask, AskImport, Choice, Chooser, Offer, Round
from medevac.offers.services.answering import record_answer
from medevac.offers.services.asking import withdraw_ask
from medevac.offers.services.asks_workbook import importing
from medevac.offers.services.asks_workbook.exporting import Wanted, asks_template, export_asks
from medevac.offers.services.asks_workbook.importing import apply_import, trial_of, try_import
from medevac.offers.services.choosing import choose
from medevac.offers.services.offering import withdraw_offer
from medevac.offers.states import Channel, No
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.tables.asks.reading import LONGEST
from medevac.tables.asks.sheets import ANSWERS, ASKS, OFFERS, SHEET_OF_CHOICES, SHEETS
from medevac.tables.asks.words import CHANNELS, CHOOSERS, NO_REASONS
from medevac.tables.columns import LANGUAGES

TODAY = current_day


def book_of(**sheets: list[dict[str, Any]]) -> bytes:
    """A workbook with these rows of each sheet from row 2 on, under English headings."""
    return book_of_sheets((sheet, sheets.get(sheet.key, ())) for sheet in SHEETS)


def told_at(moment: datetime) -> str:
    """A moment as somebody writes it into a cell."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def tried(things: offer_things.Things, data: bytes, by: User | None = None) -> tuple[AskImport, Trial]:
    """A trial of a workbook, by the Norwegian centre unless somebody else reads it."""
    reader = by or things.centre
    with acting(Acting(actor=reader.pk)):
        return try_import(reader, things.places.mission, "asks.xlsx", data)


def faults_of(things: offer_things.Things, by: User | None = None, **sheets: Any) -> list[str]:
    """Every fault of a workbook as a sentence."""
    kept, trial = tried(things, book_of(**sheets), by)
    assert trial.faults
    with pytest.raises(RefusedError, match="has faults"):
        apply_import(by or things.centre, kept)
    return [str(fault) for fault in trial.faults]


def imported(things: offer_things.Things, data: bytes, by: User | None = None) -> list[str]:
    """The words of the rows, after a workbook was applied."""
    kept, trial = tried(things, data, by)
    assert [str(fault) for fault in trial.faults] == []
    with acting(Acting(actor=kept.made_by)):
        return [one.word for one in apply_import(by or things.centre, kept).told]


def answered(case: Case, **values: Any) -> dict[str, Any]:
    """A row of a yes by telephone."""
    given = {
        "case": case.pseudonym,
        "asked": "receiver",
        "yes": "yes",
        "earliest_day": (TODAY() + timedelta(days=3)).isoformat(),
        "answerer": "Kari, duty nurse",
        "answered_at": told_at(timezone.now()),
    }
    return {key: value for key, value in {**given, **values}.items() if value is not None}


def asking(case: Case, whom: str = "receiver", hours: float = 24) -> dict[str, Any]:
    """A row of a new ask."""
    return {"case": case.pseudonym, "asked": whom, "deadline": told_at(in_hours(hours))}


def offering(case: Case, place: str = "7B-1", **values: Any) -> dict[str, Any]:
    """A row of a new offer of the Norwegian hospital."""
    day = (TODAY() + timedelta(days=2)).isoformat()
    return {"case": case.pseudonym, "hospital": "NO-AHUS", "place": place, "earliest_day": day, **values}


def choosing(offer: Offer, sheet: str, **values: Any) -> dict[str, Any]:
    """A row of a choice on a signed sheet."""
    given = {
        "case": offer.case.pseudonym,
        "offer": str(offer.pk),
        "chooser": "пацієнт",
        "chooser_name": "Згурський Юрій",
        "language": "українська",
        "interpreter": "Олена",
        "chosen_at": told_at(timezone.now()),
        "document": sheet,
    }
    return {key: value for key, value in {**given, **values}.items() if value is not None}


def signed_sheet(things: offer_things.Things, case: Case) -> str:
    """The number of a document that is attached to the case."""
    document = reference(things.places, "consent")
    attach_document(things.places.world.people[Role.HOSPITAL_COORDINATOR], case, document)
    return document.number


def test_limits_and_words_are_those_of_the_models() -> None:
    """Tests that the sheets take what the models take, and say reasons and choosers as the pages do."""
    models = {ASKS.key: Round, ANSWERS.key: Answer, OFFERS.key: Offer, SHEET_OF_CHOICES.key: Choice}
    for sheet, lengths in LONGEST.items():
        for key, longest in lengths.items():
            if key not in ("place", "specialty"):  # of the place, which tests of its own workbook hold
                assert models[sheet]._meta.get_field(key).max_length == longest, (sheet, key)
    for language in LANGUAGES:
        with translation.override(language):
            for enum, words in ((No, NO_REASONS), (Chooser, CHOOSERS), (Channel, CHANNELS)):
                told = {key: one.of(language) for key, one in words.items()}
                assert told == {one.value: str(one.label) for one in enum}
            assert asks_template(language) == asks_template(language)


def test_what_was_said_on_the_telephone_is_written_once(things: offer_things.Things) -> None:
    """Tests a yes and a no in two languages, that a trial tells nobody, and the same file again."""
    first, second = things.case(), things.case(family_name="Друга")
    asked(things, first, second)
    rows = [
        answered(first, isolation="ja", companions=2, payer="The region", remark="By lift only."),
        answered(
            second,
            yes="nei",
            earliest_day=None,
            no_reason="ingen plass er ledig",
            payer="nobody",
            channel="i e-post eller brev",
        ),
        {"case": first.pseudonym, "asked": "receiver"},
    ]
    data = book_of(answers=rows[:2])
    messages = Message.unscoped.count()
    kept, trial = tried(things, data)
    assert [(one.sheet, one.row, one.word, one.whom) for one in trial.told] == [
        ("answers", 2, "add", "receiver"),
        ("answers", 3, "add", "receiver"),
    ]
    assert (Answer.unscoped.count(), Message.unscoped.count()) == (0, messages)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM offers_askimport")
        assert "Kari" not in cursor.fetchone()[0]
    assert trial_of(kept) == trial
    apply_import(things.centre, kept)
    yes_, no_ = Answer.unscoped.get(ask__case=first), Answer.unscoped.get(ask__case=second)
    assert (yes_.yes, yes_.isolation, yes_.companions, yes_.payer) == (True, True, 2, "The region")
    assert (yes_.channel, yes_.answerer, yes_.hospital) == (
        "telephone", "Kari, duty nurse", things.places.hospital
    )  # fmt: skip
    assert (no_.yes, no_.no_reason, no_.channel) == (False, No.NO_PLACE, "mail")
    with pytest.raises(RefusedError, match="has been applied already"):
        apply_import(things.centre, kept)  # the button pressed twice
    assert Answer.unscoped.count() == 2
    assert imported(things, data) == ["same", "same"]
    corrected = book_of(answers=[{**rows[0], "companions": 1}, rows[1]])
    assert imported(things, corrected) == ["change", "same"]
    assert Answer.unscoped.get(ask__case=first, replaced_at__isnull=True).companions == 1
    kept.refresh_from_db()
    assert (kept.content, trial_of(kept)) == ("", None)


def test_rows_of_asks_make_rounds_and_are_answered_in_the_same_file(things: offer_things.Things) -> None:
    """Tests that rows of one deadline become one round, another deadline another, and answers find them."""
    first, second = things.case(), things.case(family_name="Друга")
    alike = [asking(first), asking(second), asking(first, "region"), asking(second, "region")]
    at_the_call = told_at(timezone.now() - timedelta(minutes=20))  # both are written down after it
    data = book_of(asks=alike, answers=[answered(first, answered_at=at_the_call)])
    assert imported(things, data) == ["add"] * 5
    assert Round.unscoped.count() == 1
    assert Ask.unscoped.filter(state="open").count() == 3
    assert imported(things, data) == ["same"] * 5
    third = things.case(family_name="Третя")
    more = book_of(asks=[asking(third), asking(third, "region", 48)])
    assert imported(things, more) == ["add", "add"]
    assert Round.unscoped.count() == 3


def test_offers_are_sent_and_a_place_is_held_once(things: offer_things.Things) -> None:
    """Tests a free place, that one place is not offered to two in a file, and what follows from the case."""
    things.place("7B-1")
    first, second = things.case(), things.case(family_name="Друга")
    told = faults_of(things, offers=[offering(first), offering(second)])
    assert len(told) == 1
    assert told[0].startswith('sheet "Offers", row 3, column A "Case": expected a row that can be written')
    assert Offer.unscoped.count() == 0
    data = book_of(offers=[offering(first, housing="Hotel by the park", stay_days=30)])
    assert imported(things, data) == ["add"]
    offer = Offer.unscoped.get()
    assert (offer.state, offer.isolation, offer.stay_days, offer.housing) == (
        "sent", True, 30, "Hotel by the park"
    )  # fmt: skip
    first.refresh_from_db()
    assert first.state == "offered"
    assert imported(things, data) == ["same"]
    changed = faults_of(things, offers=[offering(first, payer="Somebody else")])
    assert "An offer is not changed by a workbook" in changed[0]
    assert 'column E "Who pays"' in changed[0]


def test_a_choice_needs_its_signed_sheet(things: offer_things.Things) -> None:
    """Tests a choice without and with the sheet, who may record it, and that names are kept from a log."""
    case = things.case()
    offer = things.offer(case, things.place())
    number = signed_sheet(things, case)
    without = faults_of(things, things.ministry, choices=[choosing(offer, number, document=None)])
    assert "attach the sheet to the case first" in without[0]
    wrong = faults_of(things, things.ministry, choices=[choosing(offer, "D-nowhere")])
    assert "expected a document of this case" in wrong[0]
    data = book_of(choices=[choosing(offer, number)])
    foreign = faults_of(things, choices=[choosing(offer, number)])  # the country that offers does not choose
    assert "of which you may record the choice" in foreign[0]
    assert imported(things, data, things.ministry) == ["add"]
    choice = Choice.unscoped.get()
    assert (choice.chosen, choice.chooser, choice.interpreter) == (offer, "patient", "Олена")
    assert choice.document is not None
    case.refresh_from_db()
    assert case.state == "chosen"
    looks = Look.unscoped.filter(right="see.personal").count()
    assert imported(things, data, things.ministry) == ["same"]
    assert Look.unscoped.filter(right="see.personal").count() > looks
    other = faults_of(things, things.ministry, choices=[choosing(offer, number, chooser_name="Somebody")])
    assert "A choice is not changed by a workbook" in other[0]


def test_what_is_taken_away_is_numbered_and_read_again_as_the_same(things: offer_things.Things) -> None:
    """Tests every state of asks and offers, hostile texts, the choice, and what stands on record."""
    first, second, third = things.case(), things.case(family_name="Друга"), things.case(family_name="Третя")
    asked(things, first, second, third, whom=("receiver", "region"))
    asks = Ask.unscoped.select_related("round")
    said = {"answerer": "=HYPERLINK(1)", "answered_at": timezone.now()}
    for case, facts in ((first, yes(remark="=1+1")), (second, no("other", remark="@x"))):
        record_answer(things.centre, asks.get(case=case, asked__name="receiver"), facts, **said)
    withdraw_ask(things.centre, asks.get(case=second, asked__name="region"))
    things.offer(second, things.place("7B-2"), expires_at=in_hours(5))
    gone = things.offer(third, things.place("7B-3"))
    withdraw_offer(things.centre, gone, reason="place-lost")
    chosen = things.offer(first, things.place("7B-1"), payer="+47")
    choose(things.ministry, chosen, offer_things.chosen())
    with translation.override("uk"), acting(Acting(actor=things.centre.pk)):
        taken = export_asks(things.centre, Wanted(things.places.mission, clinical=True))
    export = Export.unscoped.get()
    assert (taken.number, taken.file_name) == (export.pk, f"asks-{export.pk}.xlsx")
    assert (export.title, export.contents["asks"], export.contents["offers"]) == ("offers.asks", 6, 3)
    assert str(first.pk) in export.contents["cases"]
    assert b"<f>" not in taken.content
    book = load_workbook(BytesIO(taken.content))
    assert "Вибір" not in book.sheetnames  # names of choosers leave only where they are asked for
    assert "Згурський" not in "".join(str(cell.value) for page in book for row in page for cell in row)
    assert set(imported(things, taken.content)) == {"same"}
    with acting(Acting(actor=region_of(things).pk)):
        theirs = export_asks(region_of(things), Wanted(things.places.mission))
    assert set(imported(things, theirs.content, region_of(things))) == {"same"}
    with translation.override("nb"), acting(Acting(actor=things.ministry.pk)):
        wanted = Wanted(things.places.mission, TODAY(), TODAY(), choices=True)
        named = export_asks(things.ministry, wanted)
    sheet = load_workbook(BytesIO(named.content))["Valg"]
    assert [cell.value for cell in sheet[2]][4] == "Згурський Юрій"
    assert Look.unscoped.filter(export=named.number, right="see.personal").exists()
    assert set(imported(things, named.content, things.ministry)) == {"same"}


def test_every_fault_is_told_by_its_cell(things: offer_things.Things) -> None:
    """Tests faults of all sheets in one trial, hostile cells among them, and that nothing is written."""
    case = things.case()
    asked(things, case, whom=("receiver", "region"))
    things.place()
    told = faults_of(
        things,
        asks=[
            {**asking(case), "asked": "nobody of this name"},
            {**asking(case, "region"), "deadline": "tomorrow"},
            {"case": "XX-0000", "asked": "region", "deadline": told_at(in_hours(1))},
            {**asking(case, "region", -5)},
            {**asking(case, "region"), "ask": "' OR 1=1 --"},
        ],
        answers=[
            answered(case, yes="perhaps"),
            answered(case, yes=None),
            answered(case, earliest_day=None),
            answered(case, yes="no", earliest_day=None),
            answered(case, yes="no", earliest_day=None, no_reason="other"),
            answered(case, hospital="SE-1"),
            answered(case, answerer=None),
            answered(case, companions=21, remark="x" * 1001),
            answered(case, asked="ground"),
            answered(case, channel="by pigeon"),
            answered(case, asked="region", channel="by signed link"),
        ],
        offers=[offering(case, "no such place"), {**offering(case), "earliest_day": None}],
    )
    for expected in (
        'sheet "Asks", row 2, column B "Whom": expected whom to ask',
        'sheet "Asks", row 3, column C "Answer by, UTC": expected a date with a clock time',
        'sheet "Asks", row 4, column A "Case": expected a case of the mission that is open to you',
        'sheet "Asks", row 5, column A "Case": expected a row that can be written',
        'sheet "Asks", row 6, column D "Ask": expected what the export wrote there',
        'sheet "Answers", row 2, column C "Can take the patient": expected yes or no',
        'sheet "Answers", row 3, column C "Can take the patient": expected yes or no, since',
        'sheet "Answers", row 4, column D "Earliest day": expected the earliest day',
        'sheet "Answers", row 5, column G "Why not": expected a reason',
        'sheet "Answers", row 6, column J "Remark": expected the other reason in words',
        'sheet "Answers", row 9, column I "Companions": expected a whole number from 0 to 20',
        'sheet "Answers", row 9, column J "Remark": expected a text of at most 1000',
        'sheet "Answers", row 10, column B "Whom": expected an organisation that is asked',
        'sheet "Answers", row 11, column K "Came": expected one of',
        'sheet "Answers", row 12, column K "Came": expected by telephone, or by e-mail or letter',
        'sheet "Offers", row 2, column C "Place": expected a place of Akershus universitetssykehus',
        'sheet "Offers", row 3, column D "Earliest day": expected the earliest day',
    ):
        assert [one for one in told if one.startswith(expected)], (expected, told)
    assert (Answer.unscoped.count(), Offer.unscoped.count(), Round.unscoped.count()) == (0, 0, 1)


def test_what_changes_between_trial_and_deed_stops_the_deed(things: offer_things.Things) -> None:
    """Tests that nothing of the file is written when one row of it can no longer be."""
    case, other = things.case(), things.case(family_name="Друга")
    asked(things, case, other)
    kept, trial = tried(things, book_of(answers=[answered(case), answered(other)]))
    assert trial.count("add") == 2
    withdraw_ask(things.centre, Ask.unscoped.select_related("round").get(case=other))
    with pytest.raises(RefusedError, match="Something has changed since the file was read"):
        apply_import(things.centre, kept)
    assert Answer.unscoped.count() == 0
    AskImport.unscoped.update(made_at=timezone.now() - timedelta(hours=25))
    assert importing.forget_trials() == 1
    kept.refresh_from_db()
    with pytest.raises(RefusedError, match="for a day only"):
        apply_import(things.centre, kept)


def test_each_row_asks_for_its_own_right(things: offer_things.Things) -> None:
    """Tests that one's own ask is answered as one's own, and who may not read a workbook at all."""
    case = things.case()
    round_ = asked(things, case, whom=("region",))
    row = answered(case, asked="region", answerer=None, answered_at=None, hospital="NO-AHUS")
    assert imported(things, book_of(answers=[row]), region_of(things)) == ["add"]
    own = Answer.unscoped.get()
    assert (own.channel, own.recorded_by) == ("service", region_of(things).pk)
    assert imported(things, book_of(answers=[row]), region_of(things)) == ["same"]
    denied = faults_of(things, things.ministry, asks=[asking(case)])  # the ministry asks nobody
    assert "in whose name you ask" in denied[0]
    assert the_ask(round_, "region").state == "answered"
    hub = things.places.world.people[Role.HUB_CREW]
    with pytest.raises(NotAllowedError):
        tried(things, book_of(asks=[asking(case)]), hub)
    kept, _trial = tried(things, book_of(answers=[row]), region_of(things))
    with pytest.raises(NotAllowedError):
        apply_import(things.centre, kept)


def test_the_pages_lead_from_the_file_to_what_is_written(things: offer_things.Things) -> None:
    """Tests export, upload, trial and deed with real requests, and that a trial is its reader's alone."""
    client = sign_in(Client(), things.centre)
    case = things.case()
    asked(things, case)
    out = client.post(reverse("offers:export_asks"), {"mission": things.places.mission.code})
    assert f"asks-{Export.unscoped.get().pk}.xlsx" in out.headers["Content-Disposition"]
    page = reverse("offers:import_asks")
    assert "norsk bokmål" in client.get(page).content.decode()
    sent = {"mission": things.places.mission.code}
    file = SimpleUploadedFile("telephone.xlsx", book_of(answers=[answered(case)]))
    trial = client.post(page, sent | {"file": file}).headers["Location"]
    text = client.get(trial).content.decode()
    assert "Would be added" in text
    assert case.pseudonym in text
    assert sign_in(Client(), things.ministry).get(trial).status_code == 404
    assert client.post(trial).status_code == 302
    assert client.post(trial).status_code == 302  # pressed twice
    assert Answer.unscoped.count() == 1
    assert "1 row has been written." in client.get(trial).content.decode()
    bad = SimpleUploadedFile("bad.xlsx", b"PK no workbook")
    wrong = client.get(client.post(page, sent | {"file": bad}).headers["Location"]).content.decode()
    assert "has one fault" in wrong
    template = client.get(reverse("offers:asks_template", args=["uk"]))
    assert template.headers["Content-Disposition"] == 'attachment; filename="asks-uk.xlsx"'
    later = {"first_day": "2026-02-02", "last_day": "2026-02-01"}
    assert client.post(reverse("offers:export_asks"), sent | later).status_code == 422
