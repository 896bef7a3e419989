"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.operations import health, views

app_name = "operations"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("operations/retention/", views.show_retention, name="retention"),
    path("operations/retention/list/", views.list_what_would_go, name="list"),
    path("operations/retention/<uuid:public_id>/", views.show_run, name="run"),
    path("operations/retention/<uuid:public_id>/decide/", views.decide, name="decide"),
    path("operations/legal-holds/set/", views.set_legal_hold, name="set_legal_hold"),
    path("operations/legal-holds/<uuid:public_id>/lift/", views.lift_legal_hold, name="lift_legal_hold"),
]
