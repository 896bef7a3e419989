"""The access log as a table to take away: comma-separated values, under a number of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.audit.looking import record_look_at_actors
from medevac.audit.models import Look
from medevac.audit.naming import actor_names, kind_words, right_words
from medevac.audit.selectors import Wanted, access_log
from medevac.audit.services import numbered_export

MOST_ROWS = 20_000


class TooManyRowsError(ValueError):
    """More rows than one table takes; the sentence is for the user."""


def take_access_log(user: Any, wanted: Wanted) -> tuple[int, bytes]:
    """Number and bytes of the table; the export and the look at the names are on record with it.

    Raises
    ------
    TooManyRowsError
        Where the conditions leave more than `MOST_ROWS`.
    """
    rows = list(access_log(user, wanted)[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        raise TooManyRowsError(
            ngettext(
                "Expected at most one row, got more. Choose a shorter period.",
                "Expected at most %(most)s rows, got more. Choose a shorter period.",
                MOST_ROWS,
            )
            % {"most": MOST_ROWS}
        )
    contents = {"rows": len(rows), "conditions": wanted.facts()}
    if rows:
        contents |= {"first": rows[-1].pk, "last": rows[0].pk}
    with numbered_export("audit.access_log", "csv", contents) as export:
        record_look_at_actors(
            "audit.see_access_log", {(row.actor_kind, row.actor) for row in rows}, export=export.number
        )
        return export.number, export.seal(_table(rows, export.number))


def _table(rows: Iterable[Look], number: int) -> bytes:
    rows = list(rows)
    names = actor_names((row.actor_kind, row.actor) for row in rows)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Export"), number, timezone.now().isoformat(timespec="seconds")])
    heads = [_("When (UTC)"), _("Who"), _("Number of who"), _("Right"), _("Kind of thing"), _("Which things")]
    writer.writerow([*heads, _("Owner"), _("Reason"), _("Page"), _("Request"), _("Export")])
    for row in rows:
        things = " ".join(str(thing) for thing in row.things)
        cells: list[object] = [
            row.at.isoformat(timespec="milliseconds"),
            names[row.actor_kind, row.actor],
            row.actor or "",
            right_words(row.right),
            kind_words(row.kind),
            things,
        ]
        cells += [row.owner or "", row.reason, row.page, row.request_id, row.export or ""]
        writer.writerow([_as_text(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()


def _as_text(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
