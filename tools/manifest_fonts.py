# /// script
# dependencies = ["fonttools>=4.60"]
# ///
"""Makes src/medevac/papers/fonts: Noto Sans for manifests, cut down to the scripts that they print.

The source is Debian's package fonts-noto-core. Run again only to refresh the fonts:

    uv run --script tools/manifest_fonts.py /usr/share/fonts/truetype/noto

`coverage.json` lists the characters that both weights have, as ranges; any other is printed as a box.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src" / "medevac" / "papers" / "fonts"
WEIGHTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
WANTED = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin
    (0x2B0, 0x36F),  # modifiers and combining marks
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x1E00, 0x1EFF),  # more Latin
    (0x2010, 0x205E),  # punctuation
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
    (0xFFFD, 0xFFFD),
)


def cut(source: Path, target: Path) -> set[int]:
    """Write a font with the wanted characters only; returns those that it has."""
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=["*"], name_IDs=["*"])
    options.recalc_timestamp = False
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in WANTED for code in range(first, last + 1)])
    cutter.subset(font)
    font.save(target)
    return set(font.getBestCmap())


def ranges(codes: set[int]) -> list[list[int]]:
    """The codes as ranges, both ends included."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def main() -> None:
    """Write the fonts and their coverage."""
    parser = argparse.ArgumentParser(description="Cut the manifest's fonts.")
    parser.add_argument("folder", type=Path, help="the folder with NotoSans-Regular.ttf and -Bold.ttf")
    folder = parser.parse_args().folder
    covered = set.intersection(*(cut(folder / name, FONTS / name) for name in WEIGHTS))
    (FONTS / "coverage.json").write_text(json.dumps(ranges(covered)) + "\n", encoding="utf-8")
    for path in sorted(FONTS.iterdir()):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
