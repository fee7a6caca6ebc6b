"""`make bench OPTIONS="--cases 0,10000,1000000 --burst"`: fills, measures, writes `RESULTS.md`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

SMALL = "0,10000"


def main() -> None:
    """Read the options, find the database, run."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--cases", default=SMALL, help=f"sizes, separated by commas (default {SMALL})")
    parser.add_argument("--seconds", type=float, default=10.0, help="load on each path")
    parser.add_argument(
        "--minutes", type=float, default=0.0, help="budget: what no longer fits is left out and told"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="web processes")
    parser.add_argument("--burst", action="store_true", help="the burst, at the largest size")
    parser.add_argument("--burst-minutes", type=float, default=10.0, help="how long the burst takes")
    parser.add_argument(
        "--import", dest="rows", type=int, default=20_000, help="requests to import; 0 for none"
    )
    parser.add_argument("--paths", default="", help="only paths whose name holds this")
    parser.add_argument(
        "--keep", action="store_true", help="keep the filled databases, and use those kept before"
    )
    options = parser.parse_args()
    os.environ["HUIYIN_API_RATE"] = os.environ["HUIYIN_API_RATE_ADDRESS"] = "0"  # one token asks for all
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.app.settings"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]).rstrip(
        os.pathsep
    )
    from huiyin.app.database import ensure_database

    with ensure_database(lambda words: print(words.en, flush=True)) as url:
        os.environ["HUIYIN_DATABASE_URL"] = url
        import django

        django.setup()
        from bench.running import run

        sizes = [int(text) for text in str(options.cases).split(",")]
        run(options, sorted(sizes), url, time.monotonic())


main()
