"""The JSON Schemas (2020-12) of the problem and plan documents, for editors and other programs.

A schema sees shapes. References, dates against each other and the like are found by `reading` only.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal


def schema(name: Literal["problem", "plan"]) -> dict[str, Any]:
    """The JSON Schema of a document, a new copy at each call."""
    text = files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
