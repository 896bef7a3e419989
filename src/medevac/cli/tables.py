"""Prints a plan: flights with stops and times, who leaves where, cabin use, who stays and why.

Made for 80 columns, on a terminal or in a file. It shows what the plan says and judges nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from medevac.cli.screen import line, shown
from medevac.planner.plan import TERM_NAMES, Flight, Leg, Placement, Plan, Unplaced
from medevac.planner.problem import Layout, Patient, Problem

FEWEST_ALIKE = 3  # explanations that differ in nothing but the patient are told once
MOST_ROWS = 100  # per table; a campaign of thousands is read in the file, not on a screen


def print_plan(console: Console, problem: Problem, plan: Plan) -> None:
    """Print the whole plan."""
    patients = {patient.id: patient for patient in problem.patients}
    _print_headline(console, plan)
    for flight in plan.flights:
        aboard = [placement for placement in plan.placements if placement.flight == flight.id]
        _print_flight(console, problem, flight, aboard, patients)
    if plan.unplaced:
        _print_unplaced(console, plan.unplaced, patients)
    _print_countries(console, problem, plan.placements)


def print_conflicts(console: Console, plan: Plan) -> None:
    """Print why no plan can obey every rule."""
    line(console, "No plan can obey every rule. What stands in the way:", "bold red")
    for conflict in plan.conflicts:
        who = ", ".join(conflict.patients) or "no patient"
        line(console, f"  Rule {conflict.rule} ({who}): {conflict.explanation}")


def terms_table(terms: Mapping[str, float], score: float, plan: Plan) -> Table:
    """The score's terms as computed anew, beside what the plan states."""
    table = new_table("Term", "Computed", "Stated", justify="right")
    stated = plan.terms or {}
    for name in TERM_NAMES:
        table.add_row(name, f"{terms[name]:,.2f}", _number(stated.get(name)))
    table.add_section()
    table.add_row("score", f"{score:,.2f}", _number(plan.score), style="bold")
    return table


def new_table(first: str, *others: str, justify: str = "left") -> Table:
    """An empty table in the style of all; columns after the first may be for figures."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(first, overflow="fold")
    for header in others:
        table.add_column(header, overflow="fold", justify="right" if justify == "right" else "left")
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_headline(console: Console, plan: Plan) -> None:
    line(console, f"Plan for {plan.problem_name}", "bold")
    console.print(Text(_quality(plan)))
    placed, stay = len(plan.placements), len(plan.unplaced)
    leaving = f"{placed} of {_count(placed + stay, 'patient')} on {_count(len(plan.flights), 'flight')}"
    console.print(Text(f"Placed: {leaving}. Staying for now: {stay}. All times are UTC."))


def _quality(plan: Plan) -> str:
    score = f"Score {_number(plan.score)}"
    if plan.status == "optimal":
        return f"{score}, proven optimal: no plan scores more than {_number(plan.bound)}."
    if plan.bound is None or plan.score is None:
        return f"{score}; how far it is from the best was not computed."
    gap = (plan.bound - plan.score) / max(1.0, abs(plan.score))
    return f"{score}; no plan scores more than {_number(plan.bound)} (gap {100 * gap:.2f} %)."


def _print_flight(
    console: Console,
    problem: Problem,
    flight: Flight,
    aboard: list[Placement],
    patients: Mapping[str, Patient],
) -> None:
    title = f"{flight.id} · {flight.aircraft} · {flight.date:%a %d %b %Y} · layout {flight.layout}"
    console.print()
    line(console, title, "bold cyan")
    console.print()
    console.print(_stops_table(flight, aboard, patients))
    layout = problem.aircraft_by_id(flight.aircraft).layout(flight.layout)
    console.print()
    console.print(Text(_cabin(layout, [patients[one.patient] for one in aboard])))
    console.print()
    console.print(_leaving_table(flight, aboard, patients))


def _stops_table(flight: Flight, aboard: list[Placement], patients: Mapping[str, Patient]) -> Table:
    table = new_table("Airport", "Arrives", "Leaves", "What happens")
    first = flight.legs[0]
    table.add_row(shown(first.origin), "", _clock(first.departs, flight.date), "leaves its base")
    for leg, following in zip(flight.legs, (*flight.legs[1:], None), strict=True):
        leaves = "" if following is None else _clock(following.departs, flight.date)
        arrives = _clock(leg.arrives, flight.date)
        table.add_row(shown(leg.destination), arrives, leaves, _event(flight, leg, aboard, patients))
    return table


def _clock(instant: datetime, day: date) -> str:
    later = (instant.date() - day).days
    return f"{instant:%H:%M}" + (f" +{later} d" if later else "")


def _event(flight: Flight, leg: Leg, aboard: list[Placement], patients: Mapping[str, Patient]) -> str:
    if leg.destination == flight.hub:
        return f"takes on {_people([patients[one.patient] for one in aboard])}"
    leaving = [patients[one.patient] for one in aboard if one.leaves_at == leg.destination]
    if leaving:
        return f"{_people(leaving)} {'leaves' if len(leaving) == 1 else 'leave'}"
    return "back at its base" if leg is flight.legs[-1] else "nobody leaves"


def _people(patients: list[Patient]) -> str:
    companions = sum(patient.companions for patient in patients)
    with_them = f" with {_count(companions, 'companion')}" if companions else ""
    return _count(len(patients), "patient") + with_them


def _cabin(layout: Layout, aboard: list[Patient]) -> str:
    """How much of the layout is used, as the cabin rule counts it."""
    positions = Counter(patient.position for patient in aboard)
    companions = sum(patient.companions for patient in aboard)
    lying = positions["litter"] + positions["intensive"]
    parts = [
        f"litters {lying} of {layout.litters}",
        f"intensive {positions['intensive']} of {layout.intensive}",
        f"seats {positions['seat'] + companions} of {layout.seats}",
    ]
    if layout.isolation is not None:
        airborne = sum(patient.isolation == "airborne" for patient in aboard)
        parts.append(f"airborne isolation {airborne} of {layout.isolation}")
    if layout.care is not None:
        parts.append(f"care {sum(patient.care for patient in aboard):g} of {layout.care:g}")
    return f"On board: {', '.join(parts)}."


def _leaving_table(flight: Flight, aboard: list[Placement], patients: Mapping[str, Patient]) -> Table:
    table = new_table("Stop", "Patient", "Pri", "Position", "Hospital", "Transit", "Basis")
    order = {leg.destination: number for number, leg in enumerate(flight.legs)}
    rows = sorted(aboard, key=lambda one: (order[one.leaves_at], one.hospital, one.patient))
    before = ""
    for one in rows[:MOST_ROWS]:
        table.add_row(
            "" if one.leaves_at == before else shown(one.leaves_at),
            _name(patients[one.patient]),
            str(patients[one.patient].priority),
            patients[one.patient].position,
            shown(one.hospital),
            _duration(one.transit_minutes),
            one.basis,
        )
        before = one.leaves_at
    _add_rest(table, len(rows))
    return table


def _name(patient: Patient) -> Text:
    name = Text(shown(patient.id))
    if patient.family:
        name.append(f" ({shown(patient.family)})", style="dim")
    return name


def _duration(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02}"


def _add_rest(table: Table, rows: int) -> None:
    if rows > MOST_ROWS:
        table.add_row("…", f"and {rows - MOST_ROWS} more in the file")


def _print_unplaced(
    console: Console, unplaced: tuple[Unplaced, ...], patients: Mapping[str, Patient]
) -> None:
    """Who stays, the most urgent first within each reason."""
    console.print()
    line(console, f"Who stays, and why ({len(unplaced)})", "bold cyan")
    by_reason: dict[str, list[Unplaced]] = {}
    for one in unplaced:
        by_reason.setdefault(one.reason or "infeasible", []).append(one)
    for reason, ones in sorted(by_reason.items(), key=lambda it: (-len(it[1]), it[0])):
        console.print()
        line(console, f"{reason} · {_count(len(ones), 'patient')}", "bold")
        console.print(_reasons_table(ones, patients))


def _reasons_table(ones: list[Unplaced], patients: Mapping[str, Patient]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(overflow="fold")
    rows = sorted(ones, key=lambda one: (patients[one.patient].priority, one.patient))
    alike: dict[str, list[Patient]] = {}
    for one in rows:
        alike.setdefault(_anonymous(one), []).append(patients[one.patient])
    told: set[str] = set()
    for one in rows[:MOST_ROWS]:
        patient, same = patients[one.patient], alike[_anonymous(one)]
        if len(same) < FEWEST_ALIKE:
            table.add_row(_name(patient), f"P{patient.priority}", Text(shown(one.explanation)))
        elif _anonymous(one) not in told:
            told.add(_anonymous(one))
            table.add_row(_name(patient), f"P{patient.priority}", Text(shown(one.explanation)))
            others = ", ".join(f"{it.id} P{it.priority}" for it in same[1:])
            table.add_row("", "", Text(f"The same is true of {len(same) - 1} others: {shown(others)}."))
    _add_rest(table, len(rows))
    return table


def _anonymous(one: Unplaced) -> str:
    """An explanation without the patient's own name: alike for those who stay for the same cause."""
    return one.explanation.replace(one.patient, "…")


def _print_countries(console: Console, problem: Problem, placements: tuple[Placement, ...]) -> None:
    country_of = {hospital.id: hospital.country for hospital in problem.hospitals}
    counts = Counter(country_of[one.hospital] for one in placements)
    if counts:
        console.print()
        text = ", ".join(
            f"{code} {number}" for code, number in sorted(counts.items(), key=lambda it: (-it[1], it[0]))
        )
        line(console, f"By country: {text}.")
        console.print()
