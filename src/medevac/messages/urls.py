"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.messages.views import browsers, inbox, outbox, preferences, streaming

app_name = "messages"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read-all/", inbox.read_all, name="read_all"),
    path("stream/", streaming.stream, name="stream"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("browsers/allow/", browsers.allow, name="allow_browser"),
    path("browsers/forget/", browsers.forget, name="forget_browser"),
    path("push-worker.js", browsers.worker, name="push_worker"),
    path("channels/", outbox.channels, name="channels"),
    path("channels/<uuid:public_id>/send-again/", outbox.send_again, name="send_again"),
    path("<uuid:public_id>/", inbox.message, name="message"),
    path("<uuid:public_id>/read/", inbox.read, name="read"),
    path("<uuid:public_id>/done/", inbox.done, name="done"),
]
