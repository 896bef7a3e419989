"""Stories of people and organisations: invited, closed, given a new address, reached in an emergency."""

from __future__ import annotations

from playwright.sync_api import Browser

from pictures.camera import Camera
from pictures.site import Site
from pictures.visit import Visit, visiting

YASNA = "SELECT id FROM people_organisation WHERE name LIKE '%Ясна%'"
SVITANOK = "SELECT id FROM people_organisation WHERE name LIKE '%Світанок%'"
FOREIGN = "SELECT id FROM people_organisation WHERE name = 'Fjord universitetssykehus'"
TARAS = "SELECT id FROM people_user WHERE email = 'taras@demo.invalid'"
REASON = "A patient on board is getting worse, and nobody at the usual number answers."


def invite(visit: Visit, email: str, organisation: str = YASNA) -> str:
    """Invite somebody as a coordinator; the path of the link."""
    visit.open(f"people/organisations/{visit.place.value(organisation)}/invite/")
    visit.fill(email=email, role="hospital_coordinator")
    visit.send()
    return visit.told_link("invitation", email)


def invitations(site: Site, camera: Camera, browser: Browser) -> None:
    """An invitation is sent, listed, and accepted by somebody new and by somebody who is there already."""
    with visiting(site, camera, browser, "administrator") as visit:
        visit.open(f"people/organisations/{visit.place.value(YASNA)}/invite/")
        visit.fill(email="not an address")
        visit.page.locator("main form").last.evaluate("one => one.noValidate = true")
        visit.send()
        visit.take("people-invite-refused")
        link = invite(visit, "iryna@example.org")
        visit.take("people-invited")
        visit.see("people/invitations/", "people-invitations-one")
        known = invite(visit, "hospital_coordinator@demo.invalid", SVITANOK)
    with visiting(site, camera, browser) as visit:
        visit.open(link)
        visit.take("people-accept-new")
        visit.fill(name="Ірина Левченко", latin_name="Iryna Levchenko", way="password", password="short")
        visit.send()
        visit.take("people-accept-refused")
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        visit.open(known)
        visit.take("people-accept-as-user")


def organisations(site: Site, camera: Camera, browser: Browser) -> None:
    """An organisation with a part, closed; a person who is deactivated; the two steps before each."""
    with visiting(site, camera, browser, "administrator") as visit:
        owner = visit.place.value("SELECT id FROM people_organisation WHERE kind = 'owner'")
        visit.open(f"people/organisations/{owner}/admit/")
        visit.fill(name="Клініка «Обрій»", latin_name="Klinika “Obrii”")
        visit.first_of("kind")
        visit.page.locator("main [name=country]").evaluate("one => { one.value = 'UA' }")
        visit.send()
        visit.take("people-organisation-admitted")
        person = visit.place.value(TARAS)
        visit.open(f"people/person/{person}/")
        for closed in visit.page.locator("main details").all():
            closed.evaluate("one => { one.open = true }")
        visit.take("people-person-deciding")
        found = visit.page.locator("main form[action$='/deactivate/'] button")
        if found.count():
            with visit.page.expect_navigation():
                found.last.click()
            visit.take("people-person-deactivated")
            back = visit.page.locator("main form[action$='/reactivate/'] button")
            if back.count():
                with visit.page.expect_navigation():
                    back.last.click()
        visit.open(f"people/organisations/{visit.place.value(SVITANOK)}/change/")
        for closed in visit.page.locator("main details").all():
            closed.evaluate("one => { one.open = true }")
        visit.take("people-change-organisation-closing")


def addresses(site: Site, camera: Camera, browser: Browser) -> None:
    """A new address is asked for, waits, and is confirmed by its link."""
    with visiting(site, camera, browser, "auditor") as visit:
        visit.open("people/account/address/")
        visit.fill(email="nina.new@example.org")
        visit.send()
        visit.take("people-account-address-waits")
        visit.open(visit.told_link("address_confirm", "nina.new@example.org"))
        visit.take("people-confirm-address")
        visit.open("people/account/")
        with visit.page.expect_navigation():
            visit.page.locator("main form[action$='/address/withdraw/'] button").click()
        visit.open("people/address/gone-and-used/")
        visit.take("people-address-link-used")


def emergencies(site: Site, camera: Camera, browser: Browser) -> None:
    """The glass is broken; who opened it sees it, and who answers for the data answers."""
    with visiting(site, camera, browser, "hospital_coordinator") as visit:
        foreign = visit.place.value(FOREIGN)
        visit.open(f"people/emergency/open/people.organisation/{foreign}/")
        visit.fill(reason=REASON)
        visit.send()
        visit.take("people-emergencies-own")
        visit.see(f"people/organisations/{foreign}/", "people-organisation-by-emergency")
    with visiting(site, camera, browser, "administrator") as visit:
        visit.see("people/emergency/", "people-emergencies-to-answer")
        visit.see("", "start-administrator-emergency")
        visit.open("people/emergency/")
        visit.page.locator("main [name=verdict]").first.fill("Rightly used; the ward has been told.")
        with visit.page.expect_navigation():
            visit.page.locator("main form[action$='/answer/'] button").first.click()
        visit.take("people-emergencies-answered")
