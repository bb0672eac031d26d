from __future__ import annotations

from contextlib import closing

from communique.pool import Pool
from pool_work import fatal, lost, shifted


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(Pool(shifted, 100, lost, jobs=2).map(range(30))) == [(n, n + 100) for n in range(30)]


def test_a_process_that_dies_costs_its_item_only() -> None:
    assert list(Pool(fatal, 5, lost, jobs=2).map(range(12))) == [(n, -n if n == 5 else n) for n in range(12)]


def test_closing_ends_the_work() -> None:
    with closing(Pool(shifted, 0, lost, jobs=2).map(range(1000))) as results:
        assert next(results) == (0, 0)


def test_more_small_items_than_large_ones_are_taken_ahead_and_never_all() -> None:
    taken = {}
    for size in (1, 1_000_000):
        items = iter(range(10_000))
        with closing(Pool(shifted, 0, lost, jobs=2, size=lambda _, size=size: size).map(items)) as results:
            next(results)
            taken[size] = next(items)
    assert taken[1_000_000] < taken[1] < 300
