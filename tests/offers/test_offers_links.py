"""Tests the signed link against a list of attacks: it answers one ask once, and tells a guess nothing."""

from __future__ import annotations

import base64
import logging
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import offer_things
import pytest
from asked_things import asked, in_hours, linked, no, the_ask, yes
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from racing import race
from world import sign_in

from medevac.api.services import wrong_tokens
from medevac.audit.models import Look
from medevac.cases.models import Case, Consent
from medevac.cases.selectors.exposure import exposure_of
from medevac.cases.services import act
from medevac.cases.states import Action, Reason
from medevac.messages.channels.email import body_of
from medevac.messages.models import Delivery
from medevac.messages.services.sending import letter_of
from medevac.offers.link_words import LINK_LANGUAGES
from medevac.offers.models import Answer, AnswerLink, Ask, Round
from medevac.offers.services.answering import answer
from medevac.offers.services.asking import withdraw_ask
from medevac.offers.services.expiring import expire_asks
from medevac.offers.services.links import LinkOverError, answer_by_link, digest, withdraw_link
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.site.log_lines import JsonFormatter

# Said by the form, by the service that refuses, and by the reasons for a no.
IN_ENGLISH = (
    "Earliest day",
    "Can you take",
    "Choose one",
    "A yes needs",
    "no staff",
    "This field",
    "Send the",
)
NAME, DIAGNOSIS = "Згурський", "Open fracture of the left tibia"


@pytest.fixture(autouse=True)
def not_counted_before(db: None) -> None:
    """Nobody has opened a link from this address in another test."""
    cache.clear()


def path(token: str) -> str:
    """The address of a link."""
    return f"/offers/a/{token}/"


def filled(**values: str) -> dict[str, str]:
    """A form with a yes in three days."""
    day = (current_day() + timedelta(days=3)).isoformat()
    return {"answerer": "Kari, ward leader", "yes": "yes", "earliest_day": day, "companions": "1", **values}


def over(answer_) -> bool:
    """Whether a page says that the link opens nothing."""
    return answer_.status_code == 410 and "opens nothing" in answer_.content.decode()


def test_a_link_answers_once(things) -> None:
    """Tests the way of an answer, its history, and that a replay finds nothing."""
    one = the_ask(asked(things, things.case()))
    link, token = linked(things, one)
    page = Client().get(path(token))
    assert page.status_code == 200
    assert DIAGNOSIS in page.content.decode()
    done = Client().post(path(token), filled())
    assert done.status_code == 200
    assert "Thank you" in done.content.decode()
    made = Answer.unscoped.get()
    assert (made.channel, made.answerer, made.recorded_by, made.companions) == (
        "link",
        "Kari, ward leader",
        None,
        1,
    )
    link.refresh_from_db()
    one.refresh_from_db()
    assert link.used_at is not None
    assert one.state == "answered"
    for again in (Client().get(path(token)), Client().post(path(token), filled(yes="no"))):
        assert over(again)
    assert Answer.unscoped.count() == 1


def test_only_a_digest_is_kept(things, caplog: pytest.LogCaptureFixture) -> None:
    """Tests 32 random bytes; the token is in no table but the outbox, in no log line and on no page."""
    caplog.set_level(logging.DEBUG)
    one = the_ask(asked(things, things.case()))
    link, token = linked(things, one)
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    assert bytes(AnswerLink.unscoped.get().digest) == digest(token) != token.encode()
    pages = [Client().get(path(token)), Client().post(path(token), {}), Client().post(path(token), filled())]
    pages.append(Client().get(path(token)))
    assert [page.status_code for page in pages] == [200, 422, 200, 410]
    assert not [page for page in pages if token in page.content.decode()]
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("offers:link" in line for line in lines)
    assert not [line for line in lines if token in line]
    letter = Delivery.unscoped.get(kind="offers.answer_link")
    assert tables_with(token) == {"messages_delivery"}
    letter.state, letter.sent_at, letter.secret_link = "sent", timezone.now(), ""
    letter.save()
    assert tables_with(token) == set()
    assert link.digest


def tables_with(text: str) -> set[str]:
    """Every table, of history too, with a row in which the text stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [row[0] for row in cursor.fetchall()]
        found = set()
        for name in names:
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{name}" AS row WHERE row::text LIKE %s)', [f"%{text}%"]
            )
            if cursor.fetchone()[0]:
                found.add(name)
    return found


def test_the_letter_says_no_name_and_no_diagnosis(things) -> None:
    """Tests the letter in German: in the outbox with the change, with pseudonym and link alone."""
    case = things.case()
    one = the_ask(asked(things, case))
    _link, token = linked(things, one, language="de")
    letter = letter_of(Delivery.unscoped.get(kind="offers.answer_link"))
    text = f"{letter.subject}\n{body_of(letter)}"
    assert letter.recipient == "desk@hospital.example"
    assert letter.link.endswith(path(token))
    assert case.pseudonym in text
    assert "Krankenhaus" in text
    assert NAME not in text
    assert "tibia" not in text
    assert letter.language == "de"


def test_the_page_shows_the_summary_and_never_the_person(things) -> None:
    """Tests what is shown, the headers, that there is no cookie, and the look in the name of the link."""
    case = things.case(telephone="+380441112233")
    link, token = linked(things, the_ask(asked(things, case)))
    page = Client().get(path(token))
    text = page.content.decode()
    assert case.pseudonym in text
    assert not [word for word in (NAME, "Юрій", "Zghurskyi", "1990", "+380441112233") if word in text]
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies
    look = Look.unscoped.get(actor_kind="link")
    assert (look.actor, look.right, look.things, look.owner) == (
        link.pk,
        "see.summary",
        [case.pk],
        case.requester_id,
    )
    assert look.page == "offers:link"
    (looker,) = exposure_of(case, country="NO").lookers  # whom a withdrawn consent asks about
    assert looker.name == "signed link of receiver"


def test_opening_uses_nothing_up(things) -> None:
    """Tests scanners of mail: many GET and HEAD, and a form that lacks something, leave it as it was."""
    link, token = linked(things, the_ask(asked(things, things.case())))
    for _number in range(8):
        assert Client().head(path(token)).status_code == 200
    link.refresh_from_db()
    assert link.opened_at is None  # nothing was shown
    assert not Look.unscoped.filter(actor_kind="link").exists()
    for _number in range(8):
        assert Client().get(path(token)).status_code == 200
    link.refresh_from_db()
    assert link.opened_at is not None
    assert Look.unscoped.filter(actor_kind="link").count() == 8
    assert Client().post(path(token), filled(earliest_day="")).status_code == 422
    assert Client().post(path(token), {"yes": "no", "answerer": "X"}).status_code == 422
    link.refresh_from_db()
    assert (link.used_at, Answer.unscoped.count()) == (None, 0)
    assert Client().post(path(token), filled()).status_code == 200


@pytest.mark.parametrize(
    "sent_along",
    [
        {"Origin": "null"},  # what a page sends that tells no referrer, as this one does
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},  # a browser within a mail app
        {},  # neither origin nor referrer, as some settings of privacy have it
        {"Origin": "https://elsewhere.example", "Referer": "https://elsewhere.example/"},
    ],
)
def test_an_answer_comes_from_wherever_the_letter_was_opened(things, sent_along: dict[str, str]) -> None:
    """Tests the form with checks against forgery on: the token alone lets it in, a cookie does nothing."""
    _link, token = linked(things, the_ask(asked(things, things.case())))
    browser = sign_in(Client(enforce_csrf_checks=True), things.centre)  # signed in beside it, as it happens
    done = browser.post(path(token), filled(), headers=sent_along)
    assert done.status_code == 200, done.content.decode()[:500]
    made = Answer.unscoped.get()
    assert (made.channel, made.recorded_by) == (
        "link",
        None,
    )  # in the name of the link, not of who is signed in
    assert over(browser.post(path(token), filled(), headers=sent_along))
    assert over(browser.post(path("guess"), filled(), headers=sent_along))
    own = browser.post(f"/offers/rounds/asks/{made.ask_id}/withdraw/", headers=sent_along)
    assert own.status_code == 403  # pages that a cookie opens are as closed to forgery as ever


def test_a_guess_is_told_nothing(things, settings) -> None:
    """Tests that what never was, was used, is over or withdrawn gets one and the same page."""
    settings.API_WRONG_TOKENS_PER_MINUTE = 100
    case = things.case()
    round_ = asked(things, case, whom=("receiver", "region"))
    one, other = the_ask(round_), the_ask(round_, "region")
    _link, used = linked(things, one)
    Client().post(path(used), filled())
    expired, expired_token = linked(things, other, address="a@x.example")
    AnswerLink.unscoped.filter(pk=expired.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1), made_at=timezone.now() - timedelta(hours=1)
    )
    withdrawn, withdrawn_token = linked(things, other, address="b@x.example")
    withdraw_link(things.centre, withdrawn)
    replaced_token = linked(things, other, address="c@x.example")[1]
    linked(things, other, address="C@x.example")
    tokens = [used, expired_token, withdrawn_token, replaced_token]
    tokens += [used[:-1], used + "A", used.swapcase(), "x", digest(used).hex(), str(expired.pk)]
    pages = [Client().get(path(token)) for token in tokens]
    pages += [Client().post(path(token), filled()) for token in tokens]
    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1
    assert {tuple(sorted(page.headers)) for page in pages} == {tuple(sorted(pages[0].headers))}
    assert Answer.unscoped.count() == 1


def test_ids_in_the_form_turn_a_link_to_nothing_else(things) -> None:
    """Tests that another ask, another case and a hospital of somebody else's do nothing in the form."""
    mine, others = things.case(), things.case(given_name="Іван")
    one, other = the_ask(asked(things, mine)), the_ask(asked(things, others))
    _link, token = linked(things, one)
    smuggled = {"ask": str(other.pk), "case": str(others.pk), "id": str(other.pk), "round": str(uuid4())}
    foreign = filled(hospital=str(things.places.foreign.pk), **smuggled)
    assert Client().post(f"{path(token)}?ask={other.pk}&case={others.pk}", foreign).status_code == 200
    made = Answer.unscoped.get()
    assert (made.ask_id, made.hospital) == (one.pk, things.places.hospital)
    other.refresh_from_db()
    assert other.state == "open"
    with pytest.raises(RefusedError, match="Expected a hospital of"):
        answer(things.hospital, other, yes(hospital=things.places.foreign.pk))


def test_a_link_ends_with_what_it_hangs_on(things) -> None:
    """Tests withdrawal, an answer by another way, the deadline, the consent, and the end of the case."""

    def opened(token: str) -> bool:
        return Client().get(path(token)).status_code == 200

    case = things.case()
    one = the_ask(asked(things, case))
    _link, token = linked(things, one)
    assert opened(token)
    withdraw_ask(things.centre, one)
    assert not opened(token)
    assert AnswerLink.unscoped.get().withdrawn_at is not None

    one = the_ask(asked(things, case))
    _link, token = linked(things, one)
    answer(things.hospital, one, no())
    assert not opened(token)

    round_ = asked(things, case)
    _link, token = linked(things, the_ask(round_))
    Round.unscoped.filter(pk=round_.pk).update(deadline=timezone.now() - timedelta(seconds=1))
    assert not opened(token)
    expire_asks()
    with pytest.raises(RefusedError, match="no link can answer it"):
        linked(things, the_ask(round_))

    _link, token = linked(things, the_ask(asked(things, case)))
    consent = Consent.unscoped.create(
        case=case,
        purpose="data-transfer",
        country="NO",
        giver="patient",
        giver_name="X",
        language="uk",
        given_at=timezone.now(),
        recorded_by=things.ministry.pk,
    )
    assert opened(token)
    Consent.unscoped.filter(pk=consent.pk).update(withdrawn_at=timezone.now(), withdrawn_by="X")
    assert not opened(token)
    Consent.unscoped.filter(pk=consent.pk).update(withdrawn_at=None, withdrawn_by="")
    assert opened(token)
    act(things.ministry, case.pk, Action.WITHDRAW, reason=Reason.TREATED_AT_HOME)
    assert not opened(token)
    with pytest.raises(LinkOverError):
        answer_by_link(token, yes(), answerer="X")


def test_who_makes_a_link_for_what(things) -> None:
    """Tests that only whoever asked makes and withdraws one, and what address, language and time can be."""
    one = the_ask(asked(things, things.case()))
    with pytest.raises(NotAllowedError):
        linked_by_hospital(things, one)
    for wrong, sentence in (
        ({"address": "nobody"}, "Expected an e-mail address"),
        ({"language": "fr"}, "one of these languages"),
        ({"expires_at": in_hours(25)}, "until the deadline"),
        ({"expires_at": in_hours(-1)}, "until the deadline"),
    ):
        with pytest.raises(RefusedError, match=sentence):
            linked(things, one, **wrong)
    assert not Delivery.unscoped.filter(kind="offers.answer_link").exists()
    link, token = linked(things, one)
    with pytest.raises(NotAllowedError):
        withdraw_link(things.hospital, link)
    Client().post(path(token), filled())
    with pytest.raises(RefusedError, match="has been used"):
        withdraw_link(things.centre, link)


def linked_by_hospital(things, one: Ask) -> None:
    """The hospital that is asked makes no link to answer by."""
    from medevac.offers.services.links import make_link

    make_link(things.hospital, one, address="a@x.example", language="en")


def test_who_tries_too_often_waits(things, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that after many wrong ones in a minute a right link waits as well, and is not used up."""
    monkeypatch.setattr(
        wrong_tokens, "time", SimpleNamespace(time=lambda: 120_000.0)
    )  # the minute does not end
    settings.API_WRONG_TOKENS_PER_MINUTE = 5
    link, token = linked(things, the_ask(asked(things, things.case())))
    statuses = [Client().get(path(f"guess{number}")).status_code for number in range(7)]
    assert statuses == [410] * 5 + [429] * 2
    answered = Client().post(path(token), filled())
    assert answered.status_code == 429
    assert token not in answered.content.decode()
    link.refresh_from_db()
    assert link.used_at is None


@pytest.mark.parametrize("language", LINK_LANGUAGES)
def test_the_page_is_whole_in_five_languages(things, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that nothing that the page says falls back to English."""
    case = things.case()
    Case.unscoped.filter(pk=case.pk).update(specialties=["orthopaedics"])
    _link, token = linked(things, the_ask(asked(things, case)), language=language)
    english: set[str] = set()
    said = translation.gettext

    def listening(text: str) -> str:
        spoken = said(text)
        same = spoken == text and text not in ("medevac", "Status")
        if translation.get_language() == language != "en" and same:
            english.add(text)
        return spoken

    monkeypatch.setattr("django.utils.translation.gettext", listening)
    monkeypatch.setattr("django.templatetags.i18n.translation.gettext", listening)
    pages = [
        Client().get(path(token)),
        Client().post(path(token), {}),
        Client().post(path(token), filled(earliest_day="")),
        Client().post(path(token), {"answerer": "Kari", "yes": "no", "no_reason": "no-staff"}),
        Client().get(f"{path(token)}?language={language}"),
    ]
    assert [page.status_code for page in pages] == [200, 422, 422, 200, 410]
    assert all(f'<html lang="{language}"' in page.content.decode() for page in pages)
    assert english == set()
    words = {"en": "orthopaedics", "de": "Orthopädie", "pl": "ortopedia"}
    assert words.get(language, "") in pages[0].content.decode()
    if language != "en":
        shown = "".join(page.content.decode() for page in pages)
        assert not [text for text in IN_ENGLISH if text in shown]


@pytest.mark.django_db(transaction=True)
def test_concurrent_answers_by_one_link() -> None:
    """Tests with real connections: of four who answer at once one does, and the others find it used."""
    things = offer_things.build()
    one = the_ask(asked(things, things.case()))
    _link, token = linked(things, one)
    results = race(*[lambda: answer_by_link(token, yes(), answerer="Kari")] * 4)
    names = sorted(type(result).__name__ for result in results)
    assert names == ["Answer", "LinkOverError", "LinkOverError", "LinkOverError"]
    assert Answer.unscoped.filter(ask=one).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_against_a_withdrawal_at_the_same_moment() -> None:
    """Tests that either the answer stands and the ask is answered, or it is withdrawn without one."""
    things = offer_things.build()
    case = things.case()
    for _number in range(3):
        one = the_ask(asked(things, case))
        _link, token = linked(things, one)
        race(
            lambda t=token: answer_by_link(t, yes(), answerer="X"),
            lambda o=one: withdraw_ask(things.centre, o),
        )
        one.refresh_from_db()
        assert (one.state == "answered") == Answer.unscoped.filter(ask=one).exists()
