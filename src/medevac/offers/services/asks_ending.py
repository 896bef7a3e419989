"""How an ask stops being open: its state, and its links with it. Called under the locks of case and ask."""

from __future__ import annotations

from django.utils import timezone

from medevac.offers.models import AnswerLink, Ask
from medevac.offers.states import AskState


def end_ask(ask: Ask, state: AskState) -> None:
    """Close an ask, and withdraw the links that nobody has used."""
    now = timezone.now()
    ask.state, ask.state_since = state, now
    ask.save()
    links = AnswerLink.unscoped.filter(ask=ask, used_at__isnull=True, withdrawn_at__isnull=True)
    links.update(withdrawn_at=now)
