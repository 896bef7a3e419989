"""Counts wrong tokens by the address that they come from, so that nobody can go on guessing.

Too many in one minute, and everything from the address is refused until the minute ends, right tokens too:
otherwise a guess would be told apart from the others by its answer. The counts lie in the database's cache,
which all web processes share. Two requests at the same instant may be counted as one; that changes the
number that is let through, not that there is one.
"""

from __future__ import annotations

import hashlib
import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache

WINDOW_SECONDS = 60
API = "api"  # a door; a room above counts what is tried at its own apart from others
PREFIX_OF_ONE = 64  # whoever has one address of IPv6 has the whole of such a network


def seconds_to_wait(address: str, *, door: str = API) -> int:
    """For how long requests from an address are refused, in seconds; 0 where they are not."""
    now = time.time()
    if cache.get(_key(door, address, now), 0) < settings.API_WRONG_TOKENS_PER_MINUTE:
        return 0
    return WINDOW_SECONDS - int(now) % WINDOW_SECONDS


def note_wrong_token(address: str, *, door: str = API) -> None:
    """Count one wrong token."""
    key = _key(door, address, time.time())
    cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # the cache was emptied in between
        cache.set(key, 1, timeout=2 * WINDOW_SECONDS)


def _key(door: str, address: str, now: float) -> str:
    """One for each door, address and minute; the address itself is not kept."""
    hashed = hashlib.sha256(_sender(address).encode()).hexdigest()[:32]
    return f"{door}-wrong-tokens:{hashed}:{int(now) // WINDOW_SECONDS}"


def _sender(address: str) -> str:
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, PREFIX_OF_ONE), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
