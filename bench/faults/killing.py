"""Kills parts of the running product with `kill -9` at random moments, and times how it comes back."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass

import psycopg
from product import Product, kill

TARGETS = ("web", "web process", "worker", "postmaster", "database", "backend")
GIVE_UP = 90.0  # seconds without recovery: the run has failed
AT_WORK = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '2 seconds'"


@dataclass(frozen=True, slots=True)
class Kill:
    """What was killed, and after how many seconds all answered again."""

    target: str
    seconds: float


def kill_at_random(product: Product, times: int, seed: int) -> list[Kill]:
    """`times` kills; before one in four, the product has not even come back from the one before."""
    rng, kills = random.Random(seed), []
    for number in range(times):
        time.sleep(rng.uniform(0.1, 1.6))
        target = rng.choice(TARGETS)
        pids = _choose(product, target, rng)
        until = time.monotonic() + GIVE_UP
        while not pids and time.monotonic() < until:  # it is down already: kill what comes back
            time.sleep(0.02)
            pids = _choose(product, target, rng)
        began = time.monotonic()
        kill(pids)
        if rng.random() < 0.25:
            kills.append(Kill(target, -1.0))
            continue
        kills.append(Kill(target, _wait_until_back(product, target, began)))
        print(f"{number + 1:>4}  {target:<12} {kills[-1].seconds:6.2f} s", file=sys.stderr, flush=True)
    return kills


def _choose(product: Product, target: str, rng: random.Random) -> list[int]:
    match target:
        case "web" | "worker" | "database":
            return product.find(target)
        case "web process":
            return product.find("web")[1:2]
        case "postmaster":
            return product.find("database")[:1]
        case _:
            backends = product.find("backend")
            return [rng.choice(backends)] if backends else []


def _wait_until_back(product: Product, target: str, began: float) -> float:
    """Seconds until `/ready` says yes and, when the worker was killed, a new one is at work."""
    before = set(product.find("worker"))
    while time.monotonic() - began < GIVE_UP:
        if product.process is None or product.process.poll() is not None:
            raise SystemExit(f"the product has ended:\n{product.tell_log()[-4000:]}")
        if product.is_ready() and (target != "worker" or _has_new_worker(product, before)):
            return time.monotonic() - began
        time.sleep(0.02)
    raise SystemExit(f"no recovery from the death of {target}:\n{product.tell_log()[-4000:]}")


def _has_new_worker(product: Product, before: set[int]) -> bool:
    """A new process that has a session in the database, which it opens to listen for jobs."""
    if not set(product.find("worker")) - before:
        return False
    try:
        with psycopg.connect(product.database_url(), autocommit=True, connect_timeout=5) as connection:
            row = connection.execute(AT_WORK).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])
