"""Targets by population: a share is set from a day on, and what held before ends the day before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from medevac.directory.models import Mission
from medevac.directory.services.checking import save_checked
from medevac.offers.models import PopulationShare
from medevac.offers.policy import KEEP_SHARES
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError


@transaction.atomic
def set_share(
    actor: User,
    mission: Mission,
    organisation: Organisation,
    share: Decimal,
    *,
    source: str,
    first_day: date | None = None,
) -> PopulationShare:
    """Say what share of its country's people an organisation cares for, from a day on.

    What was said of later days is replaced; what held before holds until the day before.

    Raises
    ------
    NotAllowedError
        Where the organisation is in another country than the one that the actor answers for.
    RefusedError
        Where the share is not 0 to 100, or the source is empty. Nothing was changed.
    """
    if not source.strip():
        raise RefusedError(_("Write where the share is from: who counted, and of which day."))
    day = first_day or current_day()
    rows = PopulationShare.unscoped.select_for_update().filter(mission=mission, organisation=organisation)
    for row in rows.order_by("pk"):
        if row.first_day >= day:
            row.delete()
        elif row.last_day is None or row.last_day >= day:
            row.last_day = day - timedelta(days=1)
            row.save()
    new = PopulationShare(
        mission=mission, organisation=organisation, share=share, source=source.strip(), first_day=day
    )
    save_checked(new)
    demand(actor, KEEP_SHARES, new)
    return new
