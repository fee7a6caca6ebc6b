"""`python -m bench.duplicates --cases 200000 [--file FILE]`: finding near-duplicates, how fast and how well.

Time: look-ups at so many cases, of words that are in and words that are not. Quality: on a file of messages
(`.jsonl.gz` with `subject`, `detail`, `group`), where rows of one `group` are known to be near-duplicates.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]
Pair = tuple[int, int]


def main() -> None:
    """Read the options, measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench.duplicates", description=__doc__)
    parser.add_argument("--cases", type=int, default=0, help="time look-ups at so many cases")
    parser.add_argument("--look-ups", type=int, default=500)
    parser.add_argument("--file", type=Path, help="messages with known groups")
    parser.add_argument(
        "--keep", action="store_true", help="keep the filled database, and use one kept before"
    )
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.app.settings"
    if options.file:
        _measure_quality(options.file)
    if options.cases:
        _measure_time(options.cases, options.look_ups, keep=options.keep)


def _measure_quality(file: Path) -> None:
    from huiyin.app.django_start import start_django

    os.environ.setdefault("HUIYIN_SECRET_KEY", "bench")
    start_django()
    from huiyin.appeals.alike import LIKE_ENOUGH
    from huiyin.appeals.sources import read_rows
    from huiyin.language.api import compare, cut_pieces, join_text, make_marks

    rows = [row for _, row in read_rows(file) if isinstance(row, dict)]
    texts = [join_text(str(row["subject"]), str(row["detail"]).strip()) for row in rows]
    pieces = [cut_pieces(text) for text in texts]
    having: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for mark in make_marks(text):
            having[mark].append(at)
    candidates = {pair for places in having.values() for pair in combinations(sorted(set(places)), 2)}
    found = {pair for pair in candidates if compare(pieces[pair[0]], pieces[pair[1]]) >= LIKE_ENOUGH}
    groups: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        groups[row["group"]].append(at)
    _tell_quality([group for group in groups.values() if len(group) > 1], found)


def _tell_quality(groups: list[list[int]], found: set[Pair]) -> None:
    true = {pair for group in groups for pair in combinations(group, 2)}
    some = sum(any(pair in found for pair in combinations(group, 2)) for group in groups)
    whole = sum(_is_joined(group, found) for group in groups)
    wrong = len(found - true)
    print(f"groups {len(groups)}: some pair {some / len(groups):.3f}, all joined {whole / len(groups):.3f}")
    print(f"pairs {len(true)}: found {len(found & true) / len(true):.3f}")
    print(f"suggested {len(found)}, of other groups {wrong} ({wrong / max(len(found), 1):.3f})")


def _is_joined(group: list[int], found: set[Pair]) -> bool:
    reached, waiting = {group[0]}, [group[0]]
    while waiting:
        one = waiting.pop()
        near = {at for at in group if at not in reached and (min(one, at), max(one, at)) in found}
        reached |= near
        waiting += near
    return len(reached) == len(group)


def _measure_time(cases: int, times: int, *, keep: bool) -> None:
    from huiyin.app.database import ensure_database

    with ensure_database(lambda words: print(words.en, flush=True)) as url:
        os.environ["HUIYIN_DATABASE_URL"] = url
        import django

        django.setup()
        from bench.filling import fill
        from bench.grounds import own_database, prepare_tables, use_database

        with own_database(url, cases, keep=keep) as (own, kept):
            use_database(own)
            if not kept:
                prepare_tables()
                print(f"filled in {fill(cases):.0f} s", flush=True)
            _look_up(times)


def _look_up(times: int) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from huiyin.appeals import alike
    from huiyin.cases.api import Case
    from huiyin.language.api import join_text

    alike.LOOK_BACK = timedelta(days=36_500)  # whatever the times of the filled cases
    rng, last = Random(5), Case.objects.order_by("-id").values_list("id", flat=True)[0]
    ids = [rng.randint(1, last) for _ in range(times)]
    stored = Case.objects.filter(pk__in=ids).values_list("title", "text__words")
    texts = [join_text(title, words) for title, words in stored]
    texts += [
        "".join(rng.choices([chr(0x4E00 + at) for at in range(2000)], k=200)) for _ in range(times // 5)
    ]
    rng.shuffle(texts)
    taken, hits = [], 0
    for text in texts:
        start = time.perf_counter()
        hits += bool(alike.find_alike(text, timezone.now()))
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    p95, p99 = taken[len(taken) * 95 // 100], taken[len(taken) * 99 // 100]
    print(f"{len(taken)} look-ups at {last:,} cases: p50 {statistics.median(taken):.1f} ms, p95 {p95:.1f},"
          f" p99 {p99:.1f}, slowest {taken[-1]:.1f}; {hits} found something")  # fmt: skip


if __name__ == "__main__":
    main()
