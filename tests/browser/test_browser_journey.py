"""Tests the way in: invited, signed in, second factor, emergency access, seen by who answers for the data.

The administrator who invites is the demonstration's; everybody else uses the service as it is in earnest.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import struct
import time

from answering import Service
from coming_in import accepted, invited, passkey_added, with_passkeys
from playwright.sync_api import BrowserContext, Page, expect

REASON = "A patient on board is getting worse, and nobody at the usual number answers."


def test_from_invitation_to_emergency(
    visitor: BrowserContext, somebody_else: BrowserContext, demonstration: Service, service: Service
) -> None:
    """Tests the whole way of somebody with a passkey, and that who answers for the data sees it."""
    administrator, newcomer = visitor.new_page(), somebody_else.new_page()
    link = invited(
        administrator, demonstration, service, "oksana@example.org", "hospital_coordinator", "%Ясна%"
    )
    with_passkeys(newcomer)
    accepted(newcomer, link, "Oksana Dunaieva")
    passkey_added(newcomer, service)
    newcomer.goto(f"{service.address}/")
    expect(newcomer.locator("h1")).to_have_text("What waits for you")
    # Out, and in again with the passkey alone.
    newcomer.locator("button[popovertarget=account]").click()
    newcomer.locator("#account").get_by_role("button", name="Sign out").click()
    expect(newcomer.locator("h1")).to_have_text("Sign in")
    newcomer.locator("#passkey_login").click()
    expect(newcomer.locator("h1")).to_have_text("What waits for you")
    # The people of a hospital abroad are not open, until somebody would come to harm.
    foreign = service.value("SELECT id FROM people_organisation WHERE name = 'Fjord universitetssykehus'")
    newcomer.goto(f"{service.address}/people/organisations/{foreign}/")
    expect(newcomer.locator("main")).not_to_contain_text("Mari Åsheim")
    newcomer.get_by_role("link", name="You must reach them in an emergency").click()
    newcomer.locator("main form textarea").fill("too short")
    newcomer.locator("main form button[type=submit]").click()
    expect(newcomer.locator("main form textarea")).to_be_visible()  # a reason is asked for in words
    newcomer.locator("main form textarea").fill(REASON)
    newcomer.locator("main form button[type=submit]").click()
    expect(newcomer.locator(".notice")).to_contain_text("Emergency access is open")
    newcomer.goto(f"{service.address}/people/organisations/{foreign}/")
    expect(newcomer.locator("main")).to_contain_text("Mari Åsheim")
    # Who answers for the data has been told, and reads who, what and why.
    told = [json.loads(line) for line in service.notices.read_text(encoding="utf-8").splitlines()]
    assert [one for one in told if one["kind"].startswith("emergency")]
    administrator.goto(f"{demonstration.address}/people/emergency/")
    expect(administrator.locator("main")).to_contain_text("Oksana Dunaieva")
    expect(administrator.locator("main")).to_contain_text(REASON)
    # The record has the look itself: who, at whom, and for what reason.
    administrator.goto(f"{demonstration.address}/record/looks/")
    look = administrator.locator("tbody tr").filter(has_text=REASON).first
    expect(look).to_contain_text("Oksana Dunaieva")
    expect(look).to_contain_text("Mari Åsheim")


def test_password_and_one_time_codes(
    visitor: BrowserContext, somebody_else: BrowserContext, demonstration: Service, service: Service
) -> None:
    """Tests the way in with a password, an app that makes codes, and a code for the day it is lost."""
    password = "rain over Lviv 26"
    newcomer = somebody_else.new_page()
    link = invited(
        visitor.new_page(), demonstration, service, "pavlo@example.org", "hospital_coordinator", "%Ясна%"
    )
    accepted(newcomer, link, "Pavlo Hrytsenko", password=password)
    newcomer.goto(f"{service.address}/sign-in/2fa/totp/activate/")
    secret = newcomer.locator("main code").inner_text()
    newcomer.locator("input[name=code]").fill(one_time_code(secret))
    newcomer.locator("main form button[type=submit]").click()
    expect(newcomer.locator("h1")).to_have_text("Recovery codes")
    spare = newcomer.locator(".recovery-codes code").first.inner_text()
    newcomer.context.clear_cookies()
    signed_in_with_password(newcomer, service, "wrong " + password)
    expect(newcomer.locator(".ds-error-summary")).to_be_focused()
    signed_in_with_password(newcomer, service, password)
    assert re.search(r"/2fa/authenticate/", newcomer.url)
    newcomer.locator("input[name=code]").fill(spare)
    newcomer.locator("main form button[type=submit]").first.click()
    expect(newcomer.locator("h1")).to_have_text("What waits for you")


def signed_in_with_password(page: Page, service: Service, password: str) -> None:
    """Send the form with an address and a password."""
    page.goto(f"{service.address}/sign-in/login/")
    page.locator("input[name=login]").fill("pavlo@example.org")
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def one_time_code(secret: str) -> str:
    """The code of this half minute, by RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
