"""The number of unread messages in the head of every page."""

from __future__ import annotations

from typing import Any

from django import template

from medevac.messages.selectors import unread_count

register = template.Library()


@register.inclusion_tag("messages/unread.html", takes_context=True)
def unread(context: dict[str, Any]) -> dict[str, Any]:
    """A link to the inbox with the number, which the event stream keeps up to date."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"reader": user, "count": unread_count(user.pk), "here": context["request"].path}
