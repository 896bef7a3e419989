"""What tests of this room have in common: people, kinds, and a real mail server that keeps what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from invented import make_user

from kill_service.mail_server import MailServer
from medevac.messages.kinds import Kind, forget_kind, register_kind
from medevac.people.models import Membership, Organisation, User
from medevac.people.organisation_kinds import Kind as OrganisationKind
from medevac.people.roles import Role

OFFER = Kind(
    name="tests.offer_arrived",
    label="an offer",
    outside="An offer has come for %(pseudonym)s. Sign in to read it.",
    subject="%(hospital)s offers a place",
    sentences=("%(hospital)s offers %(name)s a place.",),
)
CHANGED = Kind(
    name="tests.flight_changed",
    label="a changed flight",
    outside="The flight of %(pseudonym)s has changed. Sign in to read how.",
    subject="Flight changed",
    sentences=("The flight now leaves at %(time)s.",),
    urgent=True,
)
DEATH = Kind(
    name="tests.death",
    label="a death",
    outside="Something has happened to %(pseudonym)s.",
    grave=True,
)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds such as rooms above will have."""
    for kind in (OFFER, CHANGED, DEATH):
        register_kind(kind)
    yield
    for kind in (OFFER, CHANGED, DEATH):
        forget_kind(kind.name)


@pytest.fixture
def olena(db: None) -> User:
    """A coordinator in Kyiv."""
    return make_user("olena@example.org", "Олена Шевченко", zone="Europe/Kyiv", language="uk")


@pytest.fixture
def kari(db: None) -> User:
    """An administrator in Oslo, the only one."""
    user = make_user("kari@example.org", "Kari Nordmann", zone="Europe/Oslo", language="nb")
    owner = Organisation.unscoped.create(
        name="Eier", latin_name="Eier", kind=OrganisationKind.OWNER, country="NO"
    )
    began = user.created_at
    Membership.unscoped.create(
        user=user, organisation=owner, role=Role.ADMINISTRATOR, starts=began, review_due=began
    )
    return user


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A real SMTP server on this machine, which the service is set up to use."""
    with MailServer() as server:
        use(settings, server)
        yield server


def use(settings: Any, server: MailServer) -> None:
    """Set the service up for a mail server. pytest-django puts a stand-in for SMTP in, which is taken out."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
