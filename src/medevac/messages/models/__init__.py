"""The rows of this room: messages, outbox, choices, channels and events. Services write them."""

from medevac.messages.models.choices import Preference, PushSubscription, QuietHours
from medevac.messages.models.event import Event
from medevac.messages.models.outbox import ChannelState, Delivery
from medevac.messages.models.told import Message

__all__ = [
    "ChannelState",
    "Delivery",
    "Event",
    "Message",
    "Preference",
    "PushSubscription",
    "QuietHours",
]
