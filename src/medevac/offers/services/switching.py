"""Stopping or allowing a group at once: the rule of today ends, another begins, and the reason is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from medevac.directory.models import EligibilityRule, Mission
from medevac.directory.models.mission_parts import Group
from medevac.directory.services.missions import locked_mission
from medevac.directory.services.parts import add_part, change_part, end_part
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.refusals import RefusedError


@transaction.atomic
def switch_group(
    actor: User, mission: Mission, group: Group, *, country: str = "", accepted: bool, reason: str
) -> EligibilityRule:
    """Stop or allow a group from today on, in the whole mission or in one country.

    The rule that held ends with yesterday. One that began today is changed instead: a day has one rule, and
    the history keeps what it was before. Where a later rule is written already, this one holds until then.

    Raises
    ------
    NotAllowedError
        Where the actor may not change the mission.
    RefusedError
        Where there is no reason, the mission is closed, or the same holds already. Nothing was changed.
    """
    if not reason.strip():
        raise RefusedError(_("Write the reason and name the decision: whoever is refused is told it."))
    locked_mission(actor, mission)
    today = current_day()
    rows = EligibilityRule.unscoped.filter(mission=mission, country=country, group=group)
    held = rows.on(today).first()
    if held is not None and held.accepted == accepted:
        raise RefusedError(
            _("This holds already, since %(since)s: %(reason)s")
            % {"since": formats.date_format(held.first_day, "SHORT_DATE_FORMAT"), "reason": held.reason}
        )
    if held is not None and held.first_day == today:
        return change_part(actor, held, {"accepted": accepted, "reason": reason.strip()})
    if held is not None:
        end_part(actor, held, today - timedelta(days=1))
    later = rows.filter(first_day__gt=today).order_by("first_day").first()
    new = EligibilityRule(
        group=group,
        country=country,
        accepted=accepted,
        reason=reason.strip(),
        first_day=today,
        last_day=later.first_day - timedelta(days=1) if later else None,
    )
    return add_part(actor, mission, new)
