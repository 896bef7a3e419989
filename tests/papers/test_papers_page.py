"""Tests of the page as a document: complete, self-contained, escaped, the same every time."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from small_week import HOSTILE, Document, infeasible, planned, read

from medevac.papers import PAGE_LANGUAGES, make_page
from medevac.papers.languages import words_for
from medevac.papers.page.advice import advice_lines
from medevac.planner.advice import Proposal
from medevac.planner.advice.candidates import BOARD_WORDS, KINDS, ROOMS, ChangeKind
from medevac.planner.advice.figures import Figure, Kind
from medevac.planner.plan import Plan
from medevac.planner.reading import ProblemDocument

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "article"),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "div",
        "dt",
        "dd",
        "strong",
        "span",
        "time",
        "abbr",
    ),
    *(
        "code",
        "figure",
        "figcaption",
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "text",
        "desc",
        "details",
        "summary",
    ),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}


class Outline(HTMLParser):
    """Every tag and attribute of a page, its text, and whether tags close in order."""

    VOID = ("meta",)

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """The text with its spaces made one."""
        return re.sub(r"\s+", " ", " ".join(self.words))


def page(document: ProblemDocument | None = None, plan: Plan | None = None, **options: object) -> str:
    """The page of the small week."""
    document = document or read()
    return make_page(document, plan or planned(document), **options).decode("utf-8")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_the_page_needs_nothing_from_elsewhere(language: str) -> None:
    """Tests that there is no script, address or style attribute; the policy allows the style sheet only."""
    html = page(language=language)
    outline = Outline(html)
    assert outline.open == []
    assert set(outline.tags) <= ALLOWED
    assert "//" not in html.replace("</", "")
    assert not [name for name, _ in outline.attributes if name in ("style", "src") or name.startswith("on")]
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src &#39;none&#39;; style-src &#39;sha256-{digest}&#39;"
    assert policy in html
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_links_lead_somewhere_and_ids_are_unique(language: str) -> None:
    """Tests that each link of the page goes to an id that is there once."""
    outline = Outline(page(language=language))
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    assert len(outline.links) >= 8


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_table_has_a_caption_and_scopes(language: str) -> None:
    """Tests that tables say what they hold and that each heading says what it heads."""
    html = page(language=language)
    assert html.count("<table") == html.count("<caption>") > 5
    headings = re.findall(r"<th .*?>", html)
    assert all('scope="col"' in heading or 'scope="row"' in heading for heading in headings)


def test_the_page_tells_the_whole_plan() -> None:
    """Tests patients, hospitals, times in UTC and local time, bases, loads and what is left."""
    text = Outline(page()).text
    for words in (
        "of 5 patients placed 4",
        "SAS-737",
        "06:00 UTC 07:00 CET",
        "taking on: 4 patients and 1 companion",
        "Hamburg (EDDH): 1 patient",
        "Oslo (ENGM): 3 patients and 1 companion",
        "05:00–22:00",
        "Oslo universitetssykehus Norway",
        "3 of 18",
        "1 of 3",
        "burns: 1 of 4",
        "isolation: 1 of 2",
        "companions: 1 of 2",
        "limit reached",
        "1 below fair share",
        "chosen 2 – the patient has chosen this hospital",
        "accepted 1 – the hospital has said yes",
        "proposal 1 – nobody has agreed yet",
        "medevac advise problem.json plan.json",
    ):
        assert words in text, words
    for patient in ("P1", "P2", "P3", "P4", "P5"):
        assert f" {patient} " in text


def test_margins_are_those_of_the_rules() -> None:
    """Tests by hand: report 60, legs 125.1, 94.2 and 80.4, hub 60, Hamburg 50: 469.7 of 840 minutes of duty.

    P1 is 360 of 600 minutes in transit. Hamburg opens at 05:00 and closes at 22:00: the aircraft arrives at
    10:39, 339.3 minutes after the one, and leaves 630.7 before the other.
    """
    text = Outline(page()).text
    assert "Duty 6 h 10 min left 7 h 50 min of at most 14 h" in text
    assert "Transit 4 h left P1: 6 h of at most 10 h" in text
    assert "5 h 39 min after it opens" in text
    assert "tight" not in text


def test_a_margin_of_less_than_half_an_hour_is_marked() -> None:
    """Tests duty of 469.7 in 490 minutes, and a patient who is fit until 20 minutes after the arrival."""

    def tighten(data: Document) -> None:
        data["aircraft"][0]["duty_minutes"] = 490
        data["patients"][1]["fit_until"] = "2026-01-14T11:49Z"

    document = read(tighten)
    text = Outline(page(document, planned(document))).text
    assert "Duty 20 min left tight" in text
    assert "Fit to travel 20 min left tight P2 is fit until 2026-01-14 11:49 UTC" in text


def test_marks_do_not_rely_on_colour() -> None:
    """Tests that each basis has its own shape and its word."""
    html = page()
    marks = {
        basis: re.search(
            rf'<span class="basis basis-{basis}"><svg[^>]*>(.*?)</svg>{basis}</span>', html, re.DOTALL
        )
        for basis in ("chosen", "accepted", "proposal")
    }
    shapes = [found.group(1) for found in marks.values() if found]
    assert len(set(shapes)) == 3


def test_names_of_patients_stay_off_the_page() -> None:
    """Tests that a page, which is passed around, names patients by their ids only."""
    html = page()
    assert "Шевченко" not in html
    assert "Kari Nordmann" not in html


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_any_name_is_shown_and_never_read_as_markup(text: str, language: str) -> None:
    """Tests hostile names of week, patient, hospital, family, specialty and layout: no tag is added."""

    def rename(data: Document) -> None:
        data["name"] = text
        data["patients"][0] |= {"id": text, "family": text, "x-name": text}
        data["hospitals"][1] |= {"x-name": text, "places": {"burns": 2, text: 1}}
        data["aircraft"][0]["layouts"][0]["id"] = text

    document = read(rename)
    html = page(document, planned(document), language=language)
    outline = Outline(html)
    assert outline.open == []
    assert set(outline.tags) <= ALLOWED
    assert re.sub(r"\s+", " ", text.replace("\u202e", "")) in outline.text
    assert "\u202e" not in html
    assert not [name for name, _ in outline.attributes if name.startswith("on")]


def test_an_infeasible_plan_tells_its_conflicts() -> None:
    """Tests that the rule and who is concerned stand at the head, and that there is no map."""
    document = read()
    text = Outline(page(document, infeasible(document))).text
    assert "Rule 7 hospital (P1): NO-OUS has no place for trauma." in text
    assert "No plan can obey every rule" in text
    assert "This plan has no flights" in text


def test_a_plan_that_breaks_rules_says_so_first() -> None:
    """Tests that four patients beyond what a country takes are an alert before anything else."""
    document = read(lambda data: data["countries"]["NO"].update(limit=1))
    text = Outline(page(document, planned(document))).text
    assert text.index("This plan breaks rules") < text.index("of 5 patients placed")
    assert "limit reached" in text


def test_a_plan_of_another_problem_says_so() -> None:
    """Tests the note above a plan that was made for other bytes."""
    document = read()
    plan = replace(planned(document), problem_sha256="0" * 64)
    assert "made for another version" in Outline(page(document, plan)).text


def proposed(kind: ChangeKind, facts: dict[str, Any], gain: float, proves: Kind = "exact") -> Proposal:
    """A proposal as the planner makes it, but for its English sentence."""
    return Proposal(kind, "", facts, Figure(gain, proves))


def test_advice_is_shown_where_it_was_asked_for() -> None:
    """Tests advice with what its number proves, what helps nobody, and a page without advice."""
    burns = proposed("place", {"hospital": "NO-OUS", "specialty": "burns", "count": 3}, 12.5, "at least")
    text = Outline(page(advice=[burns, proposed("stop", {"aircraft": "A", "max_stops": 4}, 0.001)])).text
    assert "One more burns place at NO-OUS (3 instead of 2). The score would rise by at least 12.50." in text
    assert "One more stop" not in text
    assert "No single change that was tried would help." in Outline(page(advice=[])).text
    assert "Advice was not asked for." in Outline(page()).text


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_change_that_is_proposed_has_a_sentence(language: str) -> None:
    """Tests each kind of change that the planner tries, each room and each place on board."""
    at = {"hospital": "NO-OUS", "count": 1}
    changes: list[tuple[ChangeKind, dict[str, Any]]] = [
        ("place", {**at, "specialty": "burns"}),
        *(("place", {**at, "room": room}) for room in ROOMS),
        *(("seat", {"aircraft": "SAS-737", "what": what}) for what in BOARD_WORDS),
        ("layout", {"aircraft": "SAS-737", "layout": "wide", "of": "C-130"}),
        ("stop", {"aircraft": "SAS-737", "max_stops": 6}),
        ("aircraft", {"aircraft": "SAS-737", "date": "2026-01-16"}),
        ("hours", {"airport": "EDDF", "closes": "23:00"}),
    ]
    assert {kind for kind, _ in changes} == set(KINDS)
    lines = advice_lines(words_for(language), [proposed(kind, facts, 1.0) for kind, facts in changes])
    assert lines is not None
    for (_, facts), told in zip(changes, lines, strict=False):
        subject = facts.get("hospital") or facts.get("aircraft") or facts["airport"]
        assert subject in told.text
    each = [advice_lines(words_for(language), [proposed(*change, 1.0)]) for change in changes]
    assert len({lines[0].text for lines in each if lines}) == len(changes)


def test_stand_by_and_fixed_patients_are_shown_where_the_plan_has_them() -> None:
    """Tests the two optional parts of a plan."""
    document = read()
    plan = replace(planned(document), pins={"P1": 4.25}, standby={"F1": {"litter": ("P5",), "seat": ()}})
    text = Outline(page(document, plan)).text
    assert "Stand-by, in order litter P5 seat nobody while the place abroad is kept" in text
    assert "What each fixed patient costs in score Patient Value P1 4.25" in text


def test_the_same_plan_gives_the_same_page() -> None:
    """Tests that nothing of the hour or the machine is on the page."""
    assert page(language="uk") == page(language="uk")


def test_a_plan_with_nobody_waiting() -> None:
    """Tests that an empty list is a sentence."""
    document = read(lambda data: data["patients"].pop())
    assert "Nobody stays: every patient is placed." in Outline(page(document, planned(document))).text


def test_many_hospitals_that_receive_nobody_are_summed_by_country() -> None:
    """Tests that 400 of them make a few rows with what is left together, and not a page of megabytes."""

    def many(data: Document) -> None:
        further = [data["hospitals"][0] | {"id": f"H{n}", "x-name": f"Hospital {n}"} for n in range(400)]
        data["hospitals"] += further

    document = read(many)
    text = Outline(page(document)).text
    assert "400 hospitals that receive nobody" in text or "401 hospitals that receive nobody" in text
    assert "Hospital 399" not in text
    assert "What each of them has stands in the problem" in text
    assert len(page(document)) < 1.5 * len(page())


def test_who_is_fixed_by_hand_is_marked() -> None:
    """Tests the mark beside the basis, which stays what it is."""

    def fix(data: Document) -> None:
        data["fixed"] = [{"patient": "P1", "hospital": "NO-OUS"}]

    assert "fixed by hand" in Outline(page(read(fix))).text
    assert "fixed by hand" not in Outline(page()).text
