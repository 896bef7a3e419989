"""Tests the access log and the register of exports: what a look and an export leave behind, and who sees it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from world import World, build, person, sign_in

from medevac.audit.context import Acting, acting, acting_now, because
from medevac.audit.middleware import RecordMiddleware
from medevac.audit.models import Export, Look
from medevac.audit.selectors import Wanted, access_log, looks_at
from medevac.audit.services import UnsealedExportError, numbered_export, record_look, things_owned_by
from medevac.people import notices, services
from medevac.people.models import Membership, User
from medevac.people.own_record import record_look_at_people
from medevac.people.roles import Role


@pytest.fixture
def world(db: None) -> World:
    """The small world of the room above, anew for each test."""
    return build()


@pytest.fixture
def auditor(world: World) -> User:
    """Who audits the owner's missions."""
    return world.people[Role.AUDITOR]


def page(user: User, name: str, **conditions: object) -> str:
    """A page as the user sees it."""
    answer = sign_in(Client(), user).get(reverse(name), conditions)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_look_says_who_what_which_right_why_and_where(auditor: User) -> None:
    """Tests each part of a line."""
    thing, owner = uuid4(), uuid4()
    with acting(Acting(actor=auditor.pk, request_id="a1", page="cases:case")), because("asked by the ward"):
        record_look("see.clinical", "cases.case", {thing: owner})
    (look,) = Look.unscoped.all()
    assert (look.actor, look.right, look.kind, look.things, look.owner) == (
        auditor.pk,
        "see.clinical",
        "cases.case",
        [thing],
        owner,
    )
    assert (look.reason, look.page, look.request_id) == ("asked by the ward", "cases:case", "a1")


def test_a_list_is_one_line_for_each_owner(auditor: User) -> None:
    """Tests that 30 things of two owners are two lines, so that neither owner sees the other's."""
    first, second = uuid4(), uuid4()
    things = things_owned_by(first, [uuid4() for _ in range(20)]) | things_owned_by(
        second, [uuid4() for _ in range(10)]
    )
    with acting(Acting(actor=auditor.pk)):
        record_look("see.summary", "cases.case", things)
        record_look("see.summary", "cases.case", {})
    assert {(look.owner, len(look.things)) for look in Look.unscoped.all()} == {(first, 20), (second, 10)}


def test_nobody_looks(world: World) -> None:
    """Tests that what cannot be recorded is refused: nobody signed in, nobody known, nobody active."""
    gone = world.people[Role.DONOR]
    User.objects.filter(pk=gone.pk).update(is_active=False, deactivated_at="2026-01-01T00:00Z")
    for who in (
        None,
        Acting(),
        Acting(actor=uuid4()),
        Acting(actor=gone.pk),
        Acting(kind="ghost", actor=gone.pk),
    ):
        with pytest.raises(DatabaseError), acting(who), transaction.atomic():  # type: ignore[arg-type]
            record_look("see.clinical", "cases.case", {uuid4(): None})
    assert not Look.unscoped.exists()


def test_a_streamed_page_is_recorded_in_its_request(auditor: User) -> None:
    """Tests that what is shown after the middleware has ended still knows who looks, in both kinds of stream."""

    def parts() -> Iterator[bytes]:
        record_look("see.clinical", "cases.case", {uuid4(): None})
        yield b"first"
        record_look("see.clinical", "cases.case", {uuid4(): None})
        yield b"second"

    request = RequestFactory().get("/record/mine/")
    request.user = auditor
    request.number = "r7"  # type: ignore[attr-defined]
    answer = RecordMiddleware(lambda _: StreamingHttpResponse(parts()))(request)
    assert isinstance(answer, StreamingHttpResponse)
    assert acting_now() is None
    assert b"".join(answer) == b"firstsecond"  # type: ignore[arg-type]
    assert acting_now() is None
    assert {(look.actor, look.request_id, look.page) for look in Look.unscoped.all()} == {
        (auditor.pk, "r7", "audit:own_log")
    }

    seen: list[Acting | None] = []

    async def later() -> AsyncIterator[bytes]:
        seen.append(acting_now())
        yield b"x"

    async def read() -> list[bytes]:
        answer = RecordMiddleware(lambda _: StreamingHttpResponse(later()))(request)
        return [part async for part in answer]  # type: ignore[union-attr]

    assert asyncio.run(read()) == [b"x"]
    assert seen[0] is not None
    assert seen[0].actor_now() == auditor.pk


def test_signing_in_during_a_request_is_the_act_of_who_signs_in(auditor: User) -> None:
    """Tests that the actor is asked anew for each statement."""
    seen: list[object] = []

    def answer(request: HttpRequest) -> HttpResponse:
        request.user = auditor
        who = acting_now()
        seen.append(who.actor_now() if who else None)
        return HttpResponse()

    request = RequestFactory().get("/nowhere/")
    request.user = User()
    request.user.pk = None
    RecordMiddleware(answer)(request)
    assert seen == [auditor.pk]


def test_exports_are_numbered_without_a_gap(auditor: User) -> None:
    """Tests numbers, hash and size; a failed export gives its number to the next."""
    with acting(Acting(actor=auditor.pk, page="people:access")):
        with numbered_export("people.access", "csv", {"rows": 1}) as first:
            first.seal(b"one")
        with pytest.raises(UnsealedExportError), numbered_export("people.access", "csv", {}):
            pass
        with numbered_export("people.access", "pdf", {}) as second:
            second.seal(b"")
    assert second.number == first.number + 1
    kept = Export.unscoped.get(number=first.number)
    assert bytes(kept.digest) == hashlib.sha256(b"one").digest()
    assert (kept.size, kept.actor, kept.contents, kept.page) == (3, auditor.pk, {"rows": 1}, "people:access")


def test_pages_of_people_leave_looks(world: World, auditor: User) -> None:
    """Tests that whoever opens a person, a list of members or "who can see what" is in that person's own log."""
    nurse = world.people[Role.HOSPITAL_COORDINATOR]
    client = sign_in(Client(), auditor)
    client.get(reverse("people:person", kwargs={"public_id": nurse.pk}))
    client.get(reverse("people:organisation", kwargs={"public_id": world["hospital"].pk}))
    client.get(reverse("people:access"))
    looks = list(looks_at("people.user", nurse.pk))
    assert [look.page for look in looks] == ["people:access", "people:organisation", "people:person"]
    assert {look.owner for look in looks} == {world["hospital"].pk}
    assert all(len(look.request_id) == 32 for look in looks)
    own = page(nurse, "audit:own_log")
    assert own.count("<td>Auditor</td>") == 3
    assert "Nobody has looked at your data yet." in page(person("unseen"), "audit:own_log")
    client.get(reverse("people:person", kwargs={"public_id": auditor.pk}))
    assert not looks_at("people.user", auditor.pk).filter(actor=auditor.pk).exists()


def test_the_access_log_shows_each_owner_their_own(world: World, auditor: User) -> None:
    """Tests who sees which looks: the hospital its own, the oblast those below it, the auditor all, a stranger none."""
    owners = {
        name: world[name].pk for name in ("hospital", "other_hospital", "receiver", "stranger_hospital")
    }
    with acting(Acting(actor=auditor.pk)):
        for owner in owners.values():
            record_look("see.clinical", "cases.case", {uuid4(): owner})

    def seen(role: Role) -> set[str]:
        rows = {look.owner for look in access_log(world.people[role], Wanted())}
        return {name for name, pk in owners.items() if pk in rows}

    assert seen(Role.HOSPITAL_COORDINATOR) == {"hospital"}
    assert seen(Role.OBLAST_COORDINATOR) == {"hospital"}
    assert seen(Role.MINISTRY) == {"hospital", "other_hospital"}
    assert seen(Role.AUDITOR) == seen(Role.ADMINISTRATOR) == {"hospital", "other_hospital", "receiver"}
    assert seen(Role.REGION) == seen(Role.DONOR) == set()


def test_the_access_log_is_narrowed(world: World, auditor: User) -> None:
    """Tests period, person, thing and right on the page itself; a date that cannot be read is said."""
    thing = uuid4()
    desk = world.people[Role.FLIGHT_DESK]
    with acting(Acting(actor=desk.pk, page="flights:manifest")):
        record_look("see.clinical", "people.organisation", {thing: world["hospital"].pk})
    for conditions, found in (
        ({}, True),
        ({"thing": str(thing)}, True),
        ({"thing": str(uuid4())}, False),
        ({"person": "flight_desk@"}, True),
        ({"person": "nobody at all"}, False),
        ({"right": "see.clinical"}, True),
        ({"right": "see.personal"}, False),
        ({"kind": "people.organisation"}, True),
        ({"kind": "people.user"}, False),
        ({"since": "2020-01-01", "until": "2020-01-31"}, False),
        ({"since": "2020-01-01"}, True),
        ({"since": "yesterday"}, False),
    ):
        assert ("flights:manifest" in page(auditor, "audit:access_log", **conditions)) == found, conditions
    assert "Correct what is marked above" in page(auditor, "audit:access_log", since="yesterday")
    assert Look.unscoped.filter(right="audit.see_access_log", things__contains=[desk.pk]).exists()


def test_older_looks_are_on_the_next_page(world: World, auditor: User) -> None:
    """Tests that 51 looks need two pages and none is shown twice."""
    with acting(Acting(actor=auditor.pk)):
        for _ in range(51):
            record_look("see.clinical", "cases.case", {uuid4(): world["hospital"].pk})
    first = page(world.people[Role.HOSPITAL_COORDINATOR], "audit:access_log")
    assert first.count("<tr>") == 51
    before = first.split("?before=")[1].split('"')[0]
    assert page(world.people[Role.HOSPITAL_COORDINATOR], "audit:access_log", before=before).count("<tr>") == 2


def test_the_access_log_is_taken_away_under_a_number(world: World, auditor: User) -> None:
    """Tests that the table's bytes are those on record, that its cells compute nothing, and what the register says."""
    with acting(Acting(actor=auditor.pk)), because("=HYPERLINK(1)"):
        record_look("see.clinical", "cases.case", {uuid4(): world["hospital"].pk})
    client = sign_in(Client(), auditor)
    answer = client.post(reverse("audit:export_access_log"), {"conditions": "right=see.clinical"})
    kept = Export.unscoped.get()
    assert hashlib.sha256(answer.content).digest() == bytes(kept.digest)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="access-log-{kept.number}.csv"'
    text = answer.content.decode("utf-8-sig")
    assert text.startswith(f"Export,{kept.number},")
    assert "'=HYPERLINK(1)" in text
    assert kept.contents["conditions"] == {"right": "see.clinical"}
    register = page(auditor, "audit:exports")
    assert hashlib.sha256(answer.content).hexdigest() in register
    assert Look.unscoped.filter(export=kept.number, right="audit.see_access_log").exists()


def test_the_history_page_shows_values_where_the_policy_opens_them(world: World, auditor: User) -> None:
    """Tests names for whoever sees members, and a hidden value instead of a password."""
    nurse = world.people[Role.HOSPITAL_COORDINATOR]
    with acting(Acting(actor=auditor.pk)), because("asked on the telephone"):
        User.objects.filter(pk=nurse.pk).update(latin_name="Olha")
        User.objects.filter(pk=nurse.pk).update(password="x")
    address = reverse("audit:history", kwargs={"kind": "people.user", "public_id": nurse.pk})
    shown = sign_in(Client(), auditor).get(address).content.decode()
    assert "<del>Hospital_coordinator</del> → <ins>Olha</ins>" in shown
    assert "asked on the telephone" in shown
    assert "<strong>password</strong>: the value is not shown to you" in shown
    assert Look.unscoped.filter(right="people.see_members", things=[nurse.pk], page="audit:history").exists()
    assert sign_in(Client(), world.people[Role.MINISTRY]).get(address).status_code == 403


def test_the_history_of_what_is_out_of_reach_is_not_found(world: World, auditor: User) -> None:
    """Tests a foreign owner's organisation, an unknown kind, an unknown id, and a kind without history."""
    client = sign_in(Client(), auditor)
    for kind, thing in (
        ("people.organisation", world["stranger"].pk),
        ("people.ghost", uuid4()),
        ("people.user", uuid4()),
        ("sessions.session", uuid4()),
    ):
        address = reverse("audit:history", kwargs={"kind": kind, "public_id": thing})
        assert client.get(address).status_code == 404, kind


def test_the_record_speaks_in_words(world: World, auditor: User) -> None:
    """Tests that pages and what a row is part of are named, fields in every language, and no code is shown."""
    hospital = world["hospital"]
    with acting(Acting(actor=auditor.pk, page="people:change_organisation")):
        hospital.latin_name = "Likarnia"
        hospital.save()
    with acting(Acting(actor=auditor.pk, page="people:access")):
        record_look("people.see_access", "people.user", {auditor.pk: hospital.pk})
    address = reverse("audit:history", kwargs={"kind": "people.organisation", "public_id": hospital.pk})
    client = sign_in(Client(), auditor)
    history = client.get(address).content.decode()
    assert hospital.parent.name in history
    assert "People and access" in history
    assert "Who can see what" in page(auditor, "audit:access_log")
    for shown in (history, page(auditor, "audit:access_log")):
        assert "people:" not in shown
    auditor.language = "uk"
    auditor.save()
    client.cookies["django_language"] = "uk"
    assert "created at" not in client.get(address).content.decode()


def test_the_history_of_a_deleted_thing_has_no_values(world: World, auditor: User) -> None:
    """Tests that who and when stay, and values do not, since nobody can say whose they were."""
    gone = User.objects.create_user("gone@example.org", "!", name="Зник", latin_name="Znyk")
    pk = gone.pk
    gone.delete()
    shown = (
        sign_in(Client(), auditor)
        .get(reverse("audit:history", kwargs={"kind": "people.user", "public_id": pk}))
        .content.decode()
    )
    assert "deleted" in shown
    assert "Зник" not in shown
    assert "gone@example.org" not in shown


def test_the_history_is_found_by_a_form(auditor: User) -> None:
    """Tests the form, and that the page says what has no history and why."""
    shown = page(auditor, "audit:find_history")
    assert "sessions.*" in shown
    answer = sign_in(Client(), auditor).get(
        reverse("audit:find_history"), {"kind": "people.user", "thing": str(auditor.pk)}
    )
    assert answer.headers["Location"] == f"/record/history/people.user/{auditor.pk}/"


def test_an_emergency_access_stands_in_the_log_with_its_reason(world: World) -> None:
    """Tests that breaking the glass is seen in the record of whoever was looked at."""
    notices.register_channel("nowhere", lambda notice: None)
    nurse, hub = world.people[Role.RECEIVING_HOSPITAL], world.people[Role.HUB_CREW]
    reason = "The ward does not answer and the aircraft is waiting"
    try:
        services.break_glass(hub, world["receiver"], reason)
    finally:
        notices.forget_channel("nowhere")
    with acting(Acting(actor=hub.pk)):
        record_look_at_people(hub, "people.see_members", Membership.unscoped.filter(user=nurse))
    (look,) = looks_at("people.user", nurse.pk)
    assert (look.actor, look.reason) == (hub.pk, reason)
    assert reason in page(nurse, "audit:own_log")
