"""Tests that damaged lists are refused with faults or read, never anything else."""

from __future__ import annotations

import random
from datetime import date

import pytest

from medevac.planner.faults import FaultsError
from medevac.planner.reading import read_problem
from medevac.tables.facilities import (
    ImportRule,
    import_hospitals,
    read_facilities,
    read_places,
    read_runways,
)
from tables.facilities.facility_lists import FACILITIES, facilities, places, runways

PIECES = (
    *(b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b";", b'""', b"\xef\xbb\xbf", b"9" * 400, b"1e999"),
    *(b"-", b"NaN", b"0", "Ø".encode(), b"EL"),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with up to five damages: a byte changed, pieces cut out, put in or doubled, the end lost."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(found))
        match chance.randint(0, 4):
            case 0:
                found[at : at + 1] = bytes([chance.randint(0, 255)])
            case 1:
                del found[at : at + chance.randint(1, 40)]
            case 2:
                found[at:at] = chance.choice(PIECES)
            case 3:
                found[at:at] = found[: chance.randint(0, 80)]
            case _:
                del found[max(at, len(found) // 2) :]
    return bytes(found)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_lists(seed: int) -> None:
    """Tests thirty damaged sets of lists per seed: what is read accounts for every row and is a problem."""
    chance = random.Random(seed)
    for _ in range(30):
        try:
            found = read_facilities(damaged(facilities(*FACILITIES * 3), chance))
            airports = read_runways(damaged(runways(), chance) if chance.random() < 0.5 else runways())
            stated = read_places(damaged(places("NO-1,burns,1", "NO-2,burns,2"), chance), None)
        except FaultsError:
            continue
        made = import_hospitals(found, airports, stated, ImportRule(date(2026, 1, 12)))
        assert len(made.document["hospitals"]) + len(made.left_out) == len(found.entries) + len(found.bad)
        read_problem(made.document)
