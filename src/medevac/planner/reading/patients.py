"""Reads the patients and families of a problem document."""

from __future__ import annotations

from datetime import date
from typing import get_args

from medevac.planner.problem import FamilyRule, Isolation, Patient, Position
from medevac.planner.reading.checks import (
    Check,
    amount,
    count,
    day,
    flag,
    instant,
    known,
    minutes,
    one_of,
    text,
    whole_between,
)
from medevac.planner.reading.entry import Entry, refuse_repeats
from medevac.planner.reading.names import Names
from medevac.planner.reading.phrases import show

PATIENT_KEYS = (
    "id",
    "hub",
    "ready",
    "fit_until",
    "priority",
    "waiting_days",
    "position",
    "needs",
    "isolation",
    "child",
    "companions",
    "care",
    "max_transit_minutes",
    "family",
    "refuses",
    "prefers",
    "hospitals",
    "chosen",
)

_priority = whole_between(1, 3)
_position: Check[Position] = one_of(*get_args(Position))
_isolation: Check[Isolation] = one_of(*get_args(Isolation))
_rule: Check[FamilyRule] = one_of(*get_args(FamilyRule))


def read_patients(root: Entry, names: Names) -> tuple[Patient, ...]:
    """Read `patients`; members of one family must leave from one hub."""
    entries = list(root.entries("patients", PATIENT_KEYS))
    patients = tuple(_patient(entry, names) for entry in entries)
    refuse_repeats(entries, "id", [patient.id for patient in patients])
    _refuse_parted_families(entries, patients)
    return patients


def read_families(root: Entry) -> dict[str, FamilyRule]:
    """Read `families`; one that is null follows the default rule."""
    section = root.inner("families", optional=True)
    listed = [name for name in section.names() if section.data[name] is not None]
    return {name: section.need(name, _rule, "same-hospital") for name in listed}


def _patient(entry: Entry, names: Names) -> Patient:
    country = known("a country", names.countries, "countries")
    hospital = known("a hospital", names.hospitals, "hospitals")
    return Patient(
        id=entry.need("id", text, ""),
        hub=entry.need("hub", known("a hub", names.hubs, "hubs"), ""),
        ready=entry.need("ready", day, date(2000, 1, 1)),
        priority=entry.need("priority", _priority, 1),
        position=entry.need("position", _position, "seat"),
        needs=entry.need_list("needs", text, least=1, unique=True),
        max_transit_minutes=entry.need("max_transit_minutes", minutes, 0),
        fit_until=entry.may_be("fit_until", instant),
        waiting_days=entry.may("waiting_days", amount, 0.0),
        isolation=entry.may("isolation", _isolation, "none"),
        child=entry.may("child", flag, False),
        companions=entry.may("companions", count, 0),
        care=entry.may("care", amount, 0.0),
        family=entry.may_be("family", text),
        refuses=entry.may_list("refuses", country, unique=True) or (),
        prefers=entry.may_be("prefers", country),
        hospitals=entry.may_list("hospitals", hospital, unique=True),
        chosen=entry.may_be("chosen", hospital),
    )


def _refuse_parted_families(entries: list[Entry], patients: tuple[Patient, ...]) -> None:
    """Note every member of a family whose hub is not that of the first member."""
    first: dict[str, Patient] = {}
    for entry, patient in zip(entries, patients, strict=True):
        if patient.family is None or not entry.sound("family", "hub"):
            continue
        head = first.setdefault(patient.family, patient)
        if head.hub != patient.hub:
            expected = f"the hub {show(head.hub)} of family {show(patient.family)}"
            entry.fault("hub", expected, show(patient.hub), "Give the whole family one hub.")
