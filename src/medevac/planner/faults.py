"""Faults in a document: what was expected, what came, where, and what to do.

Finding them is the work of `medevac.planner.reading`; this file only says what a fault is and
gathers many of them, so that a file's author hears of all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

MOST_FAULTS = 100
MOST_COUNTED = 10_000  # a document with more faults is given up, so that a hostile one costs little time
_WHOLE_DOCUMENT = "the document"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `path` is like `patients[3].needs[0]`, empty for the document as a whole."""

    path: str
    expected: str
    got: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.path or _WHOLE_DOCUMENT
        sentence = f"{place}: expected {self.expected}, got {self.got}."
        return f"{sentence} {self.remedy}" if self.remedy else sentence

    def to_dict(self) -> dict[str, str]:
        """The fault as a JSON object."""
        return {
            "path": self.path,
            "expected": self.expected,
            "got": self.got,
            "remedy": self.remedy,
            "severity": self.severity,
        }


class FaultsError(ValueError):
    """A document cannot be used. `faults` are the first hundred faults, `more` counts the rest.

    Parameters
    ----------
    faults
        The faults, in the order of the document. What lies beyond a hundred is only counted.
    more
        How many further faults were found and not kept.
    """

    def __init__(self, faults: Iterable[Fault], more: int = 0) -> None:
        every = tuple(faults)
        self.faults = every[:MOST_FAULTS]
        self.more = more + len(every) - len(self.faults)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        total = len(self.faults) + self.more
        lines = [f"{total} fault{'' if total == 1 else 's'} found."]
        lines += [str(fault) for fault in self.faults]
        if self.more:
            beyond = " or more" if self.more >= MOST_COUNTED else ""
            lines.append(f"… and {self.more}{beyond} others.")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """The faults as a JSON object, for an answer over the network."""
        return {"faults": [fault.to_dict() for fault in self.faults], "more": self.more}


class FaultList:
    """Gathers faults while a document is read; keeps a hundred of each severity, counts the rest."""

    def __init__(self) -> None:
        self._errors: list[Fault] = []
        self._seen: set[tuple[str, str]] = set()
        self._warnings: list[Fault] = []
        self._more_errors = 0
        self._more_warnings = 0

    @property
    def full(self) -> bool:
        """Whether further errors are only counted (so that nobody need phrase them)."""
        return len(self._errors) >= MOST_FAULTS

    @property
    def any_error(self) -> bool:
        """Whether at least one error was found."""
        return bool(self._errors)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The warnings; when there were more than a hundred, a last one says how many."""
        if not self._more_warnings:
            return tuple(self._warnings)
        rest = Fault("", "no oddities", f"{self._more_warnings} more warnings", "", "warning")
        return (*self._warnings, rest)

    def error(self, path: str, expected: str, got: str, remedy: str) -> None:
        """Note an error, unless the same value at the same place is refused already."""
        if (path, got) in self._seen:
            return
        if self.full:
            self.count_error()
            return
        self._seen.add((path, got))
        self._errors.append(Fault(path, expected, got, remedy))

    def count_error(self) -> None:
        """Note that there is one more error, without its text.

        Raises
        ------
        FaultsError
            When there are so many that reading on is of no use.
        """
        self._more_errors += 1
        if self._more_errors >= MOST_COUNTED:
            self.refuse()

    def warning(self, path: str, expected: str, got: str, remedy: str) -> None:
        """Note something legal but odd."""
        if len(self._warnings) >= MOST_FAULTS:
            self._more_warnings += 1
            return
        self._warnings.append(Fault(path, expected, got, remedy, "warning"))

    def refuse(self) -> None:
        """Raise what was found.

        Raises
        ------
        FaultsError
            When at least one error was noted.
        """
        if self._errors:
            raise FaultsError(self._errors, self._more_errors)
