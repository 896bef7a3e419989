"""The minister's letters as programs read and write them, and whom of a case they name."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

from medevac.api.access import holder_of
from medevac.api.answers import Page, PageOf, Paging, answered_with, page_of
from medevac.cases import services
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Day, Strict
from medevac.cases.api.parts import personal
from medevac.cases.api.reading import Code, case_for, cases, look
from medevac.cases.api.values import Said60
from medevac.cases.api.written import Seen, Written, answers, deed_on, touched, writing_personal
from medevac.cases.models import Case, Companion, LettersPerson, MinistersLetter
from medevac.cases.policy import KEEP_LETTERS
from medevac.cases.services.letters import writers_for
from medevac.directory.selectors.missions import mission_for
from medevac.people.policy import visible
from medevac.people.roles import Right

letters = Router(auth=personal, tags=["letters"])


class LetterOut(Schema):
    """A letter of the minister."""

    id: UUID
    mission: str = Field(alias="mission.code")
    owner: UUID = Field(alias="owner_id")
    number: str
    dated: date


class NamedOut(Schema):
    """Whom of a case a letter names."""

    letter: UUID
    number: str
    dated: date
    patient: bool
    companions: list[UUID]


class WantedLetters(Paging):
    """Which letters are wanted."""

    mission: Code = Field("", description="The code of a mission.")


class LetterIn(Strict):
    """A letter: of which organisation and mission, its number and its date."""

    owner: UUID
    mission: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    number: Said60
    dated: Day


class NamedIn(Seen):
    """Whom of the case the letter names; who is not given is taken out."""

    patient: bool = True
    companions: list[UUID] = Field(default=[], max_length=20)


@letters.get("", response=answered_with(Page[LetterOut]), summary="Letters")
def list_letters(request: HttpRequest, wanted: Query[WantedLetters]) -> dict[str, Any]:
    """Letters that the token's organisation keeps, or that name somebody it may read; the latest first."""
    holder: Any = holder_of(request)
    rows = visible(holder, MinistersLetter.objects.select_related("mission"))
    if wanted.mission:
        rows = rows.filter(mission__code=wanted.mission)
    return page_of(rows.order_by("-dated", "number", "pk"), wanted)


@letters.post("", auth=writing_personal, response=answers(LetterOut), summary="Add a letter")
def add_letter(request: HttpRequest, given: LetterIn) -> MinistersLetter:
    """Write down a letter. The same number of the same day is there once: the second is refused."""
    holder: Any = holder_of(request)
    owner = next((one for one in writers_for(holder) if one.pk == given.owner), None)
    if owner is None:
        raise HttpError(404, f"Expected an organisation whose letters the token keeps, got {given.owner}.")
    mission = mission_for(holder, given.mission)
    if mission is None:
        raise HttpError(404, f'Expected the code of a mission that the token reaches, got "{given.mission}".')
    with deed():
        return services.add_letter(holder, owner, mission, number=given.number, dated=given.dated)


@letters.delete("/{id}", auth=writing_personal, response=answers(LetterOut), summary="Remove a letter")
def remove_letter(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Take away a letter that was written down by mistake, with whom it named; answers what it was."""
    holder: Any = holder_of(request)
    letter = _kept(holder, id)
    was = LetterOut.from_orm(letter).dict(by_alias=True)
    with deed():
        services.remove_letter(holder, letter)
    return was


@cases.get(
    "/{id}/letters",
    auth=personal,
    response=answered_with(Page[NamedOut], one=True),
    summary="Letters that name somebody of a case",
)
def list_named(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Whom each letter names, the latest letter first; none, where persons are not open."""
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    page = page_of(_named(holder, case), paging)
    if page["items"]:
        look(holder, Right.PERSONAL, [case])
    return page


@cases.put(
    "/{id}/letters/{letter}",
    auth=writing_personal,
    response=answers(Written[NamedOut]),
    summary="Say whom a letter names",
)
def name_persons(request: HttpRequest, id: UUID, letter: UUID, given: NamedIn) -> dict[str, Any]:
    """Say whom of the case a letter names, which can be nobody. The version of the case stays."""
    with deed_on(request, id, KEEP_LETTERS, given.version) as (holder, case):
        kept, wanted = _kept(holder, letter), set(given.companions)
        rows = visible(holder, Companion.objects.filter(case=case, pk__in=wanted), KEEP_LETTERS)
        companions = list(rows.order_by("pk"))
        if len(companions) != len(wanted):
            raise HttpError(404, f"Expected companions of case {case.pk} only, got another id.")
        services.name_persons(holder, kept, case, patient=given.patient, companions=companions)
    look(holder, Right.PERSONAL, [case])
    told = next((one for one in _named(holder, case) if one["letter"] == kept.pk), _nobody(kept))
    return {**touched(holder, case), "part": told}


def _kept(holder: Any, id: UUID) -> MinistersLetter:
    """A letter that the token's organisation keeps, or 404."""
    rows = MinistersLetter.objects.select_related("mission").filter(pk=id)
    found: MinistersLetter | None = visible(holder, rows, KEEP_LETTERS).first()
    if found is None:
        raise HttpError(404, f"Expected the id of a letter that the token keeps, got {id}.")
    return found


def _named(holder: Any, case: Case) -> list[dict[str, Any]]:
    """Each letter that names somebody of the case, once."""
    rows = visible(holder, LettersPerson.objects.filter(case=case)).select_related("letter")
    told: dict[UUID, dict[str, Any]] = {}
    for row in rows.order_by("-letter__dated", "letter__number", "pk"):
        one = told.setdefault(row.letter_id, _nobody(row.letter))
        if row.companion_id:
            one["companions"].append(row.companion_id)
        else:
            one["patient"] = True
    return list(told.values())


def _nobody(letter: MinistersLetter) -> dict[str, Any]:
    """A letter that names nobody."""
    known = {"letter": letter.pk, "number": letter.number, "dated": letter.dated}
    return {**known, "patient": False, "companions": []}
