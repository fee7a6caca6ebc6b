"""What can be found lacking in a reply: words for the writer, and how many points it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from huiyin.kernel.words import Words

VERSION: Final = "2026.1"
"""Of the rules and weights: kept with every check."""

SUBSTANCE, TIES, DEEDS, TIMES, RULES, CONTACTS, ANSWERS = (
    "substance",
    "ties",
    "deeds",
    "times",
    "rules",
    "contacts",
    "answers",
)

POINTS: Final[dict[str, int]] = {
    SUBSTANCE: 58, TIES: 10, DEEDS: 9, TIMES: 8, RULES: 6, CONTACTS: 3, ANSWERS: 6,
}  # fmt: skip
"""The most that each side of a reply brings; together 100."""

SIDES: Final[dict[str, Words]] = {
    SUBSTANCE: Words("有实质内容", "Substance"),
    TIES: Words("针对所反映的事", "About this matter"),
    DEEDS: Words("说明做了什么", "What was done"),
    TIMES: Words("说明时间", "When"),
    RULES: Words("说明依据", "On what ground"),
    CONTACTS: Words("留下联系方式", "Whom to turn to"),
    ANSWERS: Words("回答所问", "Answers what was asked"),
}

FINDINGS: Final[dict[str, Words]] = {
    "empty": Words("还没有写答复。", "Nothing is written yet."),
    "only-forwarded": Words(
        "只说转给了别的部门，没有答复内容。请写明查到什么、做了什么、结果如何。",
        "It only says that the matter was passed on. Write what was found, what was done, and the result.",
    ),
    "only-received": Words(
        "只有收悉和客套话，没有答复内容。请写明查到什么、做了什么、结果如何。",
        "It only acknowledges and thanks. Write what was found, what was done, and the result.",
    ),
    "only-referred": Words(
        "只请对方去问别处，没有先回答。请把知道的先答清楚，再写去哪里、找谁、带什么。",
        "It only sends the person elsewhere. First answer what you know; then say where, whom and with what.",
    ),
    "thin": Words(
        "实质内容太少。请写明情况、办法和结果，不算称呼、感谢和套话。",
        "There is little substance. Write the facts, the measure and the result; greetings do not count.",
    ),
    "off-matter": Words(
        "看不出是答复这件事：没有提到所反映的地点、事情。请点明反映的是什么。",
        "Nothing ties it to this matter. Name the place and the matter that were raised.",
    ),
    "no-deed": Words(
        "没有说做了什么。请写核实、处理的经过，例如哪天到现场、查到什么、怎样处理。",
        "It does not say what was done. Write when it was looked into, what was found and what followed.",
    ),
    "no-time": Words(
        "没有说什么时候。请写办理的日期，或下一步在哪天之前做完。",
        "It does not say when. Give the day on which it was done, or by which the next step will be.",
    ),
    "signed-day-only": Words(
        "只有落款日期。请在正文写明办理的日期，或下一步在哪天之前做完。",
        "The only date is the signature's. Say in the text when it was done, or when the next step will be.",
    ),
    "promise-without-time": Words(
        "说了会办（“{quote}”），没有说到什么时候。请写期限，或下次告知的日期。",
        "It promises (“{quote}”) without a time. Give a limit, or the day of the next word.",
    ),
    "no-rule": Words(
        "没有说依据。办不成或涉及政策的，请写明文件名称、条款。",
        "It names no ground. Where a policy decides, or nothing can be done, name paper and clause.",
    ),
    "no-contact": Words(
        "没有留联系方式。请写承办科室和电话，方便对方再问。",
        "It leaves no contact. Give the office in charge and its telephone number.",
    ),
    "unanswered-when": Words(
        "对方问什么时候，没有答。请写日期，或写明现在为什么定不下来。",
        "The person asks when; it is not answered. Give a day, or say why none can be given yet.",
    ),
    "unanswered-how-much": Words(
        "对方问多少，没有答。请写数额、标准或比例。",
        "The person asks how much; it is not answered. Give the amount, rate or share.",
    ),
    "unanswered-how": Words(
        "对方问怎么办，没有答。请写步骤、材料和办理的地方。",
        "The person asks how; it is not answered. Give the steps, the papers and the place.",
    ),
    "unanswered-where": Words(
        "对方问在哪里、找谁，没有答。请写单位和地址。",
        "The person asks where or whom; it is not answered. Name the office and its address.",
    ),
    "unanswered-whether": Words(
        "对方问可不可以、是不是，没有答。请先写结论，再写理由。",
        "The person asks whether; it is not answered. Give the conclusion first, then the reason.",
    ),
    "personal-number": Words(
        "写出了个人号码（{quote}）。请删去，或换成单位的电话。",
        "It shows a personal number ({quote}). Take it out, or give an office's number.",
    ),
    "personal-name": Words(
        "写出了反映人的姓名（{quote}）。请改称“您”。",
        "It writes out the name of whoever raised the matter ({quote}). Say “you”.",
    ),
    "copied": Words(
        "和另一件事的答复一字不差。请按这件事的情况写。",
        "It is word for word the reply to another matter. Write it for this one.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reply lacks. `weight`: the points it costs; `quote`: the words at fault, masked."""

    code: str
    weight: int
    quote: str = ""

    @property
    def words(self) -> Words:
        """What lacks and how to mend it."""
        return FINDINGS[self.code].fill(quote=self.quote)
