"""Who can take a seat or litter that becomes free on a flight, without anybody else being moved."""

from medevac.planner.standby.finding import Blocked, FreedPlace, Standby, Taker, find_standby, with_standby

__all__ = ["Blocked", "FreedPlace", "Standby", "Taker", "find_standby", "with_standby"]
