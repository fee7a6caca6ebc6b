"""What the audit pages call things: kinds of accesses and of subjects, what was done, whose case it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

from huiyin.cases.api import Case
from huiyin.journal.api import name_subject
from huiyin.kernel.texts import shorten
from huiyin.kernel.words import Words
from huiyin.people.api import SIGN_IN_BOUNDS, map_account_names

ACCESSES: dict[str, Words] = {
    "identity": Words("查看身份", "Identity seen"),
    "identity-confidential": Words("查看保密身份", "Confidential identity seen"),
    "export": Words("导出清单", "List exported"),
}
"""Kinds of accesses."""

KINDS: dict[str, Words] = {
    "account": Words("账号", "Accounts"),
    "register": Words("职责与规则", "Duties and rules"),
    "unit": Words("单位", "Units"),
    "ruling": Words("先例", "Precedents"),
    "sign-in-rules": Words("登录规则", "Sign-in rules"),
    "webhook": Words("事件推送", "Webhooks"),
    "peer": Words("对接单位", "Peers"),
    "process": Words("流程", "Processes"),
    "keeping": Words("保存期限", "Retention"),
    "place": Words("扫码点位", "QR places"),
    "category": Words("类别", "Categories"),
    "channel": Words("渠道", "Channels"),
    "matter": Words("高频事项", "Frequent matters"),
    "reply": Words("答复模板", "Reply templates"),
    "lawful-way": Words("法定途径", "Lawful ways"),
    "person": Words("登记人", "Persons"),
    "area": Words("地方", "Areas"),
    "grid": Words("网格图形", "Shapes of cells"),
    "holder": Words("网格员", "Holders of cells"),
    "landmark": Words("地名", "Landmarks"),
    "issue": Words("热点", "Hot issues"),
}
"""Kinds of subjects whose record tells how the system is run."""

VERBS: dict[str, Words] = {
    "issue-found": Words("发现热点", "Issue found"),
    "issue-named": Words("热点定名", "Issue named"),
    "issue-merged": Words("热点并入", "Issue merged"),
    "issue-took-in": Words("热点并进", "Issue took another in"),
    "issue-split": Words("热点分出", "Issue split"),
    "issue-split-off": Words("分出的热点", "Issue split off"),
    "issue-dismissed": Words("排除热点", "Issue dismissed"),
    "issue-restored": Words("撤销热点操作", "Issue act undone"),
    "issue-grouped": Words("热点并案", "Issue grouped"),
    "account-opened": Words("开通账号", "Account opened"),
    "account-closed": Words("停用账号", "Account closed"),
    "account-changed": Words("修改账号", "Account changed"),
    "second-factor-set": Words("开启两步验证", "Second factor set"),
    "second-factor-removed": Words("关闭两步验证", "Second factor removed"),
    "second-factor-reset": Words("重置两步验证", "Second factor reset"),
    "recovery-codes-renewed": Words("更换备用码", "Recovery codes renewed"),
    "sessions-ended": Words("强制退出登录", "Signed out everywhere"),
    "sign-in-rules-changed": Words("修改登录规则", "Sign-in rules changed"),
    "account-unlocked": Words("解锁账号", "Account unlocked"),
    "password-set": Words("重设密码", "Password set"),
    "unit-added": Words("新增单位", "Unit added"),
    "unit-changed": Words("修改单位", "Unit changed"),
    "place-added": Words("新增点位", "Place added"),
    "place-changed": Words("修改点位", "Place changed"),
    "category-added": Words("新增类别", "Category added"),
    "category-changed": Words("修改类别", "Category changed"),
    "channel-added": Words("新增渠道", "Channel added"),
    "channel-changed": Words("修改渠道", "Channel changed"),
    "matter-added": Words("新增高频事项", "Frequent matter added"),
    "matter-changed": Words("修改高频事项", "Frequent matter changed"),
    "reply-added": Words("新增答复模板", "Reply template added"),
    "reply-changed": Words("修改答复模板", "Reply template changed"),
    "way-added": Words("新增法定途径", "Lawful way added"),
    "way-changed": Words("修改法定途径", "Lawful way changed"),
    "token-made": Words("新建接口令牌", "API token made"),
    "token-revoked": Words("吊销接口令牌", "API token revoked"),
    "post-given": Words("授予岗位", "Post given"),
    "post-ended": Words("结束岗位", "Post ended"),
    "right-given": Words("给予专门权限", "Right given"),
    "right-ended": Words("收回专门权限", "Right ended"),
    "limit-set": Words("修改时限", "Limit set"),
    "day-set": Words("修改工作日", "Day set"),
    "calendar-changed": Words("日历变更", "Calendar changed"),
    "ruling-withdrawn": Words("撤销先例", "Precedent withdrawn"),
    "ruling-restored": Words("恢复先例", "Precedent restored"),
    "duty-added": Words("增加职责", "Duty added"),
    "duty-ended": Words("结束职责", "Duty ended"),
    "process-added": Words("加入流程", "Process added"),
    "keeping-set": Words("修改保存期限", "Retention rule set"),
    "keeping-run": Words("清理到期数据", "Data past its time removed"),
    "area-added": Words("新增地方", "Area added"),
    "area-changed": Words("修改地方", "Area changed"),
    "shape-set": Words("更新网格图形", "Shape set"),
    "shapes-imported": Words("导入网格图形", "Shapes imported"),
    "counts-set": Words("更新户数人数", "Counts set"),
    "holder-added": Words("安排网格员", "Holder added"),
    "holder-changed": Words("修改网格员", "Holder changed"),
    "absence-begun": Words("网格员请假", "Holder on leave"),
    "absence-ended": Words("网格员销假", "Holder back"),
    "landmark-added": Words("新增地名", "Landmark added"),
    "landmark-changed": Words("修改地名", "Landmark changed"),
    "anonymised": Words("抹去身份", "Identity removed"),
}
"""What is done, by the verb of the entry; a verb that is not here is shown as it stands."""

PARTS: dict[str, Words] = {
    "right": Words("权限", "right"),
    "reason": Words("理由", "reason"),
    "since_on": Words("从", "from"),
    "until_on": Words("到", "to"),
    "login": Words("登录名", "login"),
    "role": Words("岗位", "role"),
    "unit": Words("单位", "unit"),
    "rule": Words("规则", "rule"),
    "days": Words("天数", "days"),
    "before": Words("原来", "before"),
    "active": Words("执行", "in use"),
    "counts": Words("数量", "counts"),
    "limit": Words("时限", "limit"),
    "basis": Words("依据", "basis"),
    "on": Words("日期", "day"),
    "source": Words("文号", "source"),
    "works": Words("上班", "works"),
    **{key: bound.title for key, bound in SIGN_IN_BOUNDS.items()},
    "second_factor_roles": Words("须两步验证的岗位", "roles with a second factor"),
}
"""What an entry tells, by the key in its body; a key that is not here is shown as it stands."""

LONGEST = 240


def name_verb(verb: str) -> Words:
    """What was done."""
    return VERBS.get(verb, Words(verb, verb))


def name_access(what: str) -> Words:
    """What kind of access it was."""
    return ACCESSES.get(what, Words(what, what))


def name_subjects(subjects: Iterable[str]) -> dict[str, Words]:
    """Subjects as people call them: a person by the case, an account by its holder."""
    known = set(subjects)
    accounts = map_account_names(_numbers_of("account", known))
    cases = map_cases(known)
    named: dict[str, Words] = {}
    for subject in known:
        kind, _, name = subject.partition(":")
        if subject in cases:
            named[subject] = Words(" ".join(cases[subject]))
        elif kind == "account" and name.isdigit() and int(name) in accounts:
            named[subject] = Words("账号 {name}", "Account {name}").fill(name=accounts[int(name)])
        elif kind == "export":
            named[subject] = Words("清单 {name}", "List {name}").fill(name=name)
        elif subject in KINDS:
            named[subject] = KINDS[subject]
        else:
            named[subject] = name_subject(subject)
    return named


def map_cases(subjects: Iterable[str]) -> dict[str, list[str]]:
    """The numbers of the cases of those subjects that are persons. One statement."""
    persons = _numbers_of("person", subjects)
    found: dict[str, list[str]] = {}
    for number, person in Case.objects.filter(person_id__in=persons).values_list("number", "person_id"):
        found.setdefault(f"person:{person}", []).append(number)
    return found


def list_persons_of(number: str) -> list[int]:
    """The person of the case of that number, if it has one."""
    found = Case.objects.filter(number=number, person_id__isnull=False).values_list("person_id", flat=True)
    return [person for person in found if person is not None]


def _numbers_of(kind: str, subjects: Iterable[str]) -> list[int]:
    parts = (subject.partition(":") for subject in subjects)
    return [int(name) for of, _, name in parts if of == kind and name.isdigit() and len(name) < 19]


def tell_body(body: Mapping[str, object]) -> str:
    """The content of an entry in one line, its keys in the reader's language."""
    language = get_language() or "zh"
    told = (
        f"{PARTS.get(key, Words(key)).tell(language)}: {_tell_value(value)}"
        for key, value in body.items()
        if value not in (None, "", [], {})
    )
    return shorten("; ".join(told), LONGEST)


def _tell_value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
