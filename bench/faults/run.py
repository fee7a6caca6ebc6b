"""Breaks the running product on purpose, under load, and says what was lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from checking import check
from killing import kill_at_random
from load import Ledger, Load
from product import Product
from report import Result, write

NARROW = {"HUIYIN_PLACES": "1", "HUIYIN_LINE": "0"}


def main() -> int:
    """Run what was asked for; 0 when nothing was lost, doubled or left broken."""
    from scenarios import SCENARIOS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many kills; 0 leaves them out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", choices=[*SCENARIOS, "kills"], help="one part of it")
    parser.add_argument("--narrow", action="store_true", help="one place and no line: many are turned away")
    parser.add_argument("--log", type=Path, help="where to keep what the product has said")
    options = parser.parse_args()
    results: list[Result] = []
    if options.only in {None, "kills"} and options.kills:
        results.append(run_kills(options.kills, options.seed, NARROW if options.narrow else {}))
    for name, scenario in SCENARIOS.items():
        if options.only in {None, name}:
            print(f"== {name}", file=sys.stderr, flush=True)
            results.append(scenario(options.seed))
    write(results, options.seed)
    if options.log:
        options.log.write_text("\n".join(result.log for result in results), encoding="utf-8")
    for result in results:
        for answer in result.ledger.faulty:
            print(f"{result.name}: {answer[:300]}", file=sys.stderr)
    return 0 if all(result.is_clean() for result in results) else 1


def run_kills(kills: int, seed: int, environment: dict[str, str]) -> Result:
    """Kill under load, let everything settle, and look."""
    with tempfile.TemporaryDirectory(prefix="huiyin-faults-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        product, ledger = Product(Path(name), **environment), Ledger()
        product.start()
        began = time.monotonic()
        try:
            with Load(product.port, ledger, seed):
                killed = kill_at_random(product, kills, seed)
                time.sleep(3)
            found = check(product, ledger.acts)
        finally:
            code = product.stop()
        return Result("kills", ledger, found, killed, time.monotonic() - began, code, product.tell_log())


if __name__ == "__main__":
    sys.exit(main())
