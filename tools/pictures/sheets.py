"""Contact sheets: light and dark beside each other, several pages on one, each cut where it is too long."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

# How much smaller pictures of a width are shown, and how many pairs stand beside each other.
SCALES = {1280: (0.6, 1), 360: (0.78, 3)}
TALLEST = 1560  # pixels of a sheet
CAPTION = 22
GAP = 6


def make_sheets(pictures: Path, names: list[str], width: int, folder: Path) -> list[Path]:
    """Sheets with every page of these names at one width; each piece has a caption with its name."""
    scale, beside = SCALES[width]
    pieces = [piece for name in names for piece in _pieces(pictures, name, width, scale)]
    column = 2 * int(width * scale) + 3 * GAP
    sheets: list[Path] = []
    while pieces:
        sheet = Image.new("RGB", (column * beside, TALLEST), "#808080")
        lowest = 0
        for number in range(beside):
            top = 0
            while pieces and top + pieces[0][1].height + CAPTION <= TALLEST:
                caption, piece = pieces.pop(0)
                ImageDraw.Draw(sheet).text((number * column + GAP, top + 4), caption, fill="white")
                sheet.paste(piece, (number * column + GAP, top + CAPTION))
                top += piece.height + CAPTION
            lowest = max(lowest, top)
        path = folder / f"sheet-{width}-{len(sheets) + 1:03}.png"
        sheet.crop((0, 0, sheet.width, lowest)).save(path)
        sheets.append(path)
    return sheets


def _pieces(pictures: Path, name: str, width: int, scale: float) -> list[tuple[str, Image.Image]]:
    """Light and dark of one page beside each other, cut into pieces that fit a sheet."""
    both = [Image.open(pictures / f"{name}.{width}.{look}.png") for look in ("light", "dark")]
    small = [
        one.convert("RGB").resize((int(width * scale), max(1, int(one.height * scale))), Image.Resampling.LANCZOS)
        for one in both
    ]
    pair = Image.new("RGB", (2 * small[0].width + GAP, max(one.height for one in small)), "#808080")
    for number, one in enumerate(small):
        pair.paste(one, (number * (one.width + GAP), 0))
    most = TALLEST - CAPTION
    parts = -(-pair.height // most)
    return [
        (
            name + (f" ({part + 1} of {parts})" if parts > 1 else ""),
            pair.crop((0, part * most, pair.width, min(pair.height, (part + 1) * most))),
        )
        for part in range(parts)
    ]
