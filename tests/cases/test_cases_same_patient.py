"""The same patient twice: found at entry and in the background, merged without loss, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import needed
import pytest
import world as small_world
from case_files import filed, in_state, reference
from directory_places import Places
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from medevac.audit.models import Look
from medevac.cases.identifiers import UNREADABLE, blind_index, telephone_index
from medevac.cases.models import Case, CaseDocument, CaseItem, Clinical, Companion, Person, Screening
from medevac.cases.models.sameness import Likeness, Merge, Suspicion
from medevac.cases.naming import write_names
from medevac.cases.services import change_case, renewing_keys
from medevac.cases.services.likeness import suspect, suspect_changed_since, who_may_be
from medevac.cases.services.merging import merge, say_different, undo_merge
from medevac.cases.services.renewing_keys import look_through
from medevac.cases.states import State
from medevac.documents.models import Document
from medevac.documents.rules import Translation
from medevac.documents.services import mark_translation
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

BORN = date(1990, 4, 5)
MINISTRY = Role.MINISTRY


def pair(places: Places, **other: Any) -> tuple[Case, Case]:
    """The same patient filed by two hospitals, the second with other writings."""
    first = filed(places, birth_date=BORN)
    second = filed(places, place="other_hospital", role=MINISTRY, **{"birth_date": BORN, **other})
    return first, second


def found(case: Case) -> list[tuple[int, set[str]]]:
    """Points and likenesses of whoever may be the person of a case."""
    person = Person.unscoped.get(pk=case.person_id)
    return [(one.score, set(one.likenesses)) for one in who_may_be(person)]


@pytest.mark.parametrize(
    ("written", "alike"),
    [
        ({}, {"name", "birth-date"}),  # 50 for the name and 30 for the date: 80
        ({"family_name": "Zghurskyi", "given_name": "Yurii"}, {"name", "birth-date"}),
        ({"family_name": "Згурский", "given_name": "Юрий"}, {"name", "birth-date"}),
        ({"birth_date": date(1990, 5, 4)}, {"name", "birth-date-swapped"}),
    ],
    ids=["the same", "in Latin letters", "in Russian spelling", "day and month exchanged"],
)
def test_other_writings_of_one_patient_are_found(
    places: Places, written: dict[str, Any], alike: set[str]
) -> None:
    """Tests names in either script and spelling, and dates with day and month exchanged."""
    _, second = pair(places, **written)
    ((score, likenesses),) = found(second)
    assert likenesses == alike
    assert score >= 55


def test_papers_and_telephones_are_compared_without_being_read(places: Places) -> None:
    """Tests that a paper's number finds its owner under any name, and is not in the database in the clear."""
    first = filed(places, document_number="FX 123456", telephone="+380 67 123 45 67")
    other = filed(
        places,
        family_name="Інша",
        given_name="Особа",
        document_number="fx-123456",
        birth_year=1950,
        telephone="067 1234567",
    )
    ((score, likenesses),) = found(other)
    assert likenesses == {"document", "telephone"}
    assert score == 100
    with connection.cursor() as cursor:
        cursor.execute("SELECT document_number FROM cases_person WHERE id = %s", [first.person_id])
        (kept,) = cursor.fetchone()
    assert "123456" not in kept
    assert Person.unscoped.get(pk=first.person_id).document_number == "FX 123456"


def test_another_key_reads_nothing(places: Places, settings: Any) -> None:
    """Tests that what one key encrypted is unreadable with another, and that the page does not break."""
    case = filed(places, document_number="FX 123456")
    settings.MEDEVAC_IDENTIFIER_KEY = "another " * 10
    assert Person.unscoped.get(pk=case.person_id).document_number == UNREADABLE
    assert blind_index("FX123456") != Person.unscoped.get(pk=case.person_id).document_index


def test_the_key_is_changed_and_duplicates_are_found_all_the_way(
    places: Places, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tests the same papers and telephones before, during and after a change of the key, one that breaks off,
    the command's words, and that what no key opens is neither lost nor written over.
    """
    numbers = {"document_number": "FX 123456", "telephone": "+380 67 123 45 67"}
    first = filed(places, **numbers)
    companion = needed.with_companion(places, first, document_number="CC 7")
    lost = filed(places, family_name="Іва", document_number="LOST 1")
    Person.unscoped.filter(pk=lost.person_id).update(telephone_index="")
    old, new = settings.MEDEVAC_IDENTIFIER_KEY, "n" * 60

    def found_by_both(fresh: Case) -> bool:
        """Whether each of the two finds the other by paper and telephone."""
        both = {first.person_id: fresh.person_id, fresh.person_id: first.person_id}
        return all(
            {Likeness.DOCUMENT, Likeness.TELEPHONE} <= set(one.likenesses)
            for mine, other in both.items()
            for one in who_may_be(Person.unscoped.get(pk=mine))
            if one.person.pk == other
        ) and all(who_may_be(Person.unscoped.get(pk=mine)) for mine in both)

    who = {"family_name": "Інша", "given_name": "Особа", "birth_year": 1950, **numbers}
    assert found_by_both(before := filed(places, **who))
    settings.MEDEVAC_IDENTIFIER_KEY, settings.MEDEVAC_IDENTIFIER_OTHER_KEYS = new, [old]
    assert Person.unscoped.get(pk=first.person_id).document_number == "FX 123456"
    assert found_by_both(before)
    assert found_by_both(during := filed(places, **who))
    monkeypatch.setattr(renewing_keys, "BATCH", 1)
    assert next(look_through(renew=True)).seen == 1  # and there it is cut off
    assert found_by_both(before)
    assert found_by_both(during)
    call_command("identifier_keys")
    assert "needed. Run this with --renew." in capsys.readouterr().out
    call_command("identifier_keys", renew=True)
    told = capsys.readouterr().out
    assert "5 of 5" in told
    assert "can be emptied" in told.replace("\n", " ")
    settings.MEDEVAC_IDENTIFIER_OTHER_KEYS = []
    assert found_by_both(before)
    assert found_by_both(during)
    assert found_by_both(filed(places, **who))
    assert Companion.unscoped.get(pk=companion.pk).document_number == "CC 7"
    call_command("identifier_keys")
    assert "to be made anew: 0." in capsys.readouterr().out

    settings.MEDEVAC_IDENTIFIER_KEY = "x" * 60  # and the key before is lost
    with pytest.raises(CommandError, match="cannot be read with any of the keys"):
        call_command("identifier_keys", renew=True)
    with pytest.raises(RefusedError, match="would be lost"):
        change_case(places.world.people[Role.HOSPITAL_COORDINATOR], lost, person={"given_name": "Інна"})
    settings.MEDEVAC_IDENTIFIER_KEY = new
    assert Person.unscoped.get(pk=lost.person_id).document_number == "LOST 1"


def test_indexes() -> None:
    """Tests that spaces, hyphens, capitals and look-alike scripts do not matter, and nothing is nothing."""
    assert blind_index("fx-12 34") == blind_index("FX1234") != blind_index("FX1235")
    assert blind_index(" - ") == telephone_index("12") == ""
    assert telephone_index("+380671234567") == telephone_index("067 123 45 67")


def test_a_name_and_a_year_alone_are_no_suspicion(places: Places) -> None:
    """Tests that namesakes of one age with other names nearby are left in peace."""
    first = filed(places, family_name="Коваленко", given_name="Олена")
    filed(places, family_name="Коваленко", given_name="Ігор")
    assert found(first) == []


def test_suspicions_are_kept_once_and_judged_once(places: Places) -> None:
    """Tests that the background finds a pair once, from either side, and not again once it was judged."""
    first, second = pair(places)
    since = timezone.now() - timedelta(minutes=30)
    assert len(suspect_changed_since(since)) == 1
    assert suspect_changed_since(since) == []
    (row,) = Suspicion.unscoped.all()
    assert {row.first_id, row.second_id} == {first.person_id, second.person_id}
    assert Likeness.NAME in row.likenesses
    say_different(places.world.people[MINISTRY], row)
    assert suspect_changed_since(since) == []
    assert Suspicion.unscoped.get().verdict == "different"


def test_only_who_reaches_both_may_merge(places: Places) -> None:
    """Tests that an oblast sees no pair whose other half was filed elsewhere; the ministry sees both."""
    first, second = pair(places)
    suspect(Person.unscoped.get(pk=first.person_id))
    oblast = places.world.people[Role.OBLAST_COORDINATOR]
    assert not visible(oblast, Suspicion.objects.all()).exists()
    assert visible(places.world.people[MINISTRY], Suspicion.objects.all()).exists()
    with pytest.raises(NotAllowedError):
        merge(oblast, *_persons(first, second))


def _persons(first: Case, second: Case) -> tuple[Person, Person]:
    return Person.unscoped.get(pk=first.person_id), Person.unscoped.get(pk=second.person_id)


def _furnish(places: Places, first: Case, second: Case) -> None:
    """Give the second case what the first has not, and a companion that both have."""
    ministry = places.world.people[MINISTRY]
    change_case(ministry, first, fields={"weight_kg": 70}, clinical={"allergies": "penicillin"})
    change_case(
        ministry,
        second,
        fields={"weight_kg": 80, "specialties": ["orthopaedics"], "payer": "Norway"},
        person={"telephone": "+380671234567", "sex": "male", "document_number": "FX 1"},
        clinical={"allergies": "none known", "mechanism": "blast"},
    )
    common = {
        "family_name": "Згурська",
        "given_name": "Ганна",
        "birth_date": date(1965, 1, 1),
        "sex": "female",
        "relation": "mother",
    }
    for case in (first, second):
        Companion.unscoped.create(case=case, **common)
    Companion.unscoped.create(case=second, **{**common, "given_name": "Олена"})
    Case.unscoped.filter(pk=first.pk).update(companions_count=1)
    Case.unscoped.filter(pk=second.pk).update(companions_count=2)
    Screening.unscoped.create(
        case=second, organism="mrsa", site="nose", taken_on=date(2026, 1, 2), recorded_by=ministry.pk
    )
    for case, status in ((first, "missing"), (second, "present")):
        CaseItem.unscoped.create(case=case, code="form-027", owner=places.world["ministry"], status=status)
    paper, common_paper = (reference(places, role=MINISTRY) for _ in range(2))
    for case, document in ((second, paper), (first, common_paper), (second, common_paper)):
        CaseDocument.unscoped.create(case=case, document=document, attached_by=ministry.pk)
    CaseItem.unscoped.create(
        case=second, code="passport", owner=places.world["ministry"], status="present", document=paper.pk
    )


def _picture() -> dict[str, Any]:
    """All rows of this room that a merge could touch, without what every writing changes."""
    unlike = {"version", "changed_at", "state_since"}
    return {
        model.__name__: sorted(
            str({name: value for name, value in row.items() if name not in unlike})
            for row in model._base_manager.values()
        )
        for model in (Person, Case, Clinical, Companion, Screening, CaseItem, CaseDocument)
    }


@pytest.mark.any_postgresql
def test_a_merge_loses_nothing_and_can_be_undone(places: Places) -> None:
    """Tests that parts go along once, gaps are filled, nothing is overwritten, all is undone."""
    first, second = pair(places)
    _furnish(places, first, second)
    in_state(second, State.SUBMITTED)
    before = _picture()
    ministry = places.world.people[MINISTRY]
    record = merge(ministry, *_persons(first, second))

    goes_on, closed = Case.unscoped.get(pk=first.pk), Case.unscoped.get(pk=second.pk)
    assert (closed.state, closed.live_case_id, closed.person_id) == ("duplicate", first.pk, first.person_id)
    assert (goes_on.weight_kg, goes_on.specialties, goes_on.payer) == (70, ["orthopaedics"], "Norway")
    person = Person.unscoped.get(pk=first.person_id)
    assert (person.telephone, person.sex, person.document_number) == ("+380671234567", "male", "FX 1")
    assert person.document_index == blind_index("FX1")
    picture = Clinical.unscoped.get(pk=first.pk)
    assert (picture.allergies, picture.mechanism) == ("penicillin", "blast")
    assert sorted(Companion.unscoped.filter(case=first).values_list("given_name", flat=True)) == [
        "Ганна",
        "Олена",
    ]
    assert Companion.unscoped.filter(case=second).count() == 1
    assert Screening.unscoped.get().case_id == first.pk
    named = CaseItem.unscoped.get(code="passport").document
    assert CaseDocument.unscoped.get(document=named).case_id == first.pk
    assert CaseDocument.unscoped.filter(case=first).count() == 2
    assert CaseDocument.unscoped.filter(case=second).count() == 1  # what both had stays where it was
    assert set(CaseItem.unscoped.filter(case=first).values_list("code", "status")) == {
        ("form-027", "present"),
        ("passport", "present"),
    }
    with pytest.raises(RefusedError, match="merged already"):
        merge(ministry, record.kept, record.merged)
    translated = reference(places, role=MINISTRY, language="nb")
    mark_translation(ministry, Document.unscoped.get(pk=named), Translation.DONE, translated)
    assert CaseDocument.unscoped.get(document=translated).case_id == first.pk

    undo_merge(ministry, record)
    assert CaseDocument.unscoped.get(document=translated).case_id == second.pk
    CaseDocument.unscoped.filter(document=translated).delete()
    assert _picture() == before
    with pytest.raises(RefusedError, match="undone already"):
        undo_merge(ministry, record)


def test_what_was_changed_since_stays_when_a_merge_is_undone(places: Places) -> None:
    """Tests that an undoing does not take away what somebody has written in the meantime."""
    first, second = pair(places)
    _furnish(places, first, second)
    ministry = places.world.people[MINISTRY]
    record = merge(ministry, *_persons(first, second))
    change_case(ministry, first, fields={"payer": "Germany"})
    undo_merge(ministry, record)
    assert Case.unscoped.get(pk=first.pk).payer == "Germany"
    assert Case.unscoped.get(pk=first.pk).specialties == []


def test_a_case_that_has_left_is_the_one_that_goes_on(places: Places) -> None:
    """Tests that a patient who is on the way is not closed as a duplicate; the other way round it goes."""
    first, second = pair(places)
    in_state(second, State.BOARDED)
    ministry = places.world.people[MINISTRY]
    with pytest.raises(RefusedError, match="must be the one that goes on"):
        merge(ministry, *_persons(first, second))
    assert not Merge.unscoped.exists()
    merge(ministry, *_persons(second, first))
    assert Case.unscoped.get(pk=first.pk).state == "duplicate"


def test_who_came_back_is_the_same_person_with_a_second_case(places: Places) -> None:
    """Tests that an ended case goes along to the person that is kept, and nothing is closed."""
    first, second = pair(places)
    in_state(second, State.RETURNED)
    record = merge(places.world.people[MINISTRY], *_persons(first, second))
    assert record.closed_case is None
    assert Case.unscoped.filter(person=first.person_id).count() == 2
    undo_merge(places.world.people[MINISTRY], record)
    assert Case.unscoped.get(pk=second.pk).person_id == record.merged_id


def test_pages(places: Places, client: Client) -> None:
    """Tests the way of the ministry: the list, both side by side, the merge, its undoing, each look."""
    first, second = pair(places)
    suspect(Person.unscoped.get(pk=first.person_id))
    row = Suspicion.unscoped.get()
    small_world.sign_in(client, places.world.people[MINISTRY])
    page = client.get(reverse("cases:suspicions"))
    assert "Згурський" in page.content.decode()
    looks = set(Look.unscoped.values_list("right", "kind", "owner"))
    assert ("see.personal", "cases.person", places.world["hospital"].pk) in looks
    assert ("see.personal", "cases.person", places.world["other_hospital"].pk) in looks
    page = client.get(reverse("cases:suspicion", args=[row.pk]))
    assert first.pseudonym in page.content.decode()
    assert second.pseudonym in page.content.decode()
    client.post(reverse("cases:merge_pair", args=[row.pk]), {"keep": "first"})
    record = Merge.unscoped.get()
    assert record.kept_id == row.first_id
    page = client.post(reverse("cases:undo_merge", args=[record.pk]), follow=True)
    assert "two patients again" in page.content.decode()
    client.post(reverse("cases:keep_apart", args=[row.pk]))
    assert Suspicion.unscoped.get().verdict == "different"


def test_a_hospital_finds_no_such_page(places: Places, client: Client) -> None:
    """Tests that whoever may not merge sees neither list nor pair."""
    first, _ = pair(places)
    suspect(Person.unscoped.get(pk=first.person_id))
    small_world.sign_in(client, places.world.people[Role.HOSPITAL_COORDINATOR])
    assert client.get(reverse("cases:suspicions")).status_code in (403, 404)
    assert client.get(reverse("cases:suspicion", args=[Suspicion.unscoped.get().pk])).status_code in (
        403,
        404,
    )


def test_names_are_written_again_when_the_person_changes() -> None:
    """Tests that both indexes and both scripts follow the person."""
    person = Person(family_name="Щербак", given_name="Яна", birth_year=2000, telephone="0671234567")
    write_names(person)
    assert person.latin_family_name == "Shcherbak"
    assert person.telephone_index == telephone_index("+38 067 1234567")


def _locks(deed: Callable[[], object]) -> list[str]:
    """The rows that a deed locks, in order."""
    with CaptureQueriesContext(connection) as asked:
        deed()
    locking = [query["sql"] for query in asked.captured_queries if "FOR UPDATE" in query["sql"]]
    return [sql.split(' FROM "')[1].split('"')[0] for sql in locking]


def test_whoever_writes_of_a_person_locks_the_cases_first(places: Places) -> None:
    """Tests the one order that keeps a change, a merge and its undoing from waiting for each other."""
    first, second = pair(places)
    in_state(second, State.RETURNED)
    ministry, records = places.world.people[MINISTRY], []
    deeds: list[Callable[[], object]] = [
        lambda: records.append(merge(ministry, *_persons(first, second))),
        lambda: change_case(ministry, first, person={"sex": "male"}),
        lambda: undo_merge(ministry, records[0]),
    ]
    for deed in deeds:
        locks = _locks(deed)
        assert locks[0] == "cases_case", locks
        assert "cases_person" in locks


def test_a_form_that_was_opened_before_a_merge_writes_nothing_over(places: Places) -> None:
    """Tests that what an ended case of the same patient has filled in is not emptied by an older form."""
    first, second = pair(places)
    change_case(places.world.people[MINISTRY], second, person={"telephone": "+380671234567"})
    in_state(second, State.RETURNED)
    ministry, seen = places.world.people[MINISTRY], Case.unscoped.get(pk=first.pk).version
    record = merge(ministry, *_persons(first, second))
    for _deed in ("merged", "separated"):
        with pytest.raises(RefusedError, match="Somebody has changed"):
            change_case(ministry, first, seen=seen, person={"telephone": ""})
        seen = Case.unscoped.get(pk=first.pk).version
        if record.undone_at is None:
            assert Person.unscoped.get(pk=first.person_id).telephone == "+380671234567"
            record = undo_merge(ministry, record)
