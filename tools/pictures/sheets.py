"""Contact sheets: light and dark beside each other, several pages on one, each cut where it is too long.

A long run of rows with nothing in them is shortened to a strip with a line through it, so that a sheet shows
more; the line says that something was left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

# How much smaller pictures of a width are shown, and how many pages stand beside each other.
SHEETS = {1280: (0.45, 1), 360: (0.72, 2)}
PIXELS = 1_180_000  # of a sheet: what a viewer shows unscaled
CAPTION = 13
GAP = 4
EMPTY = 90  # pixels of a page: a longer empty run is shortened to a strip
STRIP = 36
LEAST = 150  # pixels of a sheet: what begins lower than this above its end begins on the next one


def make_sheets(
    pictures: Path,
    names: Sequence[str],
    width: int,
    folder: Path,
    *,
    looks: Sequence[str] = ("light", "dark"),
    begins: Mapping[str, tuple[int, int]],
) -> list[Path]:
    """Sheets with every page of these names at one width.

    Parameters
    ----------
    pictures, folder
        Where the pictures are, and where the sheets are put.
    begins
        By name and width: what of a picture is left out, from the left and from the top.
    """
    scale, beside = SHEETS[width]
    beside *= 2 // len(looks)
    rows = []
    for name in names:
        shots = [
            _shot(pictures / f"{name}.{width}.{look}.png", begins.get(f"{name}.{width}")) for look in looks
        ]
        rows.append((name, _beside(shots, scale)))
    column = max(row.width for _name, row in rows) + GAP
    across, tallest = column * beside, PIXELS // (column * beside)
    sheets: list[Path] = []
    while rows:
        sheet = Image.new("RGB", (across, tallest), "#808080")
        for left in range(0, across - column + 1, column):
            top = 0
            while rows and tallest - top >= LEAST:
                name, row = rows.pop(0)
                room = tallest - top - CAPTION
                ImageDraw.Draw(sheet).text((left + GAP, top + 2), name, fill="white")
                sheet.paste(row.crop((0, 0, row.width, min(room, row.height))), (left + GAP, top + CAPTION))
                if row.height > room:
                    rows.insert(0, (f"{name} …", row.crop((0, room, row.width, row.height))))
                top += min(room, row.height) + CAPTION
        path = folder / f"sheet-{width}-{len(sheets) + 1:03}.png"
        sheet.save(path)
        sheets.append(path)
    return sheets


def _shot(path: Path, begin: tuple[int, int] | None) -> Image.Image:
    """A picture, without the frame where it is left out."""
    whole = Image.open(path).convert("RGB")
    return whole.crop((*begin, whole.width, whole.height)) if begin else whole


def _beside(shots: list[Image.Image], scale: float) -> Image.Image:
    """The looks of one page beside each other."""
    small = [
        one.resize((int(one.width * scale), max(1, int(one.height * scale))), Image.Resampling.LANCZOS)
        for one in _shortened(shots)
    ]
    row = Image.new("RGB", (len(small) * (small[0].width + GAP), small[0].height), "#808080")
    for number, one in enumerate(small):
        row.paste(one, (number * (one.width + GAP), 0))
    return row


def _shortened(shots: list[Image.Image]) -> list[Image.Image]:
    """The same pictures without the middle of long runs of rows that are empty in all of them."""
    height = min(one.height for one in shots)
    arrays = [np.asarray(one)[:height] for one in shots]
    empty = np.all([(rows == rows[:, :1]).all(axis=(1, 2)) for rows in arrays], axis=0)
    kept, begun = [], 0
    for end in [*np.flatnonzero(~empty), height]:
        run = end - begun
        kept.append((begun, end) if run <= EMPTY else (begun, begun + STRIP))
        begun = end
    made = []
    for rows in arrays:
        made.append(Image.fromarray(np.concatenate([rows[begin:end] for begin, end in kept])))
        top = 0
        for (begin, end), after in zip(kept, [*kept[1:], (height, height)], strict=True):
            top += end - begin
            if end != after[0]:
                ImageDraw.Draw(made[-1]).line(
                    (0, top - STRIP // 2, made[-1].width, top - STRIP // 2), "#d000d0"
                )
    return made
