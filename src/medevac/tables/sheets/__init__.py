"""Every sheet of the workbook, in the order of its tabs."""

from medevac.tables.columns import Sheet
from medevac.tables.sheets.care import HOSPITALS, PLACES, REACH, SUITABILITY
from medevac.tables.sheets.fixed import FIXED, FIXED_FLIGHTS
from medevac.tables.sheets.fleet import AIRCRAFT, DUTY_BANDS, LAYOUTS
from medevac.tables.sheets.mission import AIRPORTS, COUNTRIES, HUBS, SETTINGS, WEIGHTS
from medevac.tables.sheets.patients import FAMILIES, PATIENTS

SHEETS: tuple[Sheet, ...] = (
    SETTINGS,
    WEIGHTS,
    AIRPORTS,
    HUBS,
    COUNTRIES,
    HOSPITALS,
    REACH,
    PLACES,
    SUITABILITY,
    AIRCRAFT,
    LAYOUTS,
    DUTY_BANDS,
    PATIENTS,
    FAMILIES,
    FIXED,
    FIXED_FLIGHTS,
)
SHEET_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
