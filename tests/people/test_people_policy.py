"""Tests that both questions of the policy have the role table's answer, and that nothing is open unscoped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from world import PLACE_OF, PLACES, World, member, person

import medevac
from medevac.people.middleware import ReadingMiddleware
from medevac.people.models import EmergencyAccess, Invitation, Membership, Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import may, visible
from medevac.people.policy.areas import below
from medevac.people.policy.reading import MOST_SENT, once, reading
from medevac.people.policy.sent_ids import SentIds
from medevac.people.roles import ACTIONS, Reach, Role, grants_of

PARENTS = {name: parent for name, _, _, parent, _ in PLACES}
ADMITTED = {name for name, _, _, _, admitted in PLACES if admitted}


def chain(name: str) -> list[str]:
    """A place and everything that it is part of, told from the plain table of the small world."""
    parent = PARENTS[name]
    return [name, *(chain(parent) if parent else [])]


def expected_places(role: Role, action: str) -> set[str]:
    """Which organisations a role reaches in an action, worked out without the policy or the database."""
    reach = grants_of(action).get(role)
    own = PLACE_OF[role]
    if reach is None:
        return set()
    below = {name for name in PARENTS if own in chain(name)}
    if reach is Reach.OWN:
        return below
    under_owner = {name for name in PARENTS if "owner" in chain(name) or chain(name)[-1] in ADMITTED}
    if action in ("people.see_organisations", "people.break_glass"):
        return under_owner  # everybody but the stranger takes part with the owner
    return under_owner if own == "owner" else below


@pytest.mark.parametrize("action", sorted(action for action in ACTIONS if action.startswith("people.")))
def test_every_role_reaches_what_the_table_says(world: World, action: str) -> None:
    """Tests that each role reaches the organisations that the table says, asked in both forms."""
    for role, user in world.people.items():
        expected = expected_places(role, action)
        found = {row.name for row in visible(user, Organisation.objects.all(), action)}
        allowed = {name for name, place in world.organisations.items() if may(user, action, place)}
        assert found == expected, (role, action)
        assert allowed == expected, (role, action)
        assert may(user, action) == (role in ACTIONS[action])


@pytest.mark.parametrize(
    ("model", "place_of"),
    [
        (Membership, lambda row: row.organisation.name),
        (Invitation, lambda row: row.organisation.name),
        (EmergencyAccess, lambda row: row.owner.name),
    ],
)
def test_rows_follow_their_organisation(world: World, model: type[models.Model], place_of) -> None:
    """Tests that what belongs to an organisation is open exactly where the organisation is."""
    now = timezone.now()
    for number, place in enumerate(world.organisations.values()):
        Invitation.unscoped.create(
            email=f"{number}@example.org",
            organisation=place,
            role=Role.READER,
            token_digest=bytes([number]),
            invited_by=world.people[Role.ADMINISTRATOR].pk,
            invited_at=now,
            expires_at=now + timedelta(days=1),
        )
        EmergencyAccess.unscoped.create(
            user=world.people[Role.HUB_CREW],
            subject_kind="people.user",
            subject_id=place.pk,
            owner=place,
            reason="somebody must be reached at once",
            opened_at=now,
            expires_at=now + timedelta(hours=1),
        )
    for role, user in world.people.items():
        for action in ("people.see_members", "people.invite", "people.see_emergencies"):
            expected = expected_places(role, action)
            rows = model.unscoped.all()
            found = set(visible(user, model.objects.all(), action))
            assert found == {row for row in rows if place_of(row) in expected}, (role, action)
            assert found == {row for row in rows if may(user, action, row)}, (role, action)


def test_users_are_open_where_they_belong(world: World) -> None:
    """Tests that a user is seen by those who reach one of the organisations the user belongs to."""
    hospital = world.people[Role.HOSPITAL_COORDINATOR]
    assert may(world.people[Role.OBLAST_COORDINATOR], "people.see_members", hospital)
    assert may(world.people[Role.ADMINISTRATOR], "people.see_members", hospital)
    assert not may(world.people[Role.REGION], "people.see_members", hospital)
    assert not may(hospital, "people.see_members", world.people[Role.OBLAST_COORDINATOR])


@pytest.mark.parametrize("model", [Organisation, Membership, Invitation, EmergencyAccess])
def test_unscoped_access_finds_nothing(world: World, model: type[models.Model]) -> None:
    """Tests that every way to read, count, change or delete through the guarded manager finds nothing."""
    if not model.unscoped.exists():
        now = timezone.now()
        Invitation.unscoped.create(
            email="a@example.org",
            organisation=world["hospital"],
            role=Role.READER,
            token_digest=b"x",
            invited_by=world.people[Role.ADMINISTRATOR].pk,
            invited_at=now,
            expires_at=now,
        )
    count = model.unscoped.count()
    rows = model.objects.all()
    assert list(rows) == list(rows.iterator()) == []
    assert rows.count() == rows.filter(pk__isnull=False).count() == rows.exclude(pk__isnull=True).count() == 0
    assert not rows.exists()
    assert rows.first() is None
    assert rows.aggregate(models.Count("pk")) == {"pk__count": 0}
    assert list(rows.values_list("pk")) == []
    assert list(model.unscoped.filter(pk__in=rows)) == []
    assert list(rows | rows.filter(pk__isnull=False)) == []
    assert rows.update(id=None) == 0
    assert rows.delete()[0] == 0
    assert model.unscoped.count() == count


def test_related_rows_are_guarded_too(world: World) -> None:
    """Tests that what hangs on an organisation is not reached past the policy either."""
    assert list(world["hospital"].memberships.all()) == []
    assert list(world["ministry"].children.all()) == []


def test_strangers_and_the_deactivated_see_nothing(world: World) -> None:
    """Tests that nobody is signed in, ended or deactivated and still reaches a row."""
    user = world.people[Role.ADMINISTRATOR]
    assert visible(user, Organisation.objects.all()).exists()
    user.is_active = False
    for nobody in (AnonymousUser(), user, person("newcomer")):
        assert not visible(nobody, Organisation.objects.all()).exists()
        assert not may(nobody, "people.see_organisations")


def test_time_and_place_of_a_membership_count(world: World) -> None:
    """Tests that a membership counts from its beginning until its end, in an organisation that is open."""
    user = person("sometimes")
    membership = member(user, world["region"], Role.REGION)
    assert may(user, "people.invite", world["receiver"])
    now = timezone.now()
    for starts, ends, counts in [
        (now - timedelta(days=2), now - timedelta(days=1), False),
        (now + timedelta(days=1), None, False),
        (now - timedelta(days=2), now + timedelta(days=1), True),
    ]:
        membership.starts, membership.ends = starts, ends
        membership.save()
        assert may(user, "people.invite", world["receiver"]) is counts
    Organisation.unscoped.filter(pk=world["region"].pk).update(closed_at=now)
    assert not may(user, "people.invite", world["receiver"])


def test_a_request_that_only_reads_asks_once(world: World, django_assert_num_queries: Any) -> None:
    """Tests that what is kept needs no query, is kept apart for each user, and goes with the request."""
    user, other = world.people[Role.REGION], world.people[Role.DONOR]
    with reading():
        assert may(user, "people.invite", world["receiver"])
        with django_assert_num_queries(0):
            assert may(user, "people.invite", world["receiver"])
        assert not may(other, "people.invite", world["receiver"])
        Membership.unscoped.filter(user=user).update(ends=timezone.now())
    assert not may(user, "people.invite", world["receiver"])


def test_what_was_read_once_finds_the_same_rows(world: World) -> None:
    """Tests that ids that are sent open the rows that the query opens, for every role and kind."""
    for user in world.people.values():
        for model in (Organisation, Membership, User):
            rows = model.objects.all()
            asked = set(visible(user, rows).values_list("pk", flat=True))
            with reading():
                assert set(visible(user, rows).values_list("pk", flat=True)) == asked


def test_long_lists_of_ids_are_not_sent(world: World) -> None:
    """Tests that an organisation with many parts is asked for by the query that finds them."""
    top = world["region"]
    with reading():
        assert isinstance(below(top.pk), SentIds)
    rows = [
        Organisation(name=str(place), latin_name=str(place), kind=Kind.PARTNER, parent=top, country="NO")
        for place in range(MOST_SENT)
    ]
    Organisation.unscoped.bulk_create(rows)
    with reading():
        assert not isinstance(below(top.pk), SentIds)
        assert rows[0].pk in below(top.pk)


@pytest.mark.parametrize(("verb", "accept", "kept"), [
    ("get", "text/html", True), ("head", "text/html", True), ("post", "text/html", False),
    ("get", "text/event-stream", False),
])  # fmt: skip
def test_what_writes_or_lasts_asks_each_time(world: World, verb: str, accept: str, kept: bool) -> None:
    """Tests that only a request that reads and is answered at once is answered twice from one question."""
    told: list[int] = []

    def answer(_asked: HttpRequest) -> HttpResponse:
        told.extend(once("how many", lambda: len(told)) for _ in range(2))
        return HttpResponse()

    ReadingMiddleware(answer)(getattr(RequestFactory(), verb)("/", headers={"Accept": accept}))
    assert (told == [0, 0]) is kept


def test_misspelled_actions_are_not_refusals(world: World) -> None:
    """Tests that an action that no table knows breaks instead of answering no."""
    with pytest.raises(KeyError, match=r'got "people\.invte"'):
        may(world.people[Role.ADMINISTRATOR], "people.invte")


def test_a_kind_without_a_rule_is_closed(world: World) -> None:
    """Tests that rows of a kind whose room gave no rule cannot be asked for at all."""
    from django.contrib.contenttypes.models import ContentType

    with pytest.raises(KeyError, match=r"Expected a rule for contenttypes\.ContentType"):
        visible(world.people[Role.ADMINISTRATOR], ContentType.objects.all(), "people.invite")


def test_only_those_who_answer_for_every_row_read_unscoped() -> None:
    """Tests that `unscoped` is named in models, rules, services, tasks, and where a reason is listed here."""
    listed = {
        "audit/selectors.py",  # opened by the policy, which lies above; and one thing's own access log
        "directory/people_missions.py",  # names of missions, and which an organisation takes part in
        "messages/events.py",  # adds a row to the stream of one user
        "messages/in_order.py",  # counts what waits, and says where a person's values lie
        "site/demonstration/telling.py",  # tells invented people something once
        "messages/selectors.py",  # a user's own messages and choices; letters given up, for whom may see them
        "messages/channels/push.py",  # a user's own browsers
        "people/selectors/access.py",  # subqueries about users that the policy has opened
        "people/selectors/reviews.py",  # who confirms: people above the membership, by name
        "api/own_record.py",  # what tokens are called, for whom may see that they acted
        "people/selectors/sessions.py",  # a user's own sessions, or those of whom the policy has opened
        "people/views/account.py",  # a user's own memberships, and the own change of address that waits
        "people/views/addresses.py",  # the own change of address that waits
        "site/faults.py",  # who gave a user the roles, by name
        "people/views/oversight.py",  # a user's own emergency accesses
        "documents/content.py",  # bytes, for services that have asked the policy and written the look
        "documents/demonstration.py",  # makes an invented reference once
        "directory/in_order.py",  # how long missions keep something, which is no secret of one of them
        "documents/in_order.py",  # says which rows nothing needs any more
        "documents/selectors.py",  # why an emergency access opened a document that the policy has opened
        "cases/own_closing.py",  # ends what is open for one case, in the transaction of its end
        "cases/requirements.py",  # how the items of one case stand, for services and pages that opened it
        "cases/computed.py",  # the same
        "cases/next_step.py",  # which steps of opened cases wait for something, without saying for what
        "directory/selectors/zones.py",  # the time of an airport near to whoever is asked
        "offers/flight_filling.py",  # the problem of a whole mission, for the worker; pages show what is open
        "offers/selectors/advice.py",  # who may be asked, by name, beside a run that the policy opened
        "offers/selectors/grounds.py",  # whether what an opened offer rests on has become a no
        "offers/selectors/happenings.py",  # links of answers that the policy opened
        "offers/selectors/round_page.py",  # asks of a round that the policy opened
        "offers/selectors/still_taken.py",  # until when a place is occupied whose promise the policy opened
        "offers/selectors/said_no.py",  # which hospitals said no to a case, for a page that opened the case
        "offers/eligibility.py",  # what rules say of one case, for services and pages that opened it
        "offers/own_closing.py",  # whether an offer of one case stands, for its steps
        "offers/own_record.py",  # what signed links are called, for whom may see that they acted
        "offers/selectors/asking.py",  # answers, links and contacts of asks and rounds that the policy opened
        "offers/selectors/summary_by_link.py",  # the summary of a case whose link was opened and looked at
        "offers/own_traces.py",  # says where a patient's values lie
        "offers/selectors/national.py",  # what a mission says for a day; the policy opens the rest
        "offers/selectors/parts.py",  # the user's own organisations
        "offers/selectors/shares.py",  # what regions and trusts are called; the policy opens targets
        "offers/selectors/touched.py",  # conditions on cases that the policy opens
        "cases/withdrawn.py",  # conditions of the policy
        "cases/api/documents_of_case.py",  # how a document hangs on a case, both opened by the policy
        "cases/api/entering.py",  # the person of a case that the token has filed just now
        "cases/own_documents.py",  # conditions of the policy, and versions that follow their original
        "cases/own_traces_of_documents.py",  # papers of a patient who is to be forgotten
        "cases/selectors/documents.py",  # how documents hang on a case that was opened; the policy opens them
        "cases/own_traces.py",  # where a patient is named, for whom is to be forgotten
        "cases/own_work.py",  # the organisations that a user belongs to, and what they are to bring
        "cases/selectors/exposure.py",  # where those belong who looked, for whoever keeps the consents
        "offers/free_places.py",  # counts places for the planner; selectors show what is open to the user
        "offers/problem.py",  # the same of a whole mission
        "offers/receiving.py",  # the same of what hospitals treat and how they are reached
        "offers/own_ways.py",  # where a step of a case is taken, for a page that opened the case
        "offers/selectors/offers_of_case.py",  # the countries of a mission, for a case that was opened
        "offers/selectors/places_for_case.py",  # who can offer for a case that was opened
    }
    folder = Path(medevac.__file__).parent
    naming = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if ".unscoped" in path.read_text(encoding="utf-8")
        and not {"models", "policy", "services", "migrations"} & set(path.relative_to(folder).parts)
        and path.name not in ("models.py", "policy.py", "services.py", "tasks.py")
    }
    assert naming == listed | {"people/guard.py"}


def test_users_are_listed_through_the_policy(world: World) -> None:
    """Tests that users, whom signing in must find, are listed for a user by the same rule."""
    region = world.people[Role.REGION]
    found = set(visible(region, User.objects.all()))
    assert found == {region, world.people[Role.RECEIVING_HOSPITAL], world.people[Role.GROUND_CREW]}
