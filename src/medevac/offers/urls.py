"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern

from medevac.offers.place_urls import place_urls

app_name = "offers"

urlpatterns: list[URLPattern] = [
    *place_urls,
]
