"""How the service fares, in the form that Prometheus reads. No label names a person, an address or a row.

Requests are counted in the process that answers them; what the checks of readiness measure is asked of the
database when somebody reads. With several web processes, `medevac serve` lets them count into one folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from medevac.operations.readiness import answers

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
VERBS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_OWN = CollectorRegistry()
REQUESTS = Counter("medevac_requests", "Answered requests.", ("page", "verb", "status"), registry=_OWN)
SECONDS = Histogram(
    "medevac_request_seconds",
    "From a request to its answer, streams until they begin.",
    ("page",),
    buckets=BOUNDS,
    registry=_OWN,
)


def count_request(page: str, verb: str, status: int, seconds: float) -> None:
    """Count one answer.

    Parameters
    ----------
    page
        The name of the address ("people:members"), never the address itself; empty where there is none.
    verb
        The method, which a client may invent.
    status
        The status of the answer.
    seconds
        How long it took.
    """
    REQUESTS.labels(page or "none", verb if verb in VERBS else "other", str(status)).inc()
    SECONDS.labels(page or "none").observe(seconds)


class ReadinessCollector:
    """Asks the checks of readiness when somebody reads the metrics."""

    def collect(self) -> Iterator[Metric]:
        """One figure for each check, and those that it measured."""
        ready = GaugeMetricFamily("medevac_ready", "1 where a check is well, else 0.", labels=["check"])
        measured: dict[str, GaugeMetricFamily] = {}
        for name, answer in answers().items():
            ready.add_metric([name], float(answer.ready))
            for figure, value in answer.figures:
                family = measured.setdefault(
                    figure,
                    GaugeMetricFamily(
                        f"medevac_check_{figure}", "What a check of readiness measured.", labels=["check"]
                    ),
                )
                family.add_metric([name], value)
        yield ready
        yield from measured.values()


def exposition() -> bytes:
    """Everything, in the text form of Prometheus."""
    registry = CollectorRegistry()
    registry.register(ReadinessCollector())
    return generate_latest(registry) + counted()


def counted() -> bytes:
    """The requests that this process has answered, or all processes that count into one folder."""
    if not os.environ.get(FOLDER_VARIABLE):
        return generate_latest(_OWN)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
