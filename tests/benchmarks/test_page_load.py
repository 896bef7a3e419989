"""Tests the parts of the load of pages that need no service: shares, figures, one-time codes."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from page_load.figures import Measured, growth_of, share, table_of
from page_load.page import page_of
from page_load.requests_of import BASELINE, SHARES, requests_of
from page_load.visitor import _code

PERSON = {"cases": ["11111111-1111-4111-8111-111111111111"], "pseudonyms": ["RK-4082"]}
SECRET = "JBSWY3DPEHPK3PXP"


def measured(cases: int, slowest: float) -> Measured:
    """Twenty answers of each kind, of which two are as slow as told."""
    times = {kind: [10.0] * 18 + [slowest] * 2 for kind in SHARES}
    told = {"seconds": 2.0, "milliseconds": times, "failed": [], "bytes_read": dict.fromkeys(SHARES, 2048)}
    return Measured(cases, 5 * cases, 3.0, told, told, {"web": [100.0, 101.0], "PostgreSQL": [200.0]})


def test_every_hundred_has_every_kind_in_its_share() -> None:
    """Tests the mix, that a seed gives it again, and that the names are asked for in both kinds of search."""
    some = list(islice(requests_of(PERSON, ["Шевченко"], ["Ivan Zhuk"], seed=1), 300))
    assert sum(SHARES.values()) == 100
    assert Counter(one.kind for one in some) == {kind: 3 * number for kind, number in SHARES.items()}
    assert some == list(islice(requests_of(PERSON, ["Шевченко"], ["Ivan Zhuk"], seed=1), 300))
    assert all("%D0%A8" in one.path for one in some if one.kind == "search, common name")
    assert all("Zhuk" in one.path for one in some if one.kind == "search, rare name")


def test_figures_by_hand() -> None:
    """Tests the nearest rank, what is too slow, the rate, and that the page has every kind of page."""
    assert [share([4, 1, 3, 2], percent) for percent in (50, 75, 95)] == [2, 3, 4]
    quick, slow = measured(1_000, 200.0), measured(10_000, 300.0)
    assert quick.too_slow == []
    assert slow.too_slow == list(SHARES)
    assert quick.rate == 20 * len(SHARES) / 2.0
    assert table_of(quick)[2].endswith("| 20 | 10 | 200 | 200 | 200 | 1.0 | 2 |")
    assert "| memory of web, MiB | 100 + 101 | 100 + 101 |" in growth_of([quick, slow])
    page = page_of([quick, slow], ["--seconds", "60"], "Nothing else ran.", 0.1)
    assert all(kind in page for kind in (*SHARES, BASELINE, "--seconds 60", "Nothing else ran."))


def test_a_one_time_code_is_that_of_the_service() -> None:
    """Tests the code against the library that the service checks it with."""

    def codes() -> set[str]:
        return {format_hotp_value(hotp_value(SECRET, counter)) for counter in yield_hotp_counters_from_time()}

    earlier = codes()
    code = _code(SECRET)
    assert code in earlier | codes()  # the half minute may end in between
