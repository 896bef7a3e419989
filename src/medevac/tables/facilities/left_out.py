"""Writes the rows that became no hospital as a file of their own, with the reason before each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from medevac.tables.facilities.importing import LeftOut


def left_out_bytes(columns: Sequence[str], left_out: Sequence[LeftOut]) -> bytes:
    """A CSV file in UTF-8: reason, explanation, line, and the row as it came."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("reason", "explanation", "line", *columns))
    for one in left_out:
        writer.writerow((one.reason, one.explanation, one.row.line, *(one.row[name] for name in columns)))
    return text.getvalue().encode()
