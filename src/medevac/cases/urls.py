"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.cases.views import acting, board, case, changing, filing, listing, saved_views

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
]
