"""Refreshes the vendored look: Designsystemet's CSS, medevac's theme made from its colours, and Inter.

Run it after a version below or a colour in tools/theme/designsystemet.config.json has changed, and look at
the pages:

    python3 -m uv run python tools/refresh_assets.py

Needs npm and the npm registry. Users need neither: what it writes is committed, each with its licence.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "medevac" / "site" / "static" / "site" / "vendor"
THEME_CONFIG = ROOT / "tools" / "theme" / "designsystemet.config.json"
CSS_PACKAGE, CSS_VERSION = "@digdir/designsystemet-css", "1.22.0"
THEME_PACKAGE, THEME_VERSION = "@digdir/designsystemet", "1.15.0"
FONT_PACKAGE, FONT_VERSION = "@fontsource-variable/inter", "5.3.0"
FONT_PARTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")


def main() -> None:
    """Write every asset anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        css = unpacked(CSS_PACKAGE, CSS_VERSION, folder / "css")
        font = unpacked(FONT_PACKAGE, FONT_VERSION, folder / "font")
        shutil.rmtree(VENDOR, ignore_errors=True)
        _write_css(css)
        _write_theme(folder / "theme")
        _write_font(font)
    print(f"Written to {VENDOR}.")


def unpacked(package: str, version: str, folder: Path) -> Path:
    """A package of the npm registry, unpacked into a folder; npm checks its checksum."""
    folder.mkdir()
    run(["npm", "pack", "--silent", f"{package}@{version}"], folder)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def run(words: list[str], folder: Path) -> None:
    """Run a program in a folder; its failure ends the script."""
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _write_css(package: Path) -> None:
    target = VENDOR / "designsystemet"
    target.mkdir(parents=True)
    (target / "designsystemet.css").write_text(plain(package / "dist" / "src" / "index.css"))
    shutil.copy(package / "LICENSE", target / "LICENSE")
    (target / "VERSION").write_text(f"{CSS_PACKAGE} {CSS_VERSION}\n")


def _write_theme(folder: Path) -> None:
    folder.mkdir()
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", f"{THEME_PACKAGE}@{THEME_VERSION}"], folder)
    for deed in (["create"], ["build", "--out-dir", "built"]):
        run(["npx", "designsystemet", "tokens", *deed, "--config", str(THEME_CONFIG)], folder)
    target = VENDOR / "designsystemet"
    (target / "medevac-theme.css").write_text(plain(folder / "built" / "medevac.css"))


def _write_font(package: Path) -> None:
    target = VENDOR / "inter"
    target.mkdir(parents=True)
    for part in FONT_PARTS:
        name = f"inter-{part}-wght-normal.woff2"
        shutil.copy(package / "files" / name, target / name)
    shutil.copy(package / "LICENSE", target / "LICENSE")
    (target / "VERSION").write_text(f"{FONT_PACKAGE} {FONT_VERSION}\n")


def plain(path: Path) -> str:
    """A style sheet without links to source maps, which are not vendored."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.rstrip() for line in lines if "sourceMappingURL" not in line) + "\n"


if __name__ == "__main__":
    main()
