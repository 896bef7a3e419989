"""Demonstration data: a registry that every room fills; `medevac demo` runs it from the lowest room up.

Everything that a maker makes is invented, except for public facts such as airports and hospitals.
"""

from __future__ import annotations

from collections.abc import Callable

Maker = Callable[[], None]
_MAKERS: dict[str, tuple[int, Maker]] = {}


def register_maker(name: str, make: Maker, *, order: int) -> None:
    """Add a maker; rooms that lie lower have the smaller order (people 10, messages 20, directory 30 …)."""
    _MAKERS[name] = (order, make)


def make_demonstration() -> list[str]:
    """Run every maker in its order; each can be run again and then changes nothing.

    Returns
    -------
    The names of the makers, in the order in which they ran.
    """
    ordered = sorted(_MAKERS.items(), key=lambda item: item[1][0])
    for _, (_, make) in ordered:
        make()
    return [name for name, _ in ordered]
