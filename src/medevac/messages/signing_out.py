"""Ends the event streams of a session when its user signs out."""

from __future__ import annotations

import hashlib

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from medevac.messages.events import publish
from medevac.people.models import User

SIGNED_OUT = "signed_out"


def session_mark(session_key: str) -> str:
    """What stands for a session in events: nobody can get back to the session from it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]


def _tell_streams(sender: object, request: HttpRequest, user: User | None, **_: object) -> None:
    if user is not None and request.session.session_key:
        publish(user.pk, SIGNED_OUT, {"session": session_mark(request.session.session_key)})


def listen() -> None:
    """Hear of everybody who signs out."""
    user_logged_out.connect(_tell_streams, dispatch_uid="messages.signed_out")
