"""Puts the browser's libraries that are committed here in their places, from the npm registry's packages.

Run it in an empty folder, only to take a newer version, and look at what changed:

    npm pack leaflet@1.9.4
    python PATH/tools/vendored_assets.py

Nothing is fetched by this script. Lines that point to source maps go, since those files are not kept; so do
pictures written into style sheets, which the content security policy does not show.
"""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

ROOMS = Path(__file__).resolve().parent.parent / "src" / "medevac"
LEAFLET = ROOMS / "directory" / "static" / "directory" / "vendor" / "leaflet"
WANTED: dict[str, dict[str, Path]] = {
    "leaflet-*.tgz": {
        "LICENSE": LEAFLET,
        "dist/leaflet.js": LEAFLET,
        "dist/leaflet.css": LEAFLET,
        "dist/images/layers.png": LEAFLET / "images",
        "dist/images/layers-2x.png": LEAFLET / "images",
        "dist/images/marker-icon.png": LEAFLET / "images",
    },
}
SOURCE_MAP = re.compile(r"^(//|/\*)# sourceMappingURL=.*$\n?", re.MULTILINE)
PICTURE = re.compile(r"""url\((?:'data:(?:\\.|[^'\\])*'|"data:(?:\\.|[^"\\])*"|data:[^)'"]*)\)""")


def cleaned(name: str, data: bytes) -> bytes:
    """A file without source maps, and a style sheet without pictures inside it."""
    if not name.endswith((".js", ".css")):
        return data
    text = SOURCE_MAP.sub("", data.decode("utf-8"))
    return (PICTURE.sub("none", text) if name.endswith(".css") else text).encode()


def main() -> None:
    """Write every wanted file."""
    for pattern, files in WANTED.items():
        (package,) = Path.cwd().glob(pattern)
        with tarfile.open(package) as archive:
            for name, folder in files.items():
                member = archive.extractfile(f"package/{name}")
                assert member is not None, f"Expected {name} in {package}, got none."
                folder.mkdir(parents=True, exist_ok=True)
                (folder / Path(name).name).write_bytes(cleaned(name, member.read()))


if __name__ == "__main__":
    main()
