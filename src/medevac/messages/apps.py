"""The room `messages` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages that leave through an outbox: channels, inbox, event stream."""

    name = "medevac.messages"
    label = "messages"
    default = True
