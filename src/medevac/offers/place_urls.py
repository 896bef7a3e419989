"""The addresses of places."""

from __future__ import annotations

from django.urls import path

from medevac.offers.views import places, places_workbook

HOSPITAL = "places/<uuid:public_id>/<slug:code>"

place_urls = [
    path("places/", places.places, name="places"),
    path("places/import/", places_workbook.import_places, name="import_places"),
    path("places/import/template/<slug:language>/", places_workbook.places_template, name="places_template"),
    path("places/import/<uuid:public_id>/", places_workbook.places_trial, name="places_trial"),
    path("places/one/<uuid:public_id>/", places.change_place, name="change_place"),
    path("places/one/<uuid:public_id>/take-back/", places.close_place, name="close_place"),
    path("places/one/<uuid:public_id>/confirm/", places.confirm_place, name="confirm_place"),
    path(f"{HOSPITAL}/", places.hospital_places, name="hospital_places"),
    path(f"{HOSPITAL}/add/", places.add_places, name="add_places"),
    path(f"{HOSPITAL}/confirm/", places.confirm_all, name="confirm_all"),
    path(f"{HOSPITAL}/number/", places.set_pool, name="set_pool"),
    path(f"{HOSPITAL}/take-away/", places_workbook.export_places, name="export_places"),
]
