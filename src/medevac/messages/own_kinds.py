"""The kinds of this room, and those of the room `people`, whose notices it carries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.messages.kinds import Kind, register_kind
from medevac.messages.rules import Pace

OWN = (
    Kind(
        name="people.invitation",
        label=_("an invitation"),
        outside=_(
            "You are invited to medevac. Open the link to accept. It is for you alone: do not pass it on. "
            "If you expected no invitation, do nothing."
        ),
        compulsory=True,
        secret=True,
    ),
    Kind(
        name="people.password_reset",
        label=_("a new password"),
        outside=_(
            "Somebody has asked for a new password for your account. Open the link to choose one. If it was "
            "not you, do nothing."
        ),
        compulsory=True,
        secret=True,
    ),
    Kind(
        name="people.membership_granted",
        label=_("a role that you were given"),
        outside=_("You have another role in medevac. Sign in to read which."),
        compulsory=True,
    ),
    Kind(
        name="people.membership_ended",
        label=_("a role of yours that has ended"),
        outside=_("A role of yours in medevac has ended. Sign in to read which."),
        compulsory=True,
    ),
    Kind(
        name="people.reviews_due",
        label=_("memberships to confirm"),
        outside=_("Memberships in medevac wait for you to confirm them. Sign in to do it."),
        compulsory=True,
    ),
    Kind(
        name="people.review_missed",
        label=_("memberships that nobody has confirmed"),
        outside=_("Memberships in medevac were not confirmed in time. Sign in to read which."),
        compulsory=True,
    ),
    Kind(
        name="people.address_confirm",
        label=_("a new e-mail address"),
        outside=_(
            "Somebody wants to use this address in medevac. Open the link to confirm that it is yours. If "
            "you expected no such letter, do nothing."
        ),
        compulsory=True,
        secret=True,
    ),
    Kind(
        name="people.address_asked",
        label=_("a change of your e-mail address"),
        outside=_(
            "Somebody has asked to change the e-mail address of your account. If it should not be changed, "
            "sign in and withdraw the change."
        ),
        urgent=True,
        compulsory=True,
    ),
    Kind(
        name="people.address_changed",
        label=_("your e-mail address was changed"),
        outside=_(
            "The e-mail address of your account has been changed; this one signs in no longer. If it was not "
            "you, tell the coordinator of your organisation at once."
        ),
        urgent=True,
        compulsory=True,
    ),
    Kind(
        name="people.emergency_opened",
        label=_("emergency access"),
        outside=_(
            "Somebody has opened data of your organisation in an emergency. Sign in to read who, why and "
            "until when."
        ),
        urgent=True,
        compulsory=True,
    ),
    Kind(
        name="messages.ask_in_person",
        label=_("you are asked in person"),
        outside=_("You are asked to do something in person for %(pseudonym)s. Sign in to read what."),
        subject=_("Please tell it in person: %(what)s, %(pseudonym)s"),
        sentences=(
            _("No message about this goes to the family. You are asked to tell them yourself."),
            _("When you have told them, say so here."),
        ),
        urgent=True,
        compulsory=True,
    ),
    Kind(
        name="messages.channel_silent",
        label=_("a channel is silent"),
        outside=_("Messages wait, and a channel sends none of them. Sign in to see which and why."),
        subject=_("No message leaves by this channel: %(channel)s"),
        sentences=(
            _("Messages have waited for more than 15 minutes and none has left."),
            _("Open the page of channels: it shows the last error and what to do."),
        ),
        urgent=True,
        compulsory=True,
    ),
    Kind(
        name="messages.digest",
        label=_("what waits for you"),
        outside=_("Messages wait for you in medevac."),
        pace=Pace.AT_ONCE,
    ),
)


def register_own_kinds() -> None:
    """Add them."""
    for kind in OWN:
        register_kind(kind)
