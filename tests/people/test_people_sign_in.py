"""Tests how users come in and are shown out: second factor, sessions, limits, passwords, a provider."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from world import PASSWORD, World, sign_in

from medevac.people import services
from medevac.people.adapters import ProviderAdapter
from medevac.people.middleware import SEEN, STARTED
from medevac.people.notices import Notice
from medevac.people.roles import Role
from medevac.people.second_factor import PROVIDER_STRONG

SECRET = "JBSWY3DPEHPK3PXP"


def code() -> str:
    """The one-time code that an app would show now."""
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def log_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Type address and password; returns where that leads, empty where it leads nowhere."""
    answer = client.post("/sign-in/login/", {"login": email, "password": password})
    return answer.headers.get("Location", "")


def test_password_and_code(world: World) -> None:
    """Tests that a password alone does not open an account that has codes, and the code then does."""
    user = world.people[Role.REGION]
    TOTP.activate(user, SECRET)
    client = Client()
    assert log_in(client, user.email) == "/sign-in/2fa/authenticate/"
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/2fa/authenticate/", {"code": code()}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_password_alone_opens_only_the_way_to_a_second_factor(world: World) -> None:
    """Tests that a role with personal data reaches nothing before a factor is set up."""
    user = world.people[Role.REGION]
    client = Client()
    assert log_in(client, user.email) == "/"
    for address in ("/", "/people/access/", "/people/account/", "/sign-in/2fa/", "/sign-in/password/change/"):
        assert client.get(address).headers["Location"] == "/people/second-factor/", address
    client.post("/sign-in/reauthenticate/", {"password": PASSWORD})
    page = client.get("/sign-in/2fa/totp/activate/").content.decode()
    assert "<svg" in page
    secret = client.session["mfa.totp.secret"]
    shown = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/sign-in/2fa/totp/activate/", {"code": shown}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_setting_up_a_factor_counts_and_ends_other_sessions(told: list[Notice]) -> None:
    """Tests that the session that set up a factor goes on, and one that never showed it ends."""
    from world import build

    user = build().people[Role.REGION]
    here, elsewhere = Client(), Client()
    log_in(here, user.email)
    log_in(elsewhere, user.email)
    here.post("/sign-in/reauthenticate/", {"password": PASSWORD})
    here.get("/sign-in/2fa/totp/activate/")
    secret = here.session["mfa.totp.secret"]
    shown = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    answer = here.post("/sign-in/2fa/totp/activate/", {"code": shown}, follow=True)
    assert answer.request["PATH_INFO"] == "/sign-in/2fa/recovery-codes/"
    assert here.get("/people/access/").status_code == 200
    assert elsewhere.get("/people/second-factor/").headers["Location"].startswith("/sign-in/login/")


def test_a_new_factor_is_not_set_up_past_the_old_one(world: World) -> None:
    """Tests that a session without a second factor cannot add one to an account that already has one."""
    user = world.people[Role.REGION]
    TOTP.activate(user, SECRET)
    client = sign_in(Client(), user, strongly=False)
    for address in ("/sign-in/2fa/webauthn/add/", "/sign-in/2fa/totp/activate/"):
        assert client.get(address).headers["Location"] == "/people/second-factor/"


def test_roles_without_personal_data_need_no_second_factor(world: World) -> None:
    """Tests that a donor comes in by password alone."""
    client = Client()
    assert log_in(client, world.people[Role.DONOR].email) == "/"
    assert client.get("/").status_code == 200


def test_nobody_is_left_without_a_way_back(world: World) -> None:
    """Tests that whoever has neither password nor passkey is asked to set one up before anything else."""
    user = world.people[Role.DONOR]
    user.set_unusable_password()
    user.save()
    client = sign_in(Client(), user, strongly=False)
    assert client.get("/").headers["Location"] == "/people/second-factor/"


@pytest.mark.parametrize(
    ("key", "ago", "ends"), [(SEEN, 1700, False), (SEEN, 1900, True), (STARTED, 43300, True)]
)
def test_sessions_end(world: World, key: str, ago: int, ends: bool) -> None:
    """Tests that a session ends after 30 minutes without a request, and after 12 hours however busy."""
    client = sign_in(Client(), world.people[Role.DONOR])
    assert client.get("/").status_code == 200
    session = client.session
    session[key] = int(time.time()) - ago
    session.save()
    assert (client.get("/").status_code == 302) is ends
    if not ends:
        assert client.session[SEEN] >= int(time.time()) - 60


def test_signing_out_everywhere(world: World) -> None:
    """Tests that one click ends the sessions on all devices."""
    user = world.people[Role.DONOR]
    here, elsewhere = sign_in(Client(), user), sign_in(Client(), user)
    assert here.post("/people/account/sign-out-everywhere/").headers["Location"] == "/sign-in/login/"
    assert elsewhere.get("/").status_code == 302


def test_a_deactivated_user_does_not_come_in(world: World) -> None:
    """Tests that neither password nor a reset opens a deactivated account."""
    user = world.people[Role.GROUND_CREW]
    services.deactivate(world.people[Role.REGION], user)
    assert log_in(Client(), user.email) in ("", "/sign-in/inactive/")


def test_attempts_are_counted_in_the_database(world: World) -> None:
    """Tests that after five wrong passwords the right one is refused too, from wherever it comes."""
    cache.clear()
    user = world.people[Role.DONOR]
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        assert log_in(client, user.email, "wrong") == ""
    assert log_in(Client(REMOTE_ADDR="192.0.2.99"), user.email) == ""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_cache")
        assert cursor.fetchone()[0] > 0
    cache.clear()
    assert log_in(Client(), user.email) == "/"


def test_a_forgotten_password(world: World, told: list[Notice]) -> None:
    """Tests that the link of the notice changes the password once, and an unknown address looks the same."""
    cache.clear()
    user = world.people[Role.DONOR]
    pages = [
        Client(HTTP_HOST="localhost:6666").post("/sign-in/password/reset/", {"email": who})
        for who in (user.email, "no@example.org")
    ]
    assert pages[0].headers["Location"] == pages[1].headers["Location"] == "/sign-in/password/reset/done/"
    (notice,) = told
    assert (notice.kind, notice.user) == ("password_reset", user.pk)
    assert notice.address.startswith(f"{settings.ADDRESS}/sign-in/")  # whatever port the request named
    client = Client()
    answer = client.get(notice.address, follow=True)
    form = {"password1": "another rain 27", "password2": "another rain 27"}
    assert client.post(answer.request["PATH_INFO"], form).status_code == 302
    assert log_in(Client(), user.email, "another rain 27") == "/"
    assert "used or is too old" in Client().get(notice.address, follow=True).content.decode()


def provider_request(
    address: str, claims: dict[str, object], *, verified: bool = True
) -> tuple[HttpRequest, object]:
    """A request at the moment at which a provider has sent somebody back, and what it said."""
    request = HttpRequest()
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    request.user = get_user(request)
    connected: list[object] = []
    login = SimpleNamespace(
        is_existing=False,
        email_addresses=[SimpleNamespace(email=address, verified=verified)],
        account=SimpleNamespace(extra_data={"userinfo": {}, "id_token": claims}),
        connect=lambda request, user: connected.append(user),
        connected=connected,
    )
    return request, login


def test_a_provider_opens_only_known_accounts(world: World) -> None:
    """Tests that a provider's user comes in where an active account has the address that it verified."""
    user = world.people[Role.REGION]
    adapter = ProviderAdapter()
    request, login = provider_request(user.email.upper(), {})
    adapter.pre_social_login(request, login)
    assert login.connected == [user]
    assert not adapter.is_open_for_signup(request, login)
    for address, verified in [("stranger@example.org", True), (user.email, False)]:
        request, login = provider_request(address, {}, verified=verified)
        with pytest.raises(ImmediateHttpResponse) as refused:
            adapter.pre_social_login(request, login)
        assert refused.value.response.status_code == 403
        assert login.connected == []


@pytest.mark.parametrize(
    ("claims", "counts"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "idporten-loa-high"}, True),
        ({"amr": ["pwd"]}, False),
        ({}, False),
    ],
)
def test_a_provider_vouches_for_a_second_factor(world: World, settings, claims: dict, counts: bool) -> None:
    """Tests that a provider's session counts as strong only where its claims say what the settings name."""
    settings.ENVIRONMENT = {**settings.ENVIRONMENT, "MEDEVAC_OIDC_STRONG": ["mfa", "idporten-loa-high"]}
    user = world.people[Role.REGION]
    request, login = provider_request(user.email, claims)
    ProviderAdapter().pre_social_login(request, login)
    assert (request.session.get(PROVIDER_STRONG) == str(user.pk)) is counts
