"""Prints what has one template, one content and one link in a code: the case summary and the choice sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Literal

import segno
import typst

STANDARD: Literal["ua-1"] = "ua-1"  # PDF that a screen reader can read


def printed(template: bytes, content: Mapping[str, Any], link: str, when: datetime) -> bytes:
    """The PDF of a template.

    Parameters
    ----------
    template
        In typst; it reads `content` as JSON and `code` as an SVG.
    content
        What is said. Nothing of it becomes markup.
    link
        What the code leads to.
    when
        The moment that the file carries, in whole seconds.
    """
    return bytes(
        typst.compile(
            template,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False), "code": _code(link)},
            pdf_standards=[STANDARD],
            timestamp=when.replace(microsecond=0),
        )
    )


def _code(link: str) -> str:
    """The QR code of a link as SVG; a quarter of it may be dirty."""
    out = BytesIO()
    segno.make(link, error="q", micro=False).save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return out.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and those that typst carries: a paper is the same everywhere."""
    folder = str(files("medevac.papers") / "fonts")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
