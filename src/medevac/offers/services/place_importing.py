"""A hospital's places from a workbook: first a trial that changes nothing, then the deed, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.services.many_rows import insert_rows, update_rows
from medevac.cases.services.trials import changed_since, forget_older, refuse_again
from medevac.directory.models import Hospital, Mission
from medevac.directory.services.checking import check_all
from medevac.offers.models import PlaceImport
from medevac.offers.policy import KEEP_PLACES
from medevac.offers.services.locking import lock_hospitals
from medevac.offers.services.place_matching import PlaceDeed, PoolDeed, Setting, match_places, match_pools
from medevac.offers.services.places import demand_keeper, refuse_ended, set_pool
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.planner import Fault, FaultsError
from medevac.tables.findings import Findings
from medevac.tables.kept_rows import as_plain, from_plain
from medevac.tables.places.reading import read_places_workbook
from medevac.tables.places.sheets import PLACES, POOLS
from medevac.tables.records import SheetRecords


@dataclass(frozen=True)
class Trial:
    """What a workbook would do now, row by row, and the faults that stand against all of it."""

    places: tuple[PlaceDeed, ...]
    pools: tuple[PoolDeed, ...]
    faults: tuple[Fault, ...]
    more: int = 0

    def count(self, word: str) -> int:
        """How many rows would do that: "add", "change" or "same"."""
        words = [*(one.word for one in self.places), *(one.word for one in self.pools)]
        return words.count(word)


@transaction.atomic
def try_import(
    actor: User, hospital: Hospital, mission: Mission, file_name: str, data: bytes
) -> tuple[PlaceImport, Trial]:
    """Read a workbook and keep, for a day, what it would do; no place is changed.

    Raises
    ------
    NotAllowedError
        Where the actor does not keep the hospital's places.
    RefusedError
        Where the hospital is closed or the mission has ended.
    """
    demand_keeper(actor, hospital, mission)
    refuse_ended(hospital, mission)
    content: dict[str, Any] = {}
    try:
        read = read_places_workbook(data)
        content = {sheet.sheet.key: as_plain(sheet) for sheet in (read.places, read.pools)}
        trial = _judge(read.places, read.pools, Setting(hospital, mission, read.findings))
    except FaultsError as error:
        trial, content = Trial((), (), error.faults, error.more), {}
    kept = PlaceImport.unscoped.create(
        hospital=hospital,
        mission=mission,
        file_name=file_name.replace("\0", "")[:200],
        content=content,
        faults=[fault.to_dict() for fault in trial.faults],
        more_faults=trial.more,
        made_by=actor.pk,
    )
    return kept, trial


def trial_of(kept: PlaceImport) -> Trial | None:
    """What applying it would do now; None once it was applied or its day is over."""
    if kept.faults:
        return Trial((), (), tuple(Fault(**fault) for fault in kept.faults), kept.more_faults)
    if not kept.content:
        return None
    try:
        return _judged_again(kept)
    except FaultsError as error:
        return Trial((), (), error.faults, error.more)


@transaction.atomic
def apply_import(actor: User, kept: PlaceImport) -> Trial:
    """Do what a trial said: every row, or none of them. Places that change are confirmed as well.

    Returns
    -------
    What was done, row by row.

    Raises
    ------
    RefusedError
        Where it was applied already, its day is over, it has faults, or what is kept has changed so that a
        row can no longer be written. Nothing was changed.
    """
    demand(actor, KEEP_PLACES, kept)
    lock_hospitals([kept.hospital_id])
    rows = PlaceImport.unscoped.select_for_update(of=("self",)).select_related("hospital", "mission")
    locked = rows.get(pk=kept.pk)
    refuse_again(locked, faults=bool(locked.faults))
    refuse_ended(locked.hospital, locked.mission)
    try:
        trial = _judged_again(locked)
    except FaultsError as error:
        raise changed_since(error.faults[0]) from error
    _write_places(actor, trial.places)
    # The last day first: so each number is judged for the days for which it will hold.
    for deed in sorted(trial.pools, key=lambda one: one.first_day, reverse=True):
        if deed.word != "same":
            set_pool(actor, locked.hospital, locked.mission, deed.kind, deed.number, first_day=deed.first_day)
    locked.applied_at, locked.content = timezone.now(), {}
    locked.save(update_fields=["applied_at", "content"])
    return trial


def forget_trials() -> int:
    """Empty what was read and not applied within a day; how many."""
    return forget_older(PlaceImport.unscoped.all(), empty={})


def _judge(places: SheetRecords, pools: SheetRecords, setting: Setting) -> Trial:
    """Compare with what is kept.

    Raises
    ------
    FaultsError
        With every fault, in the order of the workbook.
    """
    place_deeds, pool_deeds = match_places(places, setting), match_pools(pools, setting)
    setting.findings.refuse()
    return Trial(tuple(place_deeds), tuple(pool_deeds), ())


def _judged_again(kept: PlaceImport) -> Trial:
    places, pools = (from_plain(sheet, kept.content[sheet.key]) for sheet in (PLACES, POOLS))
    return _judge(places, pools, Setting(kept.hospital, kept.mission, Findings()))


def _write_places(actor: User, deeds: tuple[PlaceDeed, ...]) -> None:
    """Write places in a few statements; history and constraints hold."""
    now = timezone.now()
    new = [deed.place for deed in deeds if deed.word == "add"]
    changed = [deed.place for deed in deeds if deed.word == "change"]
    for place in (*new, *changed):
        place.confirmed_at, place.confirmed_by = now, actor.pk
    for place in changed:
        place.version += 1
    check_all([*new, *changed])
    try:
        insert_rows(new)
        names = {"version", "confirmed_at", "confirmed_by"}
        update_rows(changed, names.union(*(deed.news for deed in deeds if deed.word == "change")))
    except IntegrityError as error:
        raise RefusedError(
            _("Somebody else has just written one of these places. Read the file again, and look once more.")
        ) from error
