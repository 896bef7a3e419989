"""The head of the page: what was planned, how good it is proven to be, and whether it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from medevac.papers.languages import Words
from medevac.planner.evaluate import Evaluation
from medevac.planner.plan import TERM_NAMES, Plan
from medevac.planner.reading import ProblemDocument

SHORT_SHA = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at the head."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The head of the page and its notes."""

    window: str
    quality: str
    tiles: tuple[Tile, ...]
    bases: tuple[tuple[str, int], ...]
    broken: tuple[str, ...]
    of_another_problem: bool
    conflicts: tuple[tuple[str, str, str], ...]
    terms: tuple[tuple[str, str], ...]
    version: str
    solver: str


def summary_of(words: Words, document: ProblemDocument, plan: Plan, evaluation: Evaluation) -> Summary:
    """Sum a plan up."""
    problem = document.problem
    last = problem.start + timedelta(days=problem.days - 1)
    bases = Counter(placement.basis for placement in plan.placements)
    return Summary(
        window=words("page.window", first=words.day(problem.start), last=words.day(last)),
        quality=_quality(words, plan),
        tiles=_tiles(words, document, plan),
        bases=tuple((basis, bases[basis]) for basis in ("chosen", "accepted", "proposal")),
        broken=tuple(f"{one.rule}: {one.sentence}" for one in evaluation.broken),
        of_another_problem=plan.problem_sha256 != document.sha256,
        conflicts=tuple((one.rule, ", ".join(one.patients), one.explanation) for one in plan.conflicts),
        terms=tuple((words(f"page.term_{name}"), words.score(plan.terms[name])) for name in TERM_NAMES)
        if plan.terms is not None
        else (),
        version=document.sha256[:SHORT_SHA],
        solver="" if plan.solver is None else f"{plan.solver.name} {plan.solver.version}".strip(),
    )


def _tiles(words: Words, document: ProblemDocument, plan: Plan) -> tuple[Tile, ...]:
    placed, total = len(plan.placements), len(plan.placements) + len(plan.unplaced)
    hospitals = {placement.hospital for placement in plan.placements}
    countries = {one.country for one in document.problem.hospitals if one.id in hospitals}
    companions = {one.id: one.companions for one in document.problem.patients}
    travelling = sum(companions[placement.patient] for placement in plan.placements)
    of_total = words("page.tile_placed", total=words.number(total))
    counts = {
        "companions": travelling,
        "flights": len(plan.flights),
        "hospitals": len(hospitals),
        "countries": len(countries),
        "staying": len(plan.unplaced),
    }
    others = (
        Tile(words.number(count), words.count(f"page.tile_{name}", count)) for name, count in counts.items()
    )
    return (Tile(words.number(placed), of_total), *others)


def _quality(words: Words, plan: Plan) -> str:
    if plan.status == "infeasible" or plan.score is None:
        return words("page.infeasible")
    score = words.score(plan.score)
    if plan.status == "optimal":
        return words("page.optimal", score=score)
    if plan.bound is None:
        return words("page.no_bound", score=score)
    gap = 100 * (plan.bound - plan.score) / max(1.0, abs(plan.score))
    return words("page.feasible", score=score, bound=words.score(plan.bound), gap=words.number(gap, 2))
