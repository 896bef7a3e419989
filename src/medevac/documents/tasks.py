"""The worker's task of this room: scanning what could not be scanned when it came."""

from __future__ import annotations

from procrastinate.contrib.django import app

from medevac.messages.tasks import fresh_connection

EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queue="documents", name="documents.scan", queueing_lock="documents.scan")
@fresh_connection
def scan(timestamp: int) -> None:
    """Scan what waits for a verdict; doing it twice changes nothing."""
    from medevac.documents.services import scan_again

    scan_again()
