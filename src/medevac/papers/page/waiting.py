"""Who stays and why: unplaced patients by reason, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass

from medevac.papers.languages import Words
from medevac.papers.page.reasons import explained
from medevac.planner.plan import Plan, Unplaced
from medevac.planner.problem import Problem


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
class WaitingGroup:
    """Everybody who stays for one reason."""

    anchor: str
    heading: str
    meaning: str
    rows: tuple[WaitingRow, ...]


def waiting_groups(words: Words, problem: Problem, plan: Plan) -> tuple[WaitingGroup, ...]:
    """The groups, the largest first."""
    by_reason: dict[str, list[Unplaced]] = {}
    for one in plan.unplaced:
        by_reason.setdefault(one.reason or "infeasible", []).append(one)
    patients = {one.id: one for one in problem.patients}

    def row(one: Unplaced) -> WaitingRow:
        patient = patients[one.patient]
        text, lang = explained(words, one)
        return WaitingRow(
            patient=patient.id,
            family=patient.family or "",
            priority=patient.priority,
            days=words.number(patient.waiting_days),
            text=text,
            lang="" if lang == words.language else lang,
        )

    groups = []
    for reason, ones in sorted(by_reason.items(), key=lambda it: (-len(it[1]), it[0])):
        rows = sorted((row(one) for one in ones), key=lambda one: (one.priority, one.patient))
        key = reason.replace("-", "_")
        groups.append(
            WaitingGroup(
                anchor=f"reason-{reason}",
                heading=words(f"reasons.{key}"),
                meaning=words(f"reasons.{key}_meaning"),
                rows=tuple(rows),
            )
        )
    return tuple(groups)
