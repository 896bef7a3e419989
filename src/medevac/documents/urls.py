"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.documents.views import changing, showing, uploading

app_name = "documents"
urlpatterns = [
    path("", showing.own, name="own"),
    path("upload/", uploading.upload, name="upload"),
    path("refer/", uploading.refer, name="refer"),
    path("<uuid:public_id>/", showing.document, name="document"),
    path("<uuid:public_id>/open/", showing.open_content, name="open"),
    path("<uuid:public_id>/picture/", showing.preview, name="preview"),
    path("<uuid:public_id>/describe/", changing.describe, name="describe"),
    path("<uuid:public_id>/translation/", changing.translation, name="translation"),
    path("<uuid:public_id>/redact/", uploading.redact, name="redact"),
    path("<uuid:public_id>/withdraw/", changing.withdraw, name="withdraw"),
    path("<uuid:public_id>/destroy/", changing.destroy, name="destroy"),
]
