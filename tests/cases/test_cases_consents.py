"""Consents by purpose and country, and what a withdrawal closes, takes back and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.test import Client
from django.utils import timezone
from world import sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.services import numbered_export, record_look
from medevac.cases.models import Case, CaseStep, Clinical, Consent, Person
from medevac.cases.selectors.exposure import exposure_of
from medevac.cases.services import act, give_consent, withdraw_consent
from medevac.cases.services.consents import Given
from medevac.cases.states import Action, State
from medevac.directory.models import MissionCountry
from medevac.messages.models import Message
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError, may, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right, Role

HOSPITAL, CENTRE = Role.HOSPITAL_COORDINATOR, Role.COORDINATION_CENTRE


def given(purpose: str = "data-transfer", **values: Any) -> Given:
    """What the patient said a minute ago."""
    before = timezone.now() - timedelta(minutes=1)
    return replace(Given(purpose, "patient", "Юрій Згурський", "Ukrainian", before), **values)


def withdraw(places: Places, consent: Consent) -> Consent:
    """The hospital writes down that the patient has withdrawn it."""
    return withdraw_consent(places.world.people[HOSPITAL], consent, withdrawn_by="Юрій Згурський")


def opens(places: Places, case: Case, role: Role = CENTRE) -> set[str]:
    """Which rights over the case are open to a role."""
    return {right.value for right in Right if may(places.world.people[role], right, case)}


EVERYTHING = {"see.operational", "see.summary", "see.clinical", "see.personal"}


@pytest.mark.any_postgresql
@pytest.mark.usefixtures("everybody_reaches")
def test_a_withdrawn_transfer_closes_everything_but_the_operational_row(places: Places) -> None:
    """Tests the centre of Norway before and after, its rows, and that sender and another country go on."""
    case = in_state(filed(places), State.CHOSEN)
    consent = give_consent(places.world.people[HOSPITAL], case, given(country="NO"))
    centre = places.world.people[CENTRE]
    assert opens(places, case) == EVERYTHING
    withdraw(places, consent)
    assert opens(places, case) == {"see.operational"}
    assert visible(centre, Case.objects.all()).get() == case
    for model in (Clinical, Person, Consent):
        assert not visible(centre, model.objects.all()).exists()
    assert opens(places, case, Role.FLIGHT_DESK) == {"see.operational"}  # of Norway as well
    assert opens(places, case, Role.HUB_CREW) == {
        "see.operational",
        "see.summary",
        "see.clinical",
        "see.personal",
    }
    assert opens(places, case, HOSPITAL) == EVERYTHING
    assert may(centre, "cases.lose_place", case)
    give_consent(places.world.people[HOSPITAL], case, given(country="NO"))
    assert opens(places, case) == EVERYTHING


@pytest.mark.any_postgresql
@pytest.mark.usefixtures("everybody_reaches")
@pytest.mark.parametrize(
    ("countries", "withdrawn", "open_to_norway"),
    [
        (("",), (), True),
        (("",), ("",), False),
        (("", "NO"), ("",), True),
        (("", "NO"), ("NO",), False),
        (("", "NO"), ("", "NO"), False),
        (("SE",), ("SE",), True),
    ],
)
def test_the_consent_for_the_very_country_decides(
    places: Places, countries: tuple[str, ...], withdrawn: tuple[str, ...], open_to_norway: bool
) -> None:
    """Tests general and special consents, given and withdrawn, for an organisation of Norway."""
    MissionCountry.unscoped.create(mission=places.mission, country="SE", first_day=places.mission.first_day)
    case = in_state(filed(places), State.CHOSEN)
    hospital = places.world.people[HOSPITAL]
    consents = {country: give_consent(hospital, case, given(country=country)) for country in countries}
    for country in withdrawn:
        withdraw(places, consents[country])
    assert (opens(places, case) == EVERYTHING) is open_to_norway


def test_a_published_request_without_consent_to_treatment_is_taken_back(places: Places) -> None:
    """Tests that the hospital's withdrawal takes the request back, though it may not do so itself."""
    case, people = filed(places), places.world.people
    consent = give_consent(people[HOSPITAL], case, given("treatment-abroad"))
    in_state(case, State.PUBLISHED)
    with pytest.raises(NotAllowedError):
        act(people[HOSPITAL], case.pk, Action.TAKE_BACK, reason="consent-withdrawn")
    withdraw(places, consent)
    assert Case.unscoped.get().state == State.VERIFIED
    step = CaseStep.unscoped.get()
    assert (step.action, step.reason, step.actor) == ("take-back", "consent-withdrawn", people[HOSPITAL].pk)
    told = Message.unscoped.filter(kind="cases.consent_withdrawn").values_list("user__email", flat=True)
    assert list(told) == ["ministry@example.org"]


def test_another_consent_to_treatment_keeps_the_request_open(places: Places) -> None:
    """Tests that the consent for one country that is withdrawn does not end the one for all."""
    case, hospital = filed(places), places.world.people[HOSPITAL]
    give_consent(hospital, case, given("treatment-abroad"))
    norway = give_consent(hospital, case, given("treatment-abroad", country="NO"))
    in_state(case, State.PUBLISHED)
    withdraw(places, norway)
    assert Case.unscoped.get().state == State.PUBLISHED


def test_nothing_is_withdrawn_where_the_request_cannot_be_taken_back(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests that the withdrawal and what follows are one transaction."""
    case, hospital = filed(places), places.world.people[HOSPITAL]
    consent = give_consent(hospital, case, given("treatment-abroad"))
    in_state(case, State.PUBLISHED)

    def broken(*_args: object, **_values: object) -> None:
        raise RefusedError("The case is locked.")

    monkeypatch.setattr("medevac.cases.services.consents.follow", broken)
    with pytest.raises(RefusedError, match="locked"):
        withdraw(places, consent)
    assert Consent.unscoped.get().withdrawn_at is None


@pytest.mark.parametrize(("age", "giver", "taken"), [
    (9, "patient", False), (9, "parent", True), (9, "guardian", True), (9, "court", True),
    (17, "patient", False), (30, "patient", True), (30, "parent", False), (30, "guardian", True),
])  # fmt: skip
def test_who_can_consent(places: Places, age: int, giver: str, taken: bool) -> None:
    """Tests that a child does not consent alone, and that parents do not for an adult."""
    case = filed(places, birth_year=current_day().year - age)
    hospital = places.world.people[HOSPITAL]
    if taken:
        assert give_consent(hospital, case, given(giver=giver)).giver == giver
    else:
        with pytest.raises(RefusedError, match="consent"):
            give_consent(hospital, case, given(giver=giver))


def test_a_wrong_consent_is_refused(places: Places) -> None:
    """Tests the future, a country outside, the same twice, no name, twice withdrawn, a stranger."""
    case, hospital = filed(places), places.world.people[HOSPITAL]
    with pytest.raises(RefusedError, match="has passed"):
        give_consent(hospital, case, given(given_at=timezone.now() + timedelta(hours=1)))
    with pytest.raises(RefusedError, match="from the year 1900 on, got the year 1"):
        give_consent(hospital, case, given(given_at=datetime(1, 1, 1, tzinfo=ZoneInfo("Europe/Kyiv"))))
    with pytest.raises(RefusedError, match="takes no part"):
        give_consent(hospital, case, given(country="JP"))
    with pytest.raises(RefusedError, match="name"):
        give_consent(hospital, case, given(giver_name=" "))
    consent = give_consent(hospital, case, given())
    with pytest.raises(RefusedError, match="holds already"):
        give_consent(hospital, case, given())
    with pytest.raises(RefusedError, match="who has withdrawn"):
        withdraw_consent(hospital, consent, withdrawn_by=" ")
    with pytest.raises(NotAllowedError):
        withdraw_consent(places.world.people[CENTRE], consent, withdrawn_by="x")
    withdraw(places, consent)
    with pytest.raises(RefusedError, match="already"):
        withdraw(places, consent)


@pytest.mark.usefixtures("everybody_reaches")
def test_a_withdrawal_lists_who_had_looked_and_what_has_left(places: Places) -> None:
    """Tests looks from two countries and an export, for all and for Norway alone, and the page."""
    case, people = in_state(filed(places), State.CHOSEN), places.world.people
    consent = give_consent(people[HOSPITAL], case, given(country="NO"))
    seen = {case.pk: case.requester_id}
    for role in (CENTRE, Role.HUB_CREW):
        with acting(Acting(actor=people[role].pk)):
            record_look("see.clinical", "cases.case", seen)
    with acting(Acting(actor=people[CENTRE].pk)), numbered_export("cases.summary", "pdf", {}) as export:
        record_look("see.clinical", "cases.case", seen, export=export.number)
        export.seal(b"x")
    everywhere = exposure_of(case)
    assert sorted((one.name, one.times) for one in everywhere.lookers) == [
        ("Coordination_centre", 2), ("Hub_crew", 1),
    ]  # fmt: skip
    assert [one.name for one in exposure_of(case, country="NO").lookers] == ["Coordination_centre"]
    assert [(one.title, one.who) for one in everywhere.exports] == [("cases.summary", "Coordination_centre")]
    assert exposure_of(case, until=case.created_at).lookers == []
    client = sign_in(Client(), people[HOSPITAL])
    page = f"/cases/consents/{consent.pk}/withdraw/"
    assert "Who has looked until now" in client.get(page).content.decode()
    shown = client.post(page, {"withdrawn_by": "Юрій Згурський"}, follow=True).content.decode()
    for words in ("Who had looked before the withdrawal", "Coordination_centre", "cases.summary (pdf)"):
        assert words in shown, words
    assert "Hub_crew" not in shown


def test_a_consent_on_its_page(places: Places) -> None:
    """Tests the form as people send it, for a child by a parent, and what is shown of it."""
    case = filed(places, birth_year=current_day().year - 9)
    client = sign_in(Client(), places.world.people[HOSPITAL])
    at = timezone.localtime() - timedelta(hours=1)
    values = {
        "purpose": "treatment-abroad", "country": "NO", "giver": "patient", "giver_name": "Юлія Згурська",
        "language": "Ukrainian", "interpreter": "Anna Bilyk", "given_at": f"{at:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    page = f"/cases/{case.pk}/consents/add/"
    assert "A child cannot consent alone" in client.post(page, values).content.decode()
    shown = client.post(page, {**values, "giver": "parent"}, follow=True).content.decode()
    for words in ("Юлія Згурська", "Anna Bilyk", "Norway", "holds"):
        assert words in shown, words
