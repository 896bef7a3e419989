"""A workbook of cases from a program: first a trial that changes nothing, then the deed, whole or not."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import StringConstraints

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, answered_with
from medevac.cases.api.deeds import deed
from medevac.cases.api.reading import CLINICAL, PERSONAL
from medevac.cases.api.writing import WRITE
from medevac.cases.forms.casebook import MOST_BYTES
from medevac.cases.models import CaseImport
from medevac.cases.services.filing import filers_for
from medevac.cases.services.importing import apply_import, trial_of, try_import
from medevac.cases.services.trials import Trial
from medevac.directory.selectors.missions import mission_for
from medevac.people.policy import visible

# A workbook has the columns of all three rights, and its trial says which of them are new.
access = TokenAccess(WRITE.name, CLINICAL.name, PERSONAL.name)
imports = Router(auth=access, tags=["case-imports"])


class UploadIn(Schema):
    """For whom the cases are filed, and in which mission."""

    mission: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    requester: UUID


class CellFault(Schema):
    """One fault by its sheet, row and column: what was expected, what came, what to do."""

    path: str
    expected: str
    got: str
    remedy: str
    severity: str


class RowOut(Schema):
    """What a row would do: `add`, `change` or `same`; the case, and the columns that are new of it."""

    row: int
    word: str
    pseudonym: str
    reference: str
    news: list[str]


class TrialOut(Schema):
    """What a workbook would do. Where it has faults nothing of it can be done; `more` are not named."""

    id: UUID
    rows: list[RowOut]
    faults: list[CellFault]
    more: int


class DoneOut(Schema):
    """How many rows were added, changed, or are as they were."""

    id: UUID
    add: int
    change: int
    same: int


TRIED = answered_with(TrialOut, one=True) | {409: Fault}
DONE = answered_with(DoneOut, one=True) | {409: Fault}


@imports.post("", response=TRIED, summary="Try a workbook of cases")
def try_one(request: HttpRequest, given: Form[UploadIn], file: File[UploadedFile]) -> dict[str, Any]:
    """Read a workbook of at most 20 MB, and say what it would do; no case is changed. Kept for a day."""
    holder: Any = holder_of(request)
    mission = mission_for(holder, given.mission)
    if mission is None:
        raise HttpError(404, f'Expected the code of a mission that the token reaches, got "{given.mission}".')
    requester = next((one for one in filers_for(holder) if one.pk == given.requester), None)
    if requester is None:
        raise HttpError(404, f"Expected an organisation for which the token may file, got {given.requester}.")
    if (file.size or 0) > MOST_BYTES:
        raise HttpError(409, f"Expected a file of at most {MOST_BYTES} bytes, got {file.size}. Divide it.")
    with deed():
        kept, trial = try_import(holder, requester, mission, file.name or "", file.read())
    return _told(kept, trial)


@imports.get("/{id}", response=TRIED, summary="A trial")
def get_trial(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """What this token's workbook would do; 409 once it was applied or its day is over."""
    kept = _found(holder_of(request), id)
    trial = trial_of(kept)
    if trial is None:
        raise HttpError(409, "Expected a trial of this day that was not applied yet. Send the file again.")
    return _told(kept, trial)


@imports.post("/{id}/apply", response=DONE, summary="Apply a trial")
def apply_one(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Do what the trial said: every row, or none of them. It is done once."""
    holder: Any = holder_of(request)
    with deed():
        words = [done.word for done in apply_import(holder, _found(holder, id))]
    return {"id": id, **{word: words.count(word) for word in ("add", "change", "same")}}


def _found(holder: Any, id: UUID) -> CaseImport:
    """The token's own trial, or 404."""
    rows = visible(holder, CaseImport.objects.filter(pk=id, made_by=holder.pk))
    found: CaseImport | None = rows.select_related("requester", "mission").first()
    if found is None:
        raise HttpError(404, f"Expected the id of a trial of this token, got {id}.")
    return found


def _told(kept: CaseImport, trial: Trial) -> dict[str, Any]:
    faults = [fault.to_dict() for fault in trial.faults]
    return {"id": kept.pk, "rows": list(trial.told), "faults": faults, "more": trial.more}
