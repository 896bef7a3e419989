"""The demonstration's missions, airports and hospitals: public facts, with where they are from.

Hospitals are those of the example week that comes with the program: the same file, read as data.
"""

from __future__ import annotations

import json
from datetime import date, time
from importlib.resources import files

from django.db import transaction

from medevac.directory.hospital_entries import read_entries
from medevac.directory.models import (
    EligibilityRule,
    Hospital,
    Mission,
    MissionCountry,
    MissionHub,
    MissionItem,
    MissionLimit,
    RetentionPeriod,
)
from medevac.directory.models.mission_parts import Group
from medevac.directory.services.airports import keep_airport
from medevac.directory.services.checking import save_checked
from medevac.directory.services.demonstration_actors import GAZA, UKRAINE, make_actors
from medevac.directory.services.importing import write_entry
from medevac.directory.steps import Step
from medevac.people.demonstration import register_maker
from medevac.people.models import Organisation
from medevac.people.organisation_kinds import Kind

BEGINS = date(2022, 5, 1)
_SOLDIERS = "Whether soldiers are accepted had not been decided; the days are invented."
_ITEMS: tuple[tuple[str, str, tuple[str, str, str], Group, Step | str], ...] = (
    (
        "consent-publication",
        "consent",
        (
            "Consent to the publication of the request",
            "Samtykke til at forespørselen publiseres",
            "Згода на публікацію запиту",
        ),
        Group.EVERYBODY,
        Step.PUBLISH,
    ),
    (
        "form-027",
        "paper",
        (
            "Form 027/o, extract of the medical record",
            "Skjema 027/o, utdrag av journalen",
            "Форма 027/о, виписка з медичної карти",
        ),
        Group.CIVILIAN,
        Step.VERIFY,
    ),
    (
        "identity-paper",
        "paper",
        ("Identity paper", "Identitetspapir", "Документ, що посвідчує особу"),
        Group.EVERYBODY,
        Step.BOOK,
    ),
    (
        "consent-treatment",
        "consent",
        (
            "Consent to treatment abroad",
            "Samtykke til behandling i utlandet",
            "Згода на лікування за кордоном",
        ),
        Group.SOLDIER,
        Step.VERIFY,
    ),
    (
        "consent-data",
        "consent",
        (
            "Consent to the transfer of data",
            "Samtykke til overføring av opplysninger",
            "Згода на передачу даних",
        ),
        Group.SOLDIER,
        Step.PUBLISH,
    ),
    (
        "record-extract",
        "paper",
        ("Extract of the medical record", "Journalutdrag", "Виписка з медичної документації"),
        Group.SOLDIER,
        Step.VERIFY,
    ),
    (
        "conclusion-need",
        "paper",
        (
            "Conclusion on the need for treatment abroad",
            "Konklusjon om behov for behandling i utlandet",
            "Висновок про потребу лікування за кордоном",
        ),
        Group.SOLDIER,
        Step.VERIFY,
    ),
    (
        "minister-letter",
        "paper",
        (
            "The minister's letter that names everybody who crosses the border",
            "Ministerens brev med navn på alle som krysser grensen",
            "Лист міністра з іменами всіх, хто перетинає кордон",
        ),
        Group.EVERYBODY,
        Step.BOARD,
    ),
)
_HUB = "Published figures of the transit centre at Rzeszów"
_LIMITS = (
    (MissionLimit.What.HUB_PATIENTS, 20, "", _HUB),
    (MissionLimit.What.HUB_COMPANIONS, 30, "", _HUB),
    (MissionLimit.What.HUB_HOURS, 48, "", _HUB),
    (MissionLimit.What.RETURN_PATIENTS, 20, "", _HUB),
    (MissionLimit.What.RETURN_COMPANIONS, 20, "", _HUB),
    (MissionLimit.What.APRON_MINUTES, 60, "", _HUB),
    (MissionLimit.What.FRAME, 550, "NO", "Norwegian press, 2022"),
)


def register_own_maker() -> None:
    """Add this room's demonstration data, after those of the people."""
    register_maker("directory", make, order=30)


@transaction.atomic
def make() -> None:
    """Make what is missing; a second run changes nothing."""
    owners = Organisation.unscoped.filter(kind=Kind.OWNER, closed_at=None)
    owner = owners.order_by("created_at", "pk").first()
    if owner is None:
        raise RuntimeError("Expected a mission owner, got none. Make the demonstration's people first.")
    week = json.loads((files("medevac.planner") / "example" / "week.json").read_text(encoding="utf-8"))
    _make_hospitals(owner, week)
    if not Mission.unscoped.filter(code="ukraine-2022").exists():
        _make_ukraine(owner, week)
    if not Mission.unscoped.filter(code="gaza-2024").exists():
        _make_gaza(owner)
    make_actors(Mission.unscoped.get(code="ukraine-2022"), UKRAINE)
    make_actors(Mission.unscoped.get(code="gaza-2024"), GAZA)


def _make_hospitals(owner: Organisation, week: dict[str, object]) -> None:
    entries, faults = read_entries(json.dumps({"hospitals": week["hospitals"]}).encode())
    if faults:
        raise RuntimeError(f"Expected a sound example week, got faults: {faults[0]}")
    kept = set(Hospital.unscoped.values_list("code", flat=True))
    for entry in entries:
        if entry.code not in kept:
            write_entry(entry, owner, "public facts; reach: great circle × 1.3 at 70 km/h")


def _make_ukraine(owner: Organisation, week: dict[str, object]) -> None:
    mission = Mission(
        code="ukraine-2022",
        owner=owner,
        name_en="Medical evacuation from Ukraine",
        name_nb="Medisinsk evakuering fra Ukraina",
        name_uk="Медична евакуація з України",
        first_day=BEGINS,
    )
    save_checked(mission)
    hub = keep_airport("EPRZ")
    if hub.closes_at is None:
        hub.closes_at, hub.opens_at = time(22, 0), time(7, 0)
        hub.note = "An assumption of the demonstration."
        save_checked(hub)
    save_checked(MissionHub(mission=mission, airport=hub, first_day=BEGINS))
    for code, terms in week["countries"].items():  # type: ignore[attr-defined]
        share = terms.get("fair_share")
        save_checked(MissionCountry(mission=mission, country=code, fair_share=share, first_day=BEGINS))
    for what, number, country, source in _LIMITS:
        limit = MissionLimit(mission=mission, what=what, number=number, country=country, source=source)
        limit.first_day = BEGINS
        save_checked(limit)
    for code, kind, names, group, step in _ITEMS:
        spelled = dict(zip(("name_en", "name_nb", "name_uk"), names, strict=True))
        save_checked(
            MissionItem(
                mission=mission, code=code, kind=kind, group=group, blocks=step, first_day=BEGINS, **spelled
            )
        )
    _make_eligibility(mission)
    _make_retention(mission)


def _make_eligibility(mission: Mission) -> None:
    rows = (
        (False, date(2022, 5, 1), date(2022, 7, 12), _SOLDIERS),
        (True, date(2022, 7, 13), None, "Soldiers are accepted on the same terms as civilians."),
    )
    for accepted, first, last, reason in rows:
        save_checked(
            EligibilityRule(
                mission=mission,
                country="NO",
                group=Group.SOLDIER,
                accepted=accepted,
                reason=reason,
                first_day=first,
                last_day=last,
            )
        )


def _make_gaza(owner: Organisation) -> None:
    mission = Mission(
        code="gaza-2024",
        owner=owner,
        name_en="Medical evacuation from Gaza",
        name_nb="Medisinsk evakuering fra Gaza",
        name_uk="Медична евакуація з Гази",
        first_day=date(2024, 1, 1),
        identity=Mission.Identity.ASKED,
    )
    save_checked(mission)
    save_checked(MissionHub(mission=mission, airport=keep_airport("HECA"), first_day=mission.first_day))
    save_checked(MissionCountry(mission=mission, country="NO", first_day=mission.first_day))
    save_checked(
        MissionItem(
            mission=mission,
            code="identity-check",
            kind=MissionItem.Kind.CHECK,
            group=Group.EVERYBODY,
            blocks=Step.OFFER,
            first_day=mission.first_day,
            name_en="Check of identity and security",
            name_nb="Kontroll av identitet og sikkerhet",
            name_uk="Перевірка особи та безпеки",
        )
    )
    save_checked(
        MissionItem(
            mission=mission,
            code="consent-treatment",
            kind=MissionItem.Kind.CONSENT,
            group=Group.EVERYBODY,
            blocks=Step.BOOK,
            first_day=mission.first_day,
            name_en="Consent to treatment abroad",
            name_nb="Samtykke til behandling i utlandet",
            name_uk="Згода на лікування за кордоном",
        )
    )
    limit = MissionLimit(mission=mission, what=MissionLimit.What.FRAME, number=20, country="NO")
    limit.first_day, limit.source = mission.first_day, "An assumption of the demonstration."
    save_checked(limit)
    reason = "The mission was decided for children who are ill or injured; the days are invented."
    for group, accepted in ((Group.CHILD, True), (Group.SOLDIER, False)):
        rule = EligibilityRule(mission=mission, group=group, accepted=accepted, reason=reason)
        rule.first_day = mission.first_day
        save_checked(rule)
    _make_retention(mission)


def _make_retention(mission: Mission) -> None:
    for kept in RetentionPeriod.What:
        save_checked(
            RetentionPeriod(
                mission=mission,
                what=kept,
                months=120,
                basis="An assumption of the demonstration; the owner's lawyers decide.",
                first_day=mission.first_day,
            )
        )
