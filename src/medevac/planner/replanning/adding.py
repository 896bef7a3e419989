"""Puts further patients, hospitals and the like into a problem document.

What is added is itself a problem document in which everything but `format` may be left out. It adds and never
replaces: a name that the problem has already is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from medevac.planner.faults import Fault, FaultList, FaultsError
from medevac.planner.reading import PROBLEM_FORMAT, ProblemDocument, read_problem
from medevac.planner.reading.document import check_format
from medevac.planner.reading.entry import Entry
from medevac.planner.reading.phrases import child, item, show

MAPPINGS = ("airports", "hubs", "countries", "families")
LISTS = {
    "hospitals": ("id",),
    "aircraft": ("id",),
    "patients": ("id",),
    "fixed": ("patient",),
    "fixed_flights": ("aircraft", "date"),
}
KEPT = "Leave it out: the problem's own is kept."
_PLACE = re.compile(r"^(?P<key>[a-z_]+)\[(?P<number>\d+)\]")


def with_added(document: Mapping[str, Any], added: Mapping[str, Any]) -> ProblemDocument:
    """Read the problem that a sound document and an addition make together.

    Parameters
    ----------
    document
        The problem as parsed JSON; it has no faults.
    added
        The addition as parsed JSON.

    Raises
    ------
    FaultsError
        With every fault of the addition, at its own paths.
    """
    faults = FaultList()
    check_format(dict(added), (PROBLEM_FORMAT,), faults)
    Entry(dict(added), "", faults, ("format", *MAPPINGS, *LISTS))
    faults.refuse()
    merged = dict(document)
    for key in MAPPINGS:
        _add_names(merged, added, key, faults)
    for key, identity in LISTS.items():
        _add_entries(merged, added, key, identity, faults)
    faults.refuse()
    counts = {key: len(document.get(key) or ()) for key in LISTS}
    try:
        read = read_problem(merged)
    except FaultsError as error:
        raise FaultsError([_at_own_place(one, counts) for one in error.faults], error.more) from None
    own = [one for one in read.warnings if _is_own(one, counts)]
    return replace(read, warnings=tuple(_at_own_place(one, counts) for one in own))


def _add_names(merged: dict[str, Any], added: Mapping[str, Any], key: str, faults: FaultList) -> None:
    new = added.get(key)
    if new is None:
        return
    if not isinstance(new, dict):
        faults.error(key, "an object", show(new), "Write it as { } with a name for each.")
        return
    old = merged.get(key) or {}
    for name in new:
        if name in old:
            faults.error(child(key, name), "a new name", f"{show(name)}, which the problem has", KEPT)
    merged[key] = {**old, **new}


def _add_entries(
    merged: dict[str, Any], added: Mapping[str, Any], key: str, identity: tuple[str, ...], faults: FaultList
) -> None:
    new = added.get(key)
    if new is None:
        return
    if not isinstance(new, list):
        faults.error(key, "a list", show(new), "Write it as [ ], even with one entry.")
        return
    old = list(merged.get(key) or ())
    known = {_name(one, identity) for one in old}
    for number, one in enumerate(new):
        name = _name(one, identity)
        if name is not None and name in known:
            got = f"{show(' '.join(name))}, which the problem has"
            faults.error(item(key, number), "a new entry", got, KEPT)
    merged[key] = [*old, *new]


def _name(one: Any, identity: tuple[str, ...]) -> tuple[str, ...] | None:
    values = [one.get(key) for key in identity] if isinstance(one, dict) else [None]
    return tuple(map(str, values)) if all(isinstance(value, str) for value in values) else None


def _at_own_place(fault: Fault, counts: Mapping[str, int]) -> Fault:
    """The fault at its path in the addition, where entries are counted from 0 again."""
    found = _PLACE.match(fault.path)
    if found is None or int(found["number"]) < counts.get(found["key"], 0):
        return fault
    number = int(found["number"]) - counts.get(found["key"], 0)
    return replace(fault, path=f"{found['key']}[{number}]{fault.path[found.end() :]}")


def _is_own(fault: Fault, counts: Mapping[str, int]) -> bool:
    """Whether a warning is about something that was added."""
    found = _PLACE.match(fault.path)
    return found is not None and int(found["number"]) >= counts.get(found["key"], 0)
