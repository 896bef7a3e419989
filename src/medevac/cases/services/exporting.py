"""Cases to take away: a workbook or a table, numbered and sealed, with what is open to whoever takes them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.audit.context import because
from medevac.audit.services import NumberedExport, numbered_export, record_look
from medevac.cases.models import Case, Clinical, OwnReference
from medevac.cases.services.taking import Taken, taken_line, workbook_language
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.policy.asking import emergency_reasons
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.tables.cases.clinical import CLINICAL
from medevac.tables.cases.operational import OPERATIONAL
from medevac.tables.cases.personal import PERSONAL
from medevac.tables.cases.writing import columns_by_right, headings, write_cases
from medevac.tables.columns import Column

MOST_ROWS = 20_000
WORKBOOK, TABLE = "xlsx", "csv"
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Wanted:
    """What is taken away.

    Parameters
    ----------
    clinical, personal
        Whether those columns are there; a cell is filled only where the case opens it to the taker.
    file_format
        "xlsx" or "csv".
    conditions
        What the cases were narrowed to, for the record of exports; no names.
    """

    clinical: bool = False
    personal: bool = False
    file_format: str = WORKBOOK
    conditions: Mapping[str, str] = ()  # type: ignore[assignment]


def export_cases(user: User, cases: QuerySet[Case], wanted: Wanted) -> Taken:
    """Take cases away.

    Parameters
    ----------
    user
        Who takes them.
    cases
        Any queryset of cases; only those that are open to the user are taken.
    wanted
        Columns and form.

    Raises
    ------
    RefusedError
        Where there are more than `MOST_ROWS`, or none.
    """
    rows = list(visible(user, cases).select_related("mission", "requester")[: MOST_ROWS + 1])
    _refuse_size(len(rows))
    ids = [case.pk for case in rows]
    clinical = _pictures(user, ids) if wanted.clinical else {}
    personal = _personal(user, ids) if wanted.personal else {}
    columns = columns_by_right(clinical=wanted.clinical, personal=wanted.personal)
    contents = {
        "rows": len(rows),
        "columns": [column.key for column in columns],
        "conditions": dict(wanted.conditions),
        "clinical": len(clinical),
        "personal": len(personal),
        "cases": [str(pk) for pk in ids],
    }
    with numbered_export("cases.cases", wanted.file_format, contents) as export:
        record_looks(user, rows, clinical=clinical, personal=personal, number=export.number)
        lines = (_line(case, clinical, personal) for case in rows)
        content = export.seal(_bytes(lines, columns, wanted, export, user))
    return Taken(export.number, f"cases-{export.number}.{wanted.file_format}", content)


def _refuse_size(count: int) -> None:
    if not count:
        raise RefusedError(_("No case fits. Choose fewer conditions."))
    if count > MOST_ROWS:
        raise RefusedError(
            ngettext(
                "Expected at most one case, got more. Choose narrower conditions.",
                "Expected at most %(most)s cases, got more. Choose narrower conditions.",
                MOST_ROWS,
            )
            % {"most": MOST_ROWS}
        )


def _pictures(user: User, ids: list[Any]) -> dict[Any, dict[str, Any]]:
    """The clinical columns of the cases that open them to the user."""
    keys = [column.key for column in CLINICAL]
    rows = visible(user, Clinical.objects.filter(case__in=ids))
    return {row.pk: {key: getattr(row, key) for key in keys} for row in rows}


def _personal(user: User, ids: list[Any]) -> dict[Any, dict[str, Any]]:
    """The personal columns; a person who is open through another case is not shown with this one."""
    opened = visible(user, Case.objects.filter(pk__in=ids), Right.PERSONAL).select_related("person")
    own = visible(user, OwnReference.objects.filter(case__in=ids))
    references: dict[Any, str] = dict(own.values_list("pk", "reference"))
    keys = [column.key for column in PERSONAL if column.key != "own_reference"]
    return {
        case.pk: {key: getattr(case.person, key) for key in keys} | {"own_reference": references.get(case.pk)}
        for case in opened
    }


def record_looks(
    user: User,
    rows: Iterable[Case],
    *,
    clinical: Container[Any],
    personal: Container[Any],
    number: int,
) -> None:
    """Write the looks, each with the number of the export; an emergency access with its reason."""
    reasons = emergency_reasons(user, Case)
    parts: tuple[tuple[Right, Iterable[Case]], ...] = (
        (Right.CLINICAL, [case for case in rows if case.pk in clinical]),
        (Right.PERSONAL, [case for case in rows if case.pk in personal]),
    )
    for right, seen in parts:
        by_reason: dict[str, dict[Any, Any]] = defaultdict(dict)
        for case in seen:
            by_reason[reasons.get(case.pk, "")][case.pk] = case.requester_id
        for reason, things in by_reason.items():
            with because(reason) if reason else nullcontext():
                record_look(right.value, "cases.case", things, export=number)


def _line(case: Case, clinical: Mapping[Any, Any], personal: Mapping[Any, Any]) -> dict[str, Any]:
    """One row by the keys of the columns."""
    return {
        "pseudonym": case.pseudonym,
        "state": str(case.get_state_display()),
        "mission": case.mission.code,
        "requester": case.requester.name,
        "age_band": str(case.get_age_band_display()),
        "due_at": case.due_at,
        "companions_count": case.companions_count,
        **{column.key: getattr(case, column.key) for column in OPERATIONAL},
        **clinical.get(case.pk, {}),
        **personal.get(case.pk, {}),
    }


def _bytes(
    lines: Iterator[dict[str, Any]],
    columns: tuple[Column, ...],
    wanted: Wanted,
    export: NumberedExport,
    user: User,
) -> bytes:
    language = workbook_language()
    said = taken_line(export.number, user)
    if wanted.file_format == WORKBOOK:
        return write_cases(lines, columns, language, [said])
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_safe(said)])
    writer.writerow(headings(columns, language))
    for line in lines:
        writer.writerow([_cell(line.get(column.key)) for column in columns])
    return ("\ufeff" + out.getvalue()).encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return _safe(", ".join(value))
    return _safe(str(value)) if isinstance(value, str) else str(value)


def _safe(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
