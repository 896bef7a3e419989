"""What came out of a kill test."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Outcome:
    """What happened.

    Parameters
    ----------
    operations
        How many writes there were to be.
    acknowledged
        How many answers came.
    repeated
        How often a write was sent again because no answer came.
    killed
        How often each kind of process was killed.
    pauses
        For each kind of process, the seconds from each kill to the first answer to a write sent after it.
    lost
        Acknowledged numbers that are not in the database.
    undelivered
        Written numbers whose job had no effect.
    tries
        How often jobs ran in all.
    not_told_once
        Written numbers whose message is not in the inbox exactly once.
    emails
        How many e-mails the mail server took.
    emails_lost
        Message-IDs in the outbox that the mail server never saw, or that are not noted as sent.
    emails_twice
        How many of the e-mails were repeats.
    emails_uncounted
        Message-IDs that came more often than the outbox counted, or that it does not know.
    states
        How many jobs ended in which state.
    writing_seconds
        From the first write to the last answer.
    seconds
        From the first write to the last job.
    unfinished
        What was not at its end when the time was over, in words; empty where everything was.
    """

    operations: int = 0
    acknowledged: int = 0
    repeated: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    pauses: dict[str, list[float]] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    undelivered: list[int] = field(default_factory=list)
    tries: int = 0
    not_told_once: list[int] = field(default_factory=list)
    emails: int = 0
    emails_lost: list[str] = field(default_factory=list)
    emails_twice: int = 0
    emails_uncounted: list[str] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    writing_seconds: float = 0.0
    seconds: float = 0.0
    unfinished: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether everything that was promised holds, and all of it came to its end."""
        faults = (self.lost, self.undelivered, self.not_told_once, self.emails_lost, self.emails_uncounted)
        return self.acknowledged == self.operations and not any((*faults, self.unfinished))

    def lines(self) -> list[str]:
        """The figures in words."""
        told = [
            f"writes: {self.acknowledged} of {self.operations} acknowledged, "
            f"{self.repeated} sent again without an answer",
            "killed: " + ", ".join(f"{kind} {count}" for kind, count in sorted(self.killed.items())),
            "seconds until a write was answered again, median and longest: "
            + ", ".join(
                f"{kind} {median(times):.1f} and {max(times):.1f}"
                for kind, times in sorted(self.pauses.items())
                if times
            ),
            f"lost: {len(self.lost)}; jobs without effect: {len(self.undelivered)}",
            f"job runs: {self.tries}, that is {self.tries - self.acknowledged} repeats",
            "jobs: " + ", ".join(f"{state} {count}" for state, count in sorted(self.states.items())),
            f"messages not shown exactly once: {len(self.not_told_once)}",
            f"e-mails: {self.emails} taken, {self.emails_twice} of them repeats with the same Message-ID; "
            f"lost: {len(self.emails_lost)}; repeats not counted: {len(self.emails_uncounted)}",
            f"seconds: {self.writing_seconds:.1f} of writing, {self.seconds:.1f} in all",
        ]
        return [*told, *(f"unfinished: {what}" for what in self.unfinished)]
