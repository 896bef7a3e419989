"""The ways out of the house: one interface, and an adapter for each channel.

A channel gets letters, which carry a pseudonym and a link and nothing else (`medevac.messages.outside`).
Another way out, such as the SMS gateway of a health trust, is one more class with these five members; add it
with `register_channel` in AppConfig.ready(). For a gateway that takes a signed web request, the one in
`gateway` is enough.
"""

from medevac.messages.channels.interface import (
    Channel,
    GoneError,
    RefusedForGoodError,
    TryAgainError,
    channel_of,
    channels,
    forget_channel,
    register_channel,
)

__all__ = [
    "Channel",
    "GoneError",
    "RefusedForGoodError",
    "TryAgainError",
    "channel_of",
    "channels",
    "forget_channel",
    "register_channel",
]
