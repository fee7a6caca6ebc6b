"""What a reply shows of deeds, times, rules, contacts and people; what a matter asks. Read by patterns."""

from __future__ import annotations

import re
from typing import Final

from huiyin.kernel.texts import bigrams
from huiyin.language.replying_clauses import DATE

DEED: Final = re.compile(
    r"经.{0,10}(?:核实|调查|核查|了解|查实|排查|查询|检测|鉴定|勘查|研判)|现场|实地|上门|责令|整改|约谈|立案|拆除|清理|清运"
    r"|维修|修复|抢修|更换|安装|疏通|完成|竣工|协调|召开|组织.{0,6}人员|下达|处罚|查处|取缔|退还|发放|补发|纳入.{0,8}计划"
    r"|列入|批复|已(?:安排|联系|通知|要求|督促|落实|办理|解决|开通|恢复|支付|受理|公示|启动|开工|施工)|正在(?:施工|建设|审批|报批|实施|设计)"
)
"""Something that was done or is being done, beyond passing the matter on."""

TERM: Final = re.compile(
    r"[一二两三四五六七八九十\d]+个?(?:工作日|日|天|周|个月|月|年|小时)(?:内|之内|以内|前|后|左右)"
    r"|(?:本|下|今|明|次|当|年|月|季度?)(?:周|月|年|日|天|底|末|季度|旬)(?:底|末|前|内|初|中|上旬|中旬|下旬)?"
    r"|\d{1,2}月(?:底|初|中旬|上旬|下旬|份)|截[至止]|目前|现已|前完成|期限|为期"
)
"""A time told without a day in figures."""

RULE: Final = re.compile(
    r"《[^》]{3,60}》|第[一二三四五六七八九十百零\d]{1,6}条|[〔\[【(]\d{4}[〕\]】)]\d*号?|(?:国家|省|市|县|有关|相关|现行|上级).{0,6}(?:规定|政策|标准|办法|条例)"
    r"|(?:根据|按照|依据|依照|符合|不属于).{2,}"
)
"""What the reply rests on: a paper by name or number, a clause, a policy, a ground."""

CONTACT: Final = re.compile(
    r"0\d{2,3}[-—]+\d{3,8}|(?<!\d)[2-8]\d{6,7}(?!\d)|(?<!\d)1[0-9*]{10}(?!\d)|(?<!\d)(?:12\d{3}|96\d{3,4}|11\d)(?!\d)"
    r"|联系人|联系电话|办公地址|地址:|窗口|服务大厅|公众号|官网"
)
"""Somebody or somewhere to turn to."""

MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\w)|(?<!\d)\d{6}(?:19|20)\d{9}(?!\d)")
BANK: Final = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")
_PERSON = re.compile(
    r"(?:举报人|投诉人|诉求人|反映人|来电人|信访人|当事人)(?:为|是|系|:)?([\u4e00-\u9fff]{2,3})(?=[,。;!先女同]|$)"
)
_NO_PERSON = re.compile(
    r"反映|投诉|所|提|诉|说|称|要求|未|不|已|可|如|应|的|在|与|和|进行|联系|表示|沟通|满意|对|情况|信息|身份"
)

ASKED: Final[tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]] = (
    (
        "when",
        re.compile(r"什么时候|何时|几时|哪天|多久|几月|时间表|何年"),
        re.compile(rf"{DATE.pattern}|{TERM.pattern}|计划|尚未|暂未|暂无|待.{{1,20}}后"),
    ),
    (
        "how-much",
        re.compile(r"多少|几元|几块|标准是|比例|额度|多大"),
        re.compile(r"\d|[一二三四五六七八九十百千万]+(?:元|%|成|倍|人|户|个)|免费|不收"),
    ),
    (
        "how",
        re.compile(r"怎么|如何|怎样|流程|手续|需要什么|什么材料|什么条件"),
        re.compile(
            r"办理|申请|携带|提供|材料|条件|程序|流程|窗口|登录|拨打|到.{1,14}(?:局|所|中心|大厅|处|科)|一是|[(]?[一1][)、.]"
        ),
    ),
    (
        "where",
        re.compile(r"哪里|哪儿|什么地方|哪个部门|哪个单位|在哪"),
        re.compile(r"局|所|中心|大厅|办|处|路|街|号|镇|乡|村|官网|公众号"),
    ),
    (
        "whether",
        re.compile(r"是否|能不能|可不可以|可以吗|有没有|能否|[吗么][?？]?|合法|合理"),
        re.compile(
            r"可以|不可|不能|能够|属于|不属|符合|不符|没有|已有|尚未|暂[未无不]|未(?:发现|出台|列入|纳入)|属实|不实|允许|不予|同意|须|必须|应当|无"
        ),
    ),
)
"""What a matter asks, by what it is known, and by what a reply to it is known."""

_COMMON_PAIRS = """
您好 你好 领导 尊敬 敬的 我们 我是 反映 映的 的问 问题 咨询 请求 求助 投诉 举报 关于 建议 希望 政府 部门 相关
有关 感谢 谢谢 留言 网友 网民 答复 回复 解决 处理 情况 现在 可以 没有 进行 什么 怎么 如何 是否 一个 这个 因为
所以 但是 而且 如果 目前 已经 单位 工作 人员 办理
"""
_COMMON: Final = frozenset(_COMMON_PAIRS.split())
"""Pairs of signs that any matter may hold: they tie no reply to its matter."""


def list_ties(text: str) -> frozenset[str]:
    """The pairs of signs of a text that say what it is about."""
    return frozenset(pair for pair in bigrams(text) if pair not in _COMMON and not pair.isdigit())


def find_person(plain: str) -> str:
    """A name written out behind the word for whoever raised the matter; empty when there is none."""
    for found in _PERSON.finditer(plain):
        if not _NO_PERSON.search(found[1]):
            return found[1]
    return ""


def list_asked(matter: str) -> list[tuple[str, re.Pattern[str]]]:
    """What the matter asks, with what shows an answer to it."""
    return [(key, shows) for key, asks, shows in ASKED if asks.search(matter)]
