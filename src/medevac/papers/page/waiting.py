"""Who stays and why: unplaced patients by reason, the most urgent first.

Patients who stay for the very same cause are told of together: the sentence once, then who they are. The plan
itself keeps an explanation for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medevac.papers.languages import Words
from medevac.papers.page.reasons import explained, together
from medevac.planner.plan import Plan, Unplaced
from medevac.planner.problem import Patient, Problem

FEWEST_TOGETHER = 3  # below that everybody has a sentence of their own


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One patient who stays; `lang` is the explanation's language where it is not the page's."""

    patient: str
    family: str
    priority: int
    days: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class SharedCause:
    """Patients who stay for the same cause; the text of a row is what is the patient's own, or empty."""

    text: str
    rows: tuple[WaitingRow, ...]

    @property
    def bare(self) -> bool:
        """Whether nobody has anything of their own to add."""
        return not any(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Everybody who stays for one reason: those with a cause in common, and the others."""

    anchor: str
    heading: str
    meaning: str
    number: int
    shared: tuple[SharedCause, ...]
    rows: tuple[WaitingRow, ...]


def waiting_groups(words: Words, problem: Problem, plan: Plan) -> tuple[WaitingGroup, ...]:
    """The groups, the largest first."""
    by_reason: dict[str, list[Unplaced]] = {}
    for one in plan.unplaced:
        by_reason.setdefault(one.reason or "infeasible", []).append(one)
    patients = {one.id: one for one in problem.patients}
    groups = []
    for reason, ones in sorted(by_reason.items(), key=lambda it: (-len(it[1]), it[0])):
        key = reason.replace("-", "_")
        shared, rest = _shared(words, patients, ones)
        groups.append(
            WaitingGroup(
                anchor=f"reason-{reason}",
                heading=words(f"reasons.{key}"),
                meaning=words(f"reasons.{key}_meaning"),
                number=len(ones),
                shared=shared,
                rows=_ordered([_row(words, patients[one.patient], *explained(words, one)) for one in rest]),
            )
        )
    return tuple(groups)


def _shared(
    words: Words, patients: Mapping[str, Patient], ones: Sequence[Unplaced]
) -> tuple[tuple[SharedCause, ...], list[Unplaced]]:
    """The causes that several have in common, the commonest first, and everybody else."""
    causes: dict[str, list[tuple[Unplaced, str]]] = {}
    rest: list[Unplaced] = []
    for one in ones:
        found = together(words, one)
        if found is None:
            rest.append(one)
        else:
            causes.setdefault(found[0], []).append((one, found[1]))
    shared = []
    for text, members in sorted(causes.items(), key=lambda it: (-len(it[1]), it[0])):
        if len(members) < FEWEST_TOGETHER:
            rest += [one for one, _ in members]
            continue
        rows = [_row(words, patients[one.patient], own, words.language) for one, own in members]
        shared.append(SharedCause(text, _ordered(rows)))
    return tuple(shared), rest


def _row(words: Words, patient: Patient, text: str, language: str) -> WaitingRow:
    return WaitingRow(
        patient=patient.id,
        family=patient.family or "",
        priority=patient.priority,
        days=words.number(patient.waiting_days),
        text=text,
        lang="" if language == words.language else language,
    )


def _ordered(rows: Sequence[WaitingRow]) -> tuple[WaitingRow, ...]:
    return tuple(sorted(rows, key=lambda one: (one.priority, one.patient)))
