"""What the timeline of a case tells of asks, answers, offers and choices, by the rights of whoever reads it.

An offer's steps are read from its history, so that each is told when it was taken and by whom, also where
the offer has moved on since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from medevac.audit.history import recordings
from medevac.cases.happenings import Happening
from medevac.cases.looking import looked
from medevac.cases.models import Case
from medevac.directory.countries import country_name
from medevac.offers.models import Answer, AnswerLink, Ask, Choice, Offer
from medevac.offers.states import AskState, Channel, OfferReason, OfferState
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.roles import Right

MOST_NAMED = 4  # organisations that one round asked for a case
MOST_EVENTS = 200  # of the histories of one kind of row that are looked through


def happenings_of_offers(user: User, case: Case, most: int) -> list[Happening]:
    """The latest of them; what the user may not see is not told."""
    return [*_asks(user, case, most), *_answers(user, case, most), *_offers(user, case, most)]


def _asks(user: User, case: Case, most: int) -> Iterator[Happening]:
    """Each round once, whomever it asked; and each ask that ended without an answer."""
    rows = visible(user, Ask.objects.filter(case=case)).select_related("round__asker", "asked")
    asks = list(rows.order_by("-round__made_at", "asked__latin_name", "pk")[:most])
    rounds: dict[UUID, list[Ask]] = defaultdict(list)
    for ask in asks:
        rounds[ask.round_id].append(ask)
    for together in rounds.values():
        round_ = together[0].round
        sentence = _("“%(asker)s” asks for a place: %(asked)s.") % {
            "asker": round_.asker.name,
            "asked": _named([ask.asked.name for ask in together]),
        }
        remark = _("Answer by %(deadline)s.") % {"deadline": _moment(round_.deadline)}
        yield Happening(round_.made_at, round_.made_by, sentence, remark)
    ended = {ask.pk: ask for ask in asks if ask.state in (AskState.WITHDRAWN, AskState.EXPIRED)}
    actors = {event.pgh_obj_id: _actor(event) for event, _earlier in _steps(Ask, list(ended))}
    for ask in ended.values():
        sentence = (
            _("The ask to “%(asked)s” is withdrawn.")
            if ask.state == AskState.WITHDRAWN
            else _("“%(asked)s” has not answered in time.")
        )
        yield Happening(ask.state_since, actors.get(ask.pk), sentence % {"asked": ask.asked.name})


def _answers(user: User, case: Case, most: int) -> Iterator[Happening]:
    rows = visible(user, Answer.objects.filter(ask__case=case)).select_related("ask__asked", "hospital")
    answers = list(rows.order_by("-answered_at", "pk")[:most])
    by_link = [answer.ask_id for answer in answers if answer.channel == Channel.LINK]
    used = AnswerLink.unscoped.filter(ask__in=by_link, used_at__isnull=False) if by_link else ()
    links = {link.ask_id: link.pk for link in used}
    for answer in answers:
        told = {
            "asked": answer.ask.asked.name,
            "hospital": answer.hospital.name if answer.hospital else answer.ask.asked.name,
            "day": _day(answer.earliest_day),
            "reason": answer.get_no_reason_display(),
        }
        sentence = (
            _("“%(asked)s” says yes: %(hospital)s, from %(day)s.")
            if answer.yes
            else _("“%(asked)s” says no: %(reason)s.")
        )
        words = [
            _("Answered by %(name)s, %(channel)s.")
            % {"name": answer.answerer, "channel": answer.get_channel_display()},
            answer.remark,
        ]
        if answer.replaced_at is not None:
            words.append(_("Corrected since."))
        remark = " · ".join(word for word in words if word)
        actor = links.get(answer.ask_id) if answer.channel == Channel.LINK else answer.recorded_by
        yield Happening(answer.answered_at, actor, sentence % told, remark)


def _offers(user: User, case: Case, most: int) -> Iterator[Happening]:
    rows = visible(user, Offer.objects.filter(case=case)).select_related("place__hospital")
    offers = {offer.pk: offer for offer in rows.order_by("-made_at", "pk")[:most]}
    choices = _choices(user, case, most) if offers else {}
    for event, earlier in _steps(Offer, list(offers)):
        offer = offers[event.pgh_obj_id]
        sentence = _sentence(event.state, earlier.state, event.reason)
        if not sentence:
            continue
        hospital = offer.place.hospital
        told = {
            "country": country_name(hospital.country),
            "hospital": hospital.name,
            "day": _day(event.earliest_day),
            "until": _moment(event.expires_at),
            "reason": str(OfferReason(event.reason).label) if event.reason else "",
        }
        words = [event.remark]
        if event.state == OfferState.CHOSEN:
            words = [_chosen_by(choice) for choice in choices.get(offer.pk, [])]
        remark = " · ".join(word for word in words if word)
        step = event.state == OfferState.CHOSEN or earlier.state == OfferState.CHOSEN
        yield Happening(event.pgh_created_at, _actor(event), sentence % told, remark, step)


def _sentence(state: str, before: str, reason: str) -> str:
    """What a step of an offer is in words; empty for what nobody but its own side has heard of."""
    if before == OfferState.DRAFT and state != OfferState.SENT:
        return ""
    if before == OfferState.CHOSEN and reason not in (OfferReason.CASE_ENDED, OfferReason.REQUEST_TAKEN_BACK):
        return _("The chosen place is lost: %(country)s, %(hospital)s. Why: %(reason)s.")
    sentences = {
        OfferState.SENT: _(
            "%(country)s offers a place: %(hospital)s, from %(day)s. It holds until %(until)s."
        ),
        OfferState.CHOSEN: _("The offer of %(country)s is chosen: %(hospital)s."),
        OfferState.RESERVE: _("The offer of %(country)s stays in reserve: %(hospital)s."),
        OfferState.NOT_CHOSEN: _("The offer of %(country)s is not chosen: %(hospital)s. Why: %(reason)s."),
        OfferState.WITHDRAWN: _("The offer of %(country)s is withdrawn: %(hospital)s. Why: %(reason)s."),
        OfferState.EXPIRED: _("The offer of %(country)s has expired: %(hospital)s."),
    }
    return sentences.get(OfferState(state), "")


def _choices(user: User, case: Case, most: int) -> dict[UUID, list[Choice]]:
    """The choices by the offer that was chosen; they name persons, so that it is a look."""
    if not looked(user, case, Right.PERSONAL):
        return {}
    found: dict[UUID, list[Choice]] = defaultdict(list)
    for choice in visible(user, Choice.objects.filter(case=case)).order_by("-recorded_at")[:most]:
        found[choice.chosen_id].append(choice)
    return found


def _chosen_by(choice: Choice) -> str:
    words = [
        _("Chosen by %(name)s (%(who)s), %(at)s, in %(language)s.")
        % {
            "name": choice.chooser_name,
            "who": choice.get_chooser_display(),
            "at": _moment(choice.chosen_at),
            "language": choice.language,
        }
    ]
    if choice.interpreter:
        words.append(_("Interpreter: %(name)s.") % {"name": choice.interpreter})
    return " ".join(words)


def _steps(model: type[Model], ids: list[UUID]) -> list[tuple[Any, Any]]:
    """Each event in which a row came to another state, with the event before it."""
    if not ids:
        return []
    events: Any = recordings()[model._meta.label_lower].events.objects
    found = list(events.filter(pgh_obj_id__in=ids).order_by("-pgh_id")[:MOST_EVENTS])
    earlier: dict[UUID, Any] = {}
    steps = []
    for event in reversed(found):
        before = earlier.get(event.pgh_obj_id)
        if before is not None and before.state != event.state:
            steps.append((event, before))
        earlier[event.pgh_obj_id] = event
    return steps


def _actor(event: Any) -> UUID | None:
    actor = event.pgh_context.get("actor")
    return UUID(actor) if actor else None


def _named(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} + {more}" if more > 0 else shown


def _day(day: Any) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'SHORT_DATETIME_FORMAT')} {local:%Z}"
