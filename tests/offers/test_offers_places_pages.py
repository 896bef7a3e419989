"""Tests the pages of places with real requests: the list, one hospital, forms, and who reaches what."""

from __future__ import annotations

from datetime import timedelta

import offer_things
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from world import sign_in

from medevac.offers.models import Place, Pool
from medevac.offers.states import PoolKind
from medevac.people.models import Membership
from medevac.people.roles import Role

DAY = timedelta(days=1)


def visitor(things: offer_things.Things, role: Role = Role.RECEIVING_HOSPITAL) -> Client:
    """Somebody signed in."""
    return sign_in(Client(), things.places.world.people[role])


def address(things: offer_things.Things, page: str = "hospital_places") -> str:
    """An address of the Norwegian hospital in its mission."""
    places = things.places
    return reverse(f"offers:{page}", args=[places.hospital.pk, places.mission.code])


def text_of(client: Client, path: str) -> str:
    """What a page says."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def given(**more: object) -> dict[str, object]:
    """What is typed for a new place."""
    return {
        "label": "7B",
        "count": "1",
        "specialty": "orthopaedics",
        "first_day": offer_things.TODAY().isoformat(),
        "staffed": "on",
        **more,
    }


def test_an_empty_hospital_says_what_to_do_and_places_are_added(things) -> None:
    """Tests the empty state, several places at once, and that the list counts them."""
    client = visitor(things)
    assert "Add one, or several at once" in text_of(client, address(things))
    answer = client.post(address(things, "add_places"), given(count="3", stay_days="40"))
    assert answer.headers["Location"] == address(things)
    assert sorted(Place.unscoped.values_list("label", "stay_days")) == [
        ("7B 1", 40),
        ("7B 2", 40),
        ("7B 3", 40),
    ]
    text = text_of(client, reverse("offers:places"))
    assert '<td data-label="Free"><span>3</span></td>' in text
    assert address(things) in text
    again = client.post(address(things, "add_places"), given(count="3"))
    assert again.status_code == 422
    assert "has a place of this name already" in again.content.decode()
    assert Place.unscoped.count() == 3


def test_one_screen_shows_how_every_place_stands(things) -> None:
    """Tests the row of an offered place with its case, days, weeks, and the numbers besides."""
    case = things.case()
    things.offer(case, things.place(competence="external fixators", stay_days=30))
    text = text_of(visitor(things), address(things))
    assert f'<a href="/cases/{case.pk}/">{case.pseudonym}</a>' in text
    assert 'data-color="info">offered</span>' in text
    assert "external fixators" in text
    assert 'class="bar-offered" x="2" y="8" width="30" height="6"' in text
    assert "confirmed today" in text
    assert "isolation rooms" in text
    assert "style=" not in text.partition("<main")[2].partition("</main")[0]


def test_what_is_stale_is_seen_and_confirmed_with_one_press(things) -> None:
    """Tests the notice, the mark at the row, one press for all, and one for a single place."""
    one = things.place("one")
    things.place("two")
    Place.unscoped.update(confirmed_at=timezone.now() - 10 * DAY)
    client = visitor(things)
    text = text_of(client, address(things))
    assert "2 places were confirmed too long ago" in text
    assert text.count('<tr class="stale">') == 2
    assert "confirmed 10 days ago" in text
    client.post(reverse("offers:confirm_place", args=[one.pk]))
    assert "1 place was confirmed too long ago" in text_of(client, address(things))
    client.post(address(things, "confirm_all"))
    text = text_of(client, address(things))
    assert "2 places are confirmed, and every number." in text
    assert "too long ago" not in text


def test_a_place_is_changed_and_taken_back(things) -> None:
    """Tests the form, the other who was faster, a refusal in whole sentences, and the reason of the end."""
    place, client = things.place(), visitor(things)
    page = reverse("offers:change_place", args=[place.pk])
    values = given(label="7B-9", stay_days="12", seen="1")
    assert client.post(page, values).headers["Location"] == address(things)
    place.refresh_from_db()
    assert (place.label, place.stay_days, place.version) == ("7B-9", 12, 2)
    overtaken = client.post(page, values)
    assert "Somebody has changed this place since" in overtaken.content.decode()
    taking = reverse("offers:close_place", args=[place.pk])
    assert client.post(taking, {"reason": ""}).status_code == 422
    assert client.post(taking, {"reason": "ward closed"}).headers["Location"] == address(things)
    place.refresh_from_db()
    assert place.closed_reason == "ward closed"
    assert client.get(page).status_code == 404


def test_a_promised_place_is_not_taken_back_on_the_page(things) -> None:
    """Tests that the page says for which case, and what to do first."""
    place = things.place()
    case = things.case()
    things.offer(case, place)
    answer = visitor(things).post(reverse("offers:close_place", args=[place.pk]), {"reason": "ward closed"})
    assert answer.status_code == 422
    assert f"is offered for case {case.pseudonym}" in answer.content.decode()
    assert Place.unscoped.get().closed_at is None


def test_a_number_is_set_from_a_day_on(things) -> None:
    """Tests the form of numbers: what is promised holds, days that are over stay."""
    client, page = visitor(things), address(things, "set_pool")
    day = offer_things.TODAY() + 7 * DAY
    assert 'value="housing" selected' in text_of(client, f"{page}?kind=housing")
    sent = {"kind": "isolation", "number": "5", "first_day": day.isoformat()}
    assert client.post(page, sent).headers["Location"] == address(things)
    rows = Pool.unscoped.filter(kind=PoolKind.ISOLATION).order_by("first_day")
    assert [(row.number, row.last_day) for row in rows] == [(3, day - DAY), (5, None)]
    late = client.post(page, sent | {"first_day": (offer_things.TODAY() - DAY).isoformat()})
    assert "Expected today or a later day" in late.content.decode()
    case = things.case()
    things.offer(case, things.place())
    refused = client.post(page, sent | {"number": "0", "first_day": offer_things.TODAY().isoformat()})
    assert case.pseudonym in refused.content.decode()
    assert rows.count() == 2


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.FLIGHT_DESK])
def test_partners_look_and_change_nothing(things, role: Role) -> None:
    """Tests that a partner of the mission sees the places without any form, and reaches no deed."""
    place = things.place()
    client = visitor(things, role)
    text = text_of(client, address(things))
    assert place.label in text
    assert "<form" not in text.partition("<main")[2].partition("</main")[0]
    for page in ("add_places", "confirm_all", "set_pool", "export_places"):
        assert client.post(address(things, page)).status_code == 403
    assert client.post(reverse("offers:confirm_place", args=[place.pk])).status_code == 403


def test_others_places_are_not_found(things) -> None:
    """Tests a hospital of a foreign owner, a mission that is unknown, and somebody who keeps another one."""
    client, foreign = visitor(things), things.places.foreign
    code = things.places.mission.code
    assert client.get(reverse("offers:hospital_places", args=[foreign.pk, code])).status_code == 404
    assert (
        client.get(reverse("offers:hospital_places", args=[things.places.hospital.pk, "none"])).status_code
        == 404
    )
    place = things.place()
    Membership.unscoped.filter(user=things.hospital).update(
        organisation=things.places.world["other_hospital"]
    )
    assert client.get(reverse("offers:change_place", args=[place.pk])).status_code == 404
    assert client.post(address(things, "add_places"), given()).status_code == 404
    assert "You keep no hospital" in text_of(client, reverse("offers:places"))


def test_a_page_asks_the_same_number_of_questions_for_any_number_of_places(things) -> None:
    """Tests that the queries of the page do not grow with its places, and how many there are."""
    client = visitor(things)
    things.pool(PoolKind.ISOLATION, 20)
    things.offer(things.case(), things.place("first"))
    client.get(address(things))  # the first request of a session writes more

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(client, path)
        return len(queries)

    before = [asked(address(things)), asked(reverse("offers:places"))]
    for number in range(8):
        things.offer(things.case(given_name=f"Іван{number}"), things.place(f"bay {number}"))
    assert [asked(address(things)), asked(reverse("offers:places"))] == before
    assert max(before) <= 30


def test_the_navigation_leads_there(things) -> None:
    """Tests that whoever keeps places has the entry, and others have not."""
    entry = 'href="/offers/places/"'
    assert entry in text_of(visitor(things), "/")
    assert entry not in text_of(visitor(things, Role.HUB_CREW), "/")
