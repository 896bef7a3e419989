"""Road time from the great circle: an estimate, never a route."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf


@dataclass(frozen=True)
class RoadEstimate:
    """How a road's length and time are estimated from the distance through the air.

    Parameters
    ----------
    factor
        Kilometres of road for each kilometre of great circle.
    kmh
        Speed of an ambulance over the whole way, in km/h.
    """

    factor: float = 1.3
    kmh: float = 70.0

    def __post_init__(self) -> None:
        if not 1 <= self.factor < inf:
            raise ValueError(f"Expected a road factor of 1 or more (no road is shorter), got {self.factor}.")
        if not 0 < self.kmh < inf:
            raise ValueError(f"Expected a road speed above 0 km/h, got {self.kmh}.")

    def minutes(self, km: float) -> int:
        """Whole minutes on the road for `km` of great circle, rounded up."""
        return ceil(60 * km * self.factor / self.kmh - 1e-9)

    def longest_km(self, minutes: float) -> float:
        """The great circle in km that takes at most `minutes` on the road."""
        return minutes * self.kmh / 60 / self.factor

    def __str__(self) -> str:
        return f"great circle × {self.factor:g} at {self.kmh:g} km/h"
