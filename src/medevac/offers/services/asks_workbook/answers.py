"""The sheet of answers: what was said on the telephone or by mail, or what one's own organisation answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from medevac.directory.models import Hospital
from medevac.offers.models import Answer, Ask
from medevac.offers.policy import ANSWER, ASK
from medevac.offers.services.answering import (
    RECORDED,
    AnswerFacts,
    answer,
    answering_hospitals,
    record_answer,
)
from medevac.offers.services.asks_workbook.asks import AsksKept
from medevac.offers.services.asks_workbook.run import Line, Run, minute
from medevac.offers.states import Channel
from medevac.people.policy import may, visible
from medevac.tables.asks.sheets import ANSWERS
from medevac.tables.columns import plain

OF_A_NO = ("yes", "no_reason", "remark")
FACTS = ("yes", "no_reason", "earliest_day", "isolation", "companions", "payer", "remark")
UNSAID: dict[str, Any] = {"isolation": False, "companions": 0}  # what an empty cell of an answer means


def match_answers(run: Run, kept: AsksKept) -> None:
    """Note what each row would do. A row of an ask that the file itself makes finds it when it is done."""
    rows = Answer.objects.filter(ask__in=list(kept.by_id), replaced_at__isnull=True)
    answers = visible(run.actor, rows).select_related("hospital")
    counting: dict[UUID, Answer] = {one.ask_id: one for one in answers}
    asked_here = {(deed.case, plain(deed.whom)) for deed in run.deeds if deed.word == "add"}
    seen: set[UUID] = set()
    for line in run.lines(ANSWERS.key):
        if "yes" not in line.values or "asked" not in line.values:
            continue
        found = kept.meant(line)
        if found is None and not line.faulty("ask"):
            if (line.case.pseudonym, plain(line.values["asked"])) in asked_here:
                _said_later(run, line)
            else:
                remedy = "Correct the name, or ask first: on the sheet of asks, or on the page."
                line.error("asked", "an organisation that is asked for the case", line.got("asked"), remedy)
        if found is None:
            continue
        if found.pk in seen:
            line.error("asked", "one answer to an ask", line.got("asked"), "Bring the two rows together.")
            continue
        seen.add(found.pk)
        _match(run, line, found, counting.get(found.pk))


def _match(run: Run, line: Line, found: Ask, before: Answer | None) -> None:
    hospital = _hospital(line, found, before)
    if line.faulty(*FACTS, "hospital", "answered_at", "channel"):
        return
    if before is not None and not _news(line, before, hospital):
        line.deed("same", found.asked.name)
        return
    of_another = may(run.actor, ASK, found.round) or not may(run.actor, ANSWER, found)
    if of_another and not _told_by_whom(line):
        return
    word = "add" if before is None else "change"
    line.deed(word, found.asked.name, lambda: _write(run, line, found, hospital, of_another=of_another))


def _said_later(run: Run, line: Line) -> None:
    """An answer to an ask that an earlier row of the file makes: by then it is there."""
    if not _told_by_whom(line):
        return

    def do() -> None:
        found = AsksKept(run).called(line.case.pk, line.values["asked"])
        if found is not None:  # else the ask itself was refused, and that is told
            hospital = _hospital(line, found)
            if not line.faulty("hospital"):
                _write(run, line, found, hospital, of_another=True, asked_with_it=True)

    line.deed("add", line.values["asked"], do)


def _told_by_whom(line: Line) -> bool:
    who = line.need("answerer", "who answered", "Write name and function.")
    when = line.need("answered_at", "when it was said", "Write date and time in UTC.")
    how = line.values.get("channel", Channel.TELEPHONE) in RECORDED
    if not how:
        remedy = "Write how this answer came, or clear the cell."
        line.error("channel", "by telephone, or by e-mail or letter", line.got("channel"), remedy)
    return who and when and how


def _write(
    run: Run,
    line: Line,
    found: Ask,
    hospital: Hospital | None,
    *,
    of_another: bool,
    asked_with_it: bool = False,
) -> None:
    values = line.values
    given = {key: values[key] for key in FACTS if key in values}
    facts = AnswerFacts(**given, hospital=hospital.pk if hospital else None)
    if not of_another:
        answer(run.actor, found, facts)
        return
    told = {key: values[key] for key in ("answerer", "answered_at")}
    channel = Channel(values.get("channel", Channel.TELEPHONE))
    record_answer(run.actor, found, facts, **told, channel=channel, asked_with_it=asked_with_it)


def _hospital(line: Line, found: Ask, before: Answer | None = None) -> Hospital | None:
    """The hospital that is named, of those that the asked can answer for; noted where it is none."""
    name = line.values.get("hospital")
    if name is None or not line.values["yes"]:
        return None
    wanted = plain(name)
    if before is not None and before.hospital is not None and wanted == plain(before.hospital.code):
        return before.hospital
    possible = answering_hospitals(found)
    called = [one for one in possible if wanted in (plain(one.code), plain(one.name), plain(one.latin_name))]
    if len(called) == 1:
        return called[0]
    remedy = "Write the code or name of a hospital that the organisation keeps."
    line.error("hospital", f"a hospital of {found.asked.name}", line.got("hospital"), remedy)
    return None


def _news(line: Line, before: Answer, hospital: Hospital | None) -> bool:
    """Whether the row says something else than the answer that counts; who, when and how only where told."""
    values = line.values
    keys = FACTS if values["yes"] else OF_A_NO
    told: dict[str, Any] = {key: values.get(key, UNSAID.get(key, "")) for key in keys}
    kept: dict[str, Any] = {key: getattr(before, key) for key in keys}
    if hospital is not None:
        told["hospital"], kept["hospital"] = hospital.pk, before.hospital_id
    told |= {key: values[key] for key in ("answerer", "answered_at", "channel") if key in values}
    kept |= {"answerer": before.answerer, "answered_at": minute(before.answered_at)}
    if before.channel in RECORDED:  # of what somebody has said here, how it came is no news
        kept["channel"] = before.channel
    return bool(line.differs(told, kept))
