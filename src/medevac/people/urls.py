"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.people import views

app_name = "people"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
