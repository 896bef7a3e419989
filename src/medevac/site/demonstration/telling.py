"""A few messages for the demonstration's accounts, so that nobody finds an empty inbox there: invented."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medevac.messages.kinds import Kind, register_kind
from medevac.messages.services import ask_in_person, tell
from medevac.people.demonstration import register_maker
from medevac.people.models import EmergencyAccess, Organisation
from medevac.people.roles import Role
from medevac.people.services import break_glass, end_emergency
from medevac.people.services.demonstration import ACCOUNTS, account_of
from medevac.site.demonstration.comes_for import COMES_FOR

WELCOME, HARD_NEWS = "demonstration.welcome", "demonstration.hard_news"
PSEUDONYM = "M-0417"
NEIGHBOUR = "Sørvik sykehus"
REASON = "Пацієнту стало гірше в дорозі; потрібен телефон чергового відділення."
KINDS = (
    Kind(
        name=WELCOME,
        label=_("welcome to the demonstration"),
        outside=_("A message waits for you in the demonstration of medevac."),
        subject=_("Welcome to the demonstration, %(name)s"),
        sentences=(
            _("You look around as: %(role)s. %(comes_for)s"),
            _("Every person and patient here is invented. Try what you like: nothing leaves this machine."),
        ),
    ),
    Kind(
        name=HARD_NEWS,
        label=_("a patient has died"),
        outside=_("You are asked to do something in person for %(pseudonym)s. Sign in to read what."),
        grave=True,
    ),
)


def register_own_messages() -> None:
    """Add the kinds, and the maker after those of the rooms."""
    for kind in KINDS:
        register_kind(kind)
    register_maker("demonstration", make, order=90)


@transaction.atomic
def make() -> None:
    """Tell each account something; a second run changes nothing."""
    for role, _place, name, _latin, _zone in ACCOUNTS:
        user = account_of(role)
        if user is None:
            continue
        facts = {"name": name, "role": role.label, "comes_for": COMES_FOR[role]}
        tell(user, WELCOME, facts=facts, address=reverse("start"), key=WELCOME)
    coordinator = account_of(Role.HOSPITAL_COORDINATOR)
    if coordinator is None:
        return
    ask_in_person(coordinator, HARD_NEWS, pseudonym=PSEUDONYM, key=f"{HARD_NEWS} {PSEUDONYM}")
    if not EmergencyAccess.unscoped.exists():  # its administrators read of it in their messages
        neighbour = Organisation.unscoped.get(name=NEIGHBOUR)
        end_emergency(coordinator, break_glass(coordinator, neighbour, REASON))
