"""How much oxygen a patient needs on the way: minutes away from other supplies x rate x reserve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from medevac.papers.flown import ShownFlight, Stop
from medevac.papers.free_keys import FreeKeys


@dataclass(frozen=True, slots=True)
class Oxygen:
    """Rate in litres per minute, the minutes that it must last, the reserve, and the litres to carry."""

    rate: float
    minutes: int
    reserve: float

    @property
    def litres(self) -> int:
        """Litres to carry, rounded up to the next ten."""
        return ceil(round(self.rate * self.minutes * self.reserve, 6) / 10) * 10


def oxygen_minutes(shown: ShownFlight, stop: Stop, free: FreeKeys) -> int:
    """Minutes from the aircraft's arrival at the hub, where the hub's supply is left, to the hand-over.

    The hand-over is counted at the end of unloading; the minutes for a diversion come on top.
    """
    hub = shown.hub_stop.arrives
    if hub is None or stop.arrives is None:
        return 0
    flown = (stop.arrives - hub) / timedelta(minutes=1)
    return ceil(flown + shown.aircraft.unload_minutes + free.diversion_minutes)


def oxygen_of(patient: str, minutes: int, free: FreeKeys) -> Oxygen | None:
    """The oxygen of a patient; None where no rate is given."""
    rate = free.oxygen_lpm.get(patient)
    return None if rate is None else Oxygen(rate, minutes, free.oxygen_reserve)
