"""Is this file a workbook that is safe to open? Judged before anything of it is unpacked whole.

A workbook is a zip archive of XML parts. What is refused here: other files, encrypted ones, bombs,
damaged archives. What stands on the sheets is counted by `survey` and read by `grid`.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from medevac.planner import Fault, FaultsError

LARGEST_FILE = 50_000_000  # bytes
LARGEST_UNPACKED = 300_000_000  # bytes, all parts together
LARGEST_PART = 10_000_000  # bytes of a part other than sheets and texts, which the reader holds whole
LARGEST_TEXTS = 80_000_000  # bytes of the texts that sheets share
MOST_PARTS = 2_000

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOLE_WORKBOOK = "the workbook"

ZIP = b"PK"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # old workbooks, and new ones behind a password
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods")

_SAVE_AS = "Save it as an Excel workbook (.xlsx), and read that."
_FETCH_AGAIN = "Fetch or save the file again."


def refuse(expected: str, got: str, remedy: str) -> FaultsError:
    """The error that refuses a whole file."""
    return FaultsError([Fault(WHOLE_WORKBOOK, expected, got, remedy)])


def looks_like_workbook(path: Path) -> bool:
    """Whether a file is to be read as a workbook: by its first bytes, or by its name where it has none."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(len(OLE))
    except OSError:
        return False
    return start.startswith(ZIP) or start == OLE


def read_file(path: Path) -> bytes:
    """The bytes of a file, never more than the limit.

    Raises
    ------
    FaultsError
        When it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse(f"a file {path}", "no such file", "Check the name and the folder.") from None
    except IsADirectoryError:
        raise refuse(f"a file {path}", "a folder", "Name a file inside the folder.") from None
    except PermissionError:
        remedy = "Ask its owner for access, or close it where it is open."
        raise refuse(f"a file {path} that may be read", "no permission", remedy) from None
    except (OSError, ValueError) as error:
        raise refuse(
            "a file that can be read", f"an error ({error})", "Check the name and the disk."
        ) from None
    if len(data) > LARGEST_FILE:
        remedy = "Check that this is the file you mean, and remove pictures from it."
        raise refuse(f"at most {LARGEST_FILE:,} bytes", "more", remedy)
    return data


def open_container(data: bytes) -> ZipFile:
    """The archive of a workbook whose parts are few and small enough to be read.

    Raises
    ------
    FaultsError
        When the bytes are no workbook, or one that cannot be opened.
    """
    _refuse_other_files(data)
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError) as error:
        got = f"a damaged or cut off file ({error})"
        raise refuse("a whole Excel workbook (.xlsx)", got, _FETCH_AGAIN) from None
    _refuse_other_archives(archive)
    _refuse_bombs(archive)
    return archive


def _refuse_other_files(data: bytes) -> None:
    if not data:
        raise refuse("an Excel workbook (.xlsx)", "an empty file", _FETCH_AGAIN)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            remedy = "Open it, remove the password (File, Info, Protect Workbook), and save it."
            raise refuse("a workbook without a password", "a password-protected file", remedy)
        raise refuse("an Excel workbook (.xlsx)", "an Office file of the old kind (such as .xls)", _SAVE_AS)
    if not data.startswith(ZIP):
        remedy = "Check that this is the file you mean. A table of text (.csv) must be saved as .xlsx."
        raise refuse("an Excel workbook (.xlsx)", "something else", remedy)


def _refuse_other_archives(archive: ZipFile) -> None:
    names = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise refuse("a workbook without a password", "an encrypted archive", "Save it without a password.")
    if "xl/workbook.bin" in names:
        raise refuse("an Excel workbook (.xlsx)", "a binary workbook (.xlsb)", _SAVE_AS)
    if "content.xml" in names:
        raise refuse("an Excel workbook (.xlsx)", "an OpenDocument file (such as .ods)", _SAVE_AS)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        remedy = "Check that this is the file you mean."
        raise refuse("an Excel workbook (.xlsx)", "an archive that is no workbook", remedy)


def _refuse_bombs(archive: ZipFile) -> None:
    """Judge by the sizes that the archive declares: zipfile never unpacks more than these."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise refuse(f"a workbook of at most {MOST_PARTS:,} parts", f"{len(parts):,}", _FETCH_AGAIN)
    if len({part.filename for part in parts}) < len(parts):
        raise refuse("a workbook whose parts have different names", "the same name twice", _FETCH_AGAIN)
    remedy = "Check that this is the file you mean. Copy what is needed into a new template."
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise refuse(f"at most {LARGEST_UNPACKED:,} bytes when unpacked", f"{unpacked:,} bytes", remedy)
    for part in parts:
        largest = _largest(part.filename)
        if part.file_size > largest:
            expected = f"at most {largest:,} bytes in the part {part.filename}"
            raise refuse(expected, f"{part.file_size:,} bytes", remedy)


def _largest(name: str) -> int:
    lower = name.lower()
    if not lower.endswith((".xml", ".rels")) or "worksheets/" in lower:
        return LARGEST_UNPACKED
    return LARGEST_TEXTS if lower.endswith("sharedstrings.xml") else LARGEST_PART
