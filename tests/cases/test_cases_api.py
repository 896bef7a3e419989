"""Tests that programs read and write cases as their role would, and nothing more."""

from __future__ import annotations

import json
from typing import Any

import case_files
import needed
import pytest
from directory_places import Places
from django.test import Client

from medevac.api import services
from medevac.audit.models import Look
from medevac.cases.models import Case, CaseStep, Clinical
from medevac.cases.states import State
from medevac.people.roles import Role

READING = ("cases.read", "cases.read_clinical", "cases.read_personal")
SENDING = (*READING, "cases.write", "cases.act")
PARTS = ("companions", "consents", "screenings", "steps", "needs")


def program(places: Places, place: str, role: Role, *scopes: str) -> Any:
    """A function that asks with a token of an organisation."""
    _token, told = services.make_token(
        places.world.people[Role.ADMINISTRATOR],
        places.world[place],
        name="X",
        role=role,
        scopes=scopes,
        days=1,
    )

    def ask(verb: str, path: str, *, key: str = "", **values: Any) -> Any:
        headers = {"Authorization": f"Bearer {told}"} | ({"Idempotency-Key": key} if key else {})
        body = json.dumps(values) if verb != "GET" else ""
        return Client().generic(verb, f"/api{path}", body, "application/json", headers=headers)

    return ask


def new_case(places: Places, place: str = "hospital", **more: Any) -> dict[str, Any]:
    """The five fields."""
    person = {"birth_year": 1990, "family_name": "Згурський", "given_name": "Юрій"}
    requester = str(places.world[place].pk)
    return {"mission": "ukraine", "requester": requester, "person": person, "diagnosis": "Burns"} | more


# Role and place; whether it reaches a draft of the hospital, a published case, its clinical part, its person.
TABLE = [
    (Role.HOSPITAL_COORDINATOR, "hospital", True, True, True, True),
    (Role.OBLAST_COORDINATOR, "oblast", True, True, True, True),
    (Role.MINISTRY, "ministry", True, True, True, True),
    (Role.HOSPITAL_COORDINATOR, "other_hospital", False, True, False, False),
    (Role.OBLAST_COORDINATOR, "other_oblast", False, True, False, False),
    (Role.COORDINATION_CENTRE, "centre", False, True, False, False),
    (Role.MUNICIPALITY, "municipality", False, False, False, False),
]


@pytest.mark.parametrize(("role", "place", "draft", "published", "clinical", "person"), TABLE)
def test_a_token_sees_what_its_role_sees(
    places: Places, role: Role, place: str, draft: bool, published: bool, clinical: bool, person: bool
) -> None:
    """Tests lists, single cases and each part of them, before and after publication."""
    case = case_files.filed(places)
    ask = program(places, place, role, *READING)
    for state, open_ in ((State.DRAFT, draft), (State.PUBLISHED, published)):
        case_files.in_state(case, state)
        listed = ask("GET", "/cases").json()
        assert [one["pseudonym"] for one in listed["items"]] == [case.pseudonym] * open_
        answer = ask("GET", f"/cases/{case.pk}")
        assert answer.status_code == (200 if open_ else 404)
        for part in PARTS:
            assert ask("GET", f"/cases/{case.pk}/{part}").status_code == (200 if open_ else 404), part
    if published:
        whole = answer.json()
        assert (whole["clinical"] is not None, whole["person"] is not None) == (clinical, person)
        # The publication asks the national centre, which sees the summary and no more.
        assert (whole["summary"] is not None) == (role is Role.COORDINATION_CENTRE)
    assert "Згурський" not in json.dumps(listed, ensure_ascii=False)
    assert Look.unscoped.filter(right="see.personal").exists() == person


def test_scopes_limit_the_role(places: Places) -> None:
    """Tests that rights stay closed without their scopes, and that reading ones write nothing."""
    case = case_files.filed(places)
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, "cases.read")
    whole = ask("GET", f"/cases/{case.pk}").json()
    assert (whole["summary"], whole["clinical"], whole["person"]) == (None, None, None)
    assert ask("GET", f"/cases/{case.pk}/companions").status_code == 403
    assert ask("GET", f"/cases/{case.pk}/needs").json()["items"] == []
    assert ask("POST", "/cases", key="a", **new_case(places)).status_code == 403
    assert ask("PATCH", f"/cases/{case.pk}", version=1).status_code == 403
    assert ask("POST", f"/cases/{case.pk}/act", action="submit", version=1).status_code == 403
    assert Look.unscoped.count() == 0


def test_what_is_missing_is_told_by_scope(places: Places) -> None:
    """Tests that each side's needs want their own scope, and that a refusal names none of them."""
    needed.ask(places, "medical-history", name_en="Medical history", blocks="submit")
    needed.ask(places, "form-027", name_en="Form 027/o", blocks="submit")
    case = case_files.filed(places)
    told = {
        scope: {
            one["code"]
            for one in program(places, "hospital", Role.HOSPITAL_COORDINATOR, "cases.read", scope)(
                "GET", f"/cases/{case.pk}/needs"
            ).json()["items"]
        }
        for scope in ("cases.read_clinical", "cases.read_personal")
    }
    assert told == {"cases.read_clinical": {"medical-history"}, "cases.read_personal": {"form-027"}}
    assert set(Look.unscoped.values_list("right", flat=True)) == {"see.clinical", "see.personal"}
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, "cases.read", "cases.act")
    refused = ask("POST", f"/cases/{case.pk}/act", action="submit", version=case.version)
    assert refused.status_code == 409
    assert "waits for something" in refused.text
    assert "edical history" not in refused.text
    assert "027" not in refused.text


def test_from_filing_to_withdrawal(places: Places) -> None:
    """Tests a case over the API: filed once for each key, changed, led on, and refused where it is stale."""
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    first, again = (ask("POST", "/cases", key="one", **new_case(places)) for _ in range(2))
    assert first.status_code == again.status_code == 200, first.content
    assert first.json()["id"] == again.json()["id"]
    assert Case.unscoped.count() == 1
    case = first.json()
    assert case["person"]["latin_family_name"] == "Zghurskyi"
    assert case["clinical"]["diagnosis"] == "Burns"
    assert "submit" in case["actions"]
    assert "verify" not in case["actions"]
    path = f"/cases/{case['id']}"
    changed = ask(
        "PATCH", path, version=1, fields={"priority": "P1", "weight_kg": 80}, clinical={"icd10": ["T31.4"]}
    ).json()
    assert (changed["version"], changed["priority"], changed["weight_kg"]) == (2, "P1", 80)
    assert changed["clinical"]["diagnosis"] == "Burns"  # what is not sent stays
    stale = ask("PATCH", path, version=1, fields={"weight_kg": 10})
    assert stale.status_code == 409
    assert "Somebody has changed case" in stale.json()["detail"]
    refused = ask("POST", path + "/act", action="withdraw", version=2)
    assert refused.status_code == 409  # without a reason
    assert ask("POST", path + "/act", action="verify", version=2).status_code == 403
    done = ask("POST", path + "/act", action="withdraw", version=2, reason="treated-at-home").json()
    assert (done["state"], done["end_reason"]) == ("withdrawn", "treated-at-home")
    repeated = ask("POST", path + "/act", action="withdraw", version=2, reason="treated-at-home")
    assert repeated.status_code == 409
    assert CaseStep.unscoped.count() == 1
    assert [one["action"] for one in ask("GET", path + "/steps").json()["items"]] == ["withdraw"]


def test_who_may_be_the_patient_is_told_where_it_is_open(places: Places) -> None:
    """Tests that filing goes through, names candidates whom the token reaches, writes the look, and says the
    same of a candidate who is not open as of none.
    """
    case = case_files.filed(places, patronymic="Іванович")
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    filed = ask("POST", "/cases", key="one", **new_case(places)).json()
    (told,) = filed["may_be"]
    assert (told["person"], told["cases"]) == (str(case.person_id), [str(case.pk)])
    looks = Look.unscoped.filter(right="see.personal", actor_kind="token")
    assert {look.kind for look in looks.filter(things__contains=[case.person_id])} == {"cases.person"}
    assert {look.kind for look in looks.filter(things__contains=[case.pk])} == {"cases.case"}
    other = program(places, "other_hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    namesake, nobody = new_case(places, "other_hospital"), new_case(places, "other_hospital")
    nobody["person"] = {"birth_year": 1990, "family_name": "Коваленко", "given_name": "Олена"}
    answers = [other("POST", "/cases", key=key, **facts) for key, facts in (("1", namesake), ("2", nobody))]
    assert [answer.json()["may_be"] for answer in answers] == [[], []]
    narrow = program(places, "hospital", Role.HOSPITAL_COORDINATOR, "cases.read", "cases.write")
    assert narrow("POST", "/cases", key="three", **new_case(places)).json()["may_be"] is None


def test_other_organisations_cases_are_not_there(places: Places) -> None:
    """Tests that writing to a case of another organisation finds nothing, and that nobody files for it."""
    case = case_files.filed(places)
    ask = program(places, "other_hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    path = f"/cases/{case.pk}"
    assert ask("PATCH", path, version=1, clinical={"diagnosis": "x"}).status_code == 404
    assert ask("POST", path + "/act", action="submit", version=1).status_code == 404
    assert ask("POST", "/cases", key="a", **new_case(places)).status_code == 404
    case_files.in_state(case, State.PUBLISHED)  # seen by all partners, written by none of them
    assert ask("PATCH", path, version=1, fields={"payer": "x"}).status_code == 403
    assert Clinical.unscoped.get(pk=case.pk).diagnosis.startswith("Open fracture")


@pytest.mark.parametrize(
    "change",
    [
        {"diagnosis": " "},
        {"person": {"birth_year": 1800}},
        {"fields": {"state": "published"}},
        {"fields": {"weight_kg": 10**30}},
        {"requester": "nobody"},
        {"clinical": {"history": "a\x00b"}},
    ],
)
def test_values_are_bounded(places: Places, change: dict[str, Any]) -> None:
    """Tests that a wrong value is told with its place, and that nothing is kept."""
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    answer = ask("POST", "/cases", key="a", **(new_case(places) | change))
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"]
    assert Case.unscoped.count() == 0


def test_what_has_changed_since(places: Places) -> None:
    """Tests that whoever asks with the last moment they were told misses nothing, and filters narrow."""
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    made = [ask("POST", "/cases", key=str(n), **new_case(places)).json() for n in range(3)]
    listed = ask("GET", "/cases?limit=2").json()
    assert [one["id"] for one in listed["items"]] == [one["id"] for one in made[:2]]
    assert listed["count"] == 3
    since = listed["items"][-1]["changed_at"].replace("+", "%2B")
    rest = ask("GET", f"/cases?changed_since={since}").json()["items"]
    assert [one["id"] for one in rest] == [one["id"] for one in made[1:]]
    assert ask("GET", "/cases?live=false").json()["count"] == 0
    assert ask("GET", "/cases?state=draft&priority=P3&category=other").json()["count"] == 3
    assert ask("GET", "/cases?limit=201").status_code == 422


def test_a_list_asks_few_questions(places: Places, django_assert_max_num_queries: Any) -> None:
    """Tests that the number of queries does not grow with the number of cases."""
    ask = program(places, "hospital", Role.HOSPITAL_COORDINATOR, *SENDING)
    for number in range(5):
        ask("POST", "/cases", key=str(number), **new_case(places))
    with django_assert_max_num_queries(16):
        assert len(ask("GET", "/cases").json()["items"]) == 5
