"""The room `messages` as an application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Messages that leave through an outbox: channels, inbox, event stream."""

    name = "medevac.messages"
    label = "messages"
    default = True

    def ready(self) -> None:
        """Fill this room's registries, and those of `people` that it carries messages for."""
        from medevac.audit.history import exempt
        from medevac.messages.channels import register_channel
        from medevac.messages.channels.email import Email
        from medevac.messages.channels.gateway import Gateway
        from medevac.messages.channels.push import Push
        from medevac.messages.in_order import tell_operations
        from medevac.messages.own_kinds import register_own_kinds
        from medevac.messages.policy import register_policy
        from medevac.messages.selectors import asked_of
        from medevac.messages.services import take_notice
        from medevac.messages.signing_out import listen
        from medevac.people.navigation import Entry, register_entry, register_place
        from medevac.people.notices import register_channel as carry_notices
        from medevac.people.work_items import register_work

        register_policy()
        register_own_kinds()
        tell_operations()
        for channel in (Email(), Push(), Gateway()):
            register_channel(channel)
        carry_notices("messages", take_notice)
        register_work("messages", asked_of)
        register_entry(Entry("messages:channels", _("Channels"), order=800, group="service"))
        register_place("messages", _("Messages"))
        listen()
        exempt(
            "messages.ChannelState",
            "What a channel last did, written anew with every letter; no datum of anybody.",
        )
        exempt(
            "messages.Event",
            "A position in the stream and the id of a message; rows are added and never changed.",
        )
