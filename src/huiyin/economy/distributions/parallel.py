"""Does parts of a bulk run in processes of their own, each with its own connection."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from django.db import connections

Part = TypeVar("Part")
Done = TypeVar("Done")


def do_parts(work: Callable[[Part], Done], parts: Sequence[Part], processes: int) -> list[Done]:
    """What `work` makes of each part, in order; in this process when one is enough.

    The children are forked, so that they stand ready at once; no connection is taken along. Each part commits
    by itself: one that fails, or is killed, leaves the others done.
    """
    if processes <= 1 or len(parts) <= 1:
        return [work(part) for part in parts]
    connections.close_all()
    forking = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(processes, len(parts)), mp_context=forking) as pool:
        return list(pool.map(work, parts))


def deal(weights: Sequence[tuple[int, int]], hands: int, most: int) -> list[list[int]]:
    """Keys with weights dealt into at least `hands` bundles of at most `most`, as even as can be."""
    count = max(hands, -(-len(weights) // most)) if weights else 0
    count = -(-count // hands) * hands
    bundles: list[tuple[int, list[int]]] = [(0, []) for _ in range(count)]
    for key, weight in sorted(weights, key=lambda one: (-one[1], one[0])):
        at = min(range(count), key=lambda place: (bundles[place][0], place))
        bundles[at] = (bundles[at][0] + weight, [*bundles[at][1], key])
    return [sorted(keys) for _, keys in bundles if keys]
