"""The page that each process of the village economy has beside the page of its case."""

from __future__ import annotations

from huiyin.kernel.words import Words

OWN_PAGES: tuple[tuple[str, str, Words], ...] = (
    ("cooperative-surplus", "villages:surplus-plan", Words("盈余分配方案", "The plan of surplus")),
    ("inventory", "villages:inventory", Words("清产核资", "The inventory")),
    ("village-question", "villages:question", Words("公示里的提问", "The question")),
    ("share-plan", "villages:share-plan", Words("股权量化方案", "The plan of shares")),
    ("share-transfer", "villages:share-transfer", Words("股权变更", "The change of shares")),
    ("membership", "villages:membership-round", Words("成员名单", "List of people")),
    ("membership-appeal", "villages:membership-appeal", Words("复核申请", "The appeal")),
    ("distribution", "villages:distribution-of-case", Words("收益分配方案", "The plan of distribution")),
    ("contract-filing", "villages:filing", Words("打开合同", "Open the contract")),
    ("spending", "villages:filing", Words("打开支出", "Open the payment")),
)  # fmt: skip
"""Process, route (it takes the case's number), what the link says."""
