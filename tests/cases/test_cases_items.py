"""Items: said to be there, waived, assigned; chased once a day, and above when overdue; and what waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_files import filed, in_state
from directory_places import Places
from django.test import Client
from django.utils import timezone
from needed import ask
from world import sign_in

from medevac.cases.models import CaseItem
from medevac.cases.own_work import items_to_bring
from medevac.cases.requirements import needs_of
from medevac.cases.services import assign_item, set_item, waive_item
from medevac.cases.services.chasing import chase_missing
from medevac.cases.services.items import Assignment
from medevac.cases.states import State
from medevac.messages.models import Message
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

HOSPITAL, OBLAST = Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR


def told() -> list[tuple[str, str]]:
    """Who was told of which kind."""
    rows = Message.unscoped.filter(kind__startswith="cases.item").select_related("user").order_by("kind")
    return [(row.kind, row.user.email.split("@")[0]) for row in rows]


def state_of(case, code: str) -> str:
    """How one item stands."""
    return next(need.state for need in needs_of(case) if need.item.code == code)


def test_a_paper_ages(places: Places) -> None:
    """Tests that a paper valid for 30 days is too old on the 31st day after its date."""
    ask(places, "form-027", valid_days=30)
    hospital, case = places.world.people[HOSPITAL], filed(places)
    today = current_day()
    set_item(hospital, case, "form-027", present=True, dated=today - timedelta(days=30))
    assert state_of(case, "form-027") == "there"
    set_item(hospital, case, "form-027", present=True, dated=today - timedelta(days=31))
    assert state_of(case, "form-027") == "too-old"
    with pytest.raises(RefusedError, match="future"):
        set_item(hospital, case, "form-027", present=True, dated=today + timedelta(days=1))


def test_only_the_ministry_waives_and_never_a_consent(places: Places) -> None:
    """Tests who does without an item, that a reason stays, and that it can be asked for again."""
    ask(places, "form-027", blocks="verify")
    ask(places, "treatment-abroad", kind="consent", blocks="publish")
    case, ministry = filed(places), places.world.people[Role.MINISTRY]
    for role in (HOSPITAL, OBLAST):
        with pytest.raises(NotAllowedError):
            waive_item(places.world.people[role], case, "form-027", "The archive has burnt.")
    waive_item(ministry, case, "form-027", "The archive has burnt.")
    assert state_of(case, "form-027") == "waived"
    with pytest.raises(RefusedError, match="cannot be waived"):
        waive_item(ministry, case, "treatment-abroad", "No time.")
    waive_item(ministry, case, "form-027", "")
    assert state_of(case, "form-027") == "missing"


def test_an_unknown_item_and_an_ended_case_are_refused(places: Places) -> None:
    """Tests that nothing is written for what is not asked for, nor for a case that is over."""
    ask(places, "form-027")
    hospital, case = places.world.people[HOSPITAL], filed(places)
    with pytest.raises(RefusedError, match="no item"):
        set_item(hospital, case, "nonsense", present=True)
    in_state(case, State.WITHDRAWN)
    with pytest.raises(RefusedError, match="has ended"):
        set_item(hospital, case, "form-027", present=True)
    assert not CaseItem.unscoped.exists()


def test_whoever_is_assigned_is_told(places: Places) -> None:
    """Tests owner, deadline and telephone, the message, and that a stranger cannot be the owner."""
    ask(places, "form-027", name_en="Form 027/o", blocks="verify")
    case, people = filed(places), places.world.people
    soon = timezone.now() + timedelta(days=3)
    wanted = Assignment(places.world["oblast"], soon, "+380 44 000 00 00")
    row = assign_item(people[HOSPITAL], case, "form-027", wanted)
    assert (row.owner, row.deadline, row.telephone) == (places.world["oblast"], soon, "+380 44 000 00 00")
    assert told() == [("cases.item_assigned", "oblast_coordinator")]
    message = Message.unscoped.get()
    assert message.subject == f"{case.pseudonym}: please bring Form 027/o"
    assert "+380 44" in message.sentences[0]
    with pytest.raises(RefusedError, match="cannot open this case"):
        assign_item(people[HOSPITAL], case, "form-027", Assignment(places.world["receiver"], soon))
    late = Assignment(places.world["oblast"], timezone.now() - timedelta(hours=1))
    with pytest.raises(RefusedError, match="has not passed"):
        assign_item(people[HOSPITAL], case, "form-027", late)


def test_the_owner_is_chased_once_a_day_and_the_one_above_when_overdue(places: Places) -> None:
    """Tests three days: nothing early, then the hospital, then the hospital and the oblast."""
    ask(places, "form-027", blocks="verify")  # usually due two days after filing
    ask(places, "minister-letter", blocks="board")  # the ministry's, due after seven days
    case = filed(places)
    start = case.created_at
    assert chase_missing(now=start - timedelta(hours=2)) == 0
    assert set(CaseItem.unscoped.values_list("owner__name", flat=True)) == {"hospital", "ministry"}
    assert chase_missing(now=start + timedelta(hours=1)) == 1
    assert chase_missing(now=start + timedelta(hours=2)) == 0
    assert told() == [("cases.item_missing", "hospital_coordinator")]
    assert chase_missing(now=start + timedelta(days=2, hours=1)) == 1
    assert sorted(told()) == [
        ("cases.item_missing", "hospital_coordinator"),
        ("cases.item_missing", "hospital_coordinator"),
        ("cases.item_overdue", "oblast_coordinator"),
    ]
    overdue = Message.unscoped.get(kind="cases.item_overdue")
    assert overdue.subject == f"{case.pseudonym}: overdue from hospital: form-027"
    assert overdue.address == f"/cases/{case.pk}/"


def test_what_is_there_or_behind_the_case_is_not_chased(places: Places) -> None:
    """Tests that nobody is told of an item that has come, or that a step already taken had waited for."""
    ask(places, "form-027", blocks="verify")
    ask(places, "identity-paper", blocks="book")
    case = filed(places)
    set_item(places.world.people[HOSPITAL], case, "identity-paper", present=True)
    in_state(case, State.PUBLISHED)
    assert chase_missing(now=case.created_at + timedelta(days=20)) == 0
    assert told() == []


def test_what_waits_stands_before_its_owner(places: Places) -> None:
    """Tests the entry of the hospital, none for others, and one above once it is overdue."""
    ask(places, "form-027", name_en="Form 027/o", blocks="verify")
    case, people = filed(places), places.world.people
    entry = next(iter(items_to_bring(people[HOSPITAL])))
    assert entry.sentence == f"Bring for case {case.pseudonym}: Form 027/o."
    assert entry.address == f"/cases/{case.pk}/"
    for role in (OBLAST, Role.MINISTRY, Role.REGION, Role.FLIGHT_DESK):
        assert list(items_to_bring(people[role])) == []
    late = timezone.now() - timedelta(hours=1)
    CaseItem.unscoped.create(case=case, code="form-027", owner=places.world["hospital"], deadline=late)
    assert [item.overdue for item in items_to_bring(people[OBLAST])] == [True]


def test_what_waits_names_two_papers_and_leads_to_where_they_are_brought(places: Places) -> None:
    """Tests that a third paper is only counted, and that each is a link on the case page."""
    for name in ("form-027", "criterion-574", "medical-history"):
        ask(places, name, name_en=name, blocks="verify")
    in_state(filed(places), State.SUBMITTED)
    hospital = places.world.people[HOSPITAL]
    (entry,) = items_to_bring(hospital)
    assert entry.sentence.endswith(", and 1 more item.")
    page = sign_in(Client(), hospital).get(entry.address).content.decode()
    assert '<a href="#cases.border-readiness"><strong>form-027</strong></a>' in page
    assert '<a href="#cases.medical-readiness"><strong>medical-history</strong></a>' in page


def test_items_are_brought_on_their_pages(places: Places) -> None:
    """Tests the three forms as people send them, and that a refusal is told in words."""
    ask(places, "form-027", name_en="Form 027/o", blocks="verify")
    case, people = filed(places), places.world.people
    hospital = sign_in(Client(), people[HOSPITAL])
    page = f"/cases/{case.pk}/items/form-027/"
    answer = hospital.post(page, {"present": "yes", "dated": "2099-01-01"})
    assert "not in the future" in answer.content.decode()
    answer = hospital.post(page, {"present": "yes"}, follow=True)
    assert "“Form 027/o” is saved." in answer.content.decode()
    assert hospital.get(f"{page}waive/").status_code == 403
    hospital.post(page, {"present": "no"})
    soon = timezone.localtime() + timedelta(days=1)
    values = {
        "owner": str(places.world["ministry"].pk),
        "deadline": f"{soon:%Y-%m-%dT%H:%M}",
        "telephone": "+380",
    }
    assert hospital.post(f"{page}assign/", values).status_code == 302
    assert CaseItem.unscoped.get().owner == places.world["ministry"]
    ministry = sign_in(Client(), people[Role.MINISTRY])
    ministry.post(f"{page}waive/", {"reason": "The archive has burnt."})
    assert "The archive has burnt." in ministry.get(f"/cases/{case.pk}/").content.decode()
