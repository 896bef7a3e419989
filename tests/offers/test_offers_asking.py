"""Tests that asking, answering, reminding and withdrawing do what they say once, for whom they concern."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import offer_things
import pytest
from asked_things import asked, in_hours, linked, no, region_of, the_ask, yes
from directory_places import kept
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from fitting_things import reached
from racing import race

from medevac.cases.services import act
from medevac.cases.states import Action, Reason, State
from medevac.directory.models import MissionActor
from medevac.directory.selectors.zones import zone_of
from medevac.messages.models import Message
from medevac.offers.models import Answer, Ask, Round
from medevac.offers.services.answering import answer, record_answer
from medevac.offers.services.asking import remind, remind_due, withdraw_ask
from medevac.offers.services.expiring import expire_asks
from medevac.offers.states import AskState, Channel
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right


def told(kind: str) -> list[str]:
    """Who was told of something, by first name."""
    rows = Message.unscoped.filter(kind=kind).order_by("user__name")
    return list(rows.values_list("user__name", flat=True))


def test_a_round_asks_each_for_each_case(things) -> None:
    """Tests one ask for each case and organisation, one message for each organisation, and what opens."""
    first, second = things.case(), things.case(given_name="Іван")
    assert not may(things.hospital, Right.SUMMARY, first)
    made = asked(things, first, second, whom=("region", "receiver"))
    rows = Ask.unscoped.filter(round=made).values_list("case", "asked__name", "state")
    assert set(rows) == {
        (case.pk, name, "open") for case in (first, second) for name in ("region", "receiver")
    }
    assert told("offers.asked") == ["Receiving_hospital", "Region"]
    message = Message.unscoped.filter(kind="offers.asked").first()
    assert message is not None
    assert message.pseudonym == ""  # of two cases none is named outside
    assert first.pseudonym in message.subject
    assert second.pseudonym in message.subject
    assert may(things.hospital, Right.SUMMARY, first)
    assert not may(things.hospital, Right.PERSONAL, first)


def test_what_cannot_be_asked(things) -> None:
    """Tests each refusal, and that nothing is half-written."""
    world, case = things.places.world, things.case()
    draft = things.case(State.VERIFIED, given_name="Іван")
    chosen = things.case(State.CHOSEN, given_name="Олег")
    with pytest.raises(NotAllowedError):
        asked(things, case, draft)
    with pytest.raises(RefusedError, match="nobody can be asked for it now"):
        asked(things, case, chosen)
    with pytest.raises(RefusedError, match="got: stranger_hospital"):
        asked(things, case, whom=("receiver", "stranger_hospital"))
    with pytest.raises(RefusedError, match="got: ground"):
        asked(things, case, whom=("ground",))
    with pytest.raises(RefusedError, match="has passed already"):
        asked(things, case, hours=-1)
    with pytest.raises(RefusedError, match="within 30 days"):
        asked(things, case, hours=24 * 40)
    with pytest.raises(RefusedError, match="got 0"):
        asked(things, case, whom=())
    with pytest.raises(NotAllowedError):
        asked(things, case, by=things.hospital, asker="receiver")
    with pytest.raises(NotAllowedError):
        asked(things, case, by=region_of(things), asker="centre")
    assert world["region"]
    assert not Round.unscoped.exists()
    assert not Ask.unscoped.exists()


def test_who_is_asked_already_is_named(things) -> None:
    """Tests that an open ask stands in the way of a second one, and a closed one does not."""
    case = things.case()
    made = asked(things, case)
    with pytest.raises(RefusedError, match=rf"receiver \({case.pseudonym}\)"):
        asked(things, case, whom=("region", "receiver"))
    withdraw_ask(things.centre, the_ask(made))
    asked(things, case, whom=("region", "receiver"))
    assert Ask.unscoped.filter(case=case, state=AskState.OPEN).count() == 2


def test_a_partner_of_the_mission_can_be_asked_unless_the_patient_refuses(things) -> None:
    """Tests that a centre asks a hospital beside it that the mission names, and a region does not."""
    case, world = things.case(), things.places.world
    MissionActor.unscoped.create(
        mission=things.places.mission,
        organisation=world["stranger_hospital"],
        part="receives",
        first_day=current_day(),
    )
    made = asked(things, case, whom=("stranger_hospital", "region"))
    with pytest.raises(RefusedError, match="got: stranger_hospital"):
        asked(things, case, whom=("stranger_hospital",), by=region_of(things), asker="region")
    withdraw_ask(things.centre, the_ask(made, "stranger_hospital"))
    case.refused_countries = ["SE"]
    case.save()
    with pytest.raises(RefusedError, match="refuses Sweden"):
        asked(things, case, whom=("stranger_hospital",))


def test_a_region_asks_its_own_hospitals_for_what_it_is_asked(things) -> None:
    """Tests that a region passes an ask on only for a case that is open to it."""
    case = things.case()
    with pytest.raises(NotAllowedError):
        asked(things, case, by=region_of(things), asker="region")
    asked(things, case, whom=("region",))
    asked(things, case, by=region_of(things), asker="region")
    assert told("offers.asked") == ["Receiving_hospital", "Region"]


def test_an_answer_and_its_correction(things) -> None:
    """Tests that the last answer counts, both stay, and who asked is told of each."""
    case = things.case()
    one = the_ask(asked(things, case))
    first = answer(things.hospital, one, no("no-isolation"))
    one.refresh_from_db()
    assert (one.state, first.channel, first.answerer) == ("answered", Channel.SERVICE, "Receiving_hospital")
    assert told("offers.answered") == ["Coordination_centre"]
    assert not may(things.hospital, Right.SUMMARY, case)
    second = answer(things.hospital, one, yes(isolation=True, companions=2))
    assert second.hospital == things.places.hospital
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert Answer.unscoped.get(ask=one, replaced_at__isnull=True) == second
    assert may(things.hospital, Right.SUMMARY, case)
    with pytest.raises(NotAllowedError):
        answer(things.ministry, one, yes())


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (yes(earliest_day=None), "needs the earliest day"),
        (yes(earliest_day=current_day() - timedelta(days=1)), "from today on"),
        (yes(companions=21), "companions"),
        (no(""), "A no needs a reason"),
        (no("because"), "A no needs a reason"),
        (no("other"), "write in a few words"),
    ],
)
def test_an_answer_lacks_nothing(things, facts, sentence: str) -> None:
    """Tests what a yes and a no need; nothing is written where it is missing."""
    one = the_ask(asked(things, things.case()))
    with pytest.raises(RefusedError, match=sentence):
        answer(things.hospital, one, facts)
    one.refresh_from_db()
    assert (one.state, Answer.unscoped.count()) == ("open", 0)


def test_a_region_says_which_hospital(things) -> None:
    """Tests that a yes of a region names one of its hospitals, and no other."""
    one = the_ask(asked(things, things.case(), whom=("region",)), "region")
    things.places.hospital.closed_at = timezone.now()
    things.places.hospital.save()
    with pytest.raises(RefusedError, match="needs the hospital"):
        answer(region_of(things), one, yes())
    things.places.hospital.closed_at = None
    things.places.hospital.save()
    with pytest.raises(RefusedError, match="Expected a hospital of “region”"):
        answer(region_of(things), one, yes(hospital=things.places.foreign.pk))
    made = answer(region_of(things), one, yes(hospital=things.places.hospital.pk))
    assert made.hospital == things.places.hospital


def test_a_telephone_answer_has_name_and_time(things) -> None:
    """Tests that whoever asked records it, for whom and when, and nobody else does."""
    one = the_ask(asked(things, things.case()))
    when = timezone.now()
    with pytest.raises(NotAllowedError):
        record_answer(things.hospital, one, yes(), answerer="X", answered_at=when)
    with pytest.raises(RefusedError, match="a time that has passed"):
        record_answer(things.centre, one, yes(), answerer="X", answered_at=in_hours(1))
    with pytest.raises(RefusedError, match="older than the ask"):
        record_answer(things.centre, one, yes(), answerer="X", answered_at=in_hours(-1))
    with pytest.raises(RefusedError, match="name and function"):
        record_answer(things.centre, one, yes(), answerer="  ", answered_at=when)
    made = record_answer(things.centre, one, yes(), answerer="Kari, ward leader", answered_at=when)
    assert (made.channel, made.answerer, made.recorded_by) == (
        Channel.TELEPHONE,
        "Kari, ward leader",
        things.centre.pk,
    )
    written = record_answer(things.centre, one, no(), answerer="Kari", answered_at=when, channel=Channel.MAIL)
    assert written.get_channel_display() == "by e-mail or letter"
    with pytest.raises(ValueError, match="Expected one of telephone, mail, got link"):
        record_answer(things.centre, one, no(), answerer="X", answered_at=when, channel=Channel.LINK)
    assert told("offers.answered") == []  # whoever recorded it knows


def test_the_clock_decides_over_the_deadline(things) -> None:
    """Tests that an answer comes too late before the worker comes by, and after."""
    made = asked(things, things.case())
    one = the_ask(made)
    Round.unscoped.filter(pk=made.pk).update(deadline=timezone.now() - timedelta(seconds=1))
    with pytest.raises(RefusedError, match="time for an answer is over"):
        answer(things.hospital, one, yes())
    assert expire_asks() == 1
    with pytest.raises(RefusedError, match="time for an answer is over"):
        answer(things.hospital, one, yes())


def test_what_is_withdrawn_or_ended_takes_no_answer(things) -> None:
    """Tests withdrawing an ask, and the end of a case: both are told to whoever was asked."""
    case = things.case()
    one = the_ask(asked(things, case))
    with pytest.raises(NotAllowedError):
        withdraw_ask(things.hospital, one)
    withdraw_ask(things.centre, one)
    assert told("offers.ask_withdrawn") == ["Receiving_hospital"]
    for deed in (
        lambda: answer(things.hospital, one, yes()),
        lambda: withdraw_ask(things.centre, one),
        lambda: remind(things.centre, one),
    ):
        with pytest.raises(RefusedError):
            deed()
    other = the_ask(asked(things, case))
    act(things.ministry, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    other.refresh_from_db()
    assert other.state == "withdrawn"
    assert told("offers.ask_withdrawn") == ["Receiving_hospital"] * 2


def test_reminders(things) -> None:
    """Tests the one by hand, at most every ten minutes, and the one by the worker, once near the deadline."""
    one = the_ask(asked(things, things.case(), hours=24))
    assert remind_due() == 0
    assert remind(things.centre, one) == 1
    with pytest.raises(RefusedError, match="Wait ten minutes"):
        remind(things.centre, one)
    assert remind_due(now=in_hours(24 - 3)) in (0, 1)
    near = in_hours(24) - timedelta(minutes=30)
    remind_due(now=near)
    assert remind_due(now=near) == 0  # once
    one.refresh_from_db()
    assert one.reminders == 2
    assert told("offers.ask_reminder") == ["Receiving_hospital"] * 2


def test_a_short_round_is_reminded_of_when_half_of_its_time_is_over(things) -> None:
    """Tests that a round of one hour is not reminded of at once."""
    one = the_ask(asked(things, things.case(), hours=1))
    assert remind_due(now=in_hours(0.4)) == 0
    assert remind_due(now=in_hours(0.6)) == 1
    answer(things.hospital, one, yes())
    assert remind_due(now=in_hours(0.9)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_and_two_who_answer_at_once() -> None:
    """Tests with real connections: nobody is asked twice, and one answer counts."""
    things = offer_things.build()
    case = things.case()
    results = race(*[lambda: asked(things, case)] * 3)
    assert sorted(type(one).__name__ for one in results) == ["RefusedError", "RefusedError", "Round"]
    one = the_ask(Round.unscoped.get())
    results = race(*[lambda: answer(things.hospital, one, yes())] * 3)
    assert all(isinstance(result, Answer) for result in results)
    assert Answer.unscoped.filter(ask=one).count() == 3
    assert Answer.unscoped.filter(ask=one, replaced_at__isnull=True).count() == 1


def test_an_answer_changes_nothing_where_it_fails_late(things) -> None:
    """Tests that a fault after the answer was written leaves the ask open."""
    one = the_ask(asked(things, things.case()))

    def fail() -> None:
        with transaction.atomic():
            answer(things.hospital, one, yes())
            raise RuntimeError("after")

    with pytest.raises(RuntimeError):
        fail()
    one.refresh_from_db()
    assert (one.state, Answer.unscoped.count()) == ("open", 0)
    assert connection.in_atomic_block


def test_the_deadline_is_told_in_the_time_of_who_is_asked(things) -> None:
    """Tests the link's page and the message: Helsinki's clock where the hospital lies nearest to Helsinki."""
    cache.clear()  # nobody has opened a wrong link from this address
    hospital = kept(things.places.world["region"], "NO-9", "Kirkenes", "Kirkenes", "NO")
    reached(things, hospital, "EFHK", minutes=1)
    made = asked(things, things.case(), whom=("region",))
    local = made.deadline.astimezone(ZoneInfo("Europe/Helsinki"))
    _link, token = linked(things, the_ask(made, "region"))
    page = Client().get(f"/offers/a/{token}/").content.decode()
    assert f"{local.day} {local:%b %Y, %H:%M} {local:%Z}" in page
    message = Message.unscoped.get(user=region_of(things), kind="offers.asked")
    assert f"{local:%H:%M} {local:%Z}" in " ".join(message.sentences)
    assert zone_of(things.places.world["ministry"]).key == "UTC"  # no airport near it is known
