"""The kinds of messages of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.messages.kinds import Kind, register_kind
from medevac.messages.rules import Pace

OWN = (
    Kind(
        name="cases.item_assigned",
        label=_("something to bring for a case"),
        outside=_("You are asked to bring something for %(pseudonym)s. Sign in to read what and by when."),
        subject=_("%(case)s: please bring %(items)s"),
        sentences=(
            _("By when: %(deadline)s. Whom to call: %(telephone)s."),
            _("Open the case and say so as soon as it is there."),
        ),
    ),
    Kind(
        name="cases.item_missing",
        label=_("something is missing for a case"),
        outside=_("Something that you are to bring for %(pseudonym)s is missing. Sign in to read what."),
        subject=_("%(case)s still lacks: %(items)s"),
        sentences=(
            _("The first of it is due: %(deadline)s. Whom to call: %(telephone)s."),
            _("Bring it, or have the ministry waive it with a reason. You are told once a day at most."),
        ),
        pace=Pace.AT_ONCE,
    ),
    Kind(
        name="cases.item_overdue",
        label=_("something is overdue for a case"),
        outside=_(
            "Something that an organisation of yours was to bring for %(pseudonym)s is overdue. Sign in to "
            "read what."
        ),
        subject=_("%(case)s: overdue from %(owner)s: %(items)s"),
        sentences=(
            _("It was due: %(deadline)s. Whom to call: %(telephone)s."),
            _("Call them, or assign it to somebody else. You are told once a day at most."),
        ),
    ),
    Kind(
        name="cases.consent_withdrawn",
        label=_("a withdrawn consent"),
        outside=_("A consent was withdrawn for %(pseudonym)s. Sign in to read which and what to do."),
        subject=_("%(case)s: the consent to %(purpose)s was withdrawn"),
        sentences=(
            _("The case is: %(state)s. No further step can be taken before departure without this consent."),
            _("Withdraw the case, or ask for a new consent."),
        ),
        urgent=True,
        compulsory=True,
    ),
)


def register_own_kinds() -> None:
    """Add them."""
    for kind in OWN:
        register_kind(kind)
