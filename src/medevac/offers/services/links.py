"""Signed links: one answers one ask once, without an account.

The link carries 32 random bytes, of which the database keeps a digest; it leaves by e-mail only. It is used
up by the answer, in the transaction that writes it. Opening it changes nothing but the moment of its first
opening: scanners of mail open links.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.context import Acting, acting, acting_now
from medevac.audit.services import record_look
from medevac.cases.models import Case
from medevac.cases.rules import WAITING
from medevac.cases.withdrawn import withdrawn_for
from medevac.messages.services import tell_address
from medevac.offers.link_words import LINK_LANGUAGES
from medevac.offers.models import Answer, AnswerLink, Ask
from medevac.offers.policy import ASK
from medevac.offers.services.answering import AnswerFacts, write_answer
from medevac.offers.services.asking import lock_ask
from medevac.offers.services.telling_of_asks import tell_answered
from medevac.offers.states import AskState, Channel
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right

KIND = "offers.answer_link"
ACTOR = "link"  # the kind of actor that whoever answers by a link is in the record
TOKEN_BYTES = 32


class LinkOverError(Exception):
    """The link opens nothing: used, expired, withdrawn, or never made. Which of them is told to nobody."""


@transaction.atomic
def make_link(
    actor: User, ask: Ask, *, address: str, language: str, expires_at: datetime | None = None
) -> AnswerLink:
    """Make a link for an ask and send it; an earlier one to the same address opens nothing any more.

    Parameters
    ----------
    address
        The e-mail address of whoever answers: a duty desk rather than a person.
    language
        One of `LINK_LANGUAGES`.
    expires_at
        Until when it opens; at most, and unless told otherwise, until the deadline.

    Raises
    ------
    NotAllowedError
        Where the actor does not ask for the organisation that asked.
    RefusedError
        Where the ask is not open, or address, language or time cannot be. Nothing was sent.
    """
    demand(actor, ASK, ask.round)
    kept = lock_ask(ask)
    to = _checked(address)
    if language not in LINK_LANGUAGES:
        raise RefusedError(
            _("Expected one of these languages: %(languages)s. Choose one.")
            % {"languages": ", ".join(LINK_LANGUAGES)}
        )
    now, deadline = timezone.now(), kept.round.deadline
    if kept.state != AskState.OPEN or deadline <= now:
        raise RefusedError(_("The ask is closed, so that no link can answer it. Ask once more first."))
    ends = expires_at or deadline
    if not now < ends <= deadline:
        raise RefusedError(_("Expected a time from now until the deadline. Choose another."))
    earlier = AnswerLink.unscoped.filter(ask=kept, address=to)
    earlier.filter(used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = AnswerLink.unscoped.create(
        ask=kept,
        digest=digest(token),
        address=to,
        language=language,
        expires_at=ends,
        made_by=actor.pk,
        made_at=now,
    )
    link = settings.ADDRESS + reverse("offers:link", args=[token])
    tell_address(to, KIND, link=link, language=language, pseudonym=kept.case.pseudonym)
    return made


@transaction.atomic
def withdraw_link(actor: User, link: AnswerLink) -> None:
    """Take back a link, such as one that went to a wrong address; the ask stays open.

    Raises
    ------
    RefusedError
        Where it has answered already.
    """
    demand(actor, ASK, link.ask.round)
    lock_ask(link.ask)
    kept = AnswerLink.unscoped.select_for_update().get(pk=link.pk)
    if kept.used_at is not None:
        raise RefusedError(_("The link has been used for the answer already. Record a correction instead."))
    if kept.withdrawn_at is None:
        kept.withdrawn_at = timezone.now()
        kept.save(update_fields=["withdrawn_at"])


@transaction.atomic
def open_link(token: str, *, looks: bool = True) -> AnswerLink:
    """The link that a token opens now, with its ask and its case; it is not used up.

    Parameters
    ----------
    looks
        Whether the summary is shown: the look is then on record, in the name of the link.

    Raises
    ------
    LinkOverError
        Where it opens nothing.
    """
    link = _open(token)
    if looks:
        with _acting_as(link):
            AnswerLink.unscoped.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=timezone.now())
            case = link.ask.case
            record_look(Right.SUMMARY.value, "cases.case", {case.pk: case.requester_id})
    return link


@transaction.atomic
def answer_by_link(token: str, facts: AnswerFacts, *, answerer: str) -> Answer:
    """Answer the ask of a link, and use the link up, both or neither.

    Of two who answer at once the second finds it used: case, ask and link are locked before it is looked at.

    Raises
    ------
    LinkOverError
        Where the link opens nothing (any more).
    RefusedError
        Where something is missing; the link stays as it was.
    """
    found = _open(token)
    ask = lock_ask(found.ask)
    kept = AnswerLink.unscoped.select_for_update().get(pk=found.pk)
    _open(token)  # once more, now that nobody else can change it
    now = timezone.now()
    with _acting_as(kept):
        kept.used_at = now
        kept.save(update_fields=["used_at"])  # before the ask ends, which withdraws the links that are left
        made = write_answer(
            ask, facts, channel=Channel.LINK, answerer=answerer, answered_at=now, recorded_by=None
        )
        tell_answered(made)
    return made


def digest(token: str) -> bytes:
    """What is kept of a token: nobody who reads the table can use it."""
    return hashlib.sha256(token.encode()).digest()


def _acting_as(link: AnswerLink) -> AbstractContextManager[Acting]:
    """Whoever has the link acts, whether or not somebody is signed in in the same browser."""
    return acting(replace(acting_now() or Acting(), kind=ACTOR, actor=link.pk))


def _open(token: str) -> AnswerLink:
    """The link while everything it hangs on is open: itself, its ask, the deadline, the case, the consent."""
    now = timezone.now()
    rows = AnswerLink.unscoped.filter(
        digest=digest(token),
        used_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=now,
        ask__state=AskState.OPEN,
        ask__round__deadline__gt=now,
        ask__asked__closed_at__isnull=True,
        ask__case__state__in=[str(state) for state in WAITING],
    )
    related = ("ask__round__asker", "ask__round__mission", "ask__asked", "ask__case__mission")
    link = rows.select_related(*related).first()
    if link is None or not _may_leave(link.ask):
        raise LinkOverError
    return link


def _may_leave(ask: Ask) -> bool:
    """Whether the patient still lets the data go to the country that is asked."""
    closed = withdrawn_for(ask.asked_id) | Q(refused_countries__contains=[ask.asked.country])
    return not Case.unscoped.filter(closed, pk=ask.case_id).exists()


def _checked(address: str) -> str:
    to = address.strip().lower()
    try:
        validate_email(to)
    except ValidationError as error:
        raise RefusedError(
            _("Expected an e-mail address such as desk@hospital.example, got “%(address)s”. Correct it.")
            % {"address": address}
        ) from error
    return to
