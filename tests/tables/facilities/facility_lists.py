"""Small invented lists of hospitals and airports, as text."""

from __future__ import annotations

FACILITY_HEADER = "id,hospital_name,site_name,lat,lon,city,cc,facility_type"
RUNWAY_HEADER = "icao,iata,name,country,lat,lon,longest_open_runway_ft,surface"

# One degree of latitude is 6371 x pi / 180 = 111.19 km; its road 144.55 km and 123.9 minutes.
NORTH = "AAAA,AAA,North,NO,60,10,8000,ASP"
SOUTH = "BBBB,,South,NO,59,10,9000,CON"
FACILITIES = (
    "NO-1,Sykehuset Nord,,60.1,10,Nordby,NO,",
    "NO-2,Universitetssykehuset Midt,Campus,59.6,10,Midtby,NO,",
    "NO-3,Rehabilitering Sør,,59.1,10,Sørby,NO,",
)


def facilities(*rows: str, header: str = FACILITY_HEADER) -> bytes:
    """A list of hospitals."""
    return "\n".join((header, *(rows or FACILITIES), "")).encode()


def runways(*rows: str, header: str = RUNWAY_HEADER) -> bytes:
    """A list of airports."""
    return "\n".join((header, *(rows or (NORTH, SOUTH)), "")).encode()


def places(*rows: str, header: str = "hospital,specialty,count") -> bytes:
    """A places file."""
    return "\n".join((header, *rows, "")).encode()
