"""Who may do what here: messages are their reader's; channels and what was given up, administrators'.

Of the history of messages and deliveries, which holds no text and no address, whoever sees the record sees
when something was told, sent, read and done.
"""

from __future__ import annotations

from django.db.models import Q

from medevac.messages.models import Delivery, Message, PushSubscription
from medevac.people.models import Membership
from medevac.people.pages import Access, register_pages
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.areas import administered
from medevac.people.roles import Reach, Role, grant_actions

READ = "messages.read"  # no role includes it: a message is read by the one who was told, and by nobody else
PAGES: dict[str, Access | str] = {
    "messages:inbox": Access.SIGNED_IN,
    "messages:message": Access.SIGNED_IN,
    "messages:read": Access.SIGNED_IN,
    "messages:read_all": Access.SIGNED_IN,
    "messages:done": Access.SIGNED_IN,
    "messages:preferences": Access.SIGNED_IN,
    "messages:stream": Access.EVERYBODY,  # tells a stranger, in its own form, to sign in
    "messages:push_worker": Access.EVERYBODY,
    "messages:allow_browser": Access.SIGNED_IN,
    "messages:forget_browser": Access.SIGNED_IN,
    "messages:channels": "messages.see_channels",
    "messages:send_again": "messages.send_again",
}


def register_policy() -> None:
    """Add the actions and the pages of this room."""
    grant_actions(
        {
            "messages.see_channels": {
                Role.ADMINISTRATOR: Reach.MISSION,
                Role.AUDITOR: Reach.MISSION,
            },
            "messages.send_again": {Role.ADMINISTRATOR: Reach.MISSION},
        }
    )
    for model in (Message, Delivery, PushSubscription):
        register_rule(model, Rule(see=READ, reaches={Reach.MISSION: _told_to_members}))
    register_pages(PAGES)


def _told_to_members(grant: Grant) -> Q:
    """What belongs to somebody of the own mission; nothing of it is open but for the record."""
    if grant.action != "audit.see_record":
        return Q(pk__in=())
    rows = Membership.unscoped.filter(organisation__in=administered(grant.organisation))
    return Q(user__in=rows.values("user"))
