"""Missions: added, changed, closed, opened again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.directory.models import Mission
from medevac.directory.policy import CHANGE_MISSIONS
from medevac.directory.services.checking import save_checked
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, demand, visible
from medevac.people.refusals import RefusedError


@dataclass(frozen=True)
class MissionFacts:
    """What a mission is called, when it runs, and when identity is shown."""

    name_en: str
    name_nb: str
    name_uk: str
    first_day: date
    last_day: date | None = None
    identity: str = Mission.Identity.CHOSEN


@transaction.atomic
def add_mission(actor: User, owner: Organisation, code: str, facts: MissionFacts) -> Mission:
    """Begin a mission that an organisation runs."""
    if owner not in owners_for(actor):
        raise NotAllowedError(
            f"Expected an organisation whose missions the user may change, got organisation {owner.pk}."
        )
    mission = Mission(owner=owner, code=code, **asdict(facts))
    save_checked(mission)
    return mission


def owners_for(actor: User) -> list[Organisation]:
    """The organisations whose missions the actor may change, by name."""
    rows = visible(actor, Organisation.objects.filter(closed_at__isnull=True), CHANGE_MISSIONS)
    return list(rows.order_by("latin_name", "pk"))


@transaction.atomic
def change_mission(actor: User, mission: Mission, facts: MissionFacts, *, version: int) -> Mission:
    """Correct the mission itself.

    Parameters
    ----------
    version
        The version that the writer saw; another one means that somebody else has written meanwhile.
    """
    kept = locked_mission(actor, mission)
    if kept.version != version:
        raise RefusedError(
            _("Somebody else has changed this mission meanwhile. Load the page again and look once more.")
        )
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    kept.version += 1
    save_checked(kept)
    return kept


@transaction.atomic
def close_mission(actor: User, mission: Mission, reason: str) -> None:
    """Close a mission, with a reason that everybody who takes part can read: no new case is filed in it."""
    kept = locked_mission(actor, mission)
    if not reason.strip():
        raise RefusedError(_("Expected a reason why the mission is closed, got none. Write one sentence."))
    kept.closed_at, kept.closed_reason = timezone.now(), reason.strip()
    kept.version += 1
    save_checked(kept)


@transaction.atomic
def reopen_mission(actor: User, mission: Mission) -> None:
    """Open a closed mission again."""
    demand(actor, CHANGE_MISSIONS, mission)
    kept = Mission.unscoped.select_for_update().get(pk=mission.pk)
    kept.closed_at, kept.closed_reason = None, ""
    kept.version += 1
    save_checked(kept)


def locked_mission(actor: User, mission: Mission) -> Mission:
    """The mission, locked against others who write, if the actor may change it and it is open."""
    demand(actor, CHANGE_MISSIONS, mission)
    kept: Mission = Mission.unscoped.select_for_update().get(pk=mission.pk)
    if kept.closed_at is not None:
        raise RefusedError(
            _("The mission “%(name)s” is closed. Open it again before you change it.") % {"name": kept.name}
        )
    return kept
