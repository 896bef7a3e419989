"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.directory.views import hospitals, importing, missions, places

app_name = "directory"
urlpatterns = [
    path("missions/", missions.missions, name="missions"),
    path("missions/add/", missions.add_mission, name="add_mission"),
    path("missions/<slug:code>/", missions.mission, name="mission"),
    path("missions/<slug:code>/change/", missions.change_mission, name="change_mission"),
    path("missions/<slug:code>/close/", missions.close_mission, name="close_mission"),
    path("missions/<slug:code>/open/", missions.reopen_mission, name="reopen_mission"),
    path("missions/<slug:code>/<slug:kind>/add/", missions.add_part, name="add_part"),
    path("missions/<slug:code>/<slug:kind>/<uuid:public_id>/", missions.change_part, name="change_part"),
    path("countries/", places.countries, name="countries"),
    path("airports/", places.airports, name="airports"),
    path("airports/add/", places.add_airport, name="add_airport"),
    path("airports/<slug:icao>/", places.airport, name="airport"),
    path("airports/<slug:icao>/change/", places.change_airport, name="change_airport"),
    path("hospitals/", hospitals.hospitals, name="hospitals"),
    path("hospitals/add/", hospitals.add_hospital, name="add_hospital"),
    path("hospitals/import/", importing.import_hospitals, name="import_hospitals"),
    path("hospitals/import/<uuid:public_id>/", importing.trial, name="import_hospitals_trial"),
    path("hospitals/<uuid:public_id>/", hospitals.hospital, name="hospital"),
    path("hospitals/<uuid:public_id>/change/", hospitals.change_hospital, name="change_hospital"),
    path("hospitals/<uuid:public_id>/close/", hospitals.close_hospital, name="close_hospital"),
    path("hospitals/<uuid:public_id>/reach/", hospitals.set_reach, name="set_reach"),
    path("hospitals/<uuid:public_id>/specialties/", hospitals.set_specialties, name="set_specialties"),
    path("map/outlines.json", places.outlines_json, name="outlines"),
]
