"""What waits for those who keep places: the hospitals whose places must be confirmed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import ngettext

from medevac.directory.selectors.missions import running_missions
from medevac.offers.policy import KEEP_PLACES
from medevac.offers.selectors.places import kept_hospitals
from medevac.offers.services.place_chasing import Stale, address_of, counts_in, keepers_of, stale_places
from medevac.offers.settings import stale_after
from medevac.people.models import User
from medevac.people.policy import included
from medevac.people.work_items import WorkItem, register_work

MOST_HOSPITALS = 20


def register_own_work() -> None:
    """Add what waits in this room."""
    register_work("offers.places", places_to_confirm)


def places_to_confirm(user: User) -> Iterable[WorkItem]:
    """One entry for each hospital and mission with stale places that are the user's to confirm."""
    if not included(user, [KEEP_PLACES]):
        return
    for stale in _of_user(user)[:MOST_HOSPITALS]:
        sentence = ngettext(
            "Confirm the places of %(hospital)s: %(count)s place was confirmed too long ago.",
            "Confirm the places of %(hospital)s: %(count)s places were confirmed too long ago.",
            stale.places,
        )
        facts = {"hospital": stale.hospital.name, "count": stale.places}
        yield WorkItem(sentence % facts, address_of(stale), stale.oldest + stale_after())


def _of_user(user: User) -> list[Stale]:
    """Those of hospitals that the user keeps, and that nobody nearer to the hospital keeps."""
    kept = {
        pk
        for mission in running_missions(user)
        for pk in kept_hospitals(user, mission).order_by().values_list("pk", flat=True)
    }
    stale = stale_places(timezone.now(), kept) if kept else []
    keepers = keepers_of({one.hospital.keeper_id for one in stale})
    return [
        one
        for one in stale
        if any(
            row.user_id == user.pk and counts_in(row, [one.mission.pk])
            for row in keepers.get(one.hospital.keeper_id, ())
        )
    ]
