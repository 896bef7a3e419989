"""Tests filing, the page of a case, its steps and its forms; and what open pages and start page are told."""

from __future__ import annotations

from uuid import uuid4

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from needed import with_companion
from world import sign_in

from medevac.audit.models import Look
from medevac.cases.models import Case, CaseItem, CaseStep, Clinical, Person
from medevac.cases.services import CaseFacts, act, change_case, file_case
from medevac.cases.services.changed import move_moment
from medevac.cases.services.open_pages import listeners_to
from medevac.cases.states import Action, Reason, State
from medevac.messages.models import Event
from medevac.people.policy import NotAllowedError
from medevac.people.roles import Right, Role
from medevac.people.work_items import work_of

HOSPITAL = Role.HOSPITAL_COORDINATOR


def visitor(places: Places, role: Role = HOSPITAL) -> Client:
    """Somebody signed in."""
    return sign_in(Client(), places.world.people[role])


def five_fields(places: Places, **more: str) -> dict[str, str]:
    """What is typed to file a case."""
    return {
        "mark": str(uuid4()),
        "mission": str(places.mission.pk),
        "requester": str(places.world["hospital"].pk),
        "family_name": "Їжакевич",
        "given_name": "Юрій",
        "birth_year": "1987",
        "diagnosis": "Open fracture of the left tibia",
        **more,
    }


@pytest.mark.any_postgresql
def test_a_case_is_filed_once(places: Places) -> None:
    """Tests that five fields file a case, and that the same form sent again leads to the same case."""
    client, values = visitor(places), five_fields(places)
    first = client.post("/cases/file/", values)
    second = client.post("/cases/file/", values)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.unscoped.count() == 1
    client.post("/cases/file/", five_fields(places, family_name="", given_name=""))
    assert Case.unscoped.count() == 2
    stolen = visitor(places, Role.OBLAST_COORDINATOR).post("/cases/file/", values)
    assert "a form of your own" in stolen.content.decode()


def test_whoever_files_is_asked_about_those_who_are_open(places: Places) -> None:
    """Tests the question at entry: it leads to the live case, files another case of the same patient or
    somebody else's, holds for those shown alone, and is a look that stands in the patient's own log.
    """
    hospital = places.world.people[HOSPITAL]
    first = filed(places, family_name="Їжакевич", birth_year=1987, patronymic="Петрович")
    client, values = visitor(places), five_fields(places, family_name="Yizhakevych")
    text = client.post("/cases/file/", values).content.decode()
    assert "Is it one of these?" in text
    assert f'href="/cases/{first.pk}/"' in text
    assert f'name="who" value="{first.person_id}"' not in text  # no second case beside the live one
    assert Case.unscoped.count() == 1
    for kind, thing in (("cases.person", first.person_id), ("cases.case", first.pk)):
        looks = Look.unscoped.filter(kind=kind, right="see.personal", actor=hospital.pk)
        assert looks.filter(things__contains=[thing]).exists()
    refused = client.post("/cases/file/", values | {"who": str(first.person_id)}).content.decode()
    assert "has a live case" in refused

    act(hospital, first.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    assert f'name="who" value="{first.person_id}"' in client.post("/cases/file/", values).content.decode()
    assert client.post("/cases/file/", values | {"who": str(first.person_id)}).status_code == 302
    second = Case.unscoped.exclude(pk=first.pk).get()
    assert second.person_id == first.person_id

    asked = {**five_fields(places), "who": "new", "asked": str(first.person_id)}
    assert client.post("/cases/file/", asked).status_code == 302
    assert Person.unscoped.count() == 2
    again = client.post("/cases/file/", asked | {"mark": str(uuid4())})  # the one just filed was not shown
    assert "Is it one of these?" in again.content.decode()
    assert Case.unscoped.count() == 3


def test_a_match_that_is_not_open_answers_like_none(places: Places) -> None:
    """Tests that a namesake of another hospital and no namesake give the same answer by the same queries,
    and that the number of a person who is not open is refused.
    """
    who = {"family_name": "Їжакевич", "birth_year": 1987}
    foreign = filed(places, place="other_hospital", role=Role.MINISTRY, **who)
    client, told = visitor(places), []
    client.get("/cases/file/")  # the first request of a session writes more
    for name in ("Мельниченко", "Їжакевич"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/cases/file/", five_fields(places, family_name=name))
        told.append((answer.status_code, [one["sql"].split()[0] for one in queries]))
    assert told[0] == told[1]
    assert told[0][0] == 302
    assert not Look.unscoped.filter(things__contains=[foreign.person_id]).exists()
    stolen = five_fields(places, family_name="Коваль", who=str(foreign.person_id))
    assert "Expected one of those who are shown" in client.post("/cases/file/", stolen).content.decode()
    facts = CaseFacts(places.mission, places.world["hospital"], foreign.person, "Burns")
    with pytest.raises(NotAllowedError):
        file_case(places.world.people[HOSPITAL], facts)


def test_the_summary_is_one_press_away_and_leads_back(places: Places) -> None:
    """Tests the links between a case and its one-page summary."""
    case, client = filed(places), visitor(places)
    assert f'href="/cases/{case.pk}/summary/"' in client.get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/cases/{case.pk}/"' in client.get(f"/cases/{case.pk}/summary/").content.decode()


def test_a_fault_keeps_what_was_typed(places: Places) -> None:
    """Tests that a wrong year is told with the field, and that every word still stands in the form."""
    values = five_fields(places, birth_year="2999")
    text = visitor(places).post("/cases/file/", values).content.decode()
    assert "Year of birth: Expected a year of birth that is not in the future" in text
    for word in ("Їжакевич", "Юрій", "Open fracture of the left tibia", values["mark"]):
        assert word in text
    assert not Case.unscoped.exists()
    assert (
        "Diagnosis in words: This field is required"
        in visitor(places).post("/cases/file/", five_fields(places, diagnosis=" ")).content.decode()
    )


@pytest.mark.parametrize("language", ["en", "nb", "uk"])
def test_every_page_opens(places: Places, language: str) -> None:
    """Tests that each page answers in each language, for whoever files and for a case in each state."""
    user = places.world.people[Role.MINISTRY]
    user.language = language
    user.save()
    client, case = sign_in(Client(), user), filed(places)
    parts = ("request", "person", "clinical", "needs", "wishes")
    pages = ["", "board/", "file/", "?overdue=on&order=changed&columns=ewrs&page=99",
             *(f"{case.pk}/change/{part}/" for part in parts), f"{case.pk}/act/withdraw/"]  # fmt: skip
    for page in pages:
        answer = client.get(f"/cases/{page}")
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode(), page
    for state in State:
        in_state(case, state)
        assert client.get(f"/cases/{case.pk}/").status_code == 200, state


def test_the_next_step_is_obvious(places: Places) -> None:
    """Tests the button of each role, what it waits for, and that another role reads who does it."""
    case = filed(places)
    text = visitor(places).get(f"/cases/{case.pk}/").content.decode()
    assert "Your next step" in text
    assert f'action="/cases/{case.pk}/act/submit/"' in text
    client = visitor(places)
    client.post(f"/cases/{case.pk}/act/submit/", {"seen": case.version})
    again = client.post(f"/cases/{case.pk}/act/submit/", {"seen": case.version}, follow=True)
    assert "is now: submitted" in again.content.decode()  # sent twice, taken once
    assert CaseStep.unscoped.count() == 1
    text = visitor(places).get(f"/cases/{case.pk}/").content.decode()
    assert "Your next step" not in text
    assert "This is done by: Ministry of Health" in " ".join(text.split())
    ministry = visitor(places, Role.MINISTRY)
    assert "Verify the case" in ministry.get(f"/cases/{case.pk}/").content.decode()


def test_a_grave_step_asks_twice_and_for_its_reason(places: Places) -> None:
    """Tests that a death needs reason, notifier and a second yes, and keeps what was typed until then."""
    case, client = filed(places), visitor(places)
    address = f"/cases/{case.pk}/act/record-death/"
    told = client.post(address, {"notifier": "Dr Koval", "remark": "in the night"}).content.decode()
    assert "Dr Koval" in told
    assert "in the night" in told
    assert Case.unscoped.get().state == "draft"
    values = {"reason": "died-before-departure", "notifier": "Dr Koval, chief physician", "sure": "on"}
    assert "is now: died" in client.post(address, values, follow=True).content.decode()
    assert "The case ended as “died”" in client.get(f"/cases/{case.pk}/").content.decode()
    late = client.get(f"/cases/{case.pk}/act/withdraw/", follow=True).content.decode()
    assert "is not possible while the case is “died”" in late


def test_other_reason_and_duplicates(places: Places) -> None:
    """Tests that another reason is told in words, and that a duplicate names the case that goes on."""
    case, other, client = filed(places), filed(places), visitor(places)
    told = client.post(f"/cases/{case.pk}/act/withdraw/", {"reason": "other", "sure": "on"})
    assert "write in a few words" in told.content.decode()
    address = f"/cases/{case.pk}/act/mark-duplicate/"
    values = {"reason": "same-person", "sure": "on", "live_case": "ZZ-0000"}
    assert "Name the other case" in client.post(address, values).content.decode()
    client.post(address, values | {"live_case": other.pseudonym.lower().replace("-", " ")})
    assert Case.unscoped.get(pk=case.pk).live_case_id == other.pk


@pytest.mark.any_postgresql
def test_what_is_not_open_is_not_shown(places: Places) -> None:
    """Tests drafts before strangers, a published case before a partner, and the looks that are written."""
    case = filed(places)
    region = visitor(places, Role.REGION)
    assert region.get(f"/cases/{case.pk}/").status_code == 404
    in_state(case, State.PUBLISHED)
    before = Look.unscoped.count()
    text = region.get(f"/cases/{case.pk}/").content.decode()
    assert case.pseudonym in text
    for hidden in ("Згурський", "Zghurskyi", "Open fracture"):
        assert hidden not in text
    assert Look.unscoped.count() == before
    assert region.get(f"/cases/{case.pk}/change/needs/").status_code == 403
    assert "Згурський" in visitor(places).get(f"/cases/{case.pk}/").content.decode()
    rights = [look.right for look in Look.unscoped.order_by("pk")[before:]]
    assert sorted(rights) == sorted([Right.CLINICAL.value, Right.PERSONAL.value])


def test_parts_are_written_and_codes_are_searched(places: Places) -> None:
    """Tests the forms of person, needs and clinical picture, and the search that loses nothing typed."""
    case, client = filed(places), visitor(places)
    person = {
        "seen": 1, "family_name": "Згурський", "given_name": "Юрій", "birth_year": "1991",
        "birth_date": "1991-02-03", "sex": "male", "citizenship": "UA", "service": "civilian",
    }  # fmt: skip
    answer = client.post(f"/cases/{case.pk}/change/person/", person)
    assert answer.headers["Location"].endswith("#cases.person")
    assert Person.unscoped.get().birth_date is not None
    clinical = {
        "seen": 2,
        "diagnosis": "Typed and not saved yet",
        "icd10": "S82.2",
        "icd_search": "shaft tibia",
    }
    text = client.post(f"/cases/{case.pk}/change/clinical/", clinical | {"find": "yes"}).content.decode()
    assert "Typed and not saved yet" in text
    assert "Fracture of shaft of tibia" in text
    assert Clinical.unscoped.get().icd10 == []
    client.post(f"/cases/{case.pk}/change/clinical/", clinical | {"icd_add": ["T31.3"]})
    assert Clinical.unscoped.get().icd10 == ["S82.2", "T31.3"]
    told = client.post(f"/cases/{case.pk}/change/clinical/", clinical | {"seen": 3, "icd10": "XX9"})
    assert "Expected a code of ICD-10 such as S82.2, got “XX9”" in told.content.decode()
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "The person was changed: " in page
    assert "Fracture of shaft of tibia" in page


def test_nobody_overwrites_what_another_has_written(places: Places) -> None:
    """Tests that a stale writer is shown both values, that nothing is lost, and can then save."""
    case, client = filed(places), visitor(places)
    change_case(
        places.world.people[Role.MINISTRY], case, fields={"payer": "The ministry", "wants_return": True}
    )
    mine = {"seen": 1, "payer": "The family", "wants_return": "unknown"}
    address = f"/cases/{case.pk}/change/wishes/"
    text = client.post(address, mine).content.decode()
    assert "Somebody else has written in this case while you did" in text
    assert "The ministry" in text
    assert 'value="The family"' in text
    assert 'name="seen" value="2"' in text
    assert Case.unscoped.get().payer == "The ministry"
    assert client.post(address, mine | {"seen": 2}).status_code == 302
    assert Case.unscoped.get().payer == "The family"


def test_open_pages_hear_of_changes(places: Places, django_capture_on_commit_callbacks) -> None:
    """Tests that whoever may see a case and is signed in is told of its change, by its id alone."""
    for role in (HOSPITAL, Role.MINISTRY, Role.COORDINATION_CENTRE, Role.DONOR):
        visitor(places, role)
    people = places.world.people
    with django_capture_on_commit_callbacks(execute=True):
        case = filed(places)
        change_case(people[HOSPITAL], case, fields={"payer": "The family"})
    events = list(Event.unscoped.filter(name="case"))
    names = {user.pk: role for role, user in people.items()}
    assert {names[event.user] for event in events} == {HOSPITAL, Role.MINISTRY}
    assert {tuple(event.content.items()) for event in events} == {(("case", str(case.pk)),)}
    assert len(events) == 2
    # A part of the case, and one that changes no version; each tells within its own transaction.
    with django_capture_on_commit_callbacks(execute=True):
        with_companion(places, case)
    with django_capture_on_commit_callbacks(execute=True):
        move_moment([case.pk])
    assert Event.unscoped.filter(name="case").count() == 6
    in_state(case, State.PUBLISHED)
    assert people[Role.COORDINATION_CENTRE].pk in listeners_to(case)
    assert people[Role.DONOR].pk not in listeners_to(case)
    assert people[Role.REGION].pk not in listeners_to(case)  # has not signed in


def test_what_waits_for_whom(places: Places) -> None:
    """Tests that a hospital is told of its drafts, and the ministry of what is to verify and to publish."""
    case, people = filed(places), places.world.people
    assert any(case.pseudonym in one.sentence for one in work_of(people[HOSPITAL]))
    act(people[HOSPITAL], case.pk, Action.SUBMIT)
    assert not any(case.pseudonym in one.sentence for one in work_of(people[HOSPITAL]))
    sentences = [one.sentence for one in work_of(people[Role.MINISTRY])]
    assert "1 case waits to be verified." in sentences
    act(people[Role.MINISTRY], case.pk, Action.VERIFY)
    (work,) = [one for one in work_of(people[Role.MINISTRY]) if "verified case" in one.sentence]
    assert work.due == Case.unscoped.get().due_at
    assert "1 live case is open to you." in visitor(places).get("/").content.decode()


def test_the_demonstration_has_every_state(demonstrated: object) -> None:
    """Tests that the demonstration's cases stand in every state with their steps."""
    assert {case.state for case in Case.unscoped.all()} == {str(state) for state in State}
    assert 30 <= Case.unscoped.count() <= 60
    walked = CaseStep.unscoped.values_list("case", flat=True).distinct().count()
    assert walked == Case.unscoped.exclude(state=State.DRAFT).count()
    assert CaseItem.unscoped.exists()
