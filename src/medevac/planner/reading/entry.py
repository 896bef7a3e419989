"""One object of a document, read key by key; what does not fit is noted with its path.

Every reading method returns a value of the right type even where the document has none: a stand-in.
The fault is in the list by then, so nothing is ever built from stand-ins, and a check that compares
two values first asks whether both are `sound`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from medevac.planner.faults import FaultList
from medevac.planner.reading.checks import Check, UnfitError, text
from medevac.planner.reading.phrases import MISSING, child, item, listed, nearest, show

T = TypeVar("T")

ABSENT = object()
"""Stands for an object that is not there, which was noted already."""


class Entry:
    """An object of the document with its path and the list that takes its faults.

    Parameters
    ----------
    value
        What stands in the document; if it is no object, that is noted and the entry is empty.
    path
        Where it stands, such as `patients[3]`.
    faults
        Takes the faults.
    keys
        The keys that may occur. None where keys are names, such as those of airports.
    """

    __slots__ = ("_faulty", "_void", "data", "faults", "path")

    def __init__(self, value: Any, path: str, faults: FaultList, keys: Collection[str] | None = None) -> None:
        self.path = path
        self.faults = faults
        self._faulty: set[str] = set()
        self._void = not isinstance(value, dict)
        self.data: dict[str, Any] = {} if self._void else value
        if self._void and value is not ABSENT:
            faults.error(path, "an object", show(value), "Write it as { } with its keys.")
        if keys is not None:
            self._refuse_unknown(keys)

    def sound(self, *keys: str) -> bool:
        """Whether the values of these keys fit, so that they may be compared."""
        return not self._void and self._faulty.isdisjoint(keys)

    def fault(self, key: str, expected: str, got: str, remedy: str) -> None:
        """Note a fault at a key."""
        self._faulty.add(key)
        self.faults.error(child(self.path, key), expected, got, remedy)

    def fault_at(self, key: str, index: int, expected: str, got: str, remedy: str) -> None:
        """Note a fault at an entry of the list under a key."""
        self._faulty.add(key)
        self.faults.error(item(child(self.path, key), index), expected, got, remedy)

    def oddity(self, key: str, expected: str, got: str, remedy: str) -> None:
        """Note something legal but odd at a key, or at the entry itself where the key is empty."""
        self.faults.warning(child(self.path, key) if key else self.path, expected, got, remedy)

    def need(self, key: str, check: Check[T], stand_in: T) -> T:
        """The value of a key that must be there."""
        if self._void:
            return stand_in
        return self._checked(key, self.data.get(key, MISSING), check, stand_in)

    def may(self, key: str, check: Check[T], default: T) -> T:
        """The value of a key that may be left out or null."""
        value = self.data.get(key)
        if value is None:
            return default
        return self._checked(key, value, check, default)

    def may_be(self, key: str, check: Check[T]) -> T | None:
        """The value of a key that may be left out or null, which then means nothing."""
        value = self.data.get(key)
        if value is None:
            return None
        return self._checked(key, value, check, None)

    def need_list(self, key: str, check: Check[T], *, least: int = 0, unique: bool = False) -> tuple[T, ...]:
        """The checked values of a list that must be there; `unique` refuses a value that comes twice."""
        found = self.items(key)
        if len(found) < least and self.sound(key):
            self.fault(key, f"at least {least} entry", "an empty list", "Add an entry.")
        return self._each(key, found, check, unique)

    def may_list(self, key: str, check: Check[T], *, unique: bool = False) -> tuple[T, ...] | None:
        """The checked values of a list that may be left out or null."""
        if self.data.get(key) is None:
            return None
        return self._each(key, self.items(key), check, unique)

    def items(self, key: str) -> list[Any]:
        """The raw values of a list that must be there."""
        if self._void:
            return []
        value = self.data.get(key, MISSING)
        if isinstance(value, list):
            return value
        remedy = "Add the key." if value is MISSING else "Write it as [ ], even with one entry."
        self.fault(key, "a list", show(value), remedy)
        return []

    def entries(self, key: str, keys: Collection[str], *, optional: bool = False) -> Iterator[Entry]:
        """The objects of a list, each as an entry."""
        if optional and self.data.get(key) is None:
            return
        path = child(self.path, key)
        for index, value in enumerate(self.items(key)):
            yield Entry(value, item(path, index), self.faults, keys)

    def inner(self, key: str, keys: Collection[str] | None = None, *, optional: bool = False) -> Entry:
        """The object under a key, as an entry; empty where it may be left out and is."""
        path = child(self.path, key)
        if optional and self.data.get(key) is None:
            return Entry({}, path, self.faults)
        if self._void or key not in self.data:
            if not self._void:
                self.fault(key, "an object", "nothing", "Add the key.")
            return Entry(ABSENT, path, self.faults)
        found = Entry(self.data[key], path, self.faults, keys)
        if found._void:
            self._faulty.add(key)
        return found

    def names(self) -> Iterator[str]:
        """The keys of an object whose keys are names; those that start with x- are free."""
        for name in self.data:
            if name.startswith("x-"):
                continue
            try:
                yield text(name)
            except UnfitError:
                self.fault(name, "a name that is not blank", show(name), "Give it a name.")

    def named(self, keys: Collection[str]) -> Iterator[tuple[str, Entry]]:
        """Name and object for every name."""
        for name in self.names():
            yield name, self.inner(name, keys)

    def _checked(self, key: str, value: Any, check: Check[T], stand_in: T) -> T:
        try:
            return check(value)
        except UnfitError as unfit:
            self._faulty.add(key)
            self._note(child(self.path, key), value, unfit)
            return stand_in

    def _each(self, key: str, values: list[Any], check: Check[T], unique: bool) -> tuple[T, ...]:
        found: dict[int, T] = {}
        places: dict[T, int] = {}
        for index, value in enumerate(values):
            try:
                found[index] = check(value)
            except UnfitError as unfit:
                self._faulty.add(key)
                self._note(item(child(self.path, key), index), value, unfit)
                continue
            first = places.setdefault(found[index], index)
            if unique and first != index:
                self._faulty.add(key)
                path = item(child(self.path, key), index)
                self.faults.error(path, "each entry once", f"{show(value)}, as at {first}", "Remove it.")
        return tuple(found.values())

    def _note(self, path: str, value: Any, unfit: UnfitError) -> None:
        """Note a fault; words are only sought while faults are still kept."""
        if self.faults.full:
            self.faults.count_error()
            return
        remedy = unfit.remedy
        if value is MISSING:
            remedy = "Add the key."
        elif isinstance(value, str) and unfit.known:
            remedy = nearest(value, unfit.known) + remedy
        self.faults.error(path, unfit.expected, show(value), remedy)

    def _refuse_unknown(self, keys: Collection[str]) -> None:
        for key in self.data:
            if key in keys or key.startswith("x-"):
                continue
            if self.faults.full:
                self.faults.count_error()
                continue
            hint = nearest(key, keys) or f"Known are {listed(keys)}. "
            remedy = hint + "Correct it, remove it, or let it start with x-."
            self.faults.error(child(self.path, key), "a known key", f"the key {show(key)}", remedy)


def refuse_repeats(entries: list[Entry], key: str, names: list[str]) -> None:
    """Note every name that an earlier entry of the same list has already."""
    first: dict[str, str] = {}
    for entry, name in zip(entries, names, strict=True):
        if not entry.sound(key):
            continue
        path = first.setdefault(name, entry.path)
        if path != entry.path:
            entry.fault(key, "a name of its own", f"{show(name)}, as at {path}", "Rename or remove one.")
