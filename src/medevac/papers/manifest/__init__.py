"""Manifests: for each flight a PDF for the crew, the hub and those who receive, made by typst.

A manifest carries names and health data: it is for those who carry the patient, not for sharing. The text
reaches typst as JSON and is never read as markup.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from medevac.papers.flown import ShownFlight, shown_flights
from medevac.papers.free_keys import read_free_keys
from medevac.papers.languages import words_for
from medevac.papers.manifest.content import Request, content_of
from medevac.papers.manifest.glyphs import Printer
from medevac.planner.plan import Plan
from medevac.planner.reading import ProblemDocument

STANDARD: Literal["ua-1"] = "ua-1"  # PDF that a screen reader can read


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of one flight, and sentences about what could not be printed."""

    flight: str
    file_name: str
    pdf: bytes
    warnings: tuple[str, ...]


def make_manifests(
    document: ProblemDocument,
    plan: Plan,
    *,
    language: str = "en",
    flight: str | None = None,
    with_proposals: bool = False,
    printed: datetime | None = None,
) -> tuple[Manifest, ...]:
    """Make the manifests of a plan.

    Parameters
    ----------
    document
        The problem, as read; its free keys give names, oxygen and crew.
    plan
        The plan for it.
    language
        One of `MANIFEST_LANGUAGES`.
    flight
        The id of the only flight that is wanted; None for all.
    with_proposals
        List placements that the patient has not chosen too, marked as such.
    printed
        The instant that each page names; None to name none.

    Returns
    -------
    The same bytes for the same arguments, in the plan's order; none for a flight that the plan has not.
    """
    free = read_free_keys(document.raw)
    names: set[str] = set()
    found = []
    for shown in shown_flights(document.problem, plan):
        if flight is None or shown.flight.id == flight:
            request = Request(document, plan, words_for(language), free, with_proposals, printed)
            found.append(_manifest(request, shown, names))
    return tuple(found)


def _manifest(request: Request, shown: ShownFlight, names: set[str]) -> Manifest:
    printer = Printer()
    content = content_of(request, shown, printer)
    pdf = typst.compile(
        _template(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=request.printed,
    )
    warnings = (*request.free.warnings, *printer.warnings())
    return Manifest(shown.flight.id, _file_name(shown.flight.id, names), bytes(pdf), warnings)


def _file_name(flight: str, names: set[str]) -> str:
    """A name that every file system takes, and that no other manifest of the plan has."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "_", flight)[:60] or "_"
    name, number = f"manifest-{stem}.pdf", 2
    while name.lower() in names:
        name, number = f"manifest-{stem}-{number}.pdf", number + 1
    names.add(name.lower())
    return name


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and those that typst carries, never the machine's: a manifest is the same everywhere."""
    folder = str(files("medevac.papers") / "fonts")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@cache
def _template() -> bytes:
    return (files("medevac.papers.manifest") / "manifest.typ").read_bytes()


__all__ = ["Manifest", "make_manifests"]
