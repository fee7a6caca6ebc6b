"""Takes a reply apart into clauses and says what each does: greets, passes on, promises, refers, tells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

GREETS, SIGNS, HEADS, RECEIVES, THANKS = "greets", "signs", "heads", "receives", "thanks"
OPENS, FORWARDS, PROMISES, REFERS, TELLS = "opens", "forwards", "promises", "refers", "tells"

DATE: Final = re.compile(
    r"\d{2,4}年\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}"
)
"""A day written in figures, or a month of a year."""

MOST_SIGNS: Final = 6000
_SPACES = re.compile(r"\s+")
_CUT = re.compile(r"[,。!;?]+|(?<=[悉好下]):|:(?=\D{4,})")

_OFFICE = r"(?:局|办|办公室|政府|委|委员会|中心|公司|院|校|站|所|队|街道|镇|乡|部门|单位)"
_PASSES = (
    r"批转|转交|转至|转送|转给|转办|转到|转由|转呈|转达|转请|移交|移送|交办|交由|汇报给|上报|呈报|抄送|责成"
    r"|反馈[给至到]|交[给至]|交(?:有关|相关|职能)"
    r"|转(?!让|移|型|账|帐|学|变|为|业|正|入|出|户|换|弯|供|运|包|租|售|发|接|诊|院|播|制|向|岗|乘|公|载|化|动)"
)
_WORK = r"(?:调查|核实|核查|核处|办理|处理|处置|办复|研究|关注|答复|反馈|跟进|督办)"

_GREETING = (
    r"^.{0,24}(?:您|你|大家)好$|^(?:此致|敬礼)$"
    r"|^[“\"(]?(?:尊敬的|亲爱的)?(?:网友|市民|网民|楼主|先生|女士|同志|朋友|来信人|群众){1,2}[“\"]?"
    r"(?:[A-Za-z]{0,3}\d{3,}|\*+)?[”\"]?(?:网友|先生|女士|同志)?[)”\"]?$"
    r"|^[“\"]?[A-Za-z]{1,3}\d{3,}[”\"]?(?:网友)?$"
)
_SIGNATURE = rf"^[^的了已在将您你我因为转属交到故]{{0,12}}{_OFFICE}$"
_HEADING = (
    r"(?:回复|答复|汇报|解答|说明|告知|回答|转载)(?:如下|您|你)"
    r"|^经?(?:研究|核实|了解|调查|核查)$|^特此.{0,3}复$"
)
_OPENING = (
    r"^(?:关于|针对|就|对于|对)?(?:您|你|网友).{0,5}"
    r"(?:反映|咨询|提出|提到|所提|留言|来信|来帖|投诉).{0,8}$"
)
_RECEIPT = (
    r"收悉|已阅|阅悉|知悉|获悉|悉知|^已?收到(?:您|你|来)"
    r"|(?:来信|来帖|留言|反映|问题|建议|诉求|投诉|情况|帖文|您的.{0,6}).{0,4}收到"
)
_THANKING = r"感谢|谢谢|祝您|祝你|谅解|理解.{0,4}支持|支持.{0,4}理解|^欢迎|一如既往|多提.{0,8}意见|^再见"
_PROMISING = (
    r"(?:情况|进度|结果|进展|问题|答复|回复|意见).{0,12}(?:及时|尽快|第一时间|随后|会|将).{0,8}"
    r"(?:反馈|回复|告知|答复|公布|通报|处理|解决|回应|联系)|敬请关注|关注后续|耐心等待"
    r"|(?:高度|非常|十分)重视|正?在?积极(?:处理|办理|协调)|[待等].{0,14}(?:答复|回复|反馈)"
    r"|进一步(?:调查|核实|研究)|尽快.{0,6}(?:处理|解决|办理|核实|答复|回复|反馈)"
    r"|认真(?:研究|调研|对待|核实|梳理)|(?:加以|进行|予以)(?:考虑|研究|斟酌|改进)|努力改进"
    r"|^(?:我|现|已|正|将|并|及时|迅速|相关|有关)?.{0,4}(?:正在?|已|将|会|予以|进行|尽快|组织).{0,14}"
    rf"{_WORK}[、和及与]?{_WORK}?(?:工作|中|之中)?$"
)
_REFERRING = (
    r"咨询|致电|拨打|联系|来电|电话|热线|请(?:您|你)?(?:到|向|去|与|登录|访问)"
    r"|(?:建议|可).{0,8}(?:向|到|与|拨)"
)

_SHAPES: Final[tuple[tuple[str, str, int], ...]] = (
    (GREETS, _GREETING, 40),
    (SIGNS, _SIGNATURE, 14),
    (HEADS, _HEADING, 48),
    (OPENS, _OPENING, 22),
    (RECEIVES, _RECEIPT, 45),
    (THANKS, _THANKING, 45),
    (FORWARDS, _PASSES, 48),
    (PROMISES, _PROMISING, 48),
    (REFERS, _REFERRING, 60),
)
"""In the order in which they are tried: kind, shape, the most signs of a clause that can be of the kind."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a reply, and what it does."""

    kind: str
    text: str


def plain_text(text: str) -> str:
    """One spelling: half width, no spaces, a line ends a clause; at most `MOST_SIGNS` are read."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text[:MOST_SIGNS].replace("\n", ";")))


def list_clauses(plain: str) -> list[Clause]:
    """The clauses of a text that `plain_text` gave, days left out: adding a day changes no clause."""
    return list(_cut(DATE.sub("", plain)))


def _cut(text: str) -> Iterator[Clause]:
    for piece in _CUT.split(text):
        clause = piece.strip("、:·-—()[]“”\"' ")
        if clause:
            yield Clause(_find_kind(clause), clause)


@cache
def _list_shapes() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    return tuple((kind, re.compile(shape), most) for kind, shape, most in _SHAPES)


def _find_kind(clause: str) -> str:
    for kind, shape, most in _list_shapes():
        if len(clause) <= most and shape.search(clause):
            return kind
    return TELLS
