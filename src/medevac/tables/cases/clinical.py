"""The columns that hold the clinical picture."""

from __future__ import annotations

from medevac.tables.cases.case_column import case_column
from medevac.tables.columns import Kind

CLINICAL = (
    case_column(
        "diagnosis",
        Kind.NAME,
        ("Diagnosis in words", "Diagnose med ord", "Діагноз словами"),
        ("What the patient suffers from.", "Hva pasienten lider av.", "На що страждає пацієнт."),
        "Open fracture of the left tibia",
        required=True,
    ),
    case_column(
        "icd10",
        Kind.NAMES,
        ("ICD-10 codes", "ICD-10-koder", "Коди МКХ-10"),
        ("Separated by commas.", "Skilt med komma.", "Через кому."),
        ["S82.2"],
    ),
    case_column(
        "injury_date",
        Kind.DATE,
        ("Date of injury", "Skadedato", "Дата травми"),
        ("When it happened.", "Når det skjedde.", "Коли це сталося."),
        "2026-01-12",
    ),
    case_column(
        "mechanism",
        Kind.NAME,
        ("Mechanism of injury", "Skademekanisme", "Механізм травми"),
        ("In a few words.", "Med noen få ord.", "Кількома словами."),
        "blast",
    ),
    *(
        case_column(key, Kind.NAME, heading, ("In words.", "Med ord.", "Словами."))
        for key, heading in (
            ("history", ("History", "Sykehistorie", "Анамнез")),
            ("allergies", ("Allergies", "Allergier", "Алергії")),
            ("medicines", ("Medicines", "Legemidler", "Ліки")),
            (
                "cautions",
                ("Cautions for flight", "Forsiktighetsregler for flyging", "Застереження для польоту"),
            ),
        )
    ),
)
