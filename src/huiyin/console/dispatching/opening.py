"""Who reads the pages on the suggestions, who acts on them, and the tabs between them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect

from huiyin.console.menu import READS_TRIAGE
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Tab, url
from huiyin.people.api import get_account_of

READS = tuple(sorted(READS_TRIAGE))
ACTS = ("centre",)
HOME = "console:triage"
DONE = {
    "training": Words("训练已开始，由后台来做。", "The training has begun, in the background."),
    "promoted": Words("已启用，下一件工单就用它。", "It is in force: the next case is read by it."),
    "threshold": Words("已保存，并记入留痕。", "Saved, and on record."),
    "words": Words("已保存，并记入留痕。", "Saved, and on record."),
    "same": Words("没有变化。", "Nothing has changed."),
}
_TABS = (
    ("console:triage", Words("模型", "Models")),
    ("console:triage-thresholds", Words("自动派单", "Automatic dispatch")),
    ("console:triage-outcomes", Words("采纳与改正", "Accepted and corrected")),
    ("console:triage-words", Words("紧急词", "Words of danger")),
)


def make_tabs(current: str) -> tuple[Tab, ...]:
    """The four pages."""
    return tuple(Tab(title, url(route), None, route == current) for route, title in _TABS)


def may_act(request: HttpRequest) -> bool:
    """Whether the account decides about models and thresholds."""
    return bool(get_account_of(request).roles.intersection(ACTS))


def demand_centre(request: HttpRequest) -> None:
    """Refuses whoever only reads."""
    if not may_act(request):
        words = Words("只有中心审核岗能改。", "Only a reviewer of the centre changes this.")
        raise Refusal("not-your-duty", words, rule="岗位职责分离")


def go(address: str, done: str) -> HttpResponseRedirect:
    """On to the page that tells what was done."""
    answer = HttpResponseRedirect(f"{address}?done={done}")
    answer.status_code = 303
    return answer
