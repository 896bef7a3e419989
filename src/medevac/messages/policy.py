"""Who may do what here: messages are their reader's; channels and what was given up, administrators'."""

from __future__ import annotations

from medevac.people.pages import Access, register_pages
from medevac.people.roles import Reach, Role, grant_actions

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
    register_pages(PAGES)
