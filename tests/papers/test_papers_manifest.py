"""Tests of manifests as they come out on paper: read back from the PDF."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest
import typst
from pypdf import PdfReader
from small_week import HOSTILE, Document, planned, read

from medevac.papers import MANIFEST_LANGUAGES, Manifest, make_manifests
from medevac.papers.manifest.glyphs import BOX, Printer, printable
from medevac.planner.plan import Plan
from medevac.planner.reading import ProblemDocument

PRINTED = datetime(2026, 1, 13, 18, 20, tzinfo=UTC)
PROPOSALS = {"with_proposals": True}


def manifest(
    document: ProblemDocument | None = None, plan: Plan | None = None, **options: object
) -> Manifest:
    """The manifest of the small week's only flight."""
    document = document or read()
    (found,) = make_manifests(document, plan or planned(document), printed=PRINTED, **options)  # type: ignore[arg-type]
    return found


def text_of(found: Manifest) -> str:
    """All text of a manifest, its spaces made one."""
    pages = PdfReader(io.BytesIO(found.pdf)).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages).replace("\u200b", ""))


def test_only_those_who_have_chosen_are_listed() -> None:
    """Tests that P1 and P4 are there, P2 (accepted) and P3 (proposal) are not, and that this is said."""
    text = text_of(manifest())
    assert re.findall(r"\bP\d\b", text) == ["P4", "P1", "P1", "P4"]
    assert "2 patients of this flight are not listed" in text
    assert "NOT AGREED" not in text


def test_proposals_are_listed_when_asked_for_and_marked_everywhere() -> None:
    """Tests that each of the two marks stands in the load order and in the list of the stop."""
    text = text_of(manifest(**PROPOSALS))
    assert "2 patients listed here have not chosen the hospital" in text
    assert text.count("NOT CHOSEN YET") == 2
    assert text.count("NOT AGREED") == 2
    assert "not listed" not in text


def test_a_manifest_says_what_the_crew_needs() -> None:
    """Tests flight, aircraft, layout, crew, stops with times, who leaves where, hospital and ambulances."""
    text = text_of(manifest(**PROPOSALS))
    for words in (
        "Manifest F1",
        "Wednesday 14 January 2026",
        "SAS-737",
        "standard",
        "Nurse Kari Nordmann",
        "Interpreter Олена Бондар",
        "08:05 UTC 09:05 CET 09:05 UTC 10:05 CET",
        "on board: 4 patients, 1 companion",
        "Hamburg (EDDH)",
        "leaving: 3 patients, 1 companion",
        "3 of 18",
        "Олександра Шевченко",
        "Åse Żółć",
        "Oslo universitetssykehus",
        "airborne",
        "contact",
        "3 needed",
        "Handed over by (name, signature)",
        "Received by (name, signature)",
    ):
        assert words in text, words


def test_pages_are_numbered_and_the_version_stands_on_each() -> None:
    """Tests "Page n of m", the short checksums and the instant, on every page."""
    document = read()
    found = manifest(document, **PROPOSALS)
    pages = PdfReader(io.BytesIO(found.pdf)).pages
    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        text = re.sub(r"\s+", " ", page.extract_text())
        assert f"Page {number} of 4" in text
        assert f"Problem {document.sha256[:12]} · plan" in text
        assert "as of 2026-01-13 18:20 UTC" in text


def test_oxygen_is_minutes_times_rate_times_reserve() -> None:
    """Tests P2, who leaves at Hamburg: 154 + 30 to unload are 184 min; x 2 l/min x 2 = 736, so 740 l."""
    text = text_of(manifest(**PROPOSALS))
    assert "2 l/min carry 740 l (184 min)" in text
    assert "reserve 2, with 0 minutes for a diversion" in text
    longer = read(lambda data: data.update({"x-diversion_minutes": 46, "x-oxygen_reserve": 1.5}))
    assert "2 l/min carry 690 l (230 min)" in text_of(manifest(longer, **PROPOSALS))


def test_load_order_puts_the_last_off_first_in_and_the_sickest_last() -> None:
    """Tests the rear door: P4 for Oslo, P2 for Hamburg, P3 in intensive care last; the front door: P1."""
    text = text_of(manifest(**PROPOSALS)).partition("Rear door: litters")[2]
    rear, _, front = text.partition("Front door: walking")
    assert re.findall(r"\bP\d\b", rear) == ["P4", "P2", "P3"]
    assert re.findall(r"\bP\d\b", front)[0] == "P1"
    assert "walking, 1 companion" in front


def test_the_sickest_leave_first() -> None:
    """Tests Oslo's list: P3 in intensive care before P1 and P4 of the same priority."""
    text = text_of(manifest(**PROPOSALS))
    assert re.findall(r"\bP\d\b", text)[-3:] == ["P3", "P1", "P4"]


@pytest.mark.parametrize("language", MANIFEST_LANGUAGES)
def test_every_language_prints(language: str) -> None:
    """Tests that a manifest is made in each language, without a warning, and says so to a screen reader."""
    found = manifest(language=language, **PROPOSALS)
    reader = PdfReader(io.BytesIO(found.pdf))
    assert found.warnings == ()
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)  # type: ignore[index]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "P1" in text_of(found)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_name_prints(name: str) -> None:
    """Tests that a manifest comes out whatever a name, an id, a hospital or a crew member is called."""

    def rename(data: Document) -> None:
        data["name"] = name
        data["patients"][0] |= {"id": name, "x-name": name, "family": name}
        data["hospitals"][0]["x-name"] = name
        data["x-crew"] = [{"role": name, "name": name}]
        data["aircraft"][0]["layouts"][0]["id"] = name

    document = read(rename)
    found = manifest(document, **PROPOSALS)
    assert "P2" in text_of(found)


def test_markup_in_a_name_is_printed_as_it_is() -> None:
    """Tests that typst's own signs reach the paper as text."""
    name = '#panic("x") *bold* $x$ \\ @cite'
    document = read(lambda data: data["patients"][0].update({"x-name": name}))
    assert name in text_of(manifest(document))


def test_a_glyph_that_no_font_has_is_a_box_and_a_warning() -> None:
    """Tests an emoji in a Ukrainian name: the name stays, the emoji is a box, a warning says what to do."""
    document = read(lambda data: data["patients"][0].update({"x-name": "Іван 😀"}))
    found = manifest(document)
    assert f"Іван {BOX}" in text_of(found)
    assert found.warnings == (
        "'Іван 😀': no font has U+1F600. A box □ is printed instead. "
        "Add the name in Latin or Cyrillic letters.",
    )


def test_without_names_there_are_lines_to_write_on() -> None:
    """Tests that a document without free keys has its manifest, and asks for nothing."""

    def strip(data: Document) -> None:
        data.pop("x-crew")
        for patient in data["patients"]:
            patient.pop("x-name", None)
            patient.pop("x-oxygen_lpm", None)

    found = manifest(read(strip), **PROPOSALS)
    assert found.warnings == ()
    assert "l/min" in text_of(found)
    assert not re.search(r"carry \d", text_of(found))


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Tests that only what is passed in is on the paper, and that another instant is another paper."""
    assert manifest().pdf == manifest().pdf
    document = read()
    (later,) = make_manifests(document, planned(document), printed=datetime(2026, 1, 13, 18, 21, tzinfo=UTC))
    assert later.pdf != manifest().pdf


def test_flights_are_chosen_by_id_and_files_named_safely() -> None:
    """Tests an unknown flight, and a plan by somebody else whose flight's id is a path."""
    document = read()
    plan = planned(document)
    assert make_manifests(document, plan, flight="F9") == ()
    odd = replace(
        plan,
        flights=(replace(plan.flights[0], id="../etc/A 1"),),
        placements=tuple(replace(one, flight="../etc/A 1") for one in plan.placements),
    )
    assert manifest(document, odd).file_name == "manifest-_etc_A_1.pdf"


def test_the_fonts_have_every_character_that_they_are_said_to_have() -> None:
    """Tests the list of covered characters by printing all of them with our fonts alone."""
    folder = files("medevac.papers") / "fonts"
    ranges = json.loads((folder / "coverage.json").read_text(encoding="utf-8"))
    chars = "".join(
        chr(code) for first, last in ranges for code in range(first, last + 1) if printable(chr(code))
    )
    source = """
    #set document(title: "x")
    #set text(font: "Noto Sans", fallback: false)
    #sys.inputs.text *#sys.inputs.text*
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    pdf = typst.compile(
        source.encode(), font_paths=fonts, sys_inputs={"text": " ".join(chars)}, pdf_standards=["ua-1"]
    )
    assert isinstance(pdf, bytes)
    assert all(printable(char) for char in "ЇїЄєҐґІі’ĄąŁłŻżØøÆæÅåßüñçẞ")
    assert not printable("😀")


def test_a_text_is_composed_and_set_in_one_line() -> None:
    """Tests a decomposed letter, a tab, a line's end, and signs that turn the direction of writing around."""
    printer = Printer()
    assert printer("и\u0306о\td\n\u202ee") == "йо d e"
    assert printer("b" + 40 * "\u0301") == "b" + 2 * "\u0301"
    assert printer("Кравченко-Вишневецька") == "Кравченко-Вишневецька"
    assert printer("X" * 20) == "X" * 16 + "\u200b" + "X" * 4
    assert printer.warnings() == ()
