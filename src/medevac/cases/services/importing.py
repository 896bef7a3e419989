"""Cases from a workbook: first a trial that changes nothing, then the deed, all of it or nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import CaseImport
from medevac.cases.policy import FILE
from medevac.cases.services.filing import demand_filer
from medevac.cases.services.import_matching import Deed, Setting, match
from medevac.cases.services.import_writing import lock_changed, write_deeds
from medevac.cases.services.trials import Trial, changed_since, forget_older, refuse_again
from medevac.directory.models import Mission
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.planner import Fault, FaultsError
from medevac.tables.cases.reading import CasesRead, read_cases
from medevac.tables.cases.sheet import SHEET
from medevac.tables.findings import Findings
from medevac.tables.kept_rows import as_plain, from_plain


@dataclass(frozen=True)
class Told:
    """What a trial found of one row: "add", "change" or "same", the case, the columns that are new."""

    row: int
    word: str
    pseudonym: str
    reference: str
    news: tuple[str, ...]


@transaction.atomic
def try_import(
    actor: User, requester: Organisation, mission: Mission, file_name: str, data: bytes
) -> tuple[CaseImport, Trial]:
    """Read a workbook and keep, encrypted and for a day, what it would do; no case is changed.

    Raises
    ------
    NotAllowedError
        Where the actor may not file cases for this organisation.
    RefusedError
        Where the mission takes no new cases.
    """
    demand_filer(actor, requester)
    _refuse_closed(mission)
    read, deeds, faults, more = _judge(actor, requester, mission, data)
    told = [] if faults else [_told(deed) for deed in deeds]
    content = {
        "sheet": as_plain(read.sheet) if read and not faults else None,
        "told": [[one.row, one.word, one.pseudonym, one.reference, list(one.news)] for one in told],
        "faults": [fault.to_dict() for fault in faults],
        "more": more,
    }
    kept = CaseImport.unscoped.create(
        requester=requester,
        mission=mission,
        file_name=file_name[:200],
        content=json.dumps(content, ensure_ascii=False),
        rows_count=len(read.rows) if read else 0,
        faults_count=len(faults) + more,
        made_by=actor.pk,
    )
    return kept, Trial(tuple(told), faults, more)


def trial_of(kept: CaseImport) -> Trial | None:
    """What was found when the workbook was read; None once it was applied or its day is over."""
    if not kept.content:
        return None
    content = json.loads(kept.content)
    told = tuple(Told(row, word, name, own, tuple(news)) for row, word, name, own, news in content["told"])
    return Trial(told, tuple(Fault(**fault) for fault in content["faults"]), content["more"])


@transaction.atomic
def apply_import(actor: User, kept: CaseImport) -> list[Deed]:
    """Do what a trial said: every row, or none of them.

    Returns
    -------
    What was done, row by row.

    Raises
    ------
    RefusedError
        Where it was applied already, its day is over, it has faults, or what is kept has changed so that a
        row can no longer be written. Nothing was changed.
    """
    demand(actor, FILE, kept)
    # One import of an organisation at a time; who files single cases is not held up.
    Organisation.unscoped.select_for_update(no_key=True).get(pk=kept.requester_id)
    locked = CaseImport.unscoped.select_for_update().select_related("requester", "mission").get(pk=kept.pk)
    refuse_again(locked, faults=bool(locked.content and locked.faults_count))
    demand_filer(actor, locked.requester)
    _refuse_closed(locked.mission)
    content = json.loads(locked.content)
    findings = Findings()
    sheet = from_plain(SHEET, content["sheet"])
    try:
        deeds = match(sheet.records, Setting(actor, locked.requester, locked.mission, sheet, findings))
        findings.refuse()
    except FaultsError as error:
        raise changed_since(error.faults[0]) from error
    lock_changed(deeds)
    write_deeds(deeds, locked.requester, locked.mission)
    locked.applied_at, locked.content = timezone.now(), ""
    locked.save(update_fields=["applied_at", "content"])
    return deeds


def forget_trials() -> int:
    """Empty what was read and not applied within a day; how many."""
    return forget_older(CaseImport.unscoped.all(), empty="")


def _judge(
    actor: User, requester: Organisation, mission: Mission, data: bytes
) -> tuple[CasesRead | None, list[Deed], tuple[Fault, ...], int]:
    """Read and compare; faults of cells and of what is kept come in the order of the sheet."""
    read: CasesRead | None = None
    deeds: list[Deed] = []
    try:
        read = read_cases(data, current_day())
        deeds = match(read.rows, Setting(actor, requester, mission, read.sheet, read.findings))
        read.findings.refuse()
    except FaultsError as error:
        return read, deeds, error.faults, error.more
    return read, deeds, (), 0


def _told(deed: Deed) -> Told:
    news = tuple(name for name in deed.news if name in SHEET.by_key) if deed.word == "change" else ()
    reference = deed.record.values.get("own_reference") or deed.record.values.get("ewrs_number", "")
    return Told(deed.record.row, deed.word, deed.case.pseudonym if deed.case else "", reference, news)


def _refuse_closed(mission: Mission) -> None:
    if not mission.runs_on(current_day()):
        raise RefusedError(
            _("“%(mission)s” takes no new cases today. Choose another mission.") % {"mission": mission.name}
        )
