"""Writes docs/reference/rights.md from the policy: every role × right, action and page.

Run it after the policy has changed:

DJANGO_SETTINGS_MODULE=site_settings PYTHONPATH=tests python3 -m uv run python tests/people/rights_page.py
"""

from __future__ import annotations

from pathlib import Path

import django
from django.utils import translation

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rights.md"
HEAD = """# Who may see and do what

Written from the policy by `tests/people/rights_page.py`; a test compares the two. Why it is so: [ADR 0006](../adr/0006-roles-and-rights.md).

How far a right reaches: *own* is what belongs to the own organisation or to one below it; *asked* the cases that the organisation is
asked to take; *chosen* the cases whose patient has chosen it; *carried* the cases that it plans, carries or receives on the way; *notified*
the cases whose discharge it has been told of; *mission* everything of the missions that it takes part in or runs. An empty cell is nothing.
Whoever sees the clinical data of a case sees its summary as well, and with the summary the operational data.
"""


def table(rows: dict[str, str], columns: list[str]) -> list[str]:
    """One table, a row for each role and a column for each action."""
    from medevac.people.roles import Role, grants_of

    lines = [
        "| role | " + " | ".join(rows.get(name, name) for name in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for role in Role:
        cells = [grants_of(name).get(role, "") for name in columns]
        lines.append(f"| {role.label} | " + " | ".join(str(cell) for cell in cells) + " |")
    return lines


def written() -> str:
    """The page as it should stand."""
    from medevac.people.pages import Access, registered_pages
    from medevac.people.roles import ACTIONS, SECOND_FACTOR_ROLES, WITHIN_A_MISSION, Right

    with translation.override("en"):
        lines = [HEAD, "## Rights over patients' data", ""]
        words = {right.value: right.value.removeprefix("see.") for right in Right}
        lines += table(words, list(words))
        lines += [
            "",
            "A second factor is asked of: "
            + ", ".join(str(r.label) for r in sorted(SECOND_FACTOR_ROLES))
            + ".",
        ]
        within = ", ".join(f"`{name}`" for name in sorted(WITHIN_A_MISSION))
        lines += [
            "",
            "A membership that is limited to one mission includes these alone, on that mission's things alone: "
            f"{within}.",
        ]
        for room in sorted({name.split(".")[0] for name in ACTIONS}):
            names = [name for name in ACTIONS if name.startswith(f"{room}.")]
            short = {name: name.removeprefix(f"{room}.").replace("_", " ") for name in names}
            lines += ["", f"## Actions of the room `{room}`", "", *table(short, names)]
        lines += ["", "## Pages", "", "| page | who reaches it |", "|---|---|"]
        for page, access in sorted(registered_pages().items()):
            who = access.value if isinstance(access, Access) else f"roles with `{access}`"
            lines.append(f"| `{page}` | {who} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    django.setup()
    PAGE.write_text(written(), encoding="utf-8")
