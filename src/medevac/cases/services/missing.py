"""Keeps how much each live case lacks. One function counts: after whatever changes it, and on the hour, since
papers age and missions ask for other things from a day on.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from medevac.cases.models import Case, MissingItems
from medevac.cases.requirements import Need, missing_needs, needs_of_many
from medevac.cases.rules import LIVE
from medevac.cases.sides import Side
from medevac.directory.steps import Step

BATCH = 200  # cases that are locked at a time


def count_missing(cases: Collection[Case]) -> int:
    """Count what these cases lack now; part of the transaction that has changed them and holds their lock.

    Returns
    -------
    For how many it has become another number.
    """
    kept = MissingItems.unscoped.in_bulk([case.pk for case in cases])
    changed = []
    for case, needs in needs_of_many(cases).items():
        counted = _counts(needs)
        row = kept.get(case)
        if row is None or (row.medical, row.border, row.steps) != counted:
            medical, border, steps = counted
            changed.append(MissingItems(case_id=case, medical=medical, border=border, steps=steps))
    MissingItems.unscoped.bulk_create(
        changed, update_conflicts=True, unique_fields=["case"], update_fields=["medical", "border", "steps"]
    )
    return len(changed)


def count_all_missing() -> int:
    """Count anew for every live case; for how many it has become another number.

    A case that somebody is changing is passed over: the change counts it.
    """
    live = Case.unscoped.filter(state__in=[str(state) for state in LIVE]).order_by("pk")
    last, changed = UUID(int=0), 0
    while True:
        with transaction.atomic():
            ids = list(live.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH])
            rows = live.filter(pk__in=ids).select_for_update(skip_locked=True, no_key=True)
            changed += count_missing(list(rows))
        if not ids:
            return changed
        last = ids[-1]


def _counts(needs: Collection[Need]) -> tuple[int, int, list[str]]:
    missing = [need.side for need in needs if not need.met]
    waiting = [step.value for step in Step if missing_needs(needs, step)] if missing else []
    return missing.count(Side.MEDICAL), missing.count(Side.BORDER), waiting
