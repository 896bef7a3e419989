"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from medevac.offers.views import national

app_name = "offers"

urlpatterns: list[URLPattern] = [
    path("national/", national.national, name="national"),
    path("national/rules/<uuid:public_id>/", national.touched, name="touched"),
    path("national/<slug:code>/switch/", national.switch, name="switch"),
    path("national/<slug:code>/target/", national.set_target, name="set_target"),
]
