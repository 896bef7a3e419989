"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.cases.views import (
    acting,
    board,
    case,
    changing,
    companions,
    consents,
    filing,
    letters,
    listing,
    readiness,
    sameness,
    saved_views,
    screening,
)

app_name = "cases"

urlpatterns = [
    path("", listing.cases, name="cases"),
    path("board/", board.board, name="board"),
    path("file/", filing.file_case, name="file_case"),
    path("views/", saved_views.save_view, name="save_view"),
    path("views/<uuid:public_id>/delete/", saved_views.delete_view, name="delete_view"),
    path("<uuid:public_id>/", case.case, name="case"),
    path("<uuid:public_id>/change/<slug:part>/", changing.change, name="change"),
    path("<uuid:public_id>/act/<slug:action>/", acting.act, name="act"),
    path("same-patient/", sameness.suspicions, name="suspicions"),
    path("same-patient/<uuid:public_id>/", sameness.suspicion, name="suspicion"),
    path("same-patient/<uuid:public_id>/merge/", sameness.merge_pair, name="merge_pair"),
    path("same-patient/<uuid:public_id>/keep-apart/", sameness.keep_apart, name="keep_apart"),
    path("same-patient/merges/<uuid:public_id>/undo/", sameness.undo, name="undo_merge"),
    path("letters/", letters.letters, name="letters"),
    path("letters/add/", letters.add_letter, name="add_letter"),
    path("letters/<uuid:public_id>/", letters.letter, name="letter"),
    path("letters/<uuid:public_id>/remove/", letters.remove_letter, name="remove_letter"),
    path("<uuid:public_id>/readiness/", readiness.readiness, name="readiness"),
    path("<uuid:public_id>/items/<slug:code>/", readiness.item, name="item"),
    path("<uuid:public_id>/items/<slug:code>/assign/", readiness.assign, name="assign_item"),
    path("<uuid:public_id>/items/<slug:code>/waive/", readiness.waive, name="waive_item"),
    path("<uuid:public_id>/letter/", letters.name_persons, name="name_persons"),
    path("<uuid:public_id>/assessments/add/", screening.add_assessment, name="add_assessment"),
    path("assessments/<uuid:public_id>/confirm/", screening.confirm_assessment, name="confirm_assessment"),
    path("<uuid:public_id>/fitness/", screening.decide_fitness, name="decide_fitness"),
    path("<uuid:public_id>/samples/add/", screening.add_screening, name="add_screening"),
    path("samples/<uuid:public_id>/", screening.record_result, name="record_result"),
    path("<uuid:public_id>/isolation/", screening.decide_isolation, name="decide_isolation"),
    path("<uuid:public_id>/isolation/rule/", screening.follow_the_rule, name="follow_the_rule"),
    path("<uuid:public_id>/companions/add/", companions.add_companion, name="add_companion"),
    path("companions/<uuid:public_id>/", companions.change_companion, name="change_companion"),
    path("companions/<uuid:public_id>/remove/", companions.remove_companion, name="remove_companion"),
    path("<uuid:public_id>/family/", companions.join_family, name="join_family"),
    path("<uuid:public_id>/family/leave/", companions.leave_family, name="leave_family"),
    path("<uuid:public_id>/consents/add/", consents.give_consent, name="give_consent"),
    path("consents/<uuid:public_id>/withdraw/", consents.withdraw_consent, name="withdraw_consent"),
]
