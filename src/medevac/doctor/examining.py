"""Runs every check. One that breaks down is a finding itself and does not keep the others from being run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medevac.doctor import database_checks, machine_checks
from medevac.doctor.finding import Finding, Weight
from medevac.doctor.registry import Check, Installation, registered

_OWN: dict[str, Check] = {**database_checks.CHECKS, **machine_checks.CHECKS}


@dataclass(frozen=True)
class Examined:
    """A check's name and one finding of it."""

    name: str
    finding: Finding


def examine(installation: Installation) -> Iterator[Examined]:
    """Run the checks of the database and the machine, then those that other rooms have added."""
    for name, check in {**_OWN, **registered()}.items():
        for finding in _run(check, installation):
            yield Examined(name, finding)


def _run(check: Check, installation: Installation) -> Iterator[Finding]:
    try:
        yield from check(installation)
    except Exception as error:
        yield Finding.fault(
            f"This check broke down ({type(error).__name__}: {' '.join(str(error).split())}).",
            "If the other findings do not explain it, report it as a fault of medevac.",
        )


def healthy(examined: list[Examined]) -> bool:
    """Whether nothing must be mended."""
    return all(one.finding.weight is not Weight.FAULT for one in examined)
