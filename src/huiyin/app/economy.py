"""The commands of the village economy, gathered from its packages: `huiyin economy …`."""

from __future__ import annotations

from huiyin.app.lazy import LazyGroup, Mount
from huiyin.app.terminal import show_refusal

MOUNTS: dict[str, Mount] = {
    "close": Mount("huiyin.economy.books.commands:close", "Close a month of all books. 月末结账"),
    "generate": Mount("huiyin.economy.watch.commands:generate", "a county for a trial 造试算数据"),
    "distribute": Mount("huiyin.economy.distributions.commands:distribute", "pay plans 发放收益"),
    "hints": Mount("huiyin.economy.contracts.commands:hints", "Hints of risk in all books. 风险提示"),
    "verify": Mount("huiyin.economy.watch.commands:verify", "whether all still holds 核验"),
}  # fmt: skip
"""Each lives in the package that it belongs to."""

economy = LazyGroup(
    name="economy",
    mounts=MOUNTS,
    tell=show_refusal,
    help="The village economy: books, distributions, checks. 集体经济",
)
