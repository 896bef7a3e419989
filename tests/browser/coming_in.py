"""How somebody new comes in: invited by the demonstration's administrator, with a passkey of their own."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from answering import Service, switched
from playwright.sync_api import Page, expect


def with_passkeys(page: Page) -> None:
    """Give the browser a device that holds passkeys and always says yes."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def invited(page: Page, demonstration: Service, service: Service, email: str, role: str, place: str) -> str:
    """Invite an address as the administrator; the link of the invitation, at the service that is named."""
    switched(page, demonstration, "administrator")
    organisation = demonstration.value(f"SELECT id FROM people_organisation WHERE name LIKE '{place}'")
    page.goto(f"{demonstration.address}/people/organisations/{organisation}/invite/")
    page.get_by_label("E-mail address").fill(email)
    page.locator("#id_role").select_option(role)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice")).to_contain_text(email)
    told = [json.loads(line) for line in demonstration.notices.read_text(encoding="utf-8").splitlines()]
    (address,) = (one["address"] for one in told if one["kind"] == "invitation" and one["email"] == email)
    return service.address + urlsplit(address).path


def accepted(page: Page, link: str, name: str, *, password: str = "") -> None:
    """Accept an invitation as somebody new."""
    page.goto(link)
    assert page.url.endswith("/people/invitation/accept/")  # the token stands in no history
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Name in Latin letters").fill(name)
    if password:
        page.locator("input[name=way][value=password]").check()
        page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()


def passkey_added(page: Page, service: Service) -> None:
    """Set a passkey up as the second factor, without which nothing is open."""
    page.goto(f"{service.address}/people/organisations/")
    expect(page.locator("h1")).to_have_text("A second factor is needed")
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Name of the passkey").fill("Telephone")
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator("h1")).not_to_have_text("Add a passkey")
