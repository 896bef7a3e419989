"""The map of the flight that a run has filled, laid out once from its own documents and kept for a day."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from medevac.offers.models import AdviceRun
from medevac.papers.flown import shown_flights
from medevac.papers.languages import PAGE_LANGUAGES, Words, words_for
from medevac.papers.page.map import RouteMap, route_map
from medevac.planner import read_plan, read_problem

KEPT_SECONDS = 24 * 3600
TEXTS = ("legend", "full", "empty", "source")


def map_of(run: AdviceRun) -> dict[str, Any] | None:
    """The map and its words in the reader's language; None where nothing flies."""
    if not run.facts.get("stops"):
        return None
    language = get_language() or "en"
    language = language if language in PAGE_LANGUAGES else "en"
    key = f"offers.advice.map.{run.pk}.{language}"
    drawn: RouteMap | None = cache.get(key)
    words = words_for(language)
    if drawn is None:
        drawn = _drawn(run, words)
        cache.set(key, drawn, KEPT_SECONDS)
    return {"map": drawn, "words": {name: words(f"page.map_{name}") for name in TEXTS}} if drawn else None


def _drawn(run: AdviceRun, words: Words) -> RouteMap | None:
    """Laid out from those who fly and where they go: the many others would only take time to be read."""
    document, plan = json.loads(run.problem), json.loads(run.plan)
    flying = {one["patient"] for one in plan["placements"]}
    going_to = {one["hospital"] for one in plan["placements"]}
    problem = read_problem(
        {
            **document,
            "patients": [{**one, "family": None} for one in document["patients"] if one["id"] in flying],
            "hospitals": [one for one in document["hospitals"] if one["id"] in going_to],
            "families": {},
            "fixed": [],
        }
    ).problem
    return route_map(words, problem, shown_flights(problem, read_plan({**plan, "unplaced": []}, problem)))
