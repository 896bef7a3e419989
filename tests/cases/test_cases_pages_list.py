"""Tests the list and the board: filters, search in either script, names by right, looks, bounded queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from world import sign_in

from medevac.audit.context import Acting, acting
from medevac.audit.models import Look
from medevac.cases.models import Case, CaseItem, Companion, Consent, MissingItems, SavedView
from medevac.cases.next_step import ONWARD, blocked_among
from medevac.cases.requirements import missing_for
from medevac.cases.rules import BY_ACTION
from medevac.cases.selectors.board import board_for
from medevac.cases.selectors.listing import ROWS, Asked, ListPage, cases_for, page_of, pseudonym_of
from medevac.cases.services.missing import count_missing
from medevac.cases.states import State
from medevac.directory.models import MissionItem
from medevac.directory.models.mission_parts import Group
from medevac.people.days import current_day
from medevac.people.roles import Right, Role

HOSPITAL = Role.HOSPITAL_COORDINATOR


def page(places: Places, role: Role, address: str) -> str:
    """What a role reads at an address of this room."""
    answer = sign_in(Client(), places.world.people[role]).get(f"/cases/{address}")
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def item(places: Places, code: str, group: Group, blocks: str, **more: Any) -> MissionItem:
    """Something that the mission asks for."""
    names = {"name_en": code, "name_nb": code, "name_uk": code}
    kind = more.pop("kind", "paper")
    return MissionItem.unscoped.create(
        mission=places.mission, code=code, kind=kind, group=group, blocks=blocks,
        first_day=date(2022, 5, 1), **names, **more,
    )  # fmt: skip


def test_search_finds_in_either_script_and_by_mistake(places: Places) -> None:
    """Tests a name in both scripts, misspelled, a pseudonym however typed, an EWRS number, and nothing."""
    case, other = filed(places), filed(places, family_name="Мельник", given_name="Ганна")
    Case.unscoped.filter(pk=other.pk).update(ewrs_number="EWRS-7781")
    user = places.world.people[HOSPITAL]

    def found(text: str) -> set[str]:
        return {one.pseudonym for one in cases_for(user, Asked(text=text))}

    bare = case.pseudonym.replace("-", "").lower()
    for text in ("Згурський", "zghurskyi", "Згурск", "Zghursky", "Юрій Згурський", case.pseudonym, bare):
        assert found(text) == {case.pseudonym}, text
    assert found("ewrs-7781") == {other.pseudonym}
    assert found("Шевчук") == set()
    assert pseudonym_of("rk 4082") == "RK-4082"


@pytest.mark.any_postgresql
def test_names_are_found_and_shown_only_where_the_person_is_open(places: Places) -> None:
    """Tests that a partner sees a published case by its pseudonym, and finds nobody by a name."""
    case = in_state(filed(places), State.PUBLISHED)
    text = page(places, Role.COORDINATION_CENTRE, "")
    assert case.pseudonym in text
    assert "Згурський" not in text
    assert case.pseudonym not in page(places, Role.COORDINATION_CENTRE, "?text=Згурський")
    assert case.pseudonym in page(places, Role.COORDINATION_CENTRE, f"?text={case.pseudonym}")
    assert "Згурський" in page(places, HOSPITAL, "")
    assert "Згурський" not in page(places, Role.COORDINATION_CENTRE, "board/")


def test_a_list_of_names_is_one_look_for_each_who_filed(places: Places) -> None:
    """Tests that the ministry's look at three names of two hospitals is two rows of the access log."""
    cases = [filed(places), filed(places, family_name="Мельник")]
    foreign = filed(places, role=Role.MINISTRY, place="other_hospital", family_name="Бондар")
    Look.unscoped.all()
    before = Look.unscoped.count()
    page(places, Role.MINISTRY, "")
    looks = list(Look.unscoped.order_by("-pk")[: Look.unscoped.count() - before])
    assert {(look.right, look.owner, frozenset(look.things)) for look in looks} == {
        (Right.PERSONAL.value, places.world["hospital"].pk, frozenset(case.pk for case in cases)),
        (Right.PERSONAL.value, places.world["other_hospital"].pk, frozenset({foreign.pk})),
    }
    before = Look.unscoped.count()
    page(places, Role.FLIGHT_DESK, "?state=all")
    assert Look.unscoped.count() == before


def test_filters_stand_in_the_address(places: Places) -> None:
    """Tests each filter alone, a wrong one that is told, and what an empty list says."""
    case = in_state(filed(places), State.VERIFIED)
    late = timezone.now() - timedelta(hours=30)
    Case.unscoped.filter(pk=case.pk).update(
        priority="P1", category="burns", specialties=["burns"], due_at=late
    )
    filed(places, family_name="Мельник")
    hospital, mission = places.world["hospital"].pk, places.mission.pk
    for asked in ("state=verified", "priority=P1", "category=burns", "specialty=burns", "overdue=on"):
        text = page(places, HOSPITAL, f"?{asked}&requester={hospital}&mission={mission}")
        assert case.pseudonym in text, asked
        assert "Мельник" not in text, asked
    assert "overdue by 1 day" not in page(places, HOSPITAL, "?overdue=on")
    assert "overdue by 30 hours" in page(places, HOSPITAL, "?overdue=on")
    assert "Select a valid choice" in page(places, HOSPITAL, "?priority=P9")
    assert "No case fits" in page(places, HOSPITAL, "?state=died")
    assert "File the first case" not in page(places, Role.REGION, "")


@pytest.mark.any_postgresql
def test_the_usual_columns_tell_something(places: Places) -> None:
    """Tests which columns stand there unasked, and that choosing columns narrows nothing."""
    filed(places)
    own = page(places, HOSPITAL, "")
    assert ">Patient</th>" in own
    assert ">Age</th>" not in own
    assert ">Filed by</th>" not in own  # one has filed all of them
    asked = page(places, HOSPITAL, "?columns=age&columns=requester")
    assert ">Age</th>" in asked
    assert ">Filed by</th>" in asked
    assert "Show every live case" not in asked
    assert "Show every live case" in page(places, HOSPITAL, "?state=draft")
    in_state(filed(places), State.PUBLISHED)
    assert ">Age</th>" in page(places, Role.COORDINATION_CENTRE, "")


def test_blocked_in_the_list_is_blocked_on_the_page(places: Places) -> None:
    """Tests that the answer for many says the same as the requirements of each case, for every group."""
    today = current_day()
    for number, group in enumerate(Group):
        item(places, f"item-{number}", group, "submit", valid_days=30)
    item(places, "consent", Group.EVERYBODY, "verify", kind="consent")
    year = today.year
    people: list[dict[str, Any]] = [
        {"birth_year": year - 16}, {"birth_year": year - 15}, {"birth_year": year - 18, "sex": "male"},
        {"birth_year": year - 61, "sex": "male"}, {"birth_year": year - 60, "sex": "male"},
        {"birth_year": year - 40, "service": "military"}, {"birth_year": year - 40, "service": "civilian"},
        {"birth_year": year - 18, "birth_date": today.replace(year=year - 18, day=1) + timedelta(days=45)},
    ]  # fmt: skip
    cases = [filed(places, family_name=f"Коваль {n}", **who) for n, who in enumerate(people)]
    cases += [
        filed(places, family_name="Супровід"),
        in_state(filed(places, family_name="Згода"), State.SUBMITTED),
    ]
    agreed = in_state(filed(places, family_name="Погодив"), State.SUBMITTED)
    Consent.unscoped.create(
        case=agreed, purpose="consent", giver="patient", giver_name="x", language="uk",
        given_at=timezone.now(), recorded_by=places.world.people[HOSPITAL].pk,
    )  # fmt: skip
    Companion.unscoped.create(
        case=cases[1], family_name="А", given_name="Б", birth_date=date(year - 40, 1, 1), sex="male",
        relation="father",
    )  # fmt: skip
    cases.append(agreed)
    for place, case in enumerate(cases):
        for number in range(len(Group)):  # each case lacks another one; some papers are too old
            if (number + place) % 3:
                dated = today - timedelta(days=40 if (number + place) % 5 == 0 else 1)
                CaseItem.unscoped.create(
                    case=case, code=f"item-{number}", status="present", owner=case.requester, dated=dated
                )
    expected = {
        case.pk
        for case in cases
        if (step := BY_ACTION[ONWARD[State(case.state)]].step) and missing_for(case, step)
    }
    MissingItems.unscoped.filter(case__in=cases).delete()  # not counted yet: worked out
    assert blocked_among(cases) == expected
    count_missing(cases)
    assert blocked_among(cases) == expected
    assert 0 < len(expected) < len(cases)
    complete = filed(places, family_name="Повний", birth_year=year - 70)
    CaseItem.unscoped.create(
        case=complete, code="item-0", status="waived", waived_reason="not needed", owner=complete.requester
    )
    count_missing([complete])
    assert blocked_among([complete]) == set()


def test_the_board_counts_and_shows_the_most_urgent(places: Places) -> None:
    """Tests counts of columns, that the first due stands first, and one column on a narrow screen."""
    now = timezone.now()
    cases = [in_state(filed(places, family_name=f"Коваль {n}"), State.VERIFIED) for n in range(14)]
    for place, case in enumerate(cases):
        Case.unscoped.filter(pk=case.pk).update(due_at=now + timedelta(hours=5 - place))
    columns = {one.state: one for one in board_for(places.world.people[HOSPITAL], Asked())}
    verified = columns[State.VERIFIED]
    assert (verified.count, verified.overdue, len(verified.cards)) == (14, 9, 12)
    assert verified.cards[0].case.pk == cases[-1].pk
    text = page(places, HOSPITAL, "board/?column=verified")
    assert text.count('class="board-column here"') == 1
    assert "All 14 cases that are: verified" in text


def test_more_rows_ask_no_more_queries(places: Places) -> None:
    """Tests that list, board, start page and search ask as many queries for twenty cases as for two."""
    client = sign_in(Client(), places.world.people[Role.MINISTRY])
    pages = ("/cases/", "/cases/?overdue=on&text=Коваль&columns=name&columns=clock", "/cases/board/",
             "/search/?q=Коваль")  # fmt: skip

    def counts() -> list[int]:
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    for number in range(2):
        in_state(filed(places, family_name=f"Коваль {number}"), State.VERIFIED)
    counts()  # the first visit writes the session
    few = counts()
    for number in range(2, 20):
        in_state(filed(places, family_name=f"Коваль {number}"), State.VERIFIED)
    assert counts() == few
    assert max(few) < 45


def test_a_page_asks_a_bounded_number_of_queries(places: Places, django_assert_max_num_queries: Any) -> None:
    """Tests list, search, board and case page for one case and for sixty, for whoever sees most and least."""
    cases = [filed(places, family_name="Коваль")]
    in_state(cases[0], State.PUBLISHED)
    bounds = (("/cases/", 32), ("/cases/?state=all&page=2", 32), ("/cases/?text=Коваль", 32),
              (f"/cases/?text={cases[0].pseudonym}", 32), ("/cases/board/", 22),
              (f"/cases/{cases[0].pk}/", 60))  # fmt: skip
    for more in (0, 59):
        cases += [filed(places, family_name=f"Коваль {n}") for n in range(more)]
        for one in cases[1:]:
            in_state(one, State.PUBLISHED)
        for role in (Role.MINISTRY, HOSPITAL, Role.COORDINATION_CENTRE):
            client = sign_in(Client(), places.world.people[role])
            client.get("/cases/")  # the first visit writes the session
            for address, most in bounds:
                with django_assert_max_num_queries(most):
                    assert client.get(address).status_code == 200


def test_a_list_that_is_full_is_counted(places: Places) -> None:
    """Tests the count of none, of a page that is just full, of one more, and a page beyond the last."""
    user = places.world.people[HOSPITAL]

    def opened(number: int) -> ListPage:
        with acting(Acting(actor=user.pk)):
            return page_of(user, Asked(), number)

    assert (opened(1).count, opened(9).number) == (0, 1)
    for number in range(ROWS):
        filed(places, family_name=f"Коваль {number}")
    full = opened(1)
    assert (full.count, full.last, len(full.rows)) == (ROWS, 1, ROWS)
    filed(places, family_name="Мельник")
    over, beyond = opened(1), opened(9)
    assert (over.count, over.last, len(over.rows)) == (ROWS + 1, 2, ROWS)
    assert (beyond.number, len(beyond.rows)) == (2, 1)
    assert {row.case.pk for row in over.rows}.isdisjoint({row.case.pk for row in beyond.rows})


def test_views_are_kept_shared_and_deleted(places: Places) -> None:
    """Tests that a view keeps its address, that a colleague sees a shared one, and nobody else does."""
    owner = sign_in(Client(), places.world.people[HOSPITAL])
    hospital = places.world["hospital"]
    values = {"name": "Burns", "address": "category=burns&page=3&text=", "shared_with": str(hospital.pk)}
    answer = owner.post("/cases/views/", values, follow=True)
    assert answer.redirect_chain[-1][0] == "/cases/?category=burns"
    assert "Burns" in answer.content.decode()
    owner.post("/cases/views/", values | {"address": "priority=P1"})
    view = SavedView.unscoped.get()
    assert view.address == "priority=P1"
    refused = owner.post(
        "/cases/views/", values | {"shared_with": str(places.world["ministry"].pk)}, follow=True
    )
    assert "Select a valid choice" in refused.content.decode()
    assert "Burns" not in page(places, Role.MINISTRY, "")
    stranger = sign_in(Client(), places.world.people[Role.MINISTRY])
    told = stranger.post(f"/cases/views/{view.pk}/delete/", follow=True).content.decode()
    assert "You have no such view" in told
    owner.post(f"/cases/views/{view.pk}/delete/")
    assert not SavedView.unscoped.exists()
