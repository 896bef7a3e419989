"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.cases.views import duty, exporting, importing, sameness, summary

app_name = "cases"

urlpatterns = [
    path("same-patient/", sameness.suspicions, name="suspicions"),
    path("same-patient/<uuid:public_id>/", sameness.suspicion, name="suspicion"),
    path("same-patient/<uuid:public_id>/merge/", sameness.merge_pair, name="merge_pair"),
    path("same-patient/<uuid:public_id>/keep-apart/", sameness.keep_apart, name="keep_apart"),
    path("same-patient/merges/<uuid:public_id>/undo/", sameness.undo, name="undo_merge"),
    path("import/", importing.import_cases, name="import_cases"),
    path("import/template/<slug:language>/", importing.import_template, name="import_template"),
    path("import/<uuid:public_id>/", importing.import_trial, name="import_trial"),
    path("export/", exporting.export, name="export"),
    path("duty/", duty.duty, name="duty"),
    path("duty/<uuid:public_id>/", duty.desk, name="desk"),
    path("duty/<uuid:public_id>/hand-over/", duty.hand_over, name="hand_over"),
    path("duty/hand-overs/<uuid:public_id>/take/", duty.take_over, name="take_over"),
    path("duty/points/<uuid:public_id>/close/", duty.close_point, name="close_point"),
    path("<uuid:public_id>/summary/", summary.summary, name="summary"),
]
