"""Invented people for tests of this room."""

from __future__ import annotations

from django.test import Client
from world import sign_in

from medevac.people.models import User


def make_user(email: str, name: str, *, zone: str, language: str = "en") -> User:
    """An invented person."""
    user = User.objects.create_user(
        email, None, name=name, latin_name="Invented Person", time_zone=zone, language=language
    )
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Client:
    """A signed-in browser, with a second factor."""
    return sign_in(Client(), user)
