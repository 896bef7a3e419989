"""Who is told of asks and answers: whoever answers where is asked, and whoever asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from medevac.directory.selectors.zones import zone_of
from medevac.messages.services import tell
from medevac.offers.models import Answer, Ask, Round
from medevac.offers.policy import ANSWERERS, ASKERS
from medevac.people.models import Membership, User
from medevac.people.roles import Role

ASKED, REMINDER = "offers.asked", "offers.ask_reminder"
ANSWERED, WITHDRAWN = "offers.answered", "offers.ask_withdrawn"
MOST_NAMED = 3  # cases by their pseudonyms in one message


def tell_asked(round_: Round, asks: Sequence[Ask]) -> int:
    """Tell those who answer in one organisation what it is asked, in one message for all cases.

    Returns
    -------
    How many people were told.
    """
    return _tell_answerers(round_, asks, ASKED, key=f"{ASKED}:{round_.pk}:{asks[0].asked_id}")


def tell_reminder(ask: Ask) -> int:
    """Remind them of one ask; each reminder counts."""
    return _tell_answerers(ask.round, [ask], REMINDER, key=f"{REMINDER}:{ask.pk}:{ask.reminders}")


def tell_withdrawn(ask: Ask) -> int:
    """Tell them that they need not answer any more."""
    return _tell_answerers(ask.round, [ask], WITHDRAWN, key=f"{WITHDRAWN}:{ask.pk}")


def tell_answered(answer: Answer, *, but: UUID | None = None) -> None:
    """Tell those who asked, except whoever recorded the answer."""
    ask = answer.ask
    for user in _members(ask.round.asker_id, ASKERS, ask.round.mission_id):
        if user.pk == but:
            continue
        with translation.override(user.language):
            said = _("yes") if answer.yes else f"{_('no')} ({answer.get_no_reason_display()})"
        tell(
            user,
            ANSWERED,
            facts={
                "case": ask.case.pseudonym,
                "asked": ask.asked.name,
                "said": said,
                "answerer": answer.answerer,
            },
            pseudonym=ask.case.pseudonym,
            address=reverse("offers:round", args=[ask.round_id]),
            key=f"{ANSWERED}:{answer.pk}",
        )


def has_answerers(organisation: UUID, mission: UUID) -> bool:
    """Whether anybody in the organisation has an account that answers for it."""
    return bool(_members(organisation, ANSWERERS, mission))


def _tell_answerers(round_: Round, asks: Sequence[Ask], kind: str, *, key: str) -> int:
    only = asks[0] if len(asks) == 1 else None
    address = reverse("offers:answer", args=[only.pk]) if only else reverse("offers:asks")
    told = _members(asks[0].asked_id, ANSWERERS, round_.mission_id)
    zone = zone_of(asks[0].asked)
    for user in told:
        facts = {
            "cases": _named([ask.case.pseudonym for ask in asks]),
            "asker": round_.asker.name,
            "deadline": moment_for(user, round_.deadline, zone),
            "telephone": round_.telephone or "–",
        }
        pseudonym = only.case.pseudonym if only else ""
        tell(user, kind, facts=facts, pseudonym=pseudonym, address=address, key=key)
    return len(told)


def _named(pseudonyms: Sequence[str]) -> str:
    more = len(pseudonyms) - MOST_NAMED
    named = ", ".join(pseudonyms[:MOST_NAMED])
    return f"{named} + {more}" if more > 0 else named


def _members(organisation: UUID, roles: Iterable[Role], mission: UUID) -> list[User]:
    """Those who have one of the roles there now, in all missions or in this one."""
    rows = Membership.unscoped.current().filter(
        Q(mission__isnull=True) | Q(mission=mission),
        organisation=organisation,
        role__in=[str(role) for role in roles],
    )
    return list(User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("pk"))


def moment_for(user: User, moment: datetime, zone: ZoneInfo) -> str:
    """A moment in the language of whoever reads it and in the time of where they are asked, with its zone."""
    with translation.override(user.language):
        local = moment.astimezone(zone)
        return f"{formats.date_format(local, 'SHORT_DATETIME_FORMAT')} {local:%Z}"
