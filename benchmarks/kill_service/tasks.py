"""The job of each write. Jobs of killed workers are given back by the service's own rescue."""

from __future__ import annotations

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(retry=RetryStrategy(max_attempts=20, wait=1))
def deliver(number: int) -> None:
    """Note a number as delivered, once; a repeat finds it noted."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kill_tried VALUES (%s)", [number])
        cursor.execute("INSERT INTO kill_delivered VALUES (%s) ON CONFLICT DO NOTHING", [number])
