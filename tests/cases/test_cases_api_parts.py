"""Tests that programs write every part of a case as their role would on the pages, and nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from case_books import ROW, book_of
from case_files import filed, in_state
from directory_places import Places
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from part_deeds import ASSESSMENT, DEEDS, GRANDMOTHER, Deed, prepared
from world import PLACE_OF

from medevac.api import services as tokens
from medevac.api.holder import TokenHolder
from medevac.api.scopes import scopes as known_scopes
from medevac.audit.models import Export, Look
from medevac.cases.models import (
    CLINICAL_PARTS,
    PERSONAL_PARTS,
    Case,
    Clinical,
    Companion,
    Merge,
    OwnReference,
)
from medevac.cases.models.sameness import Suspicion
from medevac.cases.policy import CHANGE, DECIDE_FITNESS
from medevac.cases.services import CaseFacts, change_case, file_case
from medevac.cases.services.chasing import chase_missing
from medevac.cases.services.likeness import suspect_changed_since
from medevac.cases.services.merging import merge, undo_merge
from medevac.cases.states import State
from medevac.people.policy import may, visible
from medevac.people.roles import Role, grants_of

# Whoever writes at all; of the others, one deed for each action is asked.
MAY = (Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR, Role.MINISTRY, Role.FLIGHT_DESK)
ALL = ("cases.read", "cases.read_clinical", "cases.read_personal", "cases.write", "cases.duty")


class Program:
    """A token of an organisation, and asking with it."""

    def __init__(self, places: Places, role: Role, place: str = "", without: str = "") -> None:
        known = known_scopes()
        asked = [one for one in ALL if one != without and role in grants_of(known[one].action)]
        admin, owner = places.world.people[Role.ADMINISTRATOR], places.world[place or PLACE_OF[role]]
        self.token, self.told = tokens.make_token(admin, owner, name="X", role=role, scopes=asked, days=1)
        self.holder: Any = TokenHolder(self.token)

    def ask(self, verb: str, path: str, **values: Any) -> Any:
        """The answer; what a GET or a DELETE sends stands in the address."""
        headers = {"Authorization": f"Bearer {self.told}"}
        body = json.dumps(values) if verb not in ("GET", "DELETE") else ""
        return Client().generic(verb, f"/api{path}", body, "application/json", headers=headers)

    def do(self, deed: Deed, case: Case, ids: dict[str, str], version: int, **more: Any) -> Any:
        """Do a deed of the table."""
        path = f"/cases/{case.pk}/{deed.path.format(**ids)}"
        path += f"?version={version}" if deed.verb == "DELETE" else ""
        return self.ask(deed.verb, path, version=version, **deed.sent(ids), **more)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written_by(program: Program, case: Case) -> set[tuple[str, str]]:
    """The actions and reading scopes that the role table gives the program on a case."""
    asked = {(deed.action, deed.scope) for deed in DEEDS}
    held = {scope for _action, scope in asked if program.holder.has_scope(scope)}
    open_ = {action for action in {action for action, _scope in asked} if may(program.holder, action, case)}
    return {(action, scope) for action, scope in asked if action in open_ and scope in held}


@pytest.mark.parametrize("reached", [True, False], ids=["everybody asked and carrying", "nobody yet"])
def test_each_role_writes_what_the_table_says(places: Places, request: Any, reached: bool) -> None:
    """Tests every role against every deed: done, refused or not found, as the policy of the pages says."""
    if reached:
        request.getfixturevalue("everybody_reaches")
    case, ids = prepared(places)
    done = set()
    one_of_each = list({(deed.action, deed.scope): deed for deed in DEEDS}.values())
    roles = [role for role in PLACE_OF if role in grants_of("see.operational")] if reached else MAY
    programs = [Program(places, role) for role in roles]
    programs.append(Program(places, Role.HOSPITAL_COORDINATOR, "other_hospital"))
    for program in programs:
        seen = visible(program.holder, Case.objects.filter(pk=case.pk)).exists()
        open_to = written_by(program, case)
        for deed in DEEDS if reached and program.token.role in MAY else one_of_each:
            allowed = (deed.action, deed.scope) in open_to
            with undone():
                answer = program.do(deed, case, ids, case.version)
            expected = {200} if allowed else {403} if seen else {403, 404}
            assert answer.status_code in expected, (program.token.role, deed.name, answer.content)
            done |= {(program.token.role, deed.name)} if allowed else set()
        with undone():  # the scope of writing opens no more of the case than the role may change
            path, fields = f"/cases/{case.pk}", {"payer": "Norway"}
            answer = program.ask("PATCH", path, version=case.version, fields=fields)
        changes = may(program.holder, CHANGE, case)
        assert answer.status_code in ({200} if changes else {403} if seen else {403, 404}), answer.content
    every = {deed.name for deed in (DEEDS if reached else one_of_each)}
    assert {name for role, name in done if role == Role.MINISTRY} == every
    flies = {name for role, name in done if role == Role.FLIGHT_DESK}
    assert flies == ({deed.name for deed in DEEDS if deed.action == DECIDE_FITNESS} if reached else set())


def test_no_part_is_written_without_its_reading_scope(places: Places) -> None:
    """Tests each deed with a token that lacks the scope of writing, and one that lacks the part's own."""
    case, ids = prepared(places)
    programs = {scope: Program(places, Role.MINISTRY, without=scope) for scope in ALL}
    for deed in DEEDS:
        for scope in ("cases.write", deed.scope):
            answer = programs[scope].do(deed, case, ids, case.version)
            items = deed.path.startswith("items/") and scope != "cases.write"
            assert answer.status_code == (404 if items else 403), (deed.name, answer.content)
            assert scope in answer.json()["detail"]
    assert Case.unscoped.get(pk=case.pk).changed_at == case.changed_at


def test_every_change_of_a_part_is_told_by_its_moment(places: Places) -> None:
    """Tests each deed: the moment moves; the version rises where a step could rest on it, and then a second
    sending is refused; a stale version and a name that nobody knows are refused; the look is on record.
    """
    case, ids = prepared(places)
    ministry = Program(places, Role.MINISTRY)
    for deed in DEEDS:
        before = Case.unscoped.get(pk=case.pk)
        with undone():
            stale = ministry.do(deed, case, ids, before.version + 1)
            assert stale.status_code == 409, (deed.name, stale.content)
            assert "Somebody has changed" in stale.json()["detail"]
            if deed.verb != "DELETE":
                assert ministry.do(deed, case, ids, before.version, nonsense=1).status_code == 422
            assert Case.unscoped.get(pk=case.pk).changed_at == before.changed_at
            looks = Look.unscoped.count()
            answer = ministry.do(deed, case, ids, before.version)
            assert answer.status_code == 200, (deed.name, answer.content)
            after = Case.unscoped.get(pk=case.pk)
            assert after.changed_at > before.changed_at, deed.name
            assert (after.version == before.version) == deed.moment_only, deed.name
            told = answer.json()
            assert (told["case"], told["version"]) == (str(case.pk), after.version)
            shown = "part" in told and deed.scope != "cases.read"
            assert Look.unscoped.count() == looks + shown, deed.name
            again = ministry.do(deed, case, ids, before.version)
            assert again.status_code == (200 if deed.moment_only else 409), deed.name
    written = {deed.rows for deed in DEEDS} | {Clinical, OwnReference}  # by change_case, and by the import
    assert set(CLINICAL_PARTS + PERSONAL_PARTS) <= written, "Add the new part's deeds to part_deeds.DEEDS."


def test_what_is_written_is_read(places: Places) -> None:
    """Tests the lists of the parts after one deed each, and that a partner without the right reads none."""
    case, ids = prepared(places)
    ministry, centre = Program(places, Role.MINISTRY), Program(places, Role.COORDINATION_CENTRE)
    for deed in DEEDS:
        if deed.name in ("companion added", "isolation decided", "fitness decided", "persons named"):
            now = Case.unscoped.get(pk=case.pk).version
            assert ministry.do(deed, case, ids, now).status_code == 200, deed.name
    counts = {"companions": 2, "consents": 1, "screenings": 1, "assessments": 1, "fitness": 1}
    counts |= {"isolation-decisions": 1, "letters": 1, "needs": 2}
    for part, count in counts.items():
        assert ministry.ask("GET", f"/cases/{case.pk}/{part}").json()["count"] == count, part
        answer = centre.ask("GET", f"/cases/{case.pk}/{part}")
        assert answer.status_code == 200, (part, answer.content)
        assert answer.json()["items"] == [], part
    named = ministry.ask("GET", f"/cases/{case.pk}/letters").json()["items"][0]
    assert (named["patient"], named["companions"]) == (True, [ids["companion"]])
    version = Case.unscoped.get(pk=case.pk).version
    nobody = {"version": version, "patient": False}
    answer = ministry.ask("PUT", f"/cases/{case.pk}/letters/{ids['letter']}", **nobody).json()["part"]
    assert (answer["number"], answer["patient"], answer["companions"]) == ("26-1/77", False, [])
    family = ministry.ask("GET", f"/cases/{case.pk}/family").json()
    assert set(family["cases"]) == {str(case.pk), ids["relative"]}
    assert centre.ask("GET", f"/cases/{case.pk}/family").json()["cases"] == [str(case.pk)]  # no draft
    assert ministry.ask("GET", f"/cases/{ids['lone']}/family").status_code == 404
    added = next(
        one
        for one in ministry.ask("GET", f"/cases/{case.pk}/companions").json()["items"]
        if one["given_name"] == GRANDMOTHER["given_name"]
    )
    assert added["latin_family_name"] == "Zghurska"
    assert Companion.unscoped.get(pk=added["id"]).case_id == case.pk


def test_others_hear_of_what_concerns_them(places: Places) -> None:
    """Tests that a person's other case, a family, a removed letter, new items and a merge move the moment."""
    case, ids = prepared(places)
    people, relative = places.world.people, Case.unscoped.get(pk=ids["relative"])
    ministry = people[Role.MINISTRY]

    def moved(one: Case) -> bool:
        before, one.changed_at = one.changed_at, Case.unscoped.get(pk=one.pk).changed_at
        return one.changed_at > before

    assert chase_missing() >= 0  # opens the items of cases that have none
    assert moved(relative)
    program = Program(places, Role.MINISTRY)
    joined = program.ask(
        "POST", f"/cases/{ids['lone']}/family", version=1, other=ids["relative"], together="same-stop"
    )
    assert joined.status_code == 200, joined.content
    assert moved(relative)
    assert moved(case)  # of the same family, though neither of the two that were joined
    naming = next(deed for deed in DEEDS if deed.name == "persons named")
    assert program.do(naming, case, ids, case.version).status_code == 200
    assert moved(case)
    letter = program.ask("DELETE", f"/letters/{ids['letter']}")
    assert letter.status_code == 200, letter.content
    assert letter.json()["number"] == "26-1/77"
    assert moved(case)
    ended = in_state(filed(places, given_name="Петро"), State.RETURNED)
    user, mission = people[Role.HOSPITAL_COORDINATOR], places.mission
    second = file_case(user, CaseFacts(mission, ended.requester, ended.person, "Came back"))
    change_case(ministry, second, fields={"payer": "Norway"})
    assert not moved(ended)
    change_case(ministry, second, person={"sex": "male"})
    assert moved(ended)
    record = merge(ministry, case.person, ended.person)
    assert moved(case)
    assert moved(ended)
    undo_merge(ministry, record)
    assert moved(case)
    assert moved(ended)


def test_a_pair_is_judged_and_a_merge_undone_by_who_may_read_both(places: Places) -> None:
    """Tests that judging and undoing ask for the persons' scope too, and that each is done once."""
    born = date(1990, 4, 5)
    first = filed(places, birth_date=born)
    filed(places, place="other_hospital", role=Role.MINISTRY, birth_date=born)
    suspect_changed_since(first.created_at)
    pair = Suspicion.unscoped.get()
    blind = Program(places, Role.MINISTRY, without="cases.read_personal")
    refused = blind.ask("POST", f"/case-suspicions/{pair.pk}/judge", verdict="same")
    assert refused.status_code == 403
    assert "cases.read_personal" in refused.json()["detail"]
    assert Merge.unscoped.count() == 0
    ministry = Program(places, Role.MINISTRY)
    oblast = Program(places, Role.OBLAST_COORDINATOR)
    assert oblast.ask("POST", f"/case-suspicions/{pair.pk}/judge", verdict="same").status_code == 404
    keep = "first" if pair.first_id == first.person_id else "second"  # the merged person is of another oblast
    judged = ministry.ask("POST", f"/case-suspicions/{pair.pk}/judge", verdict="same", keep=keep)
    assert judged.json()["verdict"] == "same", judged.content
    (merged,) = ministry.ask("GET", "/case-merges").json()["items"]
    assert oblast.ask("GET", "/case-merges").json()["items"] == []
    path = f"/case-merges/{merged['id']}/undo"
    assert [one.ask("POST", path).status_code for one in (blind, oblast)] == [403, 404]
    assert ministry.ask("POST", path).json()["undone_at"] is not None
    assert ministry.ask("POST", path).status_code == 409
    kept_apart = ministry.ask("POST", f"/case-suspicions/{pair.pk}/judge", verdict="different")
    assert kept_apart.status_code == 409  # undoing has judged it


def test_a_duty_desk_is_kept_by_programs_of_its_organisation(places: Places) -> None:
    """Tests entries, points and shifts, whose they are, and what is done once."""
    case = in_state(filed(places), State.PUBLISHED)
    day, night = Program(places, Role.COORDINATION_CENTRE), Program(places, Role.COORDINATION_CENTRE)
    other = Program(places, Role.FLIGHT_DESK)
    entry = {"text": "Call the ward", "case": str(case.pk), "open_point": True}
    assert Program(places, Role.COORDINATION_CENTRE, without="cases.read_clinical").ask(
        "POST", "/duty/entries", **entry
    ).status_code == 403  # fmt: skip
    point = day.ask("POST", "/duty/entries", **entry).json()
    assert point["organisation"] == str(places.world["centre"].pk)
    assert (day.ask("GET", "/duty/entries").json()["count"], Look.unscoped.count()) == (1, 1)
    assert other.ask("GET", "/duty/entries").json()["count"] == 0
    draft = filed(places, given_name="Іван")
    assert day.ask("POST", "/duty/entries", text="x", case=str(draft.pk)).status_code == 404
    closing = f"/duty/entries/{point['id']}/close"
    assert other.ask("POST", closing, closing="Done").status_code == 404
    answers = [day.ask("POST", closing, closing=said).status_code for said in (" ", "Done", "Done")]
    assert answers == [422, 200, 409]
    assert day.ask("GET", "/duty/entries?status=closed").json()["items"][0]["closing"] == "Done"
    shift = day.ask("POST", "/duty/shifts", remark="Quiet").json()
    assert day.ask("POST", "/duty/shifts").status_code in (409, 422)
    path = f"/duty/shifts/{shift['id']}"
    assert other.ask("POST", path + "/take-over").status_code == 404
    assert day.ask("POST", path + "/take-over").status_code == 409  # nobody takes their own
    assert night.ask("POST", path + "/take-back").status_code == 409
    assert night.ask("POST", path + "/take-over").json()["taken_at"] is not None
    assert day.ask("POST", path + "/take-back").status_code == 409
    own = day.ask("POST", "/duty/shifts", remark="").json()["id"]
    assert day.ask("POST", f"/duty/shifts/{own}/take-back").json()["id"] == own
    assert day.ask("GET", "/duty/shifts").json()["count"] == 1


def test_letters_are_added_once_by_who_keeps_them(places: Places) -> None:
    """Tests that only the ministry adds letters, for missions that it reaches, each number of a day once."""
    letter = {
        "owner": str(places.world["ministry"].pk),
        "mission": "ukraine",
        "number": "1",
        "dated": "2026-01-02",
    }
    hospital, ministry = Program(places, Role.HOSPITAL_COORDINATOR), Program(places, Role.MINISTRY)
    assert hospital.ask("POST", "/letters", **letter).status_code == 404
    assert ministry.ask("POST", "/letters", **{**letter, "mission": "gaza"}).status_code == 404
    answers = [ministry.ask("POST", "/letters", **letter).status_code for _ in range(2)]
    assert answers == [200, 409]
    assert ministry.ask("GET", "/letters?mission=ukraine").json()["items"][0]["number"] == "1"
    assert hospital.ask("GET", "/letters").json()["items"] == []


def test_moments_that_no_calendar_has_are_refused(places: Places) -> None:
    """Tests moments at the edge of what can be kept: asked for, and written."""
    case, _ids = prepared(places)
    ministry = Program(places, Role.MINISTRY)
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        answer = ministry.ask("GET", f"/cases?changed_since={moment.replace('+', '%2B')}")
        assert answer.status_code == 200, answer.content
        values = {**ASSESSMENT, "assessed_at": moment}
        refused = ministry.ask("POST", f"/cases/{case.pk}/assessments", version=case.version, **values)
        assert refused.status_code == 409, refused.content
        assert "1900" in refused.json()["detail"]


def test_a_workbook_is_tried_and_applied_once(places: Places) -> None:
    """Tests a trial with faults, one without, the deed once, and that another token finds neither."""
    hospital, ministry = Program(places, Role.HOSPITAL_COORDINATOR), Program(places, Role.MINISTRY)

    def sent(data: bytes, mission: str = "ukraine") -> Any:
        values = {"mission": mission, "requester": places.world["hospital"].pk}
        file = SimpleUploadedFile("cases.xlsx", data)
        headers = {"Authorization": f"Bearer {hospital.told}"}
        return Client().post("/api/case-imports", {**values, "file": file}, headers=headers)

    assert sent(book_of(ROW), mission="gaza").status_code == 404
    wrong = sent(book_of({**ROW, "birth_date": "soon"})).json()
    assert [fault["path"] for fault in wrong["faults"]]
    assert hospital.ask("POST", f"/case-imports/{wrong['id']}/apply").status_code == 409
    assert sent(b"no workbook").json()["faults"]
    trial = sent(book_of(ROW)).json()
    assert [(row["word"], row["reference"]) for row in trial["rows"]] == [("add", "A-1")]
    path = f"/case-imports/{trial['id']}"
    assert hospital.ask("GET", path).json() == trial
    assert [ministry.ask(*one).status_code for one in (("GET", path), ("POST", path + "/apply"))] == [
        404,
        404,
    ]
    assert Case.unscoped.count() == 0
    done = hospital.ask("POST", path + "/apply").json()
    assert (done["add"], done["change"], done["same"], Case.unscoped.count()) == (1, 0, 0, 1)
    again = [hospital.ask(*one).status_code for one in (("POST", path + "/apply"), ("GET", path))]
    assert again == [409, 409]


def test_an_export_is_numbered_and_has_what_scopes_and_role_open(places: Places) -> None:
    """Tests columns by scope, the record of the export and its looks, and that nothing is no file."""
    case = in_state(filed(places), State.PUBLISHED)
    ministry, centre = Program(places, Role.MINISTRY), Program(places, Role.COORDINATION_CENTRE)
    narrow = Program(places, Role.MINISTRY, without="cases.read_personal")
    wanted = {"personal": True, "file_format": "csv"}
    assert narrow.ask("POST", "/case-exports", **wanted).status_code == 403
    assert ministry.ask("POST", "/case-exports?state=draft", **wanted).status_code == 409
    taken = ministry.ask("POST", "/case-exports?state=published", **wanted)
    text = taken.content.decode()
    assert taken.status_code == 200, text
    assert "Згурський" in text
    assert "taken by X (ministry)" in text
    assert Export.unscoped.get().contents["conditions"] == {"state": "published"}
    assert set(Look.unscoped.values_list("right", flat=True)) == {"see.personal"}
    partner = centre.ask("POST", "/case-exports", **wanted).content.decode()
    assert case.pseudonym in partner
    assert "Згурський" not in partner
    assert centre.ask("POST", "/case-exports").content[:2] == b"PK"


def test_a_family_is_locked_whole_before_one_of_it(places: Places) -> None:
    """Tests that two programs that join or leave one family do not wait for each other, nor write unseen."""
    case, ids = prepared(places)
    program, sent = Program(places, Role.MINISTRY), {"other": ids["lone"]}
    for verb in ("POST", "DELETE"):
        seen = Case.unscoped.get(pk=case.pk).version
        path = f"/cases/{case.pk}/family"
        stale, as_seen = (f"?version={one}" if verb == "DELETE" else "" for one in (seen + 1, seen))
        assert program.ask(verb, path + stale, version=seen + 1, **sent).status_code == 409
        with CaptureQueriesContext(connection) as asked:
            answer = program.ask(verb, path + as_seen, version=seen, **sent)
        assert answer.status_code == 200, answer.content
        locking = [one["sql"] for one in asked.captured_queries if 'FROM "cases_case"' in one["sql"]]
        assert '"family_id" IN' in next(sql for sql in locking if "FOR UPDATE" in sql)
