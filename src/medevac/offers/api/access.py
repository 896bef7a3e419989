"""The scopes of this room, and what every operation of it asks first."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, answered_with
from medevac.api.scopes import Scope
from medevac.directory.models import Hospital, Mission
from medevac.directory.selectors.missions import mission_for
from medevac.directory.selectors.places import hospital_for
from medevac.offers.policy import CHOOSE as CHOOSING
from medevac.offers.policy import MAKE
from medevac.people.policy import visible
from medevac.people.roles import Right

M = TypeVar("M", bound=Model)
READ = Scope("offers.read", Right.OPERATIONAL, _("read places, pools, offers, holds and choices"))
WRITE = Scope(
    "offers.write", MAKE, _("keep places and pools, make and withdraw offers, as far as the role may")
)
CHOOSE = Scope("offers.choose", CHOOSING, _("record which offer a patient has chosen"))
reading = TokenAccess(READ.name)
writing = TokenAccess(READ.name, WRITE.name)
choosing = TokenAccess(READ.name, CHOOSE.name)


def answers(schema: Any) -> dict[int, Any]:
    """The answers of an operation that writes."""
    return answered_with(schema, one=True) | {409: Fault}


def actor_of(request: HttpRequest) -> Any:
    """Who asks, as services take it."""
    return holder_of(request)


def one_of(actor: Any, rows: QuerySet[M], id: UUID, what: str) -> M:
    """One row that the token reaches, or 404."""
    found: M | None = visible(actor, rows.filter(pk=id)).first()
    if found is None:
        raise HttpError(404, f"Expected the id of {what} that the token reaches, got {id}.")
    return found


def mission_called(actor: Any, code: str) -> Mission:
    """A mission that the token reaches, or 404."""
    found = mission_for(actor, code)
    if found is None:
        raise HttpError(404, f'Expected the code of a mission that the token reaches, got "{code}".')
    return found


def hospital_of(actor: Any, id: UUID) -> Hospital:
    """A hospital that the token reaches, or 404."""
    found = hospital_for(actor, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a hospital that the token reaches, got {id}.")
    return found
