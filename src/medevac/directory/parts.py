"""The kinds of dated parts that a mission has, as a table: what each is called, and what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from medevac.directory import models
from medevac.directory.models.validity import Dated

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class PartKind:
    """One kind of part.

    Parameters
    ----------
    name
        The name of the mission's attribute with the parts, and the word in addresses.
    model
        The rows.
    title
        The heading above them.
    empty
        The sentence where there are none.
    fields
        What is written, in this order; the days follow.
    order
        By which rows stand.
    related
        What is read along with a row.
    columns
        What is shown of it, where that is not just what is written.
    """

    name: str
    model: type[Dated]
    title: str | _StrPromise
    empty: str | _StrPromise
    fields: tuple[str, ...]
    order: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """What a table shows of a row, in this order."""
        return self.columns or self.fields


_KINDS = (
    PartKind(
        "hubs",
        models.MissionHub,
        _("Hubs"),
        _("No hub is named yet. Without one no flight can be planned."),
        ("airport",),
        ("airport__icao",),
        ("airport",),
    ),
    PartKind(
        "countries",
        models.MissionCountry,
        _("Participating countries"),
        _("No country takes part yet. Add those that can be asked for places."),
        ("country", "fair_share"),
        ("country",),
    ),
    PartKind(
        "actors",
        models.MissionActor,
        _("Actors"),
        _("No organisation has a part yet. Add those that file, coordinate, fly and receive."),
        ("organisation", "part"),
        ("part", "organisation__latin_name"),
        ("organisation",),
    ),
    PartKind(
        "eligibility",
        models.EligibilityRule,
        _("Eligibility"),
        _("Everybody is accepted. Add a rule where a group is not."),
        ("group", "country", "accepted", "reason"),
        ("group", "country"),
    ),
    PartKind(
        "items",
        models.MissionItem,
        _("Consents, papers and checks"),
        _("Nothing is asked for yet. Add the consents that a case needs."),
        ("code", "kind", "name_en", "name_nb", "name_uk", "group", "blocks", "valid_days"),
        ("kind", "code"),
        columns=("name", "kind", "group", "blocks", "valid_days"),
    ),
    PartKind(
        "limits",
        models.MissionLimit,
        _("Limits"),
        _("No limit is set."),
        ("what", "number", "country", "source"),
        ("what", "country"),
    ),
    PartKind(
        "retention",
        models.RetentionPeriod,
        _("Retention"),
        _("Nothing is said about how long data are kept. Add what the law demands."),
        ("what", "months", "basis"),
        ("what",),
    ),
)
PARTS: dict[str, PartKind] = {kind.name: kind for kind in _KINDS}
