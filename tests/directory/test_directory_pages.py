"""Tests the pages of this room: all of them in each language, what each role can do there, and the map."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from directory_places import Places, kept
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from test_directory_hospitals import ROW, file_of
from world import sign_in

from medevac.directory.models import Hospital, Mission, MissionCountry
from medevac.directory.parts import PARTS
from medevac.directory.services.airports import keep_airport
from medevac.people.roles import Role


@pytest.mark.parametrize("language", ["en", "nb", "uk"])
def test_every_page_opens(places: Places, language: str) -> None:
    """Tests that each page answers an administrator in each language."""
    user = places.world.people[Role.ADMINISTRATOR]
    user.language = language
    user.save()
    client = sign_in(Client(), user)
    part = MissionCountry.unscoped.get()
    pages = [
        "missions/",
        "missions/add/",
        "missions/ukraine/",
        "missions/ukraine/?all=1",
        "missions/ukraine/?day=2021-01-01",
        "missions/ukraine/?day=nonsense",
        "missions/ukraine/change/",
        *(f"missions/ukraine/{kind}/add/" for kind in PARTS),
        f"missions/ukraine/countries/{part.pk}/",
        "countries/",
        "countries/?all=1",
        "countries/?search=Польща",
        "airports/",
        "airports/?search=rzeszow",
        "airports/add/",
        "airports/EPRZ/",
        "airports/EPRZ/change/",
        "hospitals/",
        "hospitals/?search=x&country=NO&specialty=burns&page=7",
        "hospitals/add/",
        "hospitals/import/",
        f"hospitals/{places.hospital.pk}/",
        f"hospitals/{places.hospital.pk}/change/",
    ]
    for page in pages:
        answer = client.get(f"/directory/{page}")
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode(), page


def test_what_is_not_open_is_not_found(places: Places) -> None:
    """Tests that a region reaches no form of the owner's mission and no foreign hospital."""
    client = sign_in(Client(), places.world.people[Role.REGION])
    assert client.get("/directory/missions/ukraine/").status_code == 200
    for page in (
        "missions/ukraine/change/",
        "missions/ukraine/countries/add/",
        "missions/ukraine/nonsense/add/",
        f"hospitals/{places.foreign.pk}/",
    ):
        assert client.get(f"/directory/{page}").status_code == 404, page
    assert "/countries/add/" not in client.get("/directory/missions/ukraine/").content.decode()
    donor = sign_in(Client(), places.world.people[Role.DONOR])
    assert donor.get("/directory/missions/").status_code == 403


def test_a_mission_is_made_and_changed_on_its_pages(places: Places) -> None:
    """Tests a mission from its first form to its closing, with an overlap that is told in words."""
    client = sign_in(Client(), places.world.people[Role.ADMINISTRATOR])
    names = {"name_en": "From Gaza", "name_nb": "Fra Gaza", "name_uk": "З Гази"}
    values = {"code": "gaza", "owner": str(places.world["owner"].pk), **names, "first_day": "2024-01-01"}
    answer = client.post("/directory/missions/add/", {**values, "identity": "asked"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/directory/missions/gaza/"
    country = {"country": "NO", "first_day": "2024-01-01"}
    assert client.post("/directory/missions/gaza/countries/add/", country).status_code == 302
    again = client.post("/directory/missions/gaza/countries/add/", country)
    assert "another already holds" in again.content.decode()
    backwards = {"country": "SE", "first_day": "2024-01-02", "last_day": "2024-01-01"}
    form = client.post("/directory/missions/gaza/countries/add/", backwards).context["form"]
    assert "Expected a last day on or after the first" in form.errors["last_day"][0]
    part = MissionCountry.unscoped.get(mission__code="gaza")
    ended = {**country, "last_day": "2024-06-30", "fair_share": "3"}
    assert client.post(f"/directory/missions/gaza/countries/{part.pk}/", ended).status_code == 302
    assert "Norway" in client.get("/directory/missions/gaza/?day=2024-06-30").content.decode()
    assert "Norway" not in client.get("/directory/missions/gaza/?day=2024-07-01").content.decode()
    client.post("/directory/missions/gaza/close/", {"reason": "The agreement has ended."})
    assert "The agreement has ended." in client.get("/directory/missions/gaza/").content.decode()
    client.post("/directory/missions/gaza/open/")
    assert Mission.unscoped.get(code="gaza").closed_at is None


def test_hospitals_are_imported_on_the_pages(places: Places) -> None:
    """Tests the upload: a look that changes nothing, then the deed; and faults instead of a button."""
    client = sign_in(Client(), places.world.people[Role.REGION])
    keeper = str(places.world["region"].pk)

    def upload(data: bytes):
        file = SimpleUploadedFile("list.json", data)
        return client.post("/directory/hospitals/import/", {"keeper": keeper, "file": file}, follow=True)

    faulty = upload(file_of({**ROW, "country": "XX"})).content.decode()
    assert "hospitals[0].country" in faulty
    assert "Apply it" not in faulty
    answer = upload(file_of(ROW))
    assert "Apply it" in answer.content.decode()
    assert not Hospital.unscoped.filter(code="NO-NEW").exists()
    client.post(answer.redirect_chain[-1][0])
    assert Hospital.unscoped.get(code="NO-NEW").reach.get().road_minutes == 25
    foreign = sign_in(Client(), places.world.people[Role.COORDINATION_CENTRE])
    assert foreign.get(answer.redirect_chain[-1][0]).status_code == 404


def test_the_map_has_simferopol_in_ukraine(places: Places) -> None:
    """Tests the outlines that the map is sent: Simferopol and Sevastopol lie in Ukraine's and in no other."""
    client = sign_in(Client(), places.world.people[Role.REGION])
    features = client.get("/directory/map/outlines.json").json()["features"]

    def inside(lon: float, lat: float, polygons: list) -> bool:
        crossings = 0
        for (ring,) in polygons:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > lat) != (y2 > lat):
                    crossings += lon < (lat - y1) * (x2 - x1) / (y2 - y1) + x1
        return crossings % 2 == 1

    for lon, lat in ((34.10, 44.95), (33.53, 44.60)):
        where = [
            one["properties"]["country"]
            for one in features
            if inside(lon, lat, one["geometry"]["coordinates"])
        ]
        assert where == ["UKR"]


def test_the_list_says_what_the_map_shows(places: Places) -> None:
    """Tests that every point of the map has its words in the list of the same page."""
    client = sign_in(Client(), places.world.people[Role.REGION])
    for page in ("hospitals/", "airports/"):
        answer = client.get(f"/directory/{page}")
        text = answer.content.decode()
        points = json.loads(text.split('id="map-points" type="application/json">')[1].split("</script>")[0])
        assert len(points) == len(answer.context["page"]) > 0
        for point in points:
            assert f'href="{point["address"]}"' in text


def test_more_rows_ask_no_more_queries(places: Places) -> None:
    """Tests that pages with many rows ask exactly as many queries as with few."""
    client = sign_in(Client(), places.world.people[Role.REGION])
    pages = ("missions/ukraine/", "missions/", "countries/", "hospitals/", "airports/")

    def counts() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/directory/{page}")
            found.append(len(queries))
        return found

    counts()  # the first visit writes the session
    few = counts()
    for code in ("PL", "DE", "SE", "DK", "FI", "EE", "LV", "LT", "NL", "BE", "FR", "ES"):
        MissionCountry.unscoped.create(mission=places.mission, country=code, first_day="2023-01-01")
        kept(places.world["region"], code, f"Hospital {code}", "Oslo", "NO")
        keep_airport({"PL": "EPWA", "DE": "EDDF", "SE": "ESSA"}.get(code, "ENGM"))
    assert counts() == few


def test_the_demonstration_is_made_once(places: Places) -> None:
    """Tests that the demonstration has its hospitals and missions, and that a second run changes nothing."""
    from medevac.directory.services.demonstration import make

    Hospital.unscoped.filter(pk=places.hospital.pk).update(code="OTHER")
    make()
    counts = (Hospital.unscoped.count(), Mission.unscoped.count())
    assert counts == (63, 3)
    make()
    assert (Hospital.unscoped.count(), Mission.unscoped.count()) == counts
    assert Mission.unscoped.get(code="gaza-2024").identity == Mission.Identity.ASKED
    ukraine = Mission.unscoped.get(code="ukraine-2022")
    assert {one.blocks for one in ukraine.items.all()} >= {"publish", "verify", "board"}
    assert ukraine.eligibility.count() == 2
    parts = {one.part for one in ukraine.actors.all()}
    assert parts >= {"sends", "verifies", "coordinates", "receives", "flies", "hub", "ground", "follows-up"}
    assert all(getattr(ukraine, kind).exists() for kind in PARTS)
