"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from medevac.offers.views import suggesting

app_name = "offers"

urlpatterns: list[URLPattern] = [
    path("for-case/<uuid:public_id>/", suggesting.suggestions, name="suggestions"),
    path("help/", suggesting.country_help, name="country_help"),
    path("whom-to-ask/", suggesting.mission_advice, name="mission_advice"),
]
