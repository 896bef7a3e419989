"""Writes docs/reference/settings.md from `medevac.site.settings.environment`; a test compares the two.

Run it after a setting has changed:

    python3 -m uv run python tools/settings_page.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medevac.site.settings.environment import Setting

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"
HEAD = """# Settings

Written from `src/medevac/site/settings/environment.py` by `tools/settings_page.py`; a test compares the two.

Every setting is a variable of the environment. They are read and checked at the start: where one is missing or wrong, the service does not
start, and says of all of them at once what was expected, what came and what to do. Values of secrets are never repeated. What is missing has
the default; a setting without a default must be set.

| variable | what it decides | default |
|---|---|---|
"""
TAIL = """
Beside these, `medevac serve`, `worker` and the commands that need the database read `DATABASE_OWNER_URL`: the same database as the
owner of its tables, for `migrate`, `backup`, `restore`, `retention` and `forget`. Web and worker never see it.
"""


def written() -> str:
    """The page as it should stand."""
    from medevac.site.settings.environment import SETTINGS

    return HEAD + "".join(_row(setting) for setting in SETTINGS) + TAIL


def _row(setting: Setting) -> str:
    default = (
        "**must be set**"
        if setting.default is None
        else f"`{setting.default}`"
        if setting.default
        else "nothing"
    )
    secret = " *Secret.*" if setting.secret else ""
    return f"| `{setting.name}` | {setting.purpose}{secret} | {default} |\n"


if __name__ == "__main__":
    # The package reads its settings when it is imported; these two have no default.
    os.environ.setdefault("MEDEVAC_SECRET_KEY", "to-write-a-page-alone-" + "x" * 50)
    os.environ.setdefault("MEDEVAC_IDENTIFIER_KEY", "to-write-a-page-alone-" + "y" * 50)
    os.environ.setdefault("DATABASE_URL", "postgresql://localhost/medevac")
    PAGE.write_text(written(), encoding="utf-8")
