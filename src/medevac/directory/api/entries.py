"""What programs write of missions: the mission itself, and each kind of its dated entries."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, StringConstraints

from medevac.api.answers import NO_CONTROL, CountryCode
from medevac.directory import models
from medevac.directory.api.answers import Icao, ItemCode, MissionCode
from medevac.directory.models.mission_parts import Group
from medevac.directory.models.validity import Dated
from medevac.directory.parts import PARTS
from medevac.directory.selectors.places import airport_for
from medevac.directory.steps import Step
from medevac.people.models import Organisation
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError

MOST = 1_000_000
# Does not begin with a space or a control character, so it is not empty either. Spelled out, since what \s is
# differs between the languages of those who read the document.
BEGUN = r"^[^\x00-\x20\x7f-\xa0][^\x00-\x1f\x7f]*$"
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=BEGUN)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=BEGUN)]
Basis = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=BEGUN)]
Source = Annotated[str, StringConstraints(max_length=300, pattern=NO_CONTROL)]
Number = Annotated[int, Field(ge=0, le=MOST)]
GroupWord = Literal[tuple(Group.values)]  # type: ignore[valid-type]
StepWord = Literal[("", *Step.values)]  # type: ignore[valid-type]


class MissionIn(Schema):
    """The mission itself: what it is called, when it runs, and when identity is shown."""

    name_en: Name
    name_nb: Name
    name_uk: Name
    first_day: date
    last_day: date | None = None
    identity: Literal[tuple(models.Mission.Identity.values)] = "chosen"  # type: ignore[valid-type]


class NewMissionIn(MissionIn):
    """A mission that begins; its code and its owner are chosen once."""

    code: MissionCode
    owner: UUID = Field(description="The organisation that runs it.")


class ChangedMissionIn(MissionIn):
    """The mission as it is to be."""

    version: int = Field(ge=1, le=2_000_000_000, description="The version that was read: another is refused.")


class ClosingIn(Schema):
    """Why a mission is closed; everybody who takes part can read it."""

    reason: Reason


class EntryIn(Schema):
    """What every entry has: its days, both included; no last day for no end."""

    first_day: date
    last_day: date | None = None

    def values(self, actor: Any) -> dict[str, Any]:
        """The entry's values by the names of its model.

        Raises
        ------
        RefusedError
            Where it names something that the actor does not reach.
        """
        return self.dict(exclude={"section"})


class HubIn(EntryIn):
    """An airport where patients are taken on board."""

    section: Literal["hubs"]
    airport: Icao

    def values(self, actor: Any) -> dict[str, Any]:
        """With the airport itself."""
        found = airport_for(actor, self.airport)
        if found is None:
            raise RefusedError(
                _("Expected an airport that is in use here, got “%(code)s”. Add it first.")
                % {"code": self.airport}
            )
        return super().values(actor) | {"airport": found}


class CountryIn(EntryIn):
    """A country that receives patients."""

    section: Literal["countries"]
    country: CountryCode
    fair_share: Number | None = None


class ActorIn(EntryIn):
    """An organisation and the part that it plays."""

    section: Literal["actors"]
    organisation: UUID
    part: Literal[tuple(models.MissionActor.Part.values)]  # type: ignore[valid-type]

    def values(self, actor: Any) -> dict[str, Any]:
        """With the organisation itself."""
        found = visible(actor, Organisation.objects.filter(pk=self.organisation)).first()
        if found is None:
            raise RefusedError(_("Expected an organisation that you see here, got another. Choose one."))
        return super().values(actor) | {"organisation": found}


class EligibilityIn(EntryIn):
    """Whether a group is accepted, and why; no country for the whole mission."""

    section: Literal["eligibility"]
    group: GroupWord  # type: ignore[valid-type]
    country: CountryCode | Literal[""] = ""
    accepted: bool
    reason: Reason


class ItemIn(EntryIn):
    """A consent, a paper or a check, and the step that cannot be taken without it."""

    section: Literal["items"]
    code: ItemCode
    kind: Literal[tuple(models.MissionItem.Kind.values)]  # type: ignore[valid-type]
    name_en: Name
    name_nb: Name
    name_uk: Name
    group: GroupWord = "everybody"  # type: ignore[valid-type]
    blocks: StepWord = ""
    valid_days: Annotated[int, Field(ge=1, le=MOST)] | None = None


class LimitIn(EntryIn):
    """A number that must not be exceeded; no country for the whole mission."""

    section: Literal["limits"]
    what: Literal[tuple(models.MissionLimit.What.values)]  # type: ignore[valid-type]
    country: CountryCode | Literal[""] = ""
    number: Number
    source: Source = ""


class RetentionIn(EntryIn):
    """How many months something is kept after the end of a case, and by which law."""

    section: Literal["retention"]
    what: Literal[tuple(models.RetentionPeriod.What.values)]  # type: ignore[valid-type]
    months: Annotated[int, Field(ge=1, le=1200)]
    basis: Basis


AnyEntryIn = Annotated[
    HubIn | CountryIn | ActorIn | EligibilityIn | ItemIn | LimitIn | RetentionIn,
    Field(discriminator="section"),
]


def model_of(entry: EntryIn) -> type[Dated]:
    """The rows that such entries are."""
    return PARTS[entry.section].model  # type: ignore[attr-defined]
