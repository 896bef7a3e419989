"""From a file or bytes to one JSON object, however damaged, large or hostile the bytes are.

What the keys of the object mean is not judged here: see `problem` and `plan` beside this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from medevac.planner.faults import FaultList, FaultsError
from medevac.planner.reading.phrases import child, item, show

PROBLEM_FORMAT = "medevac-problem/1"
PLAN_FORMAT = "medevac-plan/1"
FORMATS = (PROBLEM_FORMAT, PLAN_FORMAT)

LARGEST_DOCUMENT = 100_000_000  # bytes
DEEPEST_NESTING = 64
_LONGEST_INTEGER = 300  # digits; Python itself refuses to convert more than 4300

_NO_BRACKET_NOR_QUOTE = bytes(byte for byte in range(256) if byte not in b'[]{}"')
_STRING = re.compile(rb'"[^"]*(?:"|\Z)')
_MARKS = (
    (b"\xef\xbb\xbf", "a UTF-8 byte order mark"),
    (b"\xff\xfe", "a UTF-16 byte order mark"),
    (b"\xfe\xff", "a UTF-16 byte order mark"),
)
_SAVE_AS_UTF8 = "Save the file as UTF-8 without a byte order mark."

Source = Path | bytes | dict[str, Any]


class _Repeated(dict[str, Any]):
    """An object in which some keys were written more than once."""

    repeated: tuple[str, ...] = ()


def read_document(
    source: Source, form: str | None = None, *, largest: int = LARGEST_DOCUMENT
) -> dict[str, Any]:
    """Read one JSON object and refuse what is not a sound document of a known format.

    Parameters
    ----------
    source
        A file, its bytes, or an object that was already parsed.
    form
        The format that is wanted, such as `medevac-problem/1`; any known format if None.
    largest
        The most bytes that are read.

    Raises
    ------
    FaultsError
        When the source cannot be read, is no UTF-8, no JSON object, or of another format.
    """
    faults = FaultList()
    document = parse_document(read_source(source, faults, largest=largest), faults)
    check_format(document, FORMATS if form is None else (form,), faults)
    faults.refuse()
    return document


def read_source(source: Source, faults: FaultList, *, largest: int = LARGEST_DOCUMENT) -> bytes:
    """The bytes of a source. A file that is too large is refused by its size, without reading it."""
    if isinstance(source, dict):
        data = _write(source, faults)
    elif isinstance(source, Path):
        data = _read_file(source, faults, largest)
    else:
        data = bytes(source)
    if len(data) > largest:
        _refuse_size(len(data), largest, faults)
    return data


def parse_document(data: bytes, faults: FaultList) -> dict[str, Any]:
    """Parse bytes as one JSON object.

    Numbers that JSON does not know (`NaN`) and keys that are written twice are noted in `faults`,
    and reading goes on; anything else that is wrong is raised at once.
    """
    text = _decode(data, faults)
    _check_nesting(data, faults)
    document = _parse(text, faults)
    if not isinstance(document, dict):
        faults.error("", "a JSON object at the top level", show(document), "Put the content in { }.")
        faults.refuse()
    return dict(document)


def check_format(document: dict[str, Any], forms: tuple[str, ...], faults: FaultList) -> None:
    """Note a missing or wrong `format`; a document of the other kind is refused at once."""
    wanted = " or ".join(f'"{form}"' for form in forms)
    if "format" not in document:
        faults.error("format", wanted, "nothing", 'Add the key "format" with the format and its version.')
        return
    form = document["format"]
    if form in forms:
        return
    faults.error("format", wanted, show(form), "Check that this is the file you mean, and its version.")
    if form in FORMATS:
        faults.refuse()


def _read_file(path: Path, faults: FaultList, largest: int) -> bytes:
    """Read a file, never more than one byte beyond the limit."""
    try:
        size = path.stat().st_size
        if size > largest:
            _refuse_size(size, largest, faults)
        with path.open("rb") as file:
            return file.read(largest + 1)
    except FaultsError:
        raise
    except FileNotFoundError:
        faults.error("", f"a file {path}", "no such file", "Check the name and the folder.")
    except IsADirectoryError:
        faults.error("", f"a file {path}", "a folder", "Name a file inside the folder.")
    except PermissionError:
        faults.error("", f"a file {path} that may be read", "no permission", "Ask its owner for access.")
    except (OSError, ValueError) as error:
        faults.error("", "a file that can be read", f"an error ({error})", "Check the name and the disk.")
    faults.refuse()
    return b""


def _refuse_size(size: int, largest: int, faults: FaultList) -> None:
    faults.error(
        "", f"at most {largest:,} bytes", f"{size:,} bytes or more", "Check that this is the file you mean."
    )
    faults.refuse()


def _write(source: dict[str, Any], faults: FaultList) -> bytes:
    """The bytes of a parsed object, so that it is read by the same rules as a file."""
    try:
        text = json.dumps(source, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        faults.error("", "an object of JSON values", f"an error ({error})", "Use JSON's own types only.")
        faults.refuse()
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _decode(data: bytes, faults: FaultList) -> str:
    """The text of the bytes, which must be UTF-8 without a mark."""
    if not data.strip():
        faults.error("", "a JSON document", "nothing: it is empty", "Check that this is the file you mean.")
    for mark, name in _MARKS:
        if data.startswith(mark):
            faults.error("", "UTF-8 text", f"{name} at byte 0", _SAVE_AS_UTF8)
    faults.refuse()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.error("", "UTF-8 text", f"other bytes from byte {error.start} on", _SAVE_AS_UTF8)
        faults.refuse()
        raise


def _check_nesting(data: bytes, faults: FaultList) -> None:
    """Refuse deep nesting before parsing, which would run out of stack."""
    import numpy as np  # here, so that the command line's help need not wait for it

    brackets = np.frombuffer(_brackets(data), dtype=np.uint8)
    steps = np.where((brackets == ord("[")) | (brackets == ord("{")), np.int32(1), np.int32(-1))
    if len(steps) and steps.cumsum(dtype=np.int32).max() > DEEPEST_NESTING:
        faults.error("", f"at most {DEEPEST_NESTING} levels of nesting", "more", "Write a flatter document.")
        faults.refuse()


def _brackets(data: bytes) -> bytes:
    """The brackets outside strings, in order.

    Each step runs at the speed of memory, however hostile the text: escaped characters go first, then all
    but brackets and quotes; two quotes that are now neighbours enclose, or stand between, nothing that
    counts; what is left between two quotes is text.
    """
    quoted = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_BRACKET_NOR_QUOTE)
    return _STRING.sub(b"", quoted.replace(b'""', b""))


def _parse(text: str, faults: FaultList) -> Any:
    """The parsed text; strange numbers and repeated keys are noted."""
    strange: list[str] = []

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        strange.append("a key")
        return _repeated(pairs)

    def constant(name: str) -> float:
        strange.append(name)
        return float(name)

    try:
        document = json.loads(text, object_pairs_hook=gather, parse_constant=constant, parse_int=_integer)
    except json.JSONDecodeError as error:
        _refuse_syntax(error, faults)
    if strange:
        _note_strange(document, faults)
    return document


def _integer(digits: str) -> int | float:
    """An integer; one that is too long to convert in reasonable time becomes infinity."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _repeated(pairs: Iterable[tuple[str, Any]]) -> _Repeated:
    result = _Repeated()
    repeated = []
    for key, value in pairs:
        if key in result and key not in repeated:
            repeated.append(key)
        result[key] = value
    result.repeated = tuple(repeated)
    return result


def _refuse_syntax(error: json.JSONDecodeError, faults: FaultList) -> None:
    place = f"line {error.lineno}, column {error.colno}"
    cut_off = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    if cut_off:
        remedy = "The document seems to be cut off: fetch or save it again."
    else:
        remedy = "Correct the document there, or save it again."
    faults.error("", "well-formed JSON", f"a mistake at {place} ({error.msg})", remedy)
    faults.refuse()


def _note_strange(document: Any, faults: FaultList) -> None:
    """Note every number that JSON does not know and every key that is written twice."""
    for path, value in _walk(document, ""):
        if isinstance(value, float) and not isfinite(value):
            faults.error(path, "a number that JSON knows", show(value), "Write a finite number, or null.")
        if isinstance(value, _Repeated):
            for key in value.repeated:
                faults.error(child(path, key), "each key once", "the same key twice", "Remove one of them.")


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every value with its path. The nesting was bounded before."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, child(path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, item(path, index))
