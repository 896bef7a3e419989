"""The names under which a session keeps when it began, when it was last used, and which signing-in it is."""

from __future__ import annotations

STARTED = "people.session_started"  # seconds since 1970
SEEN = "people.session_seen"  # seconds since 1970
SIGN_IN = "people.sign_in"
