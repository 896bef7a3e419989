"""Patients by region and by trust, held against the shares of the population."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from medevac.directory.models import Mission
from medevac.offers.models import Hold, Offer, PopulationShare
from medevac.offers.policy import SEE_NATIONAL
from medevac.offers.selectors.parts import Part, PartKind, parts_for
from medevac.offers.states import HoldState, OfferState
from medevac.people.days import current_day
from medevac.people.models import Organisation, OrganisationPath, User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import visible


@dataclass
class Tally:
    """How many places are held, by how firmly, and how many patients have a chosen place or had one."""

    offered: int = 0
    reserved: int = 0
    occupied: int = 0
    patients: int = 0

    @property
    def taken(self) -> int:
        """Places that are held for somebody."""
        return self.offered + self.reserved + self.occupied

    def add(self, other: Tally) -> None:
        """Count another's as well."""
        self.offered += other.offered
        self.reserved += other.reserved
        self.occupied += other.occupied
        self.patients += other.patients


@dataclass
class Tallies:
    """The tallies of a mission by country and by the organisation that keeps the hospital."""

    by_place: dict[tuple[str, UUID], Tally] = field(default_factory=dict)

    def at(self, country: str, keeper: UUID) -> Tally:
        """The tally of a keeper in a country."""
        return self.by_place.setdefault((country, keeper), Tally())

    def of_country(self, country: str) -> Tally:
        """All of a country."""
        return _together(one for (where, _), one in self.by_place.items() if where == country)

    def of_keepers(self, keepers: Iterable[UUID]) -> Tally:
        """All of some keepers."""
        wanted = set(keepers)
        return _together(one for (_, keeper), one in self.by_place.items() if keeper in wanted)

    @property
    def countries(self) -> set[str]:
        """The countries of which there is anything."""
        return {country for country, _ in self.by_place}

    @property
    def keepers(self) -> set[UUID]:
        """Those who keep a hospital of which there is anything."""
        return {keeper for _, keeper in self.by_place}


@dataclass(frozen=True)
class ShareRow:
    """One bar and one line of the table.

    Parameters
    ----------
    name
        Of the region, trust or country.
    tally
        Its patients and places.
    share
        Its patients in per cent of all patients of the country, or of the mission; None without patients.
    target
        Its share of the country's people in per cent; None where nobody has set one.
    source
        Where the target is from.
    difference
        Patients above the target; negative below it. None without a target or without patients.
    bar, mark
        Where the bar ends and the target's mark stands, in per cent of the axis, as written in a picture.
    """

    name: str
    tally: Tally
    share: float | None
    target: Decimal | None
    source: str
    difference: int | None
    bar: str
    mark: str


@dataclass(frozen=True)
class Shares:
    """The lines of one kind of organisation, and how many patients are all of them."""

    rows: list[ShareRow]
    patients: int
    axis: int

    @property
    def any_target(self) -> bool:
        """Whether there is anything to hold the patients against."""
        return any(row.target is not None for row in self.rows)

    @property
    def sources(self) -> list[str]:
        """Where the targets are from, each once."""
        return list(dict.fromkeys(row.source for row in self.rows if row.source))


def tallies_of(user: User, mission: Mission, part: Part) -> Tallies:
    """What is held and chosen in the part's country, or in all countries, in two queries."""
    found = Tallies()
    holds = visible(user, Hold.objects.filter(mission=mission), SEE_NATIONAL)
    holds = holds.exclude(state=HoldState.FREED).filter(part.of_country("place__hospital__"))
    columns = ("place__hospital__country", "place__hospital__keeper")
    counted = holds.order_by().values_list(*columns, "state").annotate(number=Count("pk"))
    for country, keeper, state, number in counted:
        setattr(found.at(country, keeper), state, number)
    offers = visible(user, Offer.objects.filter(mission=mission), SEE_NATIONAL)
    offers = offers.filter(part.of_country("place__hospital__"), state=OfferState.CHOSEN)
    for country, keeper, number in offers.order_by().values_list(*columns).annotate(number=Count("pk")):
        found.at(country, keeper).patients = number
    return found


def targets_of(user: User, mission: Mission, part: Part, day: date) -> dict[UUID, PopulationShare]:
    """The population shares that hold on a day, by organisation."""
    rows = PopulationShare.unscoped.on(day).filter(mission=mission).select_related("organisation")
    if part.country:
        rows = rows.filter(organisation__country=part.country)
    return {row.organisation_id: row for row in visible(user, rows, SEE_NATIONAL)}


def shares_of(
    tallies: Tallies, part: Part, targets: Mapping[UUID, PopulationShare], keepers: Iterable[UUID]
) -> tuple[Shares, Shares]:
    """Regions and trusts of the part's country; of a region itself and its own trusts alone.

    Parameters
    ----------
    keepers
        Those who keep a hospital with places or rooms in the mission, besides those who have patients.
    """
    trusts = {*keepers, *tallies.keepers}
    trusts |= {key for key, row in targets.items() if row.organisation.kind != Kind.REGION}
    regions = _regions(trusts | set(targets))
    if part.kind is PartKind.REGION:
        own = part.organisation.pk
        trusts = {one for one in trusts if own in (one, regions.get(one))}
    named = Organisation.unscoped.in_bulk([*trusts, *regions.values()])
    groups: dict[UUID, set[UUID]] = {}
    for keeper, region in regions.items():
        groups.setdefault(region, set()).add(keeper)
    if part.kind is PartKind.REGION:
        groups = {key: members for key, members in groups.items() if key == part.organisation.pk}
    total = _together(tallies.by_place.values()).patients
    by_region = [(named[key], tallies.of_keepers(members)) for key, members in groups.items()]
    by_trust = [
        (named[key], tallies.of_keepers([key])) for key in trusts if key in named and key not in groups
    ]
    return _shares(by_region, targets, total), _shares(by_trust, targets, total)


def shares_beside_asks(user: User, mission: Mission) -> Shares | None:
    """Regions of the user's country against their targets, for whoever decides whom to ask; else None."""
    part = next((one for one in parts_for(user) if one.kind is PartKind.COUNTRY), None)
    if part is None:
        return None
    targets = targets_of(user, mission, part, current_day())
    regions, _trusts = shares_of(tallies_of(user, mission, part), part, targets, ())
    return regions if regions.rows else None


def shares_by_country(tallies: Tallies, names: Mapping[str, str]) -> Shares:
    """Patients of the mission by country; no target, since countries agree on frames instead."""
    total = _together(tallies.by_place.values()).patients
    counted = [(names[code], tallies.of_country(code)) for code in names]
    return _drawn([(name, tally, None) for name, tally in counted if tally.patients], total)


def _regions(organisations: Iterable[UUID]) -> dict[UUID, UUID]:
    """The region that each organisation is part of, or is."""
    paths = OrganisationPath.objects.filter(
        descendant__in=list(organisations), ancestor__kind=Kind.REGION
    ).order_by("-depth")
    return dict(paths.values_list("descendant_id", "ancestor_id"))


def _shares(
    counted: list[tuple[Organisation, Tally]], targets: Mapping[UUID, PopulationShare], total: int
) -> Shares:
    ordered = sorted(counted, key=lambda pair: (-pair[1].patients, pair[0].latin_name))
    return _drawn([(one.name, tally, targets.get(one.pk)) for one, tally in ordered], total)


def _drawn(rows: list[tuple[str, Tally, PopulationShare | None]], total: int) -> Shares:
    shares = [100 * tally.patients / total if total else 0.0 for _, tally, _ in rows]
    highest = max([*shares, *(float(target.share) for _, _, target in rows if target)], default=0.0)
    axis = max(10, -(-int(highest + 0.999) // 10) * 10)
    drawn = [
        _row(name, tally, target, share if total else None, total, axis)
        for (name, tally, target), share in zip(rows, shares, strict=True)
    ]
    return Shares(drawn, total, axis)


def _row(
    name: str, tally: Tally, target: PopulationShare | None, share: float | None, total: int, axis: int
) -> ShareRow:
    wanted = float(target.share) if target else None
    return ShareRow(
        name=name,
        tally=tally,
        share=share,
        target=target.share if target else None,
        source=target.source if target else "",
        difference=round(tally.patients - total * wanted / 100) if wanted is not None and total else None,
        bar=f"{100 * (share or 0.0) / axis:.1f}",
        mark=f"{min(98.5, 100 * wanted / axis):.1f}" if wanted is not None else "",
    )


def _together(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for one in tallies:
        found.add(one)
    return found
