"""Which rows a statement has, and from which accounts each is made; plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from huiyin.kernel.words import Words

DEBIT, CREDIT, DEBIT_ONLY, CREDIT_ONLY = "debit", "credit", "debit-only", "credit-only"


@dataclass(frozen=True, slots=True)
class Part:
    """Accounts that a row takes in. `debit-only`: of their sub-accounts those that stand on that side."""

    side: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: of accounts (`parts`), other rows (`adds`, `takes`), distribution (`given`), or a heading."""

    key: str
    title: Words
    parts: tuple[Part, ...] = ()
    adds: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    given: str = ""
    indent: int = 1
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The statements by one standard; a balance sheet has two sides."""

    assets: tuple[Row, ...]
    claims: tuple[Row, ...]
    income: tuple[Row, ...]
    claims_title: Words


def _of(key: str, zh: str, en: str, side: str, *codes: str, indent: int = 1) -> Row:
    return Row(key, Words(zh, en), (Part(side, codes),), indent=indent)


def _total(key: str, zh: str, en: str, *adds: str, takes: tuple[str, ...] = ()) -> Row:
    return Row(key, Words(zh, en), adds=adds, takes=takes, indent=0, strong=True)


def _head(key: str, zh: str, en: str) -> Row:
    return Row(key, Words(zh, en), indent=0, strong=True)


_RESULTS = ("501", "502", "503", "504", "511", "512", "513", "514", "515", "521")

COLLECTIVE = Layout(
    assets=(
        _head("current", "流动资产：", "Current assets"),
        _of("money", "货币资金", "Money", DEBIT, "101", "102"),
        _of("short", "短期投资", "Short-term investments", DEBIT, "111"),
        Row(
            "receivable",
            Words("应收款项", "Receivables"),
            (Part(DEBIT, ("112",)), Part(DEBIT_ONLY, ("113",))),
        ),
        _of("stocks", "存货", "Stocks", DEBIT, "121", "401"),
        _of("consumable", "消耗性生物资产", "Consumable biological assets", DEBIT, "131"),
        _total(
            "current-sum",
            "流动资产合计",
            "Current assets in all",
            "money",
            "short",
            "receivable",
            "stocks",
            "consumable",
        ),
        _head("lasting", "非流动资产：", "Other assets"),
        _of("long", "长期投资", "Long-term investments", DEBIT, "141"),
        _of("productive-cost", "生产性生物资产原值", "Productive biological assets at cost", DEBIT, "132"),
        _of("productive-worn", "减：生产性生物资产累计折旧", "Less depreciation", CREDIT, "133"),
        Row(
            "productive",
            Words("生产性生物资产净值", "Productive biological assets, net"),
            adds=("productive-cost",),
            takes=("productive-worn",),
        ),
        _of("fixed-cost", "固定资产原值", "Fixed assets at cost", DEBIT, "151"),
        _of("fixed-worn", "减：累计折旧", "Less depreciation", CREDIT, "152"),
        Row("fixed", Words("固定资产净值", "Fixed assets, net"), adds=("fixed-cost",), takes=("fixed-worn",)),
        _of("building", "在建工程", "Construction in progress", DEBIT, "153"),
        _of("disposal", "固定资产清理", "Disposal of fixed assets", DEBIT, "154"),
        _of("intangible-cost", "无形资产原值", "Intangible assets at cost", DEBIT, "161"),
        _of("intangible-worn", "减：累计摊销", "Less amortisation", CREDIT, "162"),
        Row(
            "intangible",
            Words("无形资产净值", "Intangible assets, net"),
            adds=("intangible-cost",),
            takes=("intangible-worn",),
        ),
        _of("public", "公益性生物资产", "Public-interest biological assets", DEBIT, "134"),
        _of("deferred", "长期待摊费用", "Long-term deferred expenses", DEBIT, "171"),
        _of("to-settle", "待处理财产损溢", "Losses and gains to settle", DEBIT, "181"),
        _total(
            "lasting-sum",
            "非流动资产合计",
            "Other assets in all",
            "long",
            "productive",
            "fixed",
            "building",
            "disposal",
            "intangible",
            "public",
            "deferred",
            "to-settle",
        ),
        _total("assets", "资产总计", "Assets in all", "current-sum", "lasting-sum"),
    ),
    claims=(
        _head("near", "流动负债：", "Current liabilities"),
        _of("short-loans", "短期借款", "Short-term loans", CREDIT, "201"),
        Row("payable", Words("应付款项", "Payables"), (Part(CREDIT, ("211",)), Part(CREDIT_ONLY, ("113",)))),
        _of("wages", "应付工资", "Wages payable", CREDIT, "212"),
        _of("labour", "应付劳务费", "Labour payable", CREDIT, "213"),
        _of("taxes", "应交税费", "Taxes payable", CREDIT, "214"),
        _total(
            "near-sum",
            "流动负债合计",
            "Current liabilities in all",
            "short-loans",
            "payable",
            "wages",
            "labour",
            "taxes",
        ),
        _head("far", "非流动负债：", "Other liabilities"),
        _of("long-loans", "长期借款及应付款", "Long-term loans and payables", CREDIT, "221"),
        _of("matters", "一事一议资金", "One-matter-one-meeting funds", CREDIT, "231"),
        _of("special", "专项应付款", "Special payables", CREDIT, "241"),
        _total("far-sum", "非流动负债合计", "Other liabilities in all", "long-loans", "matters", "special"),
        _total("liabilities", "负债合计", "Liabilities in all", "near-sum", "far-sum"),
        _head("own", "所有者权益：", "Equity"),
        _of("capital", "资本", "Capital", CREDIT, "301"),
        _of("reserve", "公积公益金", "Reserve and welfare fund", CREDIT, "311"),
        _of("undistributed", "未分配收益", "Undistributed income", CREDIT, "321", "322", *_RESULTS),
        _total("equity", "所有者权益合计", "Equity in all", "capital", "reserve", "undistributed"),
        _total("claims", "负债和所有者权益总计", "Liabilities and equity in all", "liabilities", "equity"),
    ),
    claims_title=Words("负债和所有者权益", "Liabilities and equity"),
    income=(
        _of("operating", "一、经营收入", "1. Operating income", CREDIT, "501", indent=0),
        _of("investment", "加：投资收益", "Plus investment income", CREDIT, "502"),
        _of("subsidy", "补助收入", "Subsidy income", CREDIT, "503", indent=2),
        _of("spent", "减：经营支出", "Less operating expense", DEBIT, "511"),
        _of("tax", "税金及附加", "Taxes and surcharges", DEBIT, "512", indent=2),
        _of("management", "管理费用", "Management expense", DEBIT, "513", indent=2),
        _total(
            "operating-result",
            "二、经营收益",
            "2. Operating result",
            "operating",
            "investment",
            "subsidy",
            takes=("spent", "tax", "management"),
        ),
        _of("other-income", "加：其他收入", "Plus other income", CREDIT, "504"),
        _of("public-expense", "减：公益支出", "Less public-interest expense", DEBIT, "514"),
        _of("other-expense", "其他支出", "Other expense", DEBIT, "515", indent=2),
        _total(
            "result",
            "三、收益总额",
            "3. Result",
            "operating-result",
            "other-income",
            takes=("public-expense", "other-expense"),
        ),
        _of("income-tax", "减：所得税费用", "Less income tax", DEBIT, "521"),
        _total("net", "四、净收益", "4. Net income", "result", takes=("income-tax",)),
        Row("before", Words("加：年初未分配收益", "Plus undistributed before"), given="before"),
        Row("moved", Words("其他转入", "Other transfers in"), given="moved", indent=2),
        _total("distributable", "五、可分配收益", "5. To be distributed", "net", "before", "moved"),
        Row("to-reserve", Words("减：提取公积公益金", "Less to the reserve"), given="reserve"),
        Row(
            "to-members",
            Words("向成员分配及其他分配", "Less to members and others"),
            given="members",
            indent=2,
        ),
        _total(
            "left",
            "六、年末未分配收益",
            "6. Undistributed at the end",
            "distributable",
            takes=("to-reserve", "to-members"),
        ),
    ),
)
"""财会〔2023〕14号."""

_SURPLUSES = ("501", "502", "511", "521", "522", "523", "524", "529", "531")

COOPERATIVE = Layout(
    assets=(
        _head("current", "流动资产：", "Current assets"),
        _of("money", "货币资金", "Money", DEBIT, "101", "102"),
        Row(
            "receivable",
            Words("应收款项", "Receivables"),
            (Part(DEBIT, ("113",)), Part(DEBIT_ONLY, ("114",))),
        ),
        _of("stocks", "存货", "Stocks", DEBIT, "121", "124", "125", "127", "128", "401"),
        _of("consumable", "消耗性生物资产", "Consumable biological assets", DEBIT, "141"),
        _total(
            "current-sum",
            "流动资产合计",
            "Current assets in all",
            "money",
            "receivable",
            "stocks",
            "consumable",
        ),
        _head("lasting", "非流动资产：", "Other assets"),
        _of("long", "对外投资", "Investments", DEBIT, "131"),
        _of("productive-cost", "生产性生物资产原值", "Productive biological assets at cost", DEBIT, "142"),
        _of("productive-worn", "减：生产性生物资产累计折旧", "Less depreciation", CREDIT, "143"),
        Row(
            "productive",
            Words("生产性生物资产净值", "Productive biological assets, net"),
            adds=("productive-cost",),
            takes=("productive-worn",),
        ),
        _of("fixed-cost", "固定资产原值", "Fixed assets at cost", DEBIT, "151"),
        _of("fixed-worn", "减：累计折旧", "Less depreciation", CREDIT, "152"),
        Row("fixed", Words("固定资产净值", "Fixed assets, net"), adds=("fixed-cost",), takes=("fixed-worn",)),
        _of("building", "在建工程", "Construction in progress", DEBIT, "153"),
        _of("disposal", "固定资产清理", "Disposal of fixed assets", DEBIT, "154"),
        _of("intangible-cost", "无形资产原值", "Intangible assets at cost", DEBIT, "161"),
        _of("intangible-worn", "减：累计摊销", "Less amortisation", CREDIT, "162"),
        Row(
            "intangible",
            Words("无形资产净值", "Intangible assets, net"),
            adds=("intangible-cost",),
            takes=("intangible-worn",),
        ),
        _of("public", "公益性生物资产", "Public-interest biological assets", DEBIT, "144"),
        _of("deferred", "长期待摊费用", "Long-term deferred expenses", DEBIT, "171"),
        _of("to-settle", "待处理财产损溢", "Losses and gains to settle", DEBIT, "181"),
        _total(
            "lasting-sum",
            "非流动资产合计",
            "Other assets in all",
            "long",
            "productive",
            "fixed",
            "building",
            "disposal",
            "intangible",
            "public",
            "deferred",
            "to-settle",
        ),
        _total("assets", "资产总计", "Assets in all", "current-sum", "lasting-sum"),
    ),
    claims=(
        _head("near", "流动负债：", "Current liabilities"),
        _of("short-loans", "短期借款", "Short-term loans", CREDIT, "201"),
        Row("payable", Words("应付款项", "Payables"), (Part(CREDIT, ("211",)), Part(CREDIT_ONLY, ("114",)))),
        _of("wages", "应付工资", "Wages payable", CREDIT, "212"),
        _of("labour", "应付劳务费", "Labour payable", CREDIT, "213"),
        _of("taxes", "应交税费", "Taxes payable", CREDIT, "214"),
        _of("volume", "应付盈余返还", "Surplus by volume payable", CREDIT, "221"),
        _of("remaining", "应付剩余盈余", "Remaining surplus payable", CREDIT, "222"),
        _total(
            "near-sum",
            "流动负债合计",
            "Current liabilities in all",
            "short-loans",
            "payable",
            "wages",
            "labour",
            "taxes",
            "volume",
            "remaining",
        ),
        _head("far", "非流动负债：", "Other liabilities"),
        _of("long-loans", "长期借款", "Long-term loans", CREDIT, "231"),
        _of("special", "专项应付款", "Special payables", CREDIT, "235"),
        _total("far-sum", "非流动负债合计", "Other liabilities in all", "long-loans", "special"),
        _total("liabilities", "负债合计", "Liabilities in all", "near-sum", "far-sum"),
        _head("own", "成员权益：", "Members' equity"),
        _of("capital", "股金", "Share capital", CREDIT, "301"),
        _of("fund", "专项基金", "Special fund", CREDIT, "311"),
        _of("capital-reserve", "资本公积", "Capital reserve", CREDIT, "321"),
        _of("reserve", "盈余公积", "Surplus reserve", CREDIT, "322"),
        _of("undistributed", "未分配盈余", "Undistributed surplus", CREDIT, "331", "332", *_SURPLUSES),
        _total(
            "equity",
            "成员权益合计",
            "Members' equity in all",
            "capital",
            "fund",
            "capital-reserve",
            "reserve",
            "undistributed",
        ),
        _total("claims", "负债和成员权益总计", "Liabilities and equity in all", "liabilities", "equity"),
    ),
    claims_title=Words("负债和成员权益", "Liabilities and members' equity"),
    income=(
        _of("operating", "一、经营收入", "1. Operating income", CREDIT, "501", indent=0),
        _of("investment", "加：投资收益", "Plus investment income", CREDIT, "511"),
        _of("spent", "减：经营支出", "Less operating expense", DEBIT, "521"),
        _of("tax", "税金及附加", "Taxes and surcharges", DEBIT, "523", indent=2),
        _of("management", "管理费用", "Management expense", DEBIT, "522", indent=2),
        _of("finance", "财务费用", "Financial expense", DEBIT, "524", indent=2),
        _total(
            "operating-result",
            "二、经营收益",
            "2. Operating result",
            "operating",
            "investment",
            takes=("spent", "tax", "management", "finance"),
        ),
        _of("other-income", "加：其他收入", "Plus other income", CREDIT, "502"),
        _of("other-expense", "减：其他支出", "Less other expense", DEBIT, "529"),
        _total(
            "result",
            "三、盈余总额",
            "3. Result",
            "operating-result",
            "other-income",
            takes=("other-expense",),
        ),
        _of("income-tax", "减：所得税费用", "Less income tax", DEBIT, "531"),
        _total("net", "四、本年盈余", "4. Surplus of the year", "result", takes=("income-tax",)),
        Row("before", Words("加：年初未分配盈余", "Plus undistributed before"), given="before"),
        Row("moved", Words("其他转入", "Other transfers in"), given="moved", indent=2),
        _total("distributable", "五、可分配盈余", "5. To be distributed", "net", "before", "moved"),
        Row("to-reserve", Words("减：提取盈余公积", "Less to the surplus reserve"), given="reserve"),
        Row(
            "to-members",
            Words("盈余返还及剩余盈余分配", "Less to members by volume and share"),
            given="members",
            indent=2,
        ),
        _total(
            "left",
            "六、年末未分配盈余",
            "6. Undistributed at the end",
            "distributable",
            takes=("to-reserve", "to-members"),
        ),
    ),
)
"""财会〔2021〕37号."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType({"collective": COLLECTIVE, "cooperative": COOPERATIVE})
"""By standard."""
