"""The duty desk: entries, points that are dealt with or end with their case, shifts from one to another."""

from __future__ import annotations

from datetime import timedelta

import pytest
import world as small_world
from case_files import filed, in_state
from directory_places import Places
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medevac.audit.context import Acting, acting
from medevac.audit.models import Look
from medevac.cases.models import Case, DutyEntry, ShiftChange
from medevac.cases.rules import ON_THE_GROUND_AT_HOME
from medevac.cases.selectors.duty import desk_for, waiting_for
from medevac.cases.services import act
from medevac.cases.services.duty import close_point, desks_of, hand_over, take_back, take_over, write_entry
from medevac.cases.states import Action, Reason, State
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.work_items import work_of

HOSPITAL = Role.HOSPITAL_COORDINATOR


def colleague(places: Places, role: Role = HOSPITAL, place: str = "hospital") -> User:
    """A second person with the same role in the same organisation."""
    user = small_world.person("second")
    small_world.member(user, places.world[place], role)
    return user


@pytest.mark.parametrize("role", list(Role))
def test_who_has_a_desk(places: Places, role: Role) -> None:
    """Tests that those who file, verify, coordinate or fly have one, of their own organisation only."""
    desks = desks_of(places.world.people[role])
    on_duty = role in (
        HOSPITAL, Role.OBLAST_COORDINATOR, Role.MINISTRY, Role.COORDINATION_CENTRE, Role.REGION,
        Role.RECEIVING_HOSPITAL, Role.FLIGHT_DESK, Role.HUB_CREW,
    )  # fmt: skip
    assert [one.name for one in desks] == ([small_world.PLACE_OF[role]] if on_duty else [])


def test_a_log_is_its_organisation_s_own(places: Places) -> None:
    """Tests that neither the organisation above nor another one reads or writes it."""
    entry = write_entry(
        places.world.people[HOSPITAL], places.world["hospital"], "Call the hub", open_point=True
    )
    for role in (Role.OBLAST_COORDINATOR, Role.MINISTRY, Role.FLIGHT_DESK):
        user = places.world.people[role]
        assert not visible(user, DutyEntry.objects.all()).exists()
        with pytest.raises(NotAllowedError):
            write_entry(user, places.world["hospital"], "x")
        with pytest.raises(NotAllowedError):
            close_point(user, entry, "done")


def test_a_point_is_dealt_with_once(places: Places) -> None:
    """Tests who, when and how; and that nothing is closed twice or without a word."""
    who = places.world.people[HOSPITAL]
    entry = write_entry(who, places.world["hospital"], " Call the hub ", open_point=True)
    assert entry.text == "Call the hub"
    with pytest.raises(RefusedError, match="in a few words"):
        close_point(who, entry, "  ")
    other = colleague(places)
    closed = close_point(other, entry, "Called at 03:10")
    assert (closed.status, closed.closing, closed.closed_by) == ("closed", "Called at 03:10", other.pk)
    with pytest.raises(RefusedError, match="not open any more"):
        close_point(who, entry, "again")
    with pytest.raises(RefusedError):
        write_entry(who, places.world["hospital"], "  ")


def test_the_end_of_a_case_closes_its_points(places: Places) -> None:
    """Tests the closer: open points are closed and say why, notes stay, and none is opened afterwards."""
    who, case = places.world.people[HOSPITAL], filed(places)
    point = write_entry(who, places.world["hospital"], "Ask for form 027/o", case=case, open_point=True)
    note = write_entry(who, places.world["hospital"], "Mother called", case=case)
    act(who, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    point.refresh_from_db()
    note.refresh_from_db()
    assert (point.status, point.closed_with_case, point.closed_by) == ("closed", True, who.pk)
    assert (note.status, note.closed_at) == ("note", None)
    with pytest.raises(RefusedError, match="has ended"):
        write_entry(who, places.world["hospital"], "x", case=case, open_point=True)


def test_a_case_that_is_not_open_cannot_be_written_about(places: Places) -> None:
    """Tests a draft of another hospital."""
    case = filed(places, place="other_hospital", role=Role.MINISTRY)
    with pytest.raises(NotAllowedError):
        write_entry(places.world.people[HOSPITAL], places.world["hospital"], "x", case=case)


def test_a_shift_goes_from_one_to_another(places: Places) -> None:
    """Tests two people, one hand-over at a time, the work item, and taking one's own back."""
    giver, taker = places.world.people[HOSPITAL], colleague(places)
    write_entry(giver, places.world["hospital"], "Call the hub", open_point=True)
    given = hand_over(giver, places.world["hospital"], "Aircraft is late")
    assert given.open_points == 1
    with pytest.raises(RefusedError, match="waits to be taken already"):
        hand_over(taker, places.world["hospital"])
    with pytest.raises(RefusedError, match="yourself"):
        take_over(giver, given)
    assert waiting_for(giver) == []
    assert any("Take over the shift" in item.sentence for item in work_of(taker))
    taken = take_over(taker, given)
    assert (taken.taken_by, taken.taken_at is None) == (taker.pk, False)
    with pytest.raises(RefusedError, match="already"):
        take_over(taker, given)
    with pytest.raises(RefusedError, match="taken back"):
        take_back(giver, given)
    back = hand_over(taker, places.world["hospital"])
    take_back(taker, back)
    assert ShiftChange.unscoped.count() == 1


def test_what_the_desk_shows(places: Places) -> None:
    """Tests points, the next 24 hours, what changed since the own last shift; looks are on record."""
    who, case = places.world.people[HOSPITAL], filed(places)
    later = filed(places, family_name="Друга")
    gone = filed(places, family_name="Третя")
    now = timezone.now()
    for one, hours in ((case, 3), (later, 30), (gone, 3)):
        in_state(one, State.VERIFIED)
        Case.unscoped.filter(pk=one.pk).update(due_at=now + timedelta(hours=hours))
    Case.unscoped.filter(pk=gone.pk).update(state=State.BOARDED)
    assert State.BOARDED not in ON_THE_GROUND_AT_HOME
    write_entry(who, places.world["hospital"], "Ask for form 027/o", case=case, open_point=True)
    write_entry(who, places.world["hospital"], "Quiet night")
    act(places.world.people[Role.MINISTRY], later.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    with acting(Acting(actor=who.pk)):
        desk = desk_for(who, places.world["hospital"])
    assert [line.entry.text for line in desk.points] == ["Ask for form 027/o"]
    assert desk.points[0].writer == who.name
    assert [one.pk for one in desk.due] == [case.pk]
    assert [change.step.case_id for change in desk.changes] == [later.pk]
    assert not desk.had_shift
    assert [line.entry.text for line in desk.log] == ["Quiet night"]
    take_over(colleague(places), hand_over(who, places.world["hospital"]))
    with acting(Acting(actor=who.pk)):
        desk = desk_for(who, places.world["hospital"])
    assert desk.had_shift
    assert desk.changes == []
    assert desk.shifts[0].taker == "Second"


def test_pages(places: Places, client: Client) -> None:
    """Tests the way through a night: write, close, hand over, and the next one takes over."""
    who, case = places.world.people[HOSPITAL], filed(places)
    organisation = places.world["hospital"]
    small_world.sign_in(client, who)
    desk = reverse("cases:desk", args=[organisation.pk])
    assert client.get(reverse("cases:duty"))["Location"] == desk
    page = client.post(
        desk,
        {"text": "Ask for the form", "pseudonym": case.pseudonym.lower(), "open_point": "on"},
        follow=True,
    )
    link = f'<a href="{reverse("cases:case", args=[case.pk])}">{case.pseudonym}</a>: Ask for the form'
    assert link in page.content.decode()
    assert Look.unscoped.filter(right="see.clinical", things=[case.pk]).exists()
    page = client.post(desk, {"text": "kept words", "pseudonym": "ZZ-9999"})
    assert page.status_code == 422
    assert "No case with this pseudonym" in page.content.decode()
    assert "kept words" in page.content.decode()
    point = DutyEntry.unscoped.get()
    page = client.post(reverse("cases:close_point", args=[point.pk]), {"closing": "It came"}, follow=True)
    assert "It came" in page.content.decode()
    Case.unscoped.filter(pk=case.pk).update(requester=places.world["other_hospital"])
    text = client.get(desk).content.decode()  # what was written stays, and leads nowhere any more
    assert case.pseudonym in text
    assert reverse("cases:case", args=[case.pk]) not in text
    client.post(reverse("cases:hand_over", args=[organisation.pk]), {"remark": "All quiet"})
    given = ShiftChange.unscoped.get()
    small_world.sign_in(client, colleague(places))
    assert "All quiet" in client.get(desk).content.decode()
    page = client.post(reverse("cases:take_over", args=[given.pk]), follow=True)
    assert "You have taken the shift over." in page.content.decode()
    assert "Second took over from" in page.content.decode()
    small_world.sign_in(client, places.world.people[Role.MINISTRY])
    assert client.get(desk).status_code == 404
    assert client.post(reverse("cases:take_over", args=[given.pk])).status_code == 404
