"""Where a page goes after an act, what it says then, and which status a refusal has."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.kernel.words import Words

DONE = {
    "added": Words("已登记，并留下记录。", "Entered, and on record."),
    "changed": Words("已修改，并留下记录。", "Changed, and on record."),
    "ended": Words("已注销，并留下记录。", "Ended, and on record."),
    "imported": Words("表里的内容已全部写入。", "All of the sheet was written."),
    "dropped": Words("已放弃，什么也没有写入。", "Dropped: nothing was written."),
    "valued": Words("评估已登记，等乡镇备案。", "Valued; the township is to file it."),
    "filed": Words("已备案。", "Filed."),
    "returned": Words("已退回。", "Returned."),
    "counted": Words("盘点已登记。", "The count is entered."),
    "photographed": Words("照片已附上。", "The photo is kept."),
    "explained": Words("差异说明已登记。", "The explanations are entered."),
    "elders": Words("监督人员已登记。", "Those who look on are named."),
    "agreed": Words("已登记同意。", "Their agreement is entered."),
    "moved": Words("已办理，进入下一步。", "Done; on to the next step."),
}


class Typed(dict[str, str]):
    """What was typed; what was not is empty, and asking for it leaves no trace."""

    def __missing__(self, key: str) -> str:
        """Nothing was typed there."""
        return ""


def keep_typed(given: Mapping[str, object]) -> Typed:
    """What was typed, for the form to show again."""
    return Typed({key: str(value) for key, value in given.items()})
