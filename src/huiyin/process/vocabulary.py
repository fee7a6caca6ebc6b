"""The words that a process file may use: roles, inputs, kinds; guards and effects name theirs themselves."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words

NO_HINT = Words("")

ROLES: dict[str, Words] = {
    "intake": Words("受理员", "Intake clerk"),
    "dispatcher": Words("派单员", "Dispatcher"),
    "handler": Words("经办人", "Handler"),
    "unit-head": Words("单位负责人", "Head of unit"),
    "centre": Words("中心审核", "Centre reviewer"),
    "callback": Words("回访员", "Callback clerk"),
    "supervisor": Words("督办员", "Supervisor"),
    "board": Words("复核委员", "Review board"),
    "steward": Words("服务管家", "Company steward"),
    "visitor": Words("走访干部", "Visiting cadre"),
    "window": Words("窗口人员", "Window clerk"),
    "leader": Words("领导", "Leader"),
    "bookkeeper": Words("村会计", "Village bookkeeper"),
    "reviewer": Words("审核会计", "Reviewing accountant"),
    "cashier": Words("出纳", "Cashier"),
    "director": Words("理事长", "Director"),
    "overseer": Words("监事", "Overseer"),
    "rural": Words("农经员", "Rural economy clerk"),
    "admin": Words("系统管理员", "Administrator"),
    "security": Words("安全管理员", "Security officer"),
    "auditor": Words("审计员", "Auditor"),
}
"""Roles that an account may hold at a unit."""

OUTSIDE: dict[str, Words] = {"person": Words("诉求人", "The person"), "system": Words("系统", "The system")}
"""Who else may move a case: the person, by the secret link, and the system, by a job."""

SCOPES = frozenset({"lead", "assisting", "consulted"})
"""`role@lead` is that role held at the lead unit of the case; a role without a scope acts on every case.

A `consulted` unit is asked for its opinion and handles nothing.
"""


@dataclass(frozen=True, slots=True)
class Input:
    """Something that a move asks for.

    `kind` says how it is asked (text, line, unit, units, yes-no, five, …); `public` ones the person may read.
    """

    key: str
    kind: str
    title: Words
    hint: Words = NO_HINT
    public: bool = False


def _listed(*items: Input) -> dict[str, Input]:
    return {item.key: item for item in items}


INPUTS = _listed(
    Input("note", "text", Words("内部说明", "Internal note"), Words("只有工作人员看得到", "Staff only")),
    Input(
        "reply",
        "text",
        Words("告诉诉求人的话", "Words to the person"),
        Words(
            "写明做了什么、结果如何、下一步时间。诉求人看得到",
            "What was done, the result, what comes next. The person sees this",
        ),
        public=True,
    ),
    Input("words", "text", Words("补充的话", "More words"), public=True),
    Input("category", "category", Words("类别", "Category")),
    Input("lead", "unit", Words("主办单位", "Lead unit")),
    Input("assisting", "units", Words("协办单位", "Assisting units")),
    Input("consulted", "units", Words("征求意见的单位", "Units to be heard")),
    Input(
        "designate",
        "yes-no",
        Words("指定办理", "Designate"),
        Words(
            "清单之外指定，单位不能退单，须写明理由",
            "Off the list: the unit cannot return it; give the reason",
        ),
    ),
    Input("grade", "grade", Words("等级", "Grade")),
    Input("urgent", "yes-no", Words("紧急", "Urgent")),
    Input("reason", "text", Words("理由", "Reason")),
    Input(
        "clause",
        "clause",
        Words("依据条款", "Clause"),
        Words("引用职责清单或派单目录的条款", "Cite the duty list or dispatch catalogue"),
    ),
    Input("invited", "units", Words("参加会商的单位", "Units to consult")),
    Input(
        "opinion",
        "text",
        Words("会商意见", "Opinion"),
        Words("写明应由哪个单位主办、协办，为什么", "Which unit should lead or assist, and why"),
    ),
    Input("files", "files", Words("附件", "Attachments")),
    Input("extra", "limit", Words("延长时限", "Extend by")),
    Input("review_on", "date", Words("复查日期", "Review on")),
    Input("reached", "yes-no", Words("是否联系上诉求人", "Was the person reached?")),
    Input("solved", "yes-no", Words("问题解决了吗", "Is it solved?"), public=True),
    Input("satisfied", "five", Words("对办理满意吗", "Satisfied with the handling?"), public=True),
    Input(
        "understood",
        "yes-no",
        Words("虽未满意，是否表示理解", "If not satisfied, do they understand?"),
        public=True,
    ),
    Input("cause", "cause", Words("没办成的原因", "Why it failed")),
    Input(
        "remedy",
        "text",
        Words("救济途径", "Remedy"),
        Words("诉求人还可以怎么做。诉求人看得到", "What the person can still do. The person sees this"),
        public=True,
    ),
    Input("way", "way", Words("应走的法定途径", "The lawful way"), public=True),
    Input("into", "case", Words("并入工单", "Merge into case")),
)
"""What a move may ask for; `asks = ["reply!", "note"]` asks for both and demands the first."""

TOLD = frozenset({"title", "number", "lead", "due"})
"""What `tells` may say in braces of any case."""

ANSWERED = frozenset({"reply", "remedy"})
"""What `tells` may say in braces of a move that surely has it."""

STAGE_KINDS = frozenset({"open", "waiting", "review", "closed"})
"""open: somebody acts · waiting: on the person or an event · review: a second person decides · closed."""

RIGHT = "right"
"""Owner of a clock that binds nobody: until it ends something may be asked. Its end is nobody's fault."""

OWNERS = frozenset({"case", "lead", "assisting", "consulted", "centre", RIGHT})
"""Whose clock a clock can be."""

ASIDE = frozenset({"assisting", "consulted", RIGHT})
"""Owners whose clocks never govern a case: those of single units beside the lead, and times to ask."""

SILENCES: dict[str, Words] = {
    "no-objection": Words("逾期未提出意见，视为无异议", "No opinion in time: counted as no objection"),
    "no-opinion": Words("逾期未提出意见", "No opinion in time"),
}
"""What it means when a unit that is consulted says nothing in time."""
