"""Two readinesses: which items belong to which, what is worked out, what blocks which step, who may what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_files import every_case, filed, in_state
from directory_places import Places
from django.test import Client
from django.utils import timezone
from needed import VALID_PAPERS, ask, ask_for_everything, with_companion
from world import sign_in

from medevac.audit.history import recordings
from medevac.audit.models import Look
from medevac.cases.api.answers import WholeCaseOut
from medevac.cases.models import Case, Clinical, Companion, FitDecision, MissingItems
from medevac.cases.policy import ACTIONS
from medevac.cases.reaches import forget_reach, register_reach
from medevac.cases.readiness import readiness_of
from medevac.cases.requirements import needs_of
from medevac.cases.rules import ROLE_TABLE
from medevac.cases.selectors.listing import Asked, cases_for
from medevac.cases.services import (
    act,
    add_assessment,
    change_case,
    change_companion,
    decide_fitness,
    set_item,
)
from medevac.cases.services.companions import remove_companion
from medevac.cases.services.consents import Given, give_consent, withdraw_consent
from medevac.cases.services.fitness import Fitness
from medevac.cases.services.items import waive_item
from medevac.cases.services.letters import add_letter, name_persons, remove_letter
from medevac.cases.services.merging import merge, undo_merge
from medevac.cases.services.missing import count_all_missing
from medevac.cases.services.screening import Sample, add_screening
from medevac.cases.settings import required_screening
from medevac.cases.sides import Side
from medevac.cases.states import Action, State
from medevac.directory.models import MissionItem
from medevac.people.days import current_day
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Reach, Role, grants_of

# A duty desk is of an organisation and of no case: tests/cases/test_cases_duty.py.
OWN_ACTIONS = sorted(ACTIONS.keys() - ROLE_TABLE.keys() - {"cases.keep_duty"})
HOSPITAL = Role.HOSPITAL_COORDINATOR


def states_of(case: Case) -> dict[str, str]:
    """How every item of the case stands."""
    return {need.item.code: need.state for need in needs_of(case)}


@pytest.mark.any_postgresql
@pytest.mark.usefixtures("everybody_reaches")
@pytest.mark.parametrize("action", OWN_ACTIONS)
def test_every_deed_is_open_to_exactly_the_roles_of_the_table(places: Places, action: str) -> None:
    """Tests each action of this room that is no step of a life, for each role, by the policy."""
    case = in_state(filed(places), State.PUBLISHED)
    for role in Role:
        opened = visible(places.world.people[role], Case.objects.all(), action).filter(pk=case.pk).exists()
        assert opened == (role in grants_of(action)), (action, role)


def test_a_civilian_needs_what_the_mission_asks_of_civilians(places: Places) -> None:
    """Tests both lists for a civilian woman without companions, and that soldiers' papers are not there."""
    ask_for_everything(places)
    case = filed(places, service="civilian", sex="female")
    both = readiness_of(case)
    medical = {line.need.item.code for line in both[Side.MEDICAL].lines}
    border = {line.need.item.code for line in both[Side.BORDER].lines}
    assert medical == {"medical-history", "assessment", "fit-to-fly", "screening"}
    assert border == {
        "form-027", "criterion-574", "treatment-abroad", "data-transfer", "identity-paper", "ewrs-number",
        "minister-letter",
    }  # fmt: skip
    assert both[Side.BORDER].missing == 7
    waiting = {one.step: one.names for one in both[Side.BORDER].waiting}
    assert "The minister's letter that names everybody who crosses the border" in waiting["board"]
    named = [name for names in waiting.values() for name in names]
    assert len(named) == len(set(named))  # what an earlier step waits for is not said again


def test_a_soldier_brings_the_packet_of_four(places: Places) -> None:
    """Tests that the four papers of a soldier are asked for before verification, each once."""
    ask_for_everything(places)
    case = filed(places, service="military", sex="male")
    by_step = [need.item.code for need in needs_of(case) if need.item.blocks == "verify"]
    packet = {"treatment-abroad", "data-transfer", "record-extract", "conclusion-need"}
    assert packet < set(by_step)
    assert len(needs_of(case)) == len({need.item.code for need in needs_of(case)})
    assert "leave-man" in states_of(case)


def test_what_is_worked_out_is_there_as_soon_as_it_is_written(places: Places) -> None:
    """Tests EWRS number, assessment with its age, and a fit-to-fly decision that ends."""
    ask_for_everything(places)
    hospital, case, now = places.world.people[HOSPITAL], filed(places), timezone.now()
    assert [states_of(case)[code] for code in ("ewrs-number", "assessment", "fit-to-fly")] == ["missing"] * 3
    change_case(hospital, case, fields={"ewrs_number": "EWRS-26-1"})
    old = now - timedelta(days=20)
    add_assessment(hospital, case, assessor="Dr Koval, surgeon", assessed_at=old, text="Stable.")
    fit = Fitness(True, "Dr Koval, surgeon", now - timedelta(hours=1), now + timedelta(days=2))
    decide_fitness(hospital, case, fit)
    case.refresh_from_db()
    stands = states_of(case)
    assert [stands[code] for code in ("ewrs-number", "assessment", "fit-to-fly")] == [
        "there", "too-old", "there",
    ]  # fmt: skip
    in_three_days = current_day() + timedelta(days=3)
    later = {need.item.code: need.state for need in needs_of(case, day=in_three_days)}
    assert later["fit-to-fly"] == "too-old"
    with pytest.raises(RefusedError, match="not ticked"):
        set_item(hospital, case, "fit-to-fly", present=True)


def test_a_step_names_what_it_waits_for(places: Places) -> None:
    """Tests that submission waits for the mission's item by its name, and is taken once it is there."""
    ask(places, "medical-history", name_en="Medical history", blocks="submit")
    hospital, case = places.world.people[HOSPITAL], filed(places)
    with pytest.raises(RefusedError, match="Medical history"):
        act(hospital, case.pk, Action.SUBMIT)
    set_item(hospital, case, "medical-history", present=True)
    assert act(hospital, case.pk, Action.SUBMIT).state == State.SUBMITTED


@pytest.mark.usefixtures("everybody_reaches")
def test_a_withdrawn_consent_stops_every_later_step_before_departure(places: Places) -> None:
    """Tests that a consent asked for at publication is still needed for boarding, other items are not."""
    ask(places, "treatment-abroad", kind="consent", name_en="Consent to treatment", blocks="publish")
    ask(places, "form-027", blocks="verify")
    case = in_state(filed(places), State.BOOKED)
    desk = places.world.people[Role.FLIGHT_DESK]
    with pytest.raises(RefusedError, match=r"waits for: Consent to treatment\. "):
        act(desk, case.pk, Action.BOARD)
    given = Given("treatment-abroad", "patient", "Yurii Zghurskyi", "Ukrainian", timezone.now())
    give_consent(places.world.people[HOSPITAL], case, given)
    assert act(desk, case.pk, Action.BOARD).state == State.BOARDED


def test_who_may_not_read_what_is_missing_is_not_told_by_a_refusal(places: Places) -> None:
    """Tests that a centre that is asked hears that something is missing, not that this is a soldier."""
    ask(places, "packet-proof", name_en="Proof for the military packet", group="soldier", blocks="offer")
    case = in_state(filed(places, service="military"), State.PUBLISHED)
    register_reach(Reach.ASKED, "tests", every_case)
    try:
        with pytest.raises(RefusedError, match="not open to you") as refused:
            act(places.world.people[Role.COORDINATION_CENTRE], case.pk, Action.OFFER)
    finally:
        forget_reach(Reach.ASKED, "tests")
    assert "military" not in str(refused.value)
    with pytest.raises(RefusedError, match="Proof for the military packet"):
        act(places.world.people[Role.MINISTRY], case.pk, Action.OFFER)


def test_men_of_18_to_60_need_leave(places: Places) -> None:
    """Tests that the patient's leave is ticked, and a companion's stands with the companion."""
    ask_for_everything(places)
    year = current_day().year
    hospital, case = places.world.people[HOSPITAL], filed(places, sex="male", birth_year=year - 40)
    set_item(hospital, case, "leave-man", present=True)
    assert states_of(case)["leave-man"] == "there"
    man = {"sex": "male", "relation": "sibling", **VALID_PAPERS}
    with_companion(places, case, **man)
    assert states_of(case)["leave-man"] == "missing"
    change_companion(hospital, Companion.unscoped.get(), {"may_leave": True})
    assert states_of(case)["leave-man"] == "there"


def test_a_child_under_16_travels_with_a_parent_or_a_guardians_document(places: Places) -> None:
    """Tests that the document is asked for without a parent, given by a guardian, and not asked with one."""
    ask_for_everything(places)
    year = current_day().year
    alone = filed(places, birth_year=year - 10)
    assert states_of(alone)["guardian-document"] == "missing"
    with_companion(places, alone, relation="guardian", guardian=True, **VALID_PAPERS)
    assert states_of(alone)["guardian-document"] == "there"
    with_mother = filed(places, birth_year=year - 10, family_name="Коваль")
    with_companion(places, with_mother)
    assert "guardian-document" not in states_of(with_mother)
    assert states_of(with_mother)["companion-papers"] == "missing"


def test_the_page_shows_each_readiness_by_right_and_writes_the_look(places: Places) -> None:
    """Tests names for the sender, numbers only for a partner, and one look for each right on a page."""
    ask_for_everything(places)
    ask(places, "packet-proof", name_en="Proof for the military packet", group="soldier", blocks="offer")
    case = in_state(filed(places, service="military"), State.PUBLISHED)
    Clinical.unscoped.filter(pk=case.pk).update(cautions="Pneumothorax")
    address = f"/cases/{case.pk}/"
    hospital = sign_in(Client(), places.world.people[HOSPITAL])
    shown = hospital.get(address).content.decode()
    own = ("Proof for the military packet", "Conclusion on the need")
    for words in ("Medical readiness", "Readiness for the border", "Consents", *own):
        assert words in shown
    looks = list(Look.unscoped.filter(kind="cases.case", things__contains=[case.pk]).values_list("right"))
    assert sorted(looks) == [("see.clinical",), ("see.personal",)]
    partner = sign_in(Client(), places.world.people[Role.COORDINATION_CENTRE])
    shown = partner.get(address).content.decode()
    assert "items are missing" in shown
    assert not any(words in shown for words in own)
    assert "shown to whoever prepares the patient" in shown
    assert "Fitness and screening" not in shown
    assert sign_in(Client(), places.world.people[Role.MUNICIPALITY]).get(address).status_code == 404


@pytest.mark.parametrize("language", ["en", "nb", "uk"])
def test_every_page_opens_and_says_what_is_wrong(places: Places, language: str) -> None:
    """Tests that each form answers the ministry in each language, also when it is sent empty."""
    ask_for_everything(places)
    user = places.world.people[Role.MINISTRY]
    user.language = language
    user.save()
    client, case = sign_in(Client(), user), filed(places)
    companion = with_companion(places, case)
    pages = [
        f"{case.pk}/", f"{case.pk}/items/identity-paper/", f"{case.pk}/items/screening/assign/",
        f"{case.pk}/letter/", f"{case.pk}/assessments/add/", f"{case.pk}/fitness/", f"{case.pk}/samples/add/",
        f"{case.pk}/isolation/", f"{case.pk}/companions/add/", f"companions/{companion.pk}/",
        f"{case.pk}/family/", f"{case.pk}/consents/add/", "letters/", "letters/add/",
        f"{case.pk}/items/screening/waive/",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(f"/cases/{page}")
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode(), page
    for page in pages[1:-3]:
        assert 'class="ds-error-summary"' in client.post(f"/cases/{page}", {"sent": "1"}).content.decode(), (
            page
        )
    assert client.get(f"/cases/{case.pk}/items/nonsense/").status_code == 404


def counts_of(case: Case) -> tuple[int, int]:
    """What is kept of a case, which must be what a count of this moment says."""
    needs = needs_of(Case.unscoped.get(pk=case.pk))
    sides = [need.side for need in needs if not need.met]
    row = MissingItems.unscoped.get(pk=case.pk)
    assert (row.medical, row.border) == (sides.count(Side.MEDICAL), sides.count(Side.BORDER))
    return row.medical, row.border


def test_what_is_missing_is_counted_with_each_deed_and_by_the_clock(places: Places) -> None:
    """Tests that items, consents, companions, samples, assessments, decisions, letters, the person and a
    merge each leave the counts right, and that the worker finds what has grown old.
    """
    ask_for_everything(places)
    hospital, ministry = places.world.people[HOSPITAL], places.world.people[Role.MINISTRY]
    case = filed(places, service="civilian", sex="female")
    assert counts_of(case) == (4, 7)
    change_case(hospital, case, person={"service": "military"}, fields={"ewrs_number": "E-1"})
    counts_of(case)
    change_case(hospital, case, person={"service": "civilian"})
    assert counts_of(case) == (4, 6)
    set_item(hospital, case, "medical-history", present=True)
    assert counts_of(case) == (3, 6)
    waive_item(ministry, case, "form-027", "The hospital has burnt down.")
    assert counts_of(case) == (3, 5)
    now = timezone.now() - timedelta(minutes=1)
    consent = give_consent(hospital, case, Given("treatment-abroad", "patient", "Юрій", "Ukrainian", now))
    expected = counts_of(case)
    withdraw_consent(hospital, consent, withdrawn_by="Юрій")
    counts_of(case)
    mother = with_companion(places, case)
    assert counts_of(case)[1] > expected[1]
    letter = add_letter(ministry, places.world["ministry"], places.mission, number="1", dated=current_day())
    name_persons(ministry, letter, case, companions=[mother])
    named = counts_of(case)
    remove_letter(ministry, letter)
    assert counts_of(case)[1] == named[1] + 1
    remove_companion(hospital, mother)
    add_assessment(hospital, case, assessor="Dr", assessed_at=now, text="Stable")
    assert counts_of(case)[0] == 2
    decide_fitness(hospital, case, Fitness(True, "Dr", now, now + timedelta(days=2)))
    assert counts_of(case)[0] == 1
    for organism in required_screening():
        add_screening(hospital, case, Sample(organism, "nose", current_day(), "negative"))
    assert counts_of(case)[0] == 0
    other = filed(places, family_name="Згурська")
    assert counts_of(other)[0] == 4
    undo_merge(ministry, merge(ministry, case.person, other.person))
    assert counts_of(case)[0] == 0
    assert count_all_missing() == 0
    FitDecision.unscoped.update(valid_until=now + timedelta(seconds=1))
    MissionItem.unscoped.filter(code="medical-history").update(code="medical-films")
    assert count_all_missing() == 1  # the other lacks as much as before
    assert counts_of(case)[0] == 2


@pytest.mark.usefixtures("everybody_reaches")
def test_the_filter_tells_nobody_what_a_right_does_not_open(places: Places) -> None:
    """Tests the filter by role: both sides, one side, and neither, where it is not there and narrows nothing;
    and that no count stands in the interface, the timeline or a history.
    """
    ask(places, "medical-history", blocks="submit")
    ask(places, "military-id", group="soldier", blocks="submit")
    soldier = in_state(filed(places, service="military"), State.PUBLISHED)
    civilian = in_state(filed(places, family_name="Інша", service="civilian"), State.PUBLISHED)

    def found(role: Role) -> set[str]:
        rows = cases_for(places.world.people[role], Asked(missing=True))
        return {one.pseudonym for one in rows}

    both = {soldier.pseudonym, civilian.pseudonym}
    assert found(HOSPITAL) == found(Role.FLIGHT_DESK) == both
    for case in (soldier, civilian):
        set_item(places.world.people[HOSPITAL], case, "medical-history", present=True)
    assert found(HOSPITAL) == {soldier.pseudonym}
    assert found(Role.IMMIGRATION) == {soldier.pseudonym}  # the personal right, and not the clinical one
    set_item(places.world.people[HOSPITAL], soldier, "military-id", present=True)
    set_item(places.world.people[HOSPITAL], civilian, "medical-history", present=False)
    assert found(HOSPITAL) == {civilian.pseudonym}
    assert found(Role.IMMIGRATION) == set()
    for reach in (Reach.ASKED, Reach.CHOSEN, Reach.CARRIED):
        forget_reach(reach, "tests")
    set_item(places.world.people[HOSPITAL], soldier, "military-id", present=False)
    assert found(Role.COORDINATION_CENTRE) == set()  # open to it as operational data alone
    ground = sign_in(Client(), places.world.people[Role.GROUND_CREW])
    text = ground.get("/cases/?missing=on").content.decode()
    assert all(pseudonym in text for pseudonym in both)
    assert 'name="missing"' not in text
    hospital = sign_in(Client(), places.world.people[HOSPITAL])
    assert 'name="missing"' in hospital.get("/cases/").content.decode()
    assert "2 cases fit." in hospital.get("/cases/export/?missing=on").content.decode()
    assert not [name for name in WholeCaseOut.model_fields if "missing" in name]
    assert "cases.missingitems" not in recordings()
