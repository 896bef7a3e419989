"""Tests signing in through an OpenID Connect provider: a real one, in a process of its own here."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from answering import Service, answering
from playwright.sync_api import BrowserContext, Page, expect

from medevac.database import APP, Addresses, Server

DATABASE = "medevac_browser"
# Who the provider knows: it vouches for a second factor of the first only.
KNOWN = (
    {"sub": "haakon", "email": "region@demo.invalid", "email_verified": True, "amr": ["pwd", "mfa"]},
    {"sub": "mari", "email": "receiving_hospital@demo.invalid", "email_verified": True, "amr": ["pwd"]},
    {"sub": "kari", "email": "donor@demo.invalid", "email_verified": True, "amr": ["pwd"]},
    {"sub": "nobody", "email": "nobody@example.org", "email_verified": True, "amr": ["pwd", "mfa"]},
    {"sub": "liar", "email": "administrator@demo.invalid", "email_verified": False, "amr": ["pwd", "mfa"]},
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The issuer of a provider that asks for a nonce."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    users = [word for claims in KNOWN for word in ("--user-claims", json.dumps(claims))]
    words = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    with subprocess.Popen([*words, *users]) as process:
        issuer = f"http://localhost:{port}"
        try:
            while True:
                assert process.poll() is None, "The provider ended before it answered."
                try:
                    with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=30):
                        break
                except (urllib.error.URLError, TimeoutError):
                    time.sleep(0.1)
            yield issuer
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def provided(demonstration: Service, embedded_server: Server, provider: str) -> Iterator[Service]:
    """The service in earnest, which sends its users to the provider."""
    addresses = Addresses(embedded_server.url(APP, DATABASE), demonstration.database, None)
    settings = {
        "MEDEVAC_OIDC_ISSUER": provider,
        "MEDEVAC_OIDC_NAME": "Example ID",
        "MEDEVAC_OIDC_CLIENT": "medevac",
        "MEDEVAC_OIDC_SECRET": "only-for-tests",
        "MEDEVAC_OIDC_STRONG": "mfa",
    }
    with answering("service_settings", addresses, demonstration.notices, **settings) as address:
        yield Service(address, demonstration.database, demonstration.notices)


def at_the_provider(page: Page, service: Service, provider: str) -> None:
    """Go by the button of the sign-in page until the provider asks who it is."""
    page.goto(f"{service.address}/sign-in/login/")
    page.get_by_role("button", name="Sign in with Example ID").click()
    page.wait_for_url(f"{provider}/**")


def signed_in_as(page: Page, service: Service, provider: str, subject: str) -> None:
    """Sign in at the provider as one of those whom it knows."""
    at_the_provider(page, service, provider)
    page.get_by_role("button", name=subject).first.click()
    page.wait_for_url(f"{service.address}/**")


def test_a_known_user_comes_in(visitor: BrowserContext, provided: Service, provider: str) -> None:
    """Tests that a verified address opens its account, and the provider's second factor counts."""
    page = visitor.new_page()
    signed_in_as(page, provided, provider, "haakon")
    language = provided.value("SELECT language FROM people_user WHERE email = 'region@demo.invalid'")
    expect(page.locator("html")).to_have_attribute("lang", str(language))
    expect(page.locator("h1")).to_have_text(
        {"nb": "Det som venter på deg", "en": "What waits for you"}[str(language)]
    )
    page.goto(f"{provided.address}/people/access/")
    assert page.url == f"{provided.address}/people/access/"  # a page of a role that sees personal data
    joined = provided.value("SELECT count(*) FROM socialaccount_socialaccount WHERE uid = 'haakon'")
    assert joined == "1"


def test_a_second_factor_is_asked_where_the_provider_had_none(
    visitor: BrowserContext, provided: Service, provider: str
) -> None:
    """Tests that a role that sees personal data is stopped after a password alone, and a donor is not."""
    page = visitor.new_page()
    signed_in_as(page, provided, provider, "mari")
    page.goto(f"{provided.address}/people/organisations/")
    assert page.url == f"{provided.address}/people/second-factor/"
    visitor.clear_cookies()
    signed_in_as(page, provided, provider, "kari")
    page.goto(f"{provided.address}/people/organisations/")
    assert page.url == f"{provided.address}/people/organisations/"


@pytest.mark.parametrize("subject", ["nobody", "liar"])
def test_who_is_not_known_is_refused(
    visitor: BrowserContext, provided: Service, provider: str, subject: str
) -> None:
    """Tests that an unknown address, and a known one that the provider has not verified, get a clear page."""
    page = visitor.new_page()
    signed_in_as(page, provided, provider, subject)
    expect(page.locator("h1")).to_have_text("No account has this address")
    expect(page.locator("main")).to_contain_text("Accounts come by invitation")
    page.goto(f"{provided.address}/people/account/")
    assert "/sign-in/login/" in page.url


def test_an_answer_counts_once_and_in_its_own_browser(
    visitor: BrowserContext, somebody_else: BrowserContext, provided: Service, provider: str
) -> None:
    """Tests that the address with which the provider sends back opens nothing twice or elsewhere."""
    page = visitor.new_page()
    answers: list[str] = []
    page.on("request", lambda one: answers.append(one.url) if "/callback/" in one.url else None)
    signed_in_as(page, provided, provider, "kari")
    (answer,) = answers
    for context in (visitor, somebody_else):
        context.clear_cookies()
        other = context.new_page()
        other.goto(answer)
        expect(other.locator("h1")).to_have_text("Signing in did not succeed")
        other.goto(f"{provided.address}/people/account/")
        assert "/sign-in/login/" in other.url


def test_an_identity_of_another_attempt_is_refused(
    visitor: BrowserContext, somebody_else: BrowserContext, provided: Service, provider: str
) -> None:
    """Tests the nonce: a code from somebody else's attempt, put into the own answer, opens nothing."""
    theirs, own = somebody_else.new_page(), visitor.new_page()
    theirs.route(
        "**/callback/**", lambda route: route.abort()
    )  # their answer never arrives: the code is fresh
    codes: list[str] = []
    theirs.on("request", lambda one: codes.append(one.url) if "/callback/" in one.url else None)
    at_the_provider(theirs, provided, provider)
    theirs.get_by_role("button", name="haakon").first.click()
    theirs.wait_for_timeout(500)
    while not codes:
        theirs.wait_for_timeout(200)
    at_the_provider(own, provided, provider)
    state = parse_qs(urlsplit(own.url).query)["state"][0]
    code = parse_qs(urlsplit(codes[0]).query)["code"][0]
    callback = codes[0].split("?")[0]
    own.goto(f"{callback}?{urlencode({'code': code, 'state': state})}")
    expect(own.locator("h1")).to_have_text("Signing in did not succeed")
    own.goto(f"{provided.address}/people/account/")
    assert "/sign-in/login/" in own.url
