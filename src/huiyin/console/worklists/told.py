"""What the worklist says after an act that led back to it."""

from __future__ import annotations

from huiyin.kernel.words import Words

DONE = {
    "view-saved": Words(
        "视图已保存，在标签栏的末尾。", "The view is saved; it stands at the end of the tabs."
    ),
    "view-removed": Words("视图已删除。工单没有变化。", "The view is removed. No case has changed."),
    "read": Words("全部标为已读。", "All marked as read."),
    "retrying": Words("已重新排队发送。", "Queued to be sent again."),
}
