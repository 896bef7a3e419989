"""The addresses of this room. Who reaches them is said in `medevac.people.own_record`."""

from __future__ import annotations

from django.urls import path

from medevac.audit import views

app_name = "audit"
urlpatterns = [
    path("looks/", views.show_access_log, name="access_log"),
    path("looks/export/", views.take, name="export_access_log"),
    path("mine/", views.show_own_log, name="own_log"),
    path("exports/", views.show_exports, name="exports"),
    path("history/", views.find_history, name="find_history"),
    path("history/<str:kind>/<uuid:public_id>/", views.show_history, name="history"),
]
