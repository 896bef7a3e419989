"""The one sheet of the workbook of cases, with the columns that belong to none of the three rights."""

from __future__ import annotations

from medevac.tables.cases.case_column import case_column
from medevac.tables.cases.clinical import CLINICAL
from medevac.tables.cases.operational import OPERATIONAL
from medevac.tables.cases.personal import PERSONAL
from medevac.tables.cases.words import SHEET_NAME
from medevac.tables.columns import Column, Kind, Sheet, Words

KEYS = ("own_reference", "ewrs_number")
NOTHING_TO_ADD = Words("", "", "")

ANOTHER = case_column(
    "another_person",
    Kind.FLAG,
    ("Another patient of that name", "En annen pasient med det navnet", "Інший пацієнт із таким ім'ям"),
    (
        "Yes where a live case was reported and this is somebody else.",
        "Ja når det ble meldt om en levende sak og dette er noen andre.",
        "Так, якщо повідомлено про чинний випадок, а це інша людина.",
    ),
)
SHOWN = tuple(
    Column(key, Kind.CALCULATED, Words(*heading), NOTHING_TO_ADD)
    for key, heading in (
        ("pseudonym", ("Pseudonym (calculated)", "Pseudonym (beregnet)", "Псевдонім (обчислено)")),
        ("state", ("State (calculated)", "Tilstand (beregnet)", "Стан (обчислено)")),
        ("mission", ("Mission (calculated)", "Oppdrag (beregnet)", "Місія (обчислено)")),
        ("requester", ("Filed by (calculated)", "Meldt av (beregnet)", "Подав (обчислено)")),
        ("age_band", ("Age (calculated)", "Alder (beregnet)", "Вік (обчислено)")),
        ("due_at", ("Due, UTC (calculated)", "Frist, UTC (beregnet)", "Термін, UTC (обчислено)")),
        ("companions_count", ("Companions (calculated)", "Følge (beregnet)", "Супроводжувачі (обчислено)")),
    )
)
SHEET = Sheet(
    "cases",
    SHEET_NAME,
    Words("One row for each case.", "Én rad for hver sak.", "Один рядок на кожен випадок."),
    (*PERSONAL, *CLINICAL, *OPERATIONAL, ANOTHER, *SHOWN),
    required=True,
)
