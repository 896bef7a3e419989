"""The life of a retention run, as data: from a state, an action leads to another."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How far a run has come."""

    LISTED = "listed", _("listed, nothing is decided")
    DECIDED = "decided", _("decided, waits for the deed")
    RUNNING = "running", _("the deed has begun")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused, nothing went")
    STOPPED = "stopped", _("stopped")


TRANSITIONS: dict[tuple[State, str], State] = {
    (State.LISTED, "decide"): State.DECIDED,
    (State.LISTED, "refuse"): State.REFUSED,
    (State.DECIDED, "stop"): State.STOPPED,
    (State.RUNNING, "stop"): State.STOPPED,
    (State.DECIDED, "begin"): State.RUNNING,
    (State.RUNNING, "finish"): State.DONE,
}
DECIDE_WITHIN = timedelta(days=7)  # an older list is made anew
SHORTEST_REASON = 20


def next_state(state: str, action: str) -> State | None:
    """Where the action leads; None where it is not open."""
    return TRANSITIONS.get((State(state), action))
