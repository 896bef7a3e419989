"""Positions of airports by ICAO code, from airportsdata, with its known mistakes corrected.

Airportsdata, and lists made from it, have Luxembourg and most larger Belgian airports in degrees and minutes,
written as if they were decimal degrees: Brussels as 50.5405, which is 50 degrees 54.05 minutes. That is up to
43 km away. A position is corrected only while it is the mistaken one, so a mended list is left as it is.
"""

from __future__ import annotations

import airportsdata

DEGREES_AND_MINUTES = {
    "EBAW": (51.1122, 4.2737), "EBBE": (50.4528, 4.4601), "EBBL": (51.1006, 5.2812),
    "EBBR": (50.5405, 4.2904), "EBBX": (49.5330, 5.1326), "EBCI": (50.2736, 4.2710),
    "EBCV": (50.3433, 3.4952), "EBFN": (51.0525, 2.3910), "EBFS": (50.1436, 4.3845),
    "EBKT": (50.4907, 3.1233), "EBLG": (50.3811, 5.2634), "EBMB": (50.5405, 4.2904),
    "EBOS": (51.1156, 2.5144), "EBSU": (50.0203, 5.2624), "EBUL": (51.0839, 3.2832),
    "EBWE": (51.2339, 4.5733), "ELLX": (49.3724, 6.1216),
}  # fmt: skip
"""Latitude and longitude as airportsdata has them."""

_SAME = 0.0015  # degrees; lists round to three decimals


def position_of(icao: str) -> tuple[float, float]:
    """Latitude and longitude in decimal degrees.

    Raises
    ------
    KeyError
        When airportsdata does not know the code.
    """
    airport = airportsdata.load("ICAO")[icao]
    return corrected(icao, airport["lat"], airport["lon"])


def corrected(icao: str, lat: float, lon: float) -> tuple[float, float]:
    """The position, or the right one if it is a known mistake."""
    mistaken = DEGREES_AND_MINUTES.get(icao)
    if mistaken is None or abs(lat - mistaken[0]) > _SAME or abs(lon - mistaken[1]) > _SAME:
        return lat, lon
    return _decimal(lat), _decimal(lon)


def _decimal(degrees_and_minutes: float) -> float:
    """Decimal degrees of 50.5405, read as 50 degrees 54.05 minutes. All of them are north and east."""
    degrees = int(degrees_and_minutes)
    return round(degrees + 100 * (degrees_and_minutes - degrees) / 60, 5)
