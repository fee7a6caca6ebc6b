"""What the person may rely on, in one box: the latest time, or why there is none just now."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.appeals.api import Tracked
from huiyin.pages.api import say_day
from huiyin.portal.values import Promise


def make_promise(tracked: Tracked, due_at: datetime | None, now: datetime) -> Promise:
    """The box for a matter; `due_at` is the running main clock's, None when it does not run or rests."""
    if tracked.closed:
        return Promise("done", _("已经办结"), tracked.case.closed_at)
    if "evaluate" in tracked.can:
        return Promise("done", _("已经答复您"), tracked.case.answered_at)
    if "supply" in tracked.can:
        return Promise("wait", _("等您补充情况"), words=_("补充以后接着办，等待的时间不算在办理时限里。"))
    return _promise_running(tracked, due_at, now)


def _promise_running(tracked: Tracked, due_at: datetime | None, now: datetime) -> Promise:
    case = tracked.case
    if (
        case.hung_until is not None
        and tracked.process.get_stage(case.stage).kind == "waiting"
        and due_at is None
    ):
        return Promise(
            "wait",
            _("先挂账，到期再办"),
            words=_("最晚复查：%(day)s") % {"day": _tell_day(case.hung_until, now)},
        )
    if due_at is not None and due_at < now:
        return Promise(
            "late",
            _("原定答复您的时间"),
            due_at,
            _("已经过了时间，对不起。上级能看到这件事已超时，您也可以催办或打 12345。"),
        )
    if due_at is not None:
        return Promise("", _("最晚答复您"), due_at)
    if case.due_at is not None and case.lead_id is None and case.due_at > now:
        return Promise("", _("最晚告诉您由谁来办"), case.due_at)
    return Promise("", _("正在安排"), words=_("有了结果，这一页会马上更新。"))


def _tell_day(day: date, now: datetime) -> str:
    return say_day(day, now).tell(get_language() or "zh")
