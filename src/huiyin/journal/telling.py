"""What a verification says, and what it calls a subject."""

from __future__ import annotations

from huiyin.kernel.words import Words

_KINDS = {
    "case": Words("工单", "Case"),
    "account": Words("账号", "Account"),
    "person": Words("登记人", "Person"),
    "appeal": Words("诉求", "Appeal"),
    "root": Words("日根", "Daily root"),
    "unit": Words("单位", "Unit"),
    "place": Words("点位", "Place"),
    "category": Words("类别", "Category"),
    "channel": Words("渠道", "Channel"),
    "matter": Words("高频事项", "Frequent matter"),
    "reply": Words("答复模板", "Reply template"),
    "lawful-way": Words("法定途径", "Lawful way"),
    "process": Words("流程", "Process"),
    "area": Words("地方", "Area"),
    "holder": Words("网格员", "Holder"),
    "landmark": Words("地名", "Landmark"),
    "issue": Words("热点", "Hot issue"),
    "organisation": Words("集体经济组织", "Organisation"),
    "economy": Words("集体经济规定", "Limits of the village economy"),
    "triage": Words("派单建议", "Suggestions"),
}


def name_subject(subject: str) -> Words:
    """`case:HC26112100042` → 工单 HC26112100042; a subject of an unknown kind keeps its own name."""
    kind, _, name = subject.partition(":")
    called = _KINDS.get(kind)
    return Words(f"{called.zh} {name}", f"{called.en} {name}") if called and name else Words(subject, subject)


ALTERED = Words("{subject} 的第 {seq} 条记录被改动过。", "{subject}: entry {seq} was altered.")
REWRITTEN = Words(
    "{subject} 的第 {seq} 条记录被改写过：下一条所承接的不是它现在的内容。",
    "{subject}: entry {seq} was rewritten; the next entry continues something else.",
)
REMOVED = Words("{subject} 的第 {seq} 条记录被删除。", "{subject}: entry {seq} was removed.")
CHAIN_REMOVED = Words(
    "{subject} 的全部记录（第 {seq} 条）被删除。", "{subject}: the whole record (entry {seq}) was removed."
)
INSERTED = Words("{subject} 的第 {seq} 条记录是后来插入的。", "{subject}: entry {seq} was put in later.")
DOUBLED = Words(
    "{subject} 的第 {seq} 条记录出现了两次，其中一条是插入的。", "{subject}: entry {seq} is there twice."
)
BEYOND_HEAD = Words(
    "{subject} 的第 {seq} 条记录超出链头，是绕过系统插入的。",
    "{subject}: entry {seq} lies beyond the head; it was put in around the system.",
)
UNPLACED = Words(
    "{subject} 有一条没有序号的记录，是绕过系统插入的。", "{subject} has an entry without a number."
)
NO_HEAD = Words("{subject} 的链头缺失。", "{subject}: the head of the chain is missing.")
HEAD_DIFFERS = Words(
    "{subject} 的链头与最后一条（第 {seq} 条）不符：其中之一被改动过。",
    "{subject}: the head does not match the last entry ({seq}); one of them was altered.",
)
HEAD_TIME = Words("{subject} 链头的时间被改动过。", "{subject}: the time of the head was altered.")
ROOT_ALTERED = Words("{on} 的日根被改动过。", "The root of {on} was altered.")
ROOT_UNLINKED = Words(
    "{on} 的日根与前一日的不相连：前面的日根被改动或删除。",
    "The root of {on} does not continue the one before it, which was altered or removed.",
)
LEAF_REMOVED = Words(
    "{subject} 的第 {seq} 条记录在 {on} 的日根中，现在已不存在。",
    "{subject}: entry {seq} stands in the root of {on} and is gone.",
)
LEAF_ALTERED = Words(
    "{subject} 的第 {seq} 条记录与 {on} 的日根不符。",
    "{subject}: entry {seq} does not match the root of {on}.",
)
