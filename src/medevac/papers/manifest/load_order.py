"""Who goes on board in which order, and who leaves first at a stop. A proposal: the crew decides.

Litters go through the rear door, those who walk through the front. Last off goes first in; but the sickest go
on last, and are first off at their stop.
"""

from __future__ import annotations

from collections.abc import Sequence

from medevac.papers.flown import ShownFlight, Stop, Traveller


def sickness(one: Traveller) -> tuple[bool, int, float]:
    """A key that is larger for the sicker: intensive care first, then priority, then care on board."""
    patient = one.patient
    return patient.position == "intensive", -patient.priority, patient.care


def leaving_order(stop: Stop) -> list[Traveller]:
    """Who leaves at a stop, the sickest first; of equals by id."""
    return sorted(stop.leaving, key=lambda one: ([-part for part in sickness(one)], one.patient.id))


def rear_door(shown: ShownFlight, travellers: Sequence[Traveller]) -> list[Traveller]:
    """Litters in the order of loading: intensive care last of all, else last off first in."""
    stops = _stop_numbers(shown)
    lying = [one for one in travellers if one.patient.position != "seat"]
    return sorted(
        lying,
        key=lambda one: (
            one.patient.position == "intensive",
            -stops[one.placement.leaves_at],
            sickness(one),
            one.patient.id,
        ),
    )


def front_door(shown: ShownFlight, travellers: Sequence[Traveller]) -> list[Traveller]:
    """Those who walk, and those whose companions do, in the order of boarding: last off first in."""
    stops = _stop_numbers(shown)
    walking = [one for one in travellers if one.patient.position == "seat" or one.patient.companions]
    return sorted(walking, key=lambda one: (-stops[one.placement.leaves_at], sickness(one), one.patient.id))


def _stop_numbers(shown: ShownFlight) -> dict[str, int]:
    return {stop.airport: number for number, stop in enumerate(shown.stops)}
