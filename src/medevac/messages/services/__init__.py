"""The only place of this room that writes: telling, reading, choosing, and the way out of the house."""

from medevac.messages.services.choosing import (
    allow_browser,
    forget_browser,
    set_preferences,
    set_quiet_hours,
)
from medevac.messages.services.inbox import mark_all_read, mark_done, mark_read
from medevac.messages.services.sending import deliver, send_again
from medevac.messages.services.telling import GraveNewsError, ask_in_person, take_notice, tell, tell_address

__all__ = [
    "GraveNewsError",
    "allow_browser",
    "ask_in_person",
    "deliver",
    "forget_browser",
    "mark_all_read",
    "mark_done",
    "mark_read",
    "send_again",
    "set_preferences",
    "set_quiet_hours",
    "take_notice",
    "tell",
    "tell_address",
]
