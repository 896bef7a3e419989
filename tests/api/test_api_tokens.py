"""Tests that a token opens what its organisation, role and scopes reach, as long as it may."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import directory_places
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from world import sign_in

from medevac.api import looks, services
from medevac.api.access import TokenAccess
from medevac.api.models import Token, TokenUse
from medevac.api.services import wrong_tokens
from medevac.api.services.tokens import digest
from medevac.audit.context import Acting, acting
from medevac.audit.middleware import RecordMiddleware
from medevac.audit.models import Look
from medevac.audit.naming import actor_names
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

BOTH = ["directory.read", "organisations.read"]


@pytest.fixture
def places(db: None) -> directory_places.Places:
    """The world of the directory's tests."""
    return directory_places.build()


def made(
    places: directory_places.Places, *, place: str = "centre", role=Role.COORDINATION_CENTRE, scopes=BOTH
):
    """A token, and what is told of it once."""
    actor = places.world.people[Role.ADMINISTRATOR]
    return services.make_token(actor, places.world[place], name="X", role=role, scopes=scopes, days=30)


def get(path: str, told: str = "", **values: str):
    """An answer of the API."""
    headers = {"Authorization": f"Bearer {told}"} if told else {}
    return Client().get(f"/api{path}", values, headers=headers)


def test_what_is_kept_opens_nothing(places: directory_places.Places) -> None:
    """Tests that only a digest is kept, and that neither it nor the beginning opens a door."""
    token, told = made(places)
    assert bytes(token.digest) == digest(told) != told.encode()
    assert len(told) > 40
    for wrong in ("", token.beginning, bytes(token.digest).hex(), told[:-1], told + "a"):
        answer = get("/missions", wrong)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "Expected a token that is open" in answer.json()["detail"]
    assert get("/missions", told).status_code == 200


def test_a_token_reaches_what_its_role_reaches(places: directory_places.Places) -> None:
    """Tests that rows of a foreign organisation are neither listed nor found by their id."""
    _, told = made(places)
    assert [one["code"] for one in get("/missions", told).json()["items"]] == ["ukraine"]
    listed = get("/hospitals", told).json()
    assert [one["code"] for one in listed["items"]] == ["NO-AHUS"]
    assert get(f"/hospitals/{places.hospital.pk}", told).json()["specialties"] == [
        {"specialty": "orthopaedics", "suitability": 0.9}
    ]
    assert get(f"/hospitals/{places.foreign.pk}", told).status_code == 404
    assert get(f"/organisations/{places.world['stranger'].pk}", told).status_code == 404
    mission = get("/missions/ukraine", told).json()
    assert [one["airport"] for one in mission["hubs"]] == ["EPRZ"]
    assert mission["actors"][0]["organisation"] == str(places.world["centre"].pk)


def test_scopes_limit_the_role(places: directory_places.Places) -> None:
    """Tests that an operation outside the scopes is refused, and that no role is given what it lacks."""
    _, told = made(places, scopes=["organisations.read"])
    assert get("/organisations", told).status_code == 200
    answer = get("/missions", told)
    assert answer.status_code == 403
    assert "directory.read" in answer.json()["detail"]
    with pytest.raises(RefusedError, match="does not include"):
        made(places, place="owner", role=Role.READER, scopes=["directory.read"])
    with pytest.raises(RefusedError, match="at least one scope"):
        made(places, scopes=[])


def test_tokens_end(places: directory_places.Places) -> None:
    """Tests that a token opens nothing after its end, once revoked, and once its organisation closes."""
    actor = places.world.people[Role.ADMINISTRATOR]
    for number in range(3):
        token, told = made(places)
        assert get("/countries", told).status_code == 200
        assert TokenUse.unscoped.get(token=token).last_used_at is not None
        if number == 0:
            services.revoke_token(actor, token)
        elif number == 1:
            past = timezone.now() - timedelta(days=2)
            Token.unscoped.filter(pk=token.pk).update(made_at=past, expires_at=past + timedelta(days=1))
        else:
            type(places.world["centre"]).unscoped.filter(pk=places.world["centre"].pk).update(
                closed_at=timezone.now()
            )
        assert get("/countries", told).status_code == 401
    with pytest.raises(IntegrityError, match="api_token_ends"), transaction.atomic():
        Token.unscoped.update(expires_at=timezone.now() - timedelta(days=100))


def test_requests_are_counted(places: directory_places.Places, settings) -> None:
    """Tests that a token is refused when it has been used too often in one minute, and told when to go on."""
    settings.API_REQUESTS_PER_MINUTE = 2
    token, told = made(places)
    minute = timezone.now().replace(second=0, microsecond=0)
    for _ in range(2):  # a minute may end between two requests: the count is set, not awaited
        assert get("/countries", told).status_code == 200
    for ahead in (minute, minute + timedelta(minutes=1)):
        TokenUse.unscoped.filter(token=token).update(minute=ahead, requests=2)
        if ahead == timezone.now().replace(second=0, microsecond=0):
            answer = get("/countries", told)
            assert answer.status_code == 429
            assert answer.headers["Retry-After"] == "60"


def test_who_makes_tokens(places: directory_places.Places) -> None:
    """Tests that tokens are made and seen by those who let people in, for the organisations below them."""
    people = places.world.people
    own, _ = services.make_token(
        people[Role.COORDINATION_CENTRE],
        places.world["region"],
        name="own",
        role=Role.REGION,
        scopes=BOTH,
        days=1,
    )
    for role, user in people.items():
        expected = role in (Role.COORDINATION_CENTRE, Role.REGION, Role.ADMINISTRATOR)
        assert may(user, "api.manage_tokens", own) == expected, role
    with pytest.raises(NotAllowedError):
        services.make_token(
            people[Role.REGION], places.world["centre"], name="x", role=Role.REGION, scopes=BOTH, days=1
        )
    with pytest.raises(RefusedError, match="1 to 366 days"):
        services.make_token(
            people[Role.REGION], places.world["region"], name="x", role=Role.REGION, scopes=BOTH, days=367
        )
    assert Token.objects.count() == 0


def test_the_token_is_shown_once(places: directory_places.Places) -> None:
    """Tests the page: the token stands in the answer to its making, and never again."""
    client = sign_in(Client(), places.world.people[Role.ADMINISTRATOR])
    address = f"/tokens/{places.world['centre'].pk}/make/"
    values = {"name": "Bergen", "role": "coordination_centre", "scopes": BOTH, "days": 30}
    answer = client.post(address, values)
    told = answer.context["told"]
    assert told in answer.content.decode()
    listed = client.get("/tokens/").content.decode()
    assert told not in listed
    assert told[:10] in listed
    token = Token.unscoped.get()
    assert client.post(f"/tokens/revoke/{token.pk}/", follow=True).status_code == 200
    assert get("/missions", told).status_code == 401


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/missions", {"limit": "100000000000000000000"}),
        ("/missions", {"limit": "0"}),
        ("/hospitals", {"offset": "99999999999"}),
        ("/hospitals", {"search": "a\x00b"}),
        ("/hospitals", {"country": "no"}),
        ("/airports/nowhere", {}),
        ("/missions/x\x00", {}),
    ],
)
def test_values_are_bounded(places: directory_places.Places, path: str, values: dict[str, str]) -> None:
    """Tests that a value outside its bounds is told with its place, and that what came is not repeated."""
    _, told = made(places)
    answer = get(path, told, **values)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"]


def test_a_cookie_opens_nothing(places: directory_places.Places) -> None:
    """Tests that a signed-in browser is nobody to the API, so that no foreign page can use it."""
    client = sign_in(Client(), places.world.people[Role.ADMINISTRATOR])
    assert client.get("/api/missions").status_code == 401


def test_wrong_tokens_are_counted_by_address(
    places: directory_places.Places, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests that an address is refused after too many wrong tokens, with the time to wait, and others not."""
    settings.API_WRONG_TOKENS_PER_MINUTE = 3
    _, told = made(places)

    def asked(told: str, address: str):
        return Client().get(
            "/api/countries", headers={"Authorization": f"Bearer {told}"}, REMOTE_ADDR=address
        )

    def tried(address: str) -> list[int]:
        return [asked("mdv_wrong", address).status_code for _ in range(4)]

    clock = [120_000.0]  # the beginning of a minute
    monkeypatch.setattr(wrong_tokens, "time", SimpleNamespace(time=lambda: clock[0]))
    assert tried("192.0.2.7") == [401, 401, 401, 429]
    refused = asked(told, "192.0.2.7")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "too many" in refused.json()["detail"]
    assert asked(told, "192.0.2.8").status_code == 200
    assert tried("2001:db8::1") == [401, 401, 401, 429]
    assert asked(told, "2001:db8::2").status_code == 429  # one network of IPv6 is one sender
    assert asked(told, "2001:db8:0:1::2").status_code == 200
    keys = [
        key for (key,) in select("SELECT cache_key FROM people_cache WHERE cache_key LIKE '%%api-wrong%%'")
    ]
    assert keys
    assert not any("192.0.2" in key for key in keys)
    clock[0] += 60
    assert asked(told, "192.0.2.7").status_code == 200


def select(query: str) -> list[tuple]:
    """Rows of the database."""
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return cursor.fetchall()


def test_a_look_stands_in_the_tokens_name(places: directory_places.Places) -> None:
    """Tests an operation that shows clinical data: the record has who, what, whose; and none without it."""
    from medevac.api.holder import TokenHolder

    token, told = made(places)
    case, owner = uuid4(), places.world["hospital"].pk

    def operation(request):
        looks.record_look(request.auth, "see.clinical", "people.user", {case: owner})
        return HttpResponse("shown")

    def asked():
        request = RequestFactory().get("/api/test", headers={"Authorization": f"Bearer {told}"})
        request.user = AnonymousUser()

        def answer(request):
            request.auth = TokenAccess("directory.read")(request)
            return operation(request)

        return RecordMiddleware(answer)(request)

    assert asked().content == b"shown"
    row = Look.unscoped.get()
    assert (row.actor_kind, row.actor) == ("token", token.pk)
    assert (row.right, row.things, row.owner) == ("see.clinical", [case], owner)
    assert actor_names([("token", token.pk)]) == {("token", token.pk): "X (centre)"}
    holder = TokenHolder(token)
    with pytest.raises(looks.NotActingError):
        looks.record_look(holder, "see.clinical", "people.user", {case: owner})
    assert not may(holder, "see.clinical", places.world["hospital"])  # no emergency access for programs
    with acting(Acting(kind="token", actor=token.pk)):
        services.revoke_token(places.world.people[Role.ADMINISTRATOR], token)
        with pytest.raises(DatabaseError), transaction.atomic():
            looks.record_look(holder, "see.clinical", "people.user", {case: owner})
    assert Look.unscoped.count() == 1
