"""The log: one JSON object a line, with the number of the request, and nothing that could name a person.

Nothing is searched for names. The other way round: only what cannot hold one is kept.

1. A text is kept where it stands in the source as it is; one that was made at run time is not.
2. Of what fills its gaps, numbers of up to five digits, truth values and UUIDs are kept.
3. Of an exception its type and the places in the code are kept, of the database's also the code and the
   constraint; its message is not, for it quotes values.
4. `extra={"facts": {...}}` of our own loggers: numbers, and words under the names in `WORDS`.
"""

from __future__ import annotations

import json
import logging
import logging.config
import re
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from types import CodeType, FrameType, TracebackType
from typing import Any, TextIO
from uuid import UUID

from medevac.site.request_id import request_id

NOT_KEPT = "…"
MADE_AT_RUN_TIME = "(made at run time, so not kept)"
LARGEST_NUMBER = 99_999  # a birth date or a telephone number has more digits
FRAMES_TO_SEARCH = 6
MOST_PLACES = 40
WORDS = frozenset({"page", "verb", "check", "job", "kind"})  # names of things in the code
WORD = re.compile(r"[a-z_][\w.:-]{0,119}\Z", re.IGNORECASE | re.ASCII)
GAP = re.compile(r"%(?:\((\w+)\))?[#0\- +]*(?:\d+|\*)?(?:\.\d+)?([diouxXeEfFgGcrsa%])")


class SourcedRecord(logging.LogRecord):
    """A record that knows whether its text stands in the source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_source = _in_source(self.msg, self.pathname, self.lineno)


def _in_source(text: object, path: str, number: int) -> bool:
    """Whether a constant of whoever logs, or of those who called it, is the text."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and (frame.f_code.co_filename != path or frame.f_lineno != number):
        frame = frame.f_back
    for _ in range(FRAMES_TO_SEARCH):
        if frame is None:
            return False
        if isinstance(text, str) and _has_constant(frame.f_code, text):
            return True
        frame = frame.f_back
    return False


def _has_constant(code: CodeType, text: str) -> bool:
    return any(
        constant == text or (isinstance(constant, tuple) and text in constant)
        for constant in code.co_consts
        if isinstance(constant, (str, tuple))
    )


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": _text(record),
            "request": request_id.get(),
            **_facts(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = fault(record.exc_info[1])
        return json.dumps({name: value for name, value in line.items() if value != ""}, ensure_ascii=False)


def _text(record: logging.LogRecord) -> str:
    if not getattr(record, "in_source", False):
        return MADE_AT_RUN_TIME
    text = str(record.msg)
    if not record.args:
        return text
    named = record.args if isinstance(record.args, Mapping) else {}
    rest = iter(() if named else record.args)

    def fill(gap: re.Match[str]) -> str:
        if gap[2] == "%":
            return "%"
        return _kept(named.get(gap[1]) if gap[1] else next(rest, None))

    return GAP.sub(fill, text)


def _kept(value: object) -> str:
    """The value where it cannot name a person."""
    if isinstance(value, (bool, UUID)):
        return str(value)
    if isinstance(value, int):
        return str(value) if abs(value) <= LARGEST_NUMBER else NOT_KEPT
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) <= LARGEST_NUMBER else NOT_KEPT
    return NOT_KEPT


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    given = getattr(record, "facts", None)
    facts: dict[str, Any] = {}
    if record.name.startswith("medevac.") and isinstance(given, Mapping):
        facts = {name: _fact(name, value) for name, value in given.items()}
    if record.name.startswith("procrastinate."):
        facts |= _job(record)
    return facts


def _fact(name: str, value: object) -> Any:
    if name in WORDS and (value == "" or WORD.match(str(value))):
        return str(value)
    if isinstance(value, (bool, int, float)):
        return value if abs(value) <= LARGEST_NUMBER else NOT_KEPT
    return _kept(value)


def _job(record: logging.LogRecord) -> dict[str, Any]:
    """What procrastinate says of a job, without the job's arguments."""
    job = getattr(record, "job", None)
    action = getattr(record, "action", "")
    told: dict[str, Any] = {"action": action if isinstance(action, str) and WORD.match(action) else ""}
    if isinstance(job, Mapping):
        task, number = job.get("task_name"), job.get("id")
        told["job"] = task if isinstance(task, str) and WORD.match(task) else ""
        told["job_number"] = number if isinstance(number, int) else ""
    return told


def fault(error: BaseException, depth: int = 0) -> dict[str, Any]:
    """An exception without its message: type, places in the code, and what caused it."""
    kind = type(error)
    told: dict[str, Any] = {
        "type": f"{kind.__module__}.{kind.__qualname__}",
        "at": _places(error.__traceback__),
    }
    diagnosis = getattr(error, "diag", None)
    for name, value in (
        ("sqlstate", getattr(error, "sqlstate", None)),
        ("constraint", getattr(diagnosis, "constraint_name", None)),
    ):
        if isinstance(value, str) and re.fullmatch(r"\w{1,63}", value, re.ASCII):
            told[name] = value
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 5:
        told["caused_by"] = fault(cause, depth + 1)
    if isinstance(error, BaseExceptionGroup) and depth < 5:
        told["parts"] = [fault(part, depth + 1) for part in error.exceptions[:5]]
    return told


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        frame = traceback.tb_frame
        places.append(f"{frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno} {frame.f_code.co_name}")
        traceback = traceback.tb_next
    return places[-MOST_PLACES:]


class StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to whatever stderr is at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # the library sets it once
        """Where lines go."""
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """A record that cannot be written is left out: the library's own way prints its values."""
        print(
            '{"level": "error", "logger": "medevac.site.log_lines", "text": "A line could not be written."}'
        )


def configure(config: dict[str, Any]) -> None:
    """Set up logging; Django calls it at the start (`LOGGING_CONFIG`)."""
    logging.setLogRecordFactory(SourcedRecord)
    logging.config.dictConfig(config)


def take_process() -> None:
    """Have what ends a process or a thread, and warnings, told as lines of the log."""
    logger = logging.getLogger(__name__)

    def ended(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logger.critical("The process ends with a fault.", exc_info=error)

    def thread_ended(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            logger.critical("A thread ended with a fault.", exc_info=args.exc_value)

    sys.excepthook = ended
    threading.excepthook = thread_ended
    logging.captureWarnings(True)


def log_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "medevac.site.log_lines.JsonFormatter"}},
        "handlers": {"stderr": {"()": "medevac.site.log_lines.StderrHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        # Django's own would write the address of the page and mail the whole request to administrators.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # They tell at each start which tasks there are.
            "procrastinate.blueprints": {"level": "WARNING"},
            "procrastinate.periodic": {"level": "WARNING"},
            "django.server": {"handlers": [], "propagate": True},
        },
    }
