"""Published lists of hospitals and runways in, hospitals that a plan can use out. Nothing is fetched here.

facilities = read_facilities(Path("hospitals.csv"))
runways = read_runways(Path("airports.csv"))
found = import_hospitals(facilities, runways, {}, ImportRule(start=date(2026, 1, 12)))
"""

from medevac.tables.facilities.importing import REASONS, HospitalImport, ImportRule, LeftOut, import_hospitals
from medevac.tables.facilities.published_lists import read_facilities, read_runways
from medevac.tables.facilities.reach import ReachRule
from medevac.tables.facilities.roads import RoadEstimate
from medevac.tables.facilities.stated_places import read_places

__all__ = [
    "REASONS",
    "HospitalImport",
    "ImportRule",
    "LeftOut",
    "ReachRule",
    "RoadEstimate",
    "import_hospitals",
    "read_facilities",
    "read_places",
    "read_runways",
]
