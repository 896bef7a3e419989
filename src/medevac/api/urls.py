"""The addresses of this room's pages; those of the API itself are composed by the site."""

from __future__ import annotations

from django.urls import path

from medevac.api import views

app_name = "tokens"
urlpatterns = [
    path("", views.tokens, name="tokens"),
    path("<uuid:public_id>/make/", views.make_token, name="make_token"),
    path("revoke/<uuid:public_id>/", views.revoke_token, name="revoke_token"),
]
