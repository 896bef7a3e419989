"""Asks, answers, offers and choices from a workbook: first a trial that changes nothing, then all or nothing.

The trial does each row by the very service that a page calls, and rolls it back: what it says of policy,
places, deadlines and the patient's word is what the deed says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from medevac.cases.looking import record_look_at_cases
from medevac.cases.models import Case
from medevac.cases.services.trials import Trial, changed_since, forget_older, refuse_again
from medevac.directory.models import Mission, MissionLimit
from medevac.offers.models import AskImport, Offer
from medevac.offers.policy import IMPORT_ASKS
from medevac.offers.services.asks_workbook.answers import match_answers
from medevac.offers.services.asks_workbook.asks import AsksKept, match_asks
from medevac.offers.services.asks_workbook.choices import match_choices
from medevac.offers.services.asks_workbook.offers import match_offers
from medevac.offers.services.asks_workbook.run import Deed, Run
from medevac.offers.services.locking import lock_hospitals, wait_for_case
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, demand
from medevac.people.roles import Right
from medevac.planner import Fault, FaultsError
from medevac.tables.asks.reading import read_asks_workbook
from medevac.tables.asks.sheets import SHEET_OF_CHOICES, SHEETS
from medevac.tables.findings import Findings
from medevac.tables.kept_rows import as_plain, from_plain
from medevac.tables.records import SheetRecords

MOST_DEEDS = 200  # rows that write something: their cases are locked while the file is tried or applied


@dataclass(frozen=True)
class Told:
    """What a trial found of one row: its sheet, "add", "change" or "same", the case, and whom or where."""

    sheet: str
    row: int
    word: str
    case: str
    whom: str


def try_import(actor: User, mission: Mission, file_name: str, data: bytes) -> tuple[AskImport, Trial]:
    """Read a workbook and keep, encrypted and for a day, what it would do; nothing else is changed.

    Raises
    ------
    NotAllowedError
        Where the actor neither asks, answers, offers nor records choices in the mission.
    """
    with transaction.atomic():
        kept = AskImport(mission=mission, file_name=file_name.replace("\0", "")[:200], made_by=actor.pk)
        kept.save()
        demand(actor, IMPORT_ASKS, kept)
        trial, sheets, looked = _tried(actor, mission, data)
        record_look_at_cases(actor, Right.PERSONAL, looked)
        content = {
            "sheets": {key: as_plain(records) for key, records in sheets.items()},
            "told": [[one.sheet, one.row, one.word, one.case, one.whom] for one in trial.told],
            "faults": [fault.to_dict() for fault in trial.faults],
            "more": trial.more,
        }
        kept.content = json.dumps(content, ensure_ascii=False)
        kept.faults_count = len(trial.faults) + trial.more
        kept.save()
    return kept, trial


def trial_of(kept: AskImport) -> Trial | None:
    """What was found when the workbook was read; None once it was applied or its day is over."""
    if not kept.content:
        return None
    content = json.loads(kept.content)
    told = tuple(Told(*one) for one in content["told"])
    return Trial(told, tuple(Fault(**fault) for fault in content["faults"]), content["more"])


@transaction.atomic
def apply_import(actor: User, kept: AskImport) -> Trial:
    """Do what a trial said: every row, or none of them.

    Returns
    -------
    What was done, row by row.

    Raises
    ------
    NotAllowedError
        Where somebody else has read the file.
    RefusedError
        Where it was applied already, its day is over, it has faults, or something has changed so that a row
        can no longer be written. Nothing was changed.
    """
    demand(actor, IMPORT_ASKS, kept)
    if kept.made_by != actor.pk:
        raise NotAllowedError("Expected whoever has read the workbook, got somebody else.")
    locked = AskImport.unscoped.select_for_update(of=("self",)).select_related("mission").get(pk=kept.pk)
    refuse_again(locked, faults=bool(locked.content and locked.faults_count))
    content = json.loads(locked.content)["sheets"]
    sheets = {sheet.key: from_plain(sheet, content[sheet.key]) for sheet in SHEETS}
    run = Run(actor, locked.mission, sheets, Findings())
    try:
        deeds = _done(run)
    except FaultsError as error:
        raise changed_since(error.faults[0]) from error
    record_look_at_cases(actor, Right.PERSONAL, run.looked)
    locked.applied_at, locked.content = timezone.now(), ""
    locked.save(update_fields=["applied_at", "content"])
    return Trial(_told(deeds), (), 0)


def forget_trials() -> int:
    """Empty what was read and not applied within a day; how many."""
    return forget_older(AskImport.unscoped.all(), empty="")


def _tried(actor: User, mission: Mission, data: bytes) -> tuple[Trial, dict[str, SheetRecords], list[Case]]:
    """Do it all, take it back, and say what was found; with faults no row is kept."""
    looked: list[Case] = []
    try:
        read = read_asks_workbook(data)
        with transaction.atomic():
            deeds = _done(Run(actor, mission, read.sheets, read.findings, looked=looked))
            transaction.set_rollback(True)
    except FaultsError as error:
        return Trial((), error.faults, error.more), {}, looked
    return Trial(_told(deeds), (), 0), read.sheets, looked


def _done(run: Run) -> list[Deed]:
    """Compare every row with what is kept, and do what is new, in the order of the sheets.

    Raises
    ------
    FaultsError
        With every fault, in the order of the workbook.
    """
    kept = AsksKept(run)
    match_asks(run, kept)
    match_answers(run, kept)
    match_offers(run)
    match_choices(run)
    new = [deed for deed in run.deeds if deed.word != "same"]
    if len(new) > MOST_DEEDS:
        at = next(iter(run.sheets.values())).at()
        got = f"{len(new):,}"
        run.findings.error(at, f"at most {MOST_DEEDS} rows that write something", got, "Divide the file.")
        run.findings.refuse()
    _lock(run, new)
    for deed in new:
        if deed.do is not None:
            deed.do()
    run.findings.refuse()
    return run.deeds


def _lock(run: Run, deeds: list[Deed]) -> None:
    """Lock what all rows touch, in the order of docs/explanation/locking.md; each deed locks it again."""
    cases = sorted({deed.case_id for deed in deeds if deed.case_id})
    for case in cases:
        wait_for_case(case)
    choosing = [deed.case_id for deed in deeds if deed.sheet == SHEET_OF_CHOICES.key]
    offered = Offer.unscoped.filter(case__in=choosing).values_list("place__hospital", flat=True)
    lock_hospitals([*offered, *(deed.hospital_id for deed in deeds if deed.hospital_id)])
    if any(deed.hospital_id for deed in deeds):
        frames = MissionLimit.unscoped.on(current_day()).filter(
            mission=run.mission, what=MissionLimit.What.FRAME
        )
        list(frames.select_for_update(no_key=True).order_by("pk"))


def _told(deeds: list[Deed]) -> tuple[Told, ...]:
    return tuple(Told(one.sheet, one.row, one.word, one.case, one.whom) for one in deeds)
