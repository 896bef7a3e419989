"""The dated parts of a mission: added, corrected, ended."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from medevac.directory.models import Mission, MissionActor
from medevac.directory.models.validity import Dated
from medevac.directory.services.checking import known_country, save_checked
from medevac.directory.services.missions import locked_mission
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

P = TypeVar("P", bound=Dated)


@transaction.atomic
def add_part(actor: User, mission: Mission, part: P) -> P:
    """Add a part that has not been kept yet."""
    part.mission = locked_mission(actor, mission)  # type: ignore[attr-defined]
    _keep(actor, part)
    return part


@transaction.atomic
def change_part(actor: User, part: P, values: dict[str, Any]) -> P:
    """Correct a part that was written wrongly. What has changed in the world is ended and begun anew."""
    kept = _locked(actor, part)
    for name, value in values.items():
        setattr(kept, name, value)
    _keep(actor, kept)
    return kept


@transaction.atomic
def end_part(actor: User, part: P, last_day: date) -> P:
    """Say on which day a part holds for the last time; what it was before stays to be read."""
    kept = _locked(actor, part)
    kept.last_day = last_day
    _keep(actor, kept)
    return kept


def _locked(actor: User, part: P) -> P:
    locked_mission(actor, part.mission)  # type: ignore[attr-defined]
    found: P = type(part).unscoped.select_for_update().get(pk=part.pk)  # type: ignore[assignment]
    return found


def _keep(actor: User, part: Dated) -> None:
    mission: Mission = part.mission  # type: ignore[attr-defined]
    if part.first_day and part.first_day < mission.first_day:
        raise RefusedError(
            _("Expected a first day on or after the mission's own, %(day)s. Choose a later day.")
            % {"day": mission.first_day.isoformat()}
        )
    if getattr(part, "country", ""):
        part.country = known_country(part.country)  # type: ignore[attr-defined]
    if isinstance(part, MissionActor):
        organisation = Organisation.unscoped.get(pk=part.organisation_id)
        demand(actor, "people.see_organisations", organisation)
    save_checked(part)
