"""What programs change of missions: the mission itself and its entries, by the services of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, answered_with
from medevac.api.scopes import Scope
from medevac.directory import services
from medevac.directory.api.answers import MissionCode, WholeMissionOut
from medevac.directory.api.entries import (
    AnyEntryIn,
    ChangedMissionIn,
    ClosingIn,
    MissionIn,
    NewMissionIn,
    model_of,
)
from medevac.directory.api.reading import missions
from medevac.directory.models import Mission
from medevac.directory.parts import PARTS
from medevac.directory.policy import CHANGE_MISSIONS
from medevac.directory.selectors.missions import mission_for, part_of
from medevac.directory.services.missions import MissionFacts, owners_for
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError

SCOPE = Scope("missions.write", CHANGE_MISSIONS, _("add and change missions"))
access = TokenAccess(SCOPE.name)
ANSWERS = answered_with(WholeMissionOut, one=True) | {409: Fault}


@contextmanager
def deed() -> Iterator[None]:
    """One change: whole or not at all, and a refusal as 409 with its sentence."""
    try:
        with transaction.atomic():
            yield
    except RefusedError as refusal:
        raise HttpError(409, str(refusal.sentence)) from refusal
    except NotAllowedError as error:
        raise HttpError(403, "Expected something that the token's role may change, got another.") from error


@missions.post("", auth=access, response=ANSWERS, summary="Begin a mission")
def add_mission(request: HttpRequest, given: NewMissionIn) -> Mission:
    """Begin a mission that an organisation runs; it has no entries yet."""
    actor: Any = holder_of(request)
    owner = next((one for one in owners_for(actor) if one.pk == given.owner), None)
    if owner is None:
        raise HttpError(
            404, f"Expected an organisation whose missions the token may change, got {given.owner}."
        )
    with deed():
        services.add_mission(actor, owner, given.code, _facts(given))
    return _mission(request, given.code)


@missions.put("/{code}", auth=access, response=ANSWERS, summary="Correct a mission")
def change_mission(request: HttpRequest, code: MissionCode, given: ChangedMissionIn) -> Mission:
    """Correct the mission itself. Its entries stay as they are."""
    found = _mission(request, code)
    with deed():
        services.change_mission(_actor(request), found, _facts(given), version=given.version)
    return _mission(request, code)


@missions.post("/{code}/close", auth=access, response=ANSWERS, summary="Close a mission")
def close_mission(request: HttpRequest, code: MissionCode, given: ClosingIn) -> Mission:
    """Close a mission with a reason: no new case is filed in it."""
    found = _mission(request, code)
    with deed():
        services.close_mission(_actor(request), found, given.reason)
    return _mission(request, code)


@missions.post("/{code}/open", auth=access, response=ANSWERS, summary="Open a mission again")
def reopen_mission(request: HttpRequest, code: MissionCode) -> Mission:
    """Open a closed mission again."""
    found = _mission(request, code)
    with deed():
        services.reopen_mission(_actor(request), found)
    return _mission(request, code)


@missions.post("/{code}/entries", auth=access, response=ANSWERS, summary="Add an entry")
def add_entry(request: HttpRequest, code: MissionCode, given: AnyEntryIn) -> Mission:
    """Add a dated entry: what has changed in the world is ended by its last day, and begins as another."""
    found = _mission(request, code)
    with deed():
        services.add_part(_actor(request), found, model_of(given)(**given.values(_actor(request))))
    return _mission(request, code)


@missions.put("/{code}/entries/{id}", auth=access, response=ANSWERS, summary="Correct or end an entry")
def change_entry(request: HttpRequest, code: MissionCode, id: UUID, given: AnyEntryIn) -> Mission:
    """Correct what was written wrongly, or end an entry by its last day."""
    found = _mission(request, code)
    part = part_of(found, PARTS[given.section], id)
    if part is None:
        raise HttpError(404, f"Expected the id of an entry of “{given.section}” of this mission, got {id}.")
    with deed():
        services.change_part(_actor(request), part, given.values(_actor(request)))
    return _mission(request, code)


def _facts(given: MissionIn) -> MissionFacts:
    return MissionFacts(**{name: getattr(given, name) for name in MissionFacts.__dataclass_fields__})


def _actor(request: HttpRequest) -> Any:
    return holder_of(request)


def _mission(request: HttpRequest, code: str) -> Mission:
    found = mission_for(_actor(request), code, CHANGE_MISSIONS)
    if found is None:
        raise HttpError(404, f'Expected the code of a mission that the token may change, got "{code}".')
    return found
