"""The contracts that the demo county's villages make."""

from __future__ import annotations

from dataclasses import dataclass, field

FILED = ("settle", "resolve", "report", "file")
"""The moves that take a contract to the township's file."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A contract that began `ago` days ago and ends in `ahead`: so many yuan every `months`, how far it came.

    `receives` are the numbers of the dues that were received.
    """

    kind: str
    title: str
    other: str
    party: str
    subject: str
    yuan: int
    months: int
    ago: int
    ahead: int
    moves: tuple[str, ...] = FILED
    receives: tuple[int, ...] = field(default_factory=tuple)
    ends: bool = False


SCENES: tuple[Scene, ...] = (
    Scene(
        "lease",
        "南塘鱼塘承包",
        "禾川县绿源水产有限公司",
        "company",
        "南塘水面 32.5 亩",
        4800,
        12,
        380,
        700,
        receives=(1,),
    ),
    Scene("lease", "村口门面出租", "赵大顺", "person", "村口临街门面两间", 3000, 6, 190, 175, receives=(1,)),
    Scene(
        "lease",
        "老村部出租",
        "禾川县春晖幼教有限公司",
        "company",
        "老村部一层 240 平方米",
        9000,
        12,
        20,
        1070,
        ("settle",),
        receives=(1,),
    ),
    Scene("works", "南渠清淤和护坡", "禾川县山泉建筑有限公司", "company", "南渠 300 米", 12000, 12, 40, 90),
    Scene(
        "lease",
        "果园发包",
        "禾川县丰禾果业合作社",
        "company",
        "东坡果园 46 亩",
        15000,
        12,
        3,
        1090,
        FILED[:-1],
    ),
    Scene(
        "lease", "粮仓出租", "石门镇粮油经营部", "company", "粮仓一座", 2600, 12, 386, -21, receives=(1, 2)
    ),
    Scene("lease", "机耕队房屋出租", "马来福", "member", "机耕队院子", 2000, 12, 330, 35, receives=(1,)),
    Scene(
        "service",
        "环境卫生保洁",
        "禾川县净美保洁服务部",
        "company",
        "全村道路保洁",
        800,
        1,
        30,
        330,
        FILED[:-1],
    ),
    Scene(
        "lease",
        "林地流转",
        "禾川县青松林业有限公司",
        "company",
        "后山林地 210 亩",
        42000,
        12,
        2,
        1460,
        ("settle",),
    ),
    Scene(
        "purchase",
        "采购路灯",
        "禾川县明光电器商行",
        "company",
        "太阳能路灯 30 盏",
        18000,
        12,
        6,
        60,
        (*FILED[:-1], "send_back"),
    ),
    Scene(
        "lease",
        "砖厂旧址出租",
        "孙福贵",
        "person",
        "旧址场地 6 亩",
        5000,
        12,
        9,
        355,
        ("settle", "redraft", "withdraw"),
    ),
    Scene(
        "lease",
        "大棚出租",
        "禾川县绿叶蔬菜合作社",
        "company",
        "温室大棚 4 座",
        7200,
        12,
        400,
        330,
        receives=(1,),
        ends=True,
    ),
)
