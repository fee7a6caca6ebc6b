"""The values of assemblies: who meets, and what only the assembly itself decides."""

from __future__ import annotations

from huiyin.kernel.words import Words

ASSEMBLY = "assembly"
DELEGATES = "delegates"
MEETINGS: dict[str, Words] = {
    ASSEMBLY: Words("成员大会", "Members' assembly"),
    DELEGATES: Words("成员代表大会", "Delegates' meeting"),
}
"""Kinds of meeting."""

MATTERS: dict[str, Words] = {
    "charter": Words("制定、修改章程", "Charter"),
    "membership": Words("成员身份确认", "Membership"),
    "quantification": Words("收益权份额量化", "Quantification of shares"),
    "compensation": Words("土地补偿费等的分配使用", "Use of compensation for land"),
    "merger": Words("合并、分立、解散", "Merger, division, dissolution"),
    "distribution": Words("收益分配方案", "Distribution of income"),
    "inventory": Words("清产核资结果", "Result of the inventory"),
    "contract": Words("重大合同和投资", "Weighty contracts and investments"),
    "other": Words("其他事项", "Other matters"),
}
"""What is resolved on."""

ASSEMBLY_ALONE = frozenset({"charter", "membership", "quantification", "compensation", "merger"})
"""What delegates cannot decide (农村集体经济组织法 第28条)."""
