"""Shows how a search goes: a live line on a terminal, plain lines in a file, nothing when quiet."""

from __future__ import annotations

import time
from typing import Protocol

from rich.console import Console, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from medevac.cli.screen import line, shown

SECONDS_BETWEEN_LINES = 5.0
STOPPING = "stopping with the best plan so far; Ctrl-C again to abort"


class Progress(Protocol):
    """What the planner tells of its search."""

    @property
    def score(self) -> float | None: ...
    @property
    def bound(self) -> float | None: ...
    @property
    def gap(self) -> float | None: ...
    @property
    def seconds(self) -> float: ...
    @property
    def stage(self) -> str: ...


class Display(Protocol):
    """Something that shows progress, from any thread."""

    def __enter__(self) -> Display: ...
    def __exit__(self, *_: object) -> None: ...
    def tell(self, progress: Progress) -> None:
        """Show what the planner says."""

    def stopping(self) -> None:
        """Show that the search was asked to end."""


def display_for(console: Console, *, quiet: bool) -> Display:
    """The display that suits the console."""
    if quiet:
        return Silence()
    return LiveLine(console) if console.is_terminal else PlainLines(console)


def sentence(progress: Progress) -> str:
    """Best score, bound and gap, as far as known."""
    score = "no plan yet" if progress.score is None else f"best score {progress.score:,.2f}"
    bound = "no bound yet" if progress.bound is None else f"bound {progress.bound:,.2f}"
    gap = "" if progress.gap is None else f" · gap {100 * progress.gap:.2f} %"
    return f"{score} · {bound}{gap}"


class Silence:
    """Shows nothing."""

    def __enter__(self) -> Silence:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def tell(self, progress: Progress) -> None:
        return None

    def stopping(self) -> None:
        return None


class PlainLines:
    """Writes a line when the stage changes, and else at most every few seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stage = ""
        self._written = float("-inf")
        self._last = ""

    def __enter__(self) -> PlainLines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def tell(self, progress: Progress) -> None:
        text = sentence(progress)
        due = progress.stage != self._stage or (
            text != self._last and time.monotonic() - self._written >= SECONDS_BETWEEN_LINES
        )
        if not due:
            return
        self._stage, self._last, self._written = progress.stage, text, time.monotonic()
        line(self._console, f"{progress.seconds:7.1f} s · {text} · {progress.stage}")

    def stopping(self) -> None:
        line(self._console, STOPPING)


class LiveLine:
    """Keeps one line up to date while the search runs."""

    def __init__(self, console: Console) -> None:
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._stopping = False
        self._spinner = Spinner("dots")
        self._live = Live(get_renderable=self._render, console=console, refresh_per_second=8, transient=True)

    def __enter__(self) -> LiveLine:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def tell(self, progress: Progress) -> None:
        self._progress = progress

    def stopping(self) -> None:
        self._stopping = True

    def _render(self) -> RenderableType:
        text = Text(f"{time.monotonic() - self._began:.0f} s · ")
        if self._progress is None:
            text.append("starting")
        else:
            text.append(sentence(self._progress), style="bold")
            text.append(f" · {shown(self._progress.stage)}")
        if self._stopping:
            text.append(f"\n  {STOPPING}", style="yellow")
        self._spinner.update(text=text)
        return self._spinner
