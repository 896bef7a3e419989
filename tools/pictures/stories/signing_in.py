"""Stories of the ways in, at the service in earnest: password and codes, passkey, and what goes wrong."""

from __future__ import annotations

from playwright.sync_api import Browser, Page
from test_browser_journey import one_time_code, with_passkeys

from pictures.camera import Camera
from pictures.site import Site
from pictures.stories.people import invite
from pictures.visit import Visit, visiting

PASSWORD = "rain over Lviv 26"
EMAIL = "pavlo@example.org"


def _accepted(visit: Visit, link: str, name: str, *, password: str = "") -> None:
    visit.open(link)
    visit.fill(name=name, latin_name=name)
    visit.page.locator("main [name=language]").select_option(visit.camera.language)
    if password:
        visit.fill(way="password", password=password)
    visit.send()


def _signed_in(visit: Visit, password: str) -> None:
    visit.open("sign-in/login/")
    visit.page.locator("input[name=login]").fill(EMAIL)
    visit.page.locator("input[name=password]").fill(password)
    with visit.page.expect_navigation():
        visit.page.locator("main form:has(input[name=password]) button[type=submit]:visible").first.click()


def _coded(page: Page, secret: str) -> None:
    page.locator("main input[name=code]").fill(one_time_code(secret))
    with page.expect_navigation():
        page.locator("main form:has(input[name=code]) button[type=submit]").first.click()


def passwords(site: Site, camera: Camera, browser: Browser) -> None:
    """Somebody new with a password and an app that makes codes."""
    with visiting(site, camera, browser, "administrator") as visit:
        link = invite(visit, EMAIL)
    with visiting(site, camera, browser, earnest=True) as visit:
        visit.see("sign-in/login/", "sign-in-earnest")
        _accepted(visit, link, "Pavlo Hrytsenko", password=PASSWORD)
        visit.take("sign-in-accepted")
        visit.see("", "sign-in-second-factor-needed")
        visit.open("sign-in/2fa/totp/activate/")
        secret = visit.page.locator("main code").inner_text()
        visit.page.locator("main input[name=code]").fill("000000")
        visit.send()
        visit.take("sign-in-code-wrong")
        secret = visit.page.locator("main code").inner_text()
        _coded(visit.page, secret)
        visit.take("sign-in-recovery-codes-new")
        visit.see("sign-in/2fa/recovery-codes/", "sign-in-recovery-codes")
        visit.see("sign-in/2fa/recovery-codes/generate/", "sign-in-recovery-codes-generate")
        visit.see("sign-in/2fa/", "sign-in-ways-code")
        visit.see("sign-in/2fa/totp/deactivate/", "sign-in-app-remove")
        visit.see("sign-in/password/change/", "sign-in-password-change")
        visit.see("sign-in/reauthenticate/?next=/", "sign-in-reauthenticate-password")
        visit.see("sign-in/2fa/reauthenticate/?next=/", "sign-in-reauthenticate-code")
        visit.see("", "start-newcomer")
        visit.page.context.clear_cookies()
        visit.page.context.add_cookies(
            [{"name": "django_language", "value": camera.language, "url": visit.place.address}]
        )
        _signed_in(visit, "wrong " + PASSWORD)
        visit.take("sign-in-wrong-password")
        _signed_in(visit, PASSWORD)
        visit.take("sign-in-authenticate-code")
        visit.page.locator("main input[name=code]").fill("000000")
        with visit.page.expect_navigation():
            visit.page.locator("main form:has(input[name=code]) button[type=submit]").first.click()
        visit.take("sign-in-authenticate-code-wrong")


def passkeys(site: Site, camera: Camera, browser: Browser) -> None:
    """Somebody new with a passkey alone."""
    with visiting(site, camera, browser, "administrator") as visit:
        link = invite(visit, "oksana@example.org")
    with visiting(site, camera, browser, earnest=True) as visit:
        with_passkeys(visit.page)
        _accepted(visit, link, "Oksana Dunaieva")
        visit.open("sign-in/2fa/webauthn/add/")
        visit.page.locator("main [name=name]").fill("Telephone")
        with visit.page.expect_navigation():
            visit.page.locator("#mfa_webauthn_add").click()
        visit.take("sign-in-passkey-added")
        visit.see("sign-in/2fa/", "sign-in-ways-passkey")
        visit.see("sign-in/2fa/webauthn/", "sign-in-passkeys")
        visit.open("sign-in/2fa/webauthn/")
        addresses = visit.page.locator("main a[href*='/webauthn/keys/']").evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        )
        for address in addresses:
            visit.see(address.lstrip("/"), f"sign-in-passkey-{address.rstrip('/').rsplit('/', 1)[-1]}")
        visit.see("sign-in/2fa/webauthn/reauthenticate/?next=/", "sign-in-reauthenticate-passkey")
        visit.see("people/account/sessions/", "people-sessions-earnest")
        visit.see("sign-in/logout/", "sign-in-logout-earnest")
