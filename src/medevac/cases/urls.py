"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.cases.views import sameness

app_name = "cases"

urlpatterns = [
    path("same-patient/", sameness.suspicions, name="suspicions"),
    path("same-patient/<uuid:public_id>/", sameness.suspicion, name="suspicion"),
    path("same-patient/<uuid:public_id>/merge/", sameness.merge_pair, name="merge_pair"),
    path("same-patient/<uuid:public_id>/keep-apart/", sameness.keep_apart, name="keep_apart"),
    path("same-patient/merges/<uuid:public_id>/undo/", sameness.undo, name="undo_merge"),
]
