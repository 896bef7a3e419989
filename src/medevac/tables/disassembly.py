"""From a document to the rows of all sheets: the way back from `assembly`, without loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]

_KEYED = ("airports", "hubs", "countries")
_SECTIONS = (*_KEYED, "families")
_OF_HOSPITALS = ("reach", "places", "suitability")


def rows_of(document: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows of every sheet by its key; values stand under the keys of the columns.

    Parameters
    ----------
    document
        A sound problem. What is null is left out, but for x- keys.
    """
    rows: dict[str, list[Row]] = {
        "settings": [_settings(document)],
        "weights": [_flat(document.get("weights") or {}, "priority")],
        "families": [{"family": name, "rule": rule} for name, rule in _names(document.get("families"))],
        "fixed": [_flat(one, "flight") for one in document.get("fixed") or []],
        "fixed_flights": [_fixed_flight(one) for one in document.get("fixed_flights") or []],
        "patients": [_flat(one) for one in document["patients"]],
    }
    for section in _KEYED:
        rows[section] = [{"code": name, **_flat(entry)} for name, entry in _names(document[section])]
    rows |= _hospital_rows(document["hospitals"])
    rows |= _aircraft_rows(document["aircraft"])
    return rows


def _flat(entry: Mapping[str, Any], *inner: str, without: tuple[str, ...] = ()) -> Row:
    """An object as a row; the values of inner objects under dotted keys, nulls left out."""
    row: Row = {}
    for key, value in entry.items():
        if key in inner:
            row |= {f"{key}.{name}": one for name, one in _flat(value or {}).items()}
        elif key not in without and (value is not None or key.startswith("x-")):
            row[key] = value
    return row


def _names(section: Mapping[str, Any] | None) -> Iterator[tuple[str, Any]]:
    """The names of an object whose keys are names, with what is not null."""
    for name, value in (section or {}).items():
        if not name.startswith("x-") and value is not None:
            yield name, value


def _free(entry: Mapping[str, Any] | None, prefix: str) -> Row:
    """The x- keys of an inner object under dotted keys."""
    return {f"{prefix}.{key}": value for key, value in (entry or {}).items() if key.startswith("x-")}


def _settings(document: Mapping[str, Any]) -> Row:
    row = {key: document[key] for key in ("format", "name", "start", "days")}
    row |= {key: value for key, value in document.items() if key.startswith("x-")}
    for section in _SECTIONS:
        row |= _free(document.get(section), section)
    return row


def _hospital_rows(hospitals: list[Mapping[str, Any]]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {"hospitals": [], "reach": [], "places": [], "suitability": []}
    for hospital in hospitals:
        name = {"hospital": hospital["id"]}
        places, suitability = hospital["places"], hospital.get("suitability")
        whole = _flat(hospital, without=_OF_HOSPITALS)
        rows["hospitals"].append(whole | _free(places, "places") | _free(suitability, "suitability"))
        rows["reach"] += [{**name, **_flat(one)} for one in hospital["reach"]]
        for specialty, value in _names(places):
            counted = _flat(value) if isinstance(value, dict) else {"count": value}
            rows["places"].append({**name, "specialty": specialty, **counted})
        for specialty, value in _names(suitability):
            rows["suitability"].append({**name, "specialty": specialty, "suitability": value})
    return rows


def _aircraft_rows(fleet: list[Mapping[str, Any]]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {"aircraft": [], "layouts": [], "duty_bands": []}
    for aircraft in fleet:
        name = {"aircraft": aircraft["id"]}
        bands = aircraft["duty_minutes"] if isinstance(aircraft["duty_minutes"], list) else []
        rows["aircraft"].append(
            _flat(aircraft, without=("layouts", "duty_minutes") if bands else ("layouts",))
        )
        rows["layouts"] += [{**name, **_flat(one)} for one in aircraft["layouts"]]
        rows["duty_bands"] += [{**name, **_flat(one, "legs")} for one in bands]
    return rows


def _fixed_flight(flight: Mapping[str, Any]) -> Row:
    """A fixed flight; its date stands in a column of its own, so only the clock time is left."""
    return _flat(flight) | {"leaves_base": flight["leaves_base"].rpartition("T")[2].removesuffix("Z")}
