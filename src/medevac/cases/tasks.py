"""The worker's tasks of this room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from medevac.messages.tasks import fresh_connection

EVERY_HOUR = "23 * * * *"
AFTER_CHASING = "53 * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
LOOKED_BACK = timedelta(minutes=30)  # a run that was missed is made up for by the next two


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queue="cases", name="cases.find_same", queueing_lock="cases.find_same")
@fresh_connection
def find_same(timestamp: int) -> None:
    """Look for others like those who were written since."""
    from medevac.cases.services.likeness import suspect_changed_since

    suspect_changed_since(datetime.fromtimestamp(timestamp, UTC) - LOOKED_BACK)


@app.periodic(cron=EVERY_HOUR)
@app.task(queue="cases", name="cases.chase", queueing_lock="cases.chase")
@fresh_connection
def chase(timestamp: int) -> None:
    """Tell owners what is due and overdue; a repeat on the same day tells nothing twice."""
    from medevac.cases.services.chasing import chase_missing

    chase_missing()


@app.periodic(cron=AFTER_CHASING)
@app.task(queue="cases", name="cases.count_missing", queueing_lock="cases.count_missing")
@fresh_connection
def count_missing(timestamp: int) -> None:
    """Count what is missing anew: papers age, and missions ask for other things from a day on."""
    from medevac.cases.services.missing import count_all_missing

    count_all_missing()


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(queue="cases", name="cases.forget_trials", queueing_lock="cases.forget_trials")
@fresh_connection
def forget_old_trials(timestamp: int) -> None:
    """Empty workbooks that were read a day ago and never applied."""
    from medevac.cases.services.importing import forget_trials

    forget_trials()
