"""Tests the pages of asking and answering, what waits on the start page, the case's panel, and the API."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from asked_things import asked, in_hours, linked, no, region_of, the_ask, yes
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from world import sign_in

from medevac.api.services import make_token
from medevac.audit.models import Look
from medevac.cases.models import Case
from medevac.directory.models import Hospital
from medevac.offers.models import Answer, AnswerLink, Ask, Round
from medevac.offers.selectors import round_page
from medevac.offers.services.answering import answer
from medevac.offers.services.shares import set_share
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.roles import Role
from medevac.people.work_items import work_of

NAME, DIAGNOSIS = "Згурський", "Open fracture of the left tibia"


def visitor(user: User) -> Client:
    """Somebody signed in."""
    return sign_in(Client(), user)


def text_of(client: Client, path: str, status: int = 200) -> str:
    """A page."""
    answered = client.get(path)
    assert answered.status_code == status, answered.content.decode()[:2000]
    return answered.content.decode()


def with_contact(things) -> None:
    """The duty contact of the Norwegian hospital."""
    Hospital.unscoped.filter(pk=things.places.hospital.pk).update(
        contact_role="Ward leader on duty", contact_phone="+47 67 96 00 00"
    )


def local(moment) -> str:
    """A moment as a form sends it, in the time zone of whoever fills it in."""
    return moment.astimezone(ZoneInfo("Europe/Oslo")).strftime("%Y-%m-%dT%H:%M")


def test_a_centre_asks_from_the_form(things) -> None:
    """Tests the two lists with their numbers, the fault when nothing is chosen, and the round that comes."""
    with_contact(things)
    case, world = things.case(), things.places.world
    client = visitor(things.centre)
    text = text_of(client, f"/offers/rounds/ask/?cases={case.pk}")
    assert f'value="{case.pk}" id="case-{case.pk}" checked' in text
    assert "Ward leader on duty" in text
    assert 'href="tel:+4767960000"' in text
    assert NAME not in text
    given = {
        "asker": str(world["centre"].pk),
        "cases": [str(case.pk)],
        "deadline": local(in_hours(20)),
        "telephone": "+47 22 33 44 55",
    }
    refused = client.post("/offers/rounds/ask/", given)
    assert refused.status_code == 422
    assert "Choose at least one region or hospital" in refused.content.decode()
    given["organisations"] = [str(world[name].pk) for name in ("region", "receiver")]
    done = client.post("/offers/rounds/ask/", given)
    made = Round.unscoped.get()
    assert done.headers["Location"] == f"/offers/rounds/{made.pk}/"
    again = client.post("/offers/rounds/ask/", given)  # sent twice, asked once
    assert again.headers["Location"] == done.headers["Location"]
    Round.unscoped.update(made_at=timezone.now() - timedelta(hours=1))
    again = client.post("/offers/rounds/ask/", given)
    assert again.status_code == 422
    assert "have an open ask already" in again.content.decode()
    assert Round.unscoped.count() == 1
    late = client.post("/offers/rounds/ask/", given | {"deadline": local(in_hours(-2))})
    assert "deadline has passed already" in late.content.decode()


def test_a_search_on_the_form_loses_nothing(things) -> None:
    """Tests that ticks and typed words stay through a search, also a vain one, and that nobody is asked."""
    ticked, other = things.case(), things.case(given_name="Іван")
    world, client = things.places.world, visitor(things.centre)
    given = {
        "asker": str(world["centre"].pk),
        "cases": [str(ticked.pk)],
        "organisations": [str(world["region"].pk)],
        "deadline": "2026-13-45T99:00",  # half typed: a search judges nothing
        "telephone": "+47 22 33 44 55",
        "remark": "Before the weekend",
        "find": "yes",
    }
    for searched, finds in ((other.pseudonym, True), ("ZZ-0000", False)):
        page = client.post("/offers/rounds/ask/", given | {"q": searched})
        assert page.status_code == 200
        text = page.content.decode()
        assert f'id="case-{ticked.pk}" checked' in text
        assert (f'id="case-{other.pk}"' in text) == finds
        assert f'id="organisation-{world["region"].pk}" checked' in text
        assert f'id="organisation-{world["receiver"].pk}" checked' not in text
        for typed in ("2026-13-45T99:00", "+47 22 33 44 55", "Before the weekend", f'value="{searched}"'):
            assert typed in text, typed
        assert ("What is ticked stays in the list" in text) == (not finds)
        assert "ds-validation-message" not in text
    assert not Round.unscoped.exists()


def test_a_suggestion_leads_to_the_keeper_and_to_the_place(things) -> None:
    case, place = things.case(), things.place()
    hospital = things.places.hospital
    client = visitor(things.centre)
    text = text_of(client, f"/offers/rounds/ask/?mission=ukraine&cases={case.pk}&hospital={hospital.pk}")
    ticked = [line for line in text.split("<input") if f'value="{hospital.keeper_id}"' in line]
    assert ticked
    assert " checked" in ticked[0]
    offering = text_of(client, f"/offers/case/{case.pk}/offer/?hospital={hospital.pk}")
    assert f'<option value="{place.pk}" selected' in offering


def test_a_round_on_one_screen(things) -> None:
    """Tests answers, clock, numbers, reminder, a recorded answer, link and withdrawal from one page."""
    with_contact(things)
    case = things.case()
    made = asked(things, case, whom=("region", "receiver"))
    one, other = the_ask(made), the_ask(made, "region")
    client, path = visitor(things.centre), f"/offers/rounds/{made.pk}/"
    text = text_of(client, path)
    assert "0 of 2 asks answered" in text
    assert "23 hours left" in text
    assert "Ward leader on duty" in text
    assert "+47 22 33 44 55" in text
    reminded = client.post(f"/offers/rounds/asks/{one.pk}/remind/", follow=True).content.decode()
    assert "has been reminded" in reminded
    assert "1 reminder, at" in reminded
    form = {
        "yes": "yes",
        "earliest_day": (current_day() + timedelta(days=2)).isoformat(),
        "answerer": "Kari, ward leader",
        "answered_at": local(timezone.now()),
        "channel": "mail",
    }
    assert client.post(f"/offers/rounds/asks/{one.pk}/recorded/", form | {"yes": ""}).status_code == 422
    recorded = client.post(f"/offers/rounds/asks/{one.pk}/recorded/", form, follow=True).content.decode()
    assert "Kari, ward leader" in recorded
    assert "by e-mail or letter" in recorded
    assert "1 of 2 asks answered, 1 with yes" in recorded
    sent = client.post(
        f"/offers/rounds/asks/{other.pk}/link/",
        {"address": "desk@region.example", "language": "pl"},
        follow=True,
    ).content.decode()
    assert "desk@region.example (pl): not opened yet" in sent
    link = AnswerLink.unscoped.get()
    client.post(f"/offers/links/{link.pk}/withdraw/")
    link.refresh_from_db()
    assert link.withdrawn_at is not None
    gone = client.post(f"/offers/rounds/asks/{other.pk}/withdraw/", follow=True).content.decode()
    assert "is not asked for case" in gone
    assert "nothing is open" in gone


def test_a_long_round_stands_on_several_pages(things, monkeypatch) -> None:
    """Tests that a page holds whole cases and counts the whole round, and that a deed leads to its case."""
    monkeypatch.setattr(round_page, "ASKS_AT_ONCE", 3)
    cases = [things.case(given_name=name) for name in ("Anna", "Bohdan", "Iryna")]
    made = asked(things, *cases, whom=("region", "receiver"))
    client, path = visitor(things.centre), f"/offers/rounds/{made.pk}/"
    pages = [text_of(client, f"{path}?page={number}") for number in (1, 2, 9)]
    shown = [{one.pseudonym for one in cases if f'id="case-{one.pk}"' in text} for text in pages]
    assert [len(found) for found in shown] == [2, 1, 1]
    assert shown[0] | shown[1] == {one.pseudonym for one in cases}
    assert all("0 of 6 asks answered" in text for text in pages)
    assert "Page 1 of 2" in pages[0]
    last = next(one for one in cases if one.pseudonym in shown[1])
    ask = Ask.unscoped.get(round=made, case=last, asked=things.places.world["region"])
    back = client.post(f"/offers/rounds/asks/{ask.pk}/remind/")
    assert back.url == f"{path}?case={last.pk}#case-{last.pk}"
    assert f'id="case-{last.pk}"' in text_of(client, back.url)


def test_a_round_shows_the_regions_against_their_targets(things) -> None:
    region = things.places.world["region"]
    set_share(
        things.centre,
        things.places.mission,
        region,
        Decimal("57.1"),
        source="SSB",
        first_day=current_day(),
    )
    made = asked(things, things.case())
    text = text_of(visitor(things.centre), f"/offers/rounds/{made.pk}/")
    assert "Patients by region" in text
    assert f'<th scope="row">{region.name}</th>' in text
    assert "57.1" in text


def test_nobody_else_leads_a_round(things) -> None:
    """Tests that whoever is asked, and somebody else's centre, finds none of its pages."""
    made = asked(things, things.case(), whom=("region", "receiver"))
    one = the_ask(made, "region")
    client = visitor(region_of(things))
    assert client.get(f"/offers/rounds/{made.pk}/").status_code == 404
    for deed in ("remind", "withdraw", "telephone", "link"):
        assert client.post(f"/offers/rounds/asks/{one.pk}/{deed}/").status_code == 404
    assert client.get(f"/offers/asks/{one.pk}/").status_code == 200
    assert visitor(things.ministry).get(f"/offers/asks/{one.pk}/").status_code == 403
    assert visitor(things.hospital).get(f"/offers/asks/{one.pk}/").status_code == 404


def test_the_auditor_of_the_mission_reads_the_rounds(things) -> None:
    """Tests who asked whom, when and who answered, in one list and one page, without a deed or a dossier."""
    people, case = things.places.world.people, things.case()
    auditor = visitor(people[Role.AUDITOR])
    assert "who asked whom, when, and who answered" in text_of(auditor, "/offers/rounds/")
    made = asked(things, case, whom=("region", "receiver"))
    answer(things.hospital, the_ask(made), yes())
    assert f"/offers/rounds/{made.pk}/" in text_of(auditor, "/offers/rounds/")
    looks = Look.unscoped.filter(right="offers.see_rounds")
    text = text_of(auditor, f"/offers/rounds/{made.pk}/")
    assert looks.count() == 1
    for word in ("centre (", things.centre.name, "region", "receiver", things.hospital.name, case.pseudonym):
        assert word in text, word
    assert NAME not in text
    assert f"/cases/{case.pk}/" not in text
    assert "/remind/" not in text
    assert auditor.get("/offers/rounds/ask/").status_code == 403
    assert visitor(people[Role.DONOR]).get("/offers/rounds/").status_code == 403


def test_a_hospital_answers_beside_the_summary(things) -> None:
    """Tests the list, the summary without the person, the look, the answer, and what waits then."""
    case = things.case()
    soon = the_ask(asked(things, case, hours=3))
    later = the_ask(asked(things, things.case(given_name="Іван"), hours=30))
    waiting = work_of(things.hospital)
    assert [item.address for item in waiting if "/offers/" in item.address] == [
        f"/offers/asks/{soon.pk}/",
        f"/offers/asks/{later.pk}/",
    ]
    client = visitor(things.hospital)
    listed = text_of(client, "/offers/asks/")
    assert listed.index(str(soon.pk)) < listed.index(str(later.pk))
    text = text_of(client, f"/offers/asks/{soon.pk}/")
    assert DIAGNOSIS in text
    assert NAME not in text
    look = Look.unscoped.get(right="see.summary", things__contains=[case.pk])
    assert look.actor == things.hospital.pk
    assert not Look.unscoped.filter(right="see.personal").exists()
    refused = client.post(f"/offers/asks/{soon.pk}/", {"yes": "no"})
    assert refused.status_code == 422
    assert "A no needs a reason" in refused.content.decode()
    done = client.post(f"/offers/asks/{soon.pk}/", {"yes": "no", "no_reason": "no-staff"}, follow=True)
    assert "no staff for another patient" in done.content.decode()
    assert Answer.unscoped.get().recorded_by == things.hospital.pk
    closed = text_of(client, f"/offers/asks/{soon.pk}/")
    assert DIAGNOSIS not in closed
    assert "Correct the answer" in closed


def test_the_case_tells_who_was_asked(things) -> None:
    """Tests the panel for whoever asks and whoever is asked, and that a hospital at home sees none."""
    case = things.case()
    path = f"/cases/{case.pk}/"
    centre, hospital = visitor(things.centre), visitor(things.hospital)
    empty = text_of(centre, path)
    assert "Nobody has been asked for this case yet" in empty
    assert f"cases={case.pk}" in empty
    made = asked(things, case, whom=("region", "receiver"))
    answer(things.hospital, the_ask(made), yes())
    asker = text_of(centre, path)
    assert f"/offers/rounds/{made.pk}/" in asker
    assert "Receiving_hospital" in asker
    own = text_of(hospital, path)
    assert f"/offers/asks/{the_ask(made).pk}/" in own
    assert f"/offers/rounds/{made.pk}/" not in own
    sender = visitor(things.places.world.people[Role.HOSPITAL_COORDINATOR])
    assert "offers.asked" not in text_of(sender, path)


def test_empty_pages_say_what_to_do(things) -> None:
    """Tests each list without a row."""
    centre = visitor(things.centre)
    assert "Nobody has been asked yet" in text_of(centre, "/offers/rounds/")
    assert "No case waits for offers now" in text_of(centre, "/offers/rounds/ask/")
    assert "Nothing waits for your answer" in text_of(centre, "/offers/asks/")


def test_pages_ask_the_database_as_often_for_many_rows(things) -> None:
    """Tests that neither a round nor the list of asks asks for each row on its own."""
    few = asked(things, things.case(), whom=("region", "receiver"))
    many_cases = [things.case(given_name=f"Іван{letter}") for letter in "абвгд"]
    many = asked(things, *many_cases, whom=("region", "receiver"))
    for one in Ask.unscoped.filter(round=many, asked__name="receiver").select_related(
        "case", "asked", "round"
    ):
        answer(things.hospital, one, no())
    client = visitor(things.centre)
    client.get("/offers/rounds/")

    def asked_of(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    numbers = [asked_of(f"/offers/rounds/{one.pk}/") for one in (few, many)]
    assert numbers[0] == numbers[1] <= 25
    assert asked_of("/offers/rounds/") <= 25
    assert asked_of("/offers/rounds/ask/") <= 35
    client = visitor(region_of(things))
    client.get("/offers/asks/")
    assert asked_of("/offers/asks/") <= 25


def program(things, place: str, role: Role) -> Any:
    """A function that asks the API with a token of an organisation."""
    administrator = things.places.world.people[Role.ADMINISTRATOR]
    scopes = ("offers.read", "offers.write")
    organisation = things.places.world[place]
    _token, told = make_token(administrator, organisation, name="X", role=role, scopes=scopes, days=1)

    def ask(verb: str, path: str, **values: Any) -> Any:
        body = json.dumps(values, default=str) if verb != "GET" else ""
        headers = {"Authorization": f"Bearer {told}"}
        return Client().generic(verb, f"/api{path}", body, "application/json", headers=headers)

    return ask


def test_programs_ask_and_answer(things) -> None:
    """Tests the way of an ask over the API: asked, reminded, answered, corrected, by link, withdrawn."""
    case, world = things.case(), things.places.world
    centre = program(things, "centre", Role.COORDINATION_CENTRE)
    hospital = program(things, "receiver", Role.RECEIVING_HOSPITAL)
    given = {
        "asker": world["centre"].pk,
        "cases": [case.pk],
        "organisations": [world["region"].pk, world["receiver"].pk],
        "deadline": in_hours(20).isoformat(),
    }
    made = centre("POST", "/rounds", **given)
    assert made.status_code == 200, made.content
    assert centre("POST", "/rounds", **given).status_code == 409
    assert hospital("POST", "/rounds", **given).status_code == 403
    unknown = given | {"cases": [world["centre"].pk]}
    assert centre("POST", "/rounds", **unknown).status_code == 403
    assert centre("GET", f"/rounds/{made.json()['id']}").json()["mission"] == "ukraine"
    assert centre("GET", "/rounds").json()["count"] == 1
    assert hospital("GET", f"/rounds/{made.json()['id']}").status_code == 404
    assert centre("GET", f"/asks?round={made.json()['id']}").json()["count"] == 2
    mine = hospital("GET", "/asks?state=open").json()["items"]
    assert [one["asked"] for one in mine] == [str(world["receiver"].pk)]
    path = f"/asks/{mine[0]['id']}"
    assert centre("POST", f"{path}/remind").json() == {"people": 1}
    assert centre("POST", f"{path}/remind").status_code == 409
    assert hospital("POST", f"{path}/remind").status_code == 403
    assert hospital("POST", f"{path}/answers", yes=True).status_code == 409
    day = (current_day() + timedelta(days=2)).isoformat()
    assert hospital("POST", f"{path}/answers", yes=True, earliest_day=day).json()["channel"] == "service"
    assert hospital("POST", f"{path}/answers", yes=False, no_reason="no-place").status_code == 200
    told = centre("GET", f"{path}/answers").json()["items"]
    assert [one["replaced_at"] is None for one in told] == [True, False]
    other = str(Ask.unscoped.get(asked=world["region"]).pk)
    sent = centre("POST", f"/asks/{other}/links", address="a@x.example", language="de").json()
    assert set(sent) >= {"address", "expires_at", "used_at"}
    assert "token" not in json.dumps(sent)
    assert centre("GET", f"/asks/{other}/links").json()["count"] == 1
    spoken = {"answerer": "Kari", "answered_at": timezone.now().isoformat()}
    facts = {"yes": False, "no_reason": "no-staff", **spoken}
    assert centre("POST", f"/asks/{other}/recorded-answers", **facts, channel="link").status_code == 422
    said = centre("POST", f"/asks/{other}/recorded-answers", **facts, channel="mail")
    assert said.json()["channel"] == "mail"
    assert centre("POST", f"/asks/{other}/withdraw").status_code == 409
    assert hospital("GET", f"/asks/{other}").status_code == 404


def test_the_demonstration_asks_two_and_one_has_answered(demonstrated: object) -> None:
    """Tests the one round that the demonstration makes."""
    round_ = Round.unscoped.get()
    states = Ask.unscoped.filter(round=round_).values_list("state", flat=True)
    assert sorted(states) == ["answered", "open"]
    assert Answer.unscoped.get(ask__round=round_).yes
    assert Case.unscoped.filter(asks__round=round_).exists()


def test_a_link_on_the_round_is_followed(things) -> None:
    """Tests that the round tells when a link was first opened and when it answered."""
    made = asked(things, things.case())
    _link, token = linked(things, the_ask(made))
    Client().get(f"/offers/a/{token}/")
    client = visitor(things.centre)
    assert "first opened" in text_of(client, f"/offers/rounds/{made.pk}/")
    form = {"yes": "no", "no_reason": "no-place", "answerer": "Kari"}
    assert Client().post(f"/offers/a/{token}/", form).status_code == 200
    text = text_of(client, f"/offers/rounds/{made.pk}/")
    assert "by signed link" in text
    assert token not in text
