"""The plan as one page: `plan.html`, a file that needs no network, for screen, phone and paper.

The page shows what the plan says, and what `evaluate` finds in it; it decides nothing. It names patients by
their ids only, never by `x-name`, so that it can be shared with those who plan.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from medevac.papers.flown import shown_flights
from medevac.papers.free_keys import read_free_keys
from medevac.papers.languages import words_for
from medevac.papers.page.advice import advice_lines
from medevac.papers.page.flights import flight_sections
from medevac.papers.page.map import route_map
from medevac.papers.page.receivers import countries_left, country_rows, hospital_rows
from medevac.papers.page.summary import summary_of
from medevac.papers.page.waiting import waiting_groups
from medevac.planner.evaluate import evaluate
from medevac.planner.plan import Plan
from medevac.planner.reading import ProblemDocument

if TYPE_CHECKING:
    from medevac.planner.advice import Proposal

# Marks that embed, override or isolate a direction of writing: they would turn what follows around.
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def make_page(
    document: ProblemDocument, plan: Plan, *, language: str = "en", advice: Sequence[Proposal] | None = None
) -> bytes:
    """Make the page of a plan, as the bytes of a UTF-8 file.

    Parameters
    ----------
    document
        The problem, as read.
    plan
        The plan for it, as read or as solved.
    language
        One of `PAGE_LANGUAGES`.
    advice
        The proposals of `medevac.planner.advise`, the most helpful first; None where nobody has asked.

    Returns
    -------
    The same bytes for the same problem, plan, language and advice.
    """
    problem, words = document.problem, words_for(language)
    evaluation = evaluate(problem, plan)
    free = read_free_keys(document.raw)
    flights = shown_flights(problem, plan)
    hospitals = hospital_rows(words, problem, plan, free)
    text = (
        _environment()
        .get_template("page.html")
        .render(
            words=words,
            style=Markup(_style()),
            policy=_policy(_style()),
            problem=problem,
            plan=plan,
            summary=summary_of(words, document, plan, evaluation),
            map=route_map(words, problem, flights),
            flights=flight_sections(words, problem, plan, flights, evaluation.flights, free),
            waiting=waiting_groups(words, problem, plan),
            hospitals=hospitals,
            countries_left=countries_left(words, hospitals[1]),
            countries=country_rows(words, problem, plan),
            advice=advice_lines(words, advice),
        )
    )
    return text.encode("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("medevac.papers.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_undirected,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _undirected(value: Any) -> Any:
    """A value without the invisible characters that turn the direction of what follows around."""
    return value.translate(_DIRECTIONS) if isinstance(value, str) else value


@cache
def _style() -> str:
    return (files("medevac.papers.page") / "page.css").read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """A content security policy that allows this style sheet and nothing else."""
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
