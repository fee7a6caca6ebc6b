"""The charts of accounts that the ministry lays down, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from huiyin.kernel.words import Words

ASSET, LIABILITY, EQUITY, COST, INCOME, EXPENSE = (
    "asset",
    "liability",
    "equity",
    "cost",
    "income",
    "expense",
)
CONTRA = frozenset({"133", "143", "152", "162"})
"""Depreciation and amortisation: assets whose balance stands on the credit side."""

CASH = frozenset({"101", "102"})
"""Money itself: whoever keeps it does not keep the books (钱账分管)."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its three-digit code, its title, what it is."""

    code: str
    title: Words
    kind: str

    @property
    def debit_side(self) -> bool:
        """Whether its balance stands on the debit side as a rule."""
        return self.kind in {ASSET, COST, EXPENSE} and not self.contra

    @property
    def contra(self) -> bool:
        """Whether it lessens an asset."""
        return self.kind == ASSET and self.code in CONTRA

    @property
    def closes(self) -> bool:
        """Whether it is carried forward into 321 本年收益 when a year ends."""
        return self.kind in {INCOME, EXPENSE}


def _listed(*accounts: Account) -> Mapping[str, Account]:
    return MappingProxyType({account.code: account for account in accounts})


COLLECTIVE = _listed(
    Account("101", Words("库存现金", "Cash on hand"), ASSET),
    Account("102", Words("银行存款", "Bank deposits"), ASSET),
    Account("111", Words("短期投资", "Short-term investments"), ASSET),
    Account("112", Words("应收款", "Receivables"), ASSET),
    Account("113", Words("内部往来", "Internal accounts"), ASSET),
    Account("121", Words("库存物资", "Stocks"), ASSET),
    Account("131", Words("消耗性生物资产", "Consumable biological assets"), ASSET),
    Account("132", Words("生产性生物资产", "Productive biological assets"), ASSET),
    Account("133", Words("生产性生物资产累计折旧", "Depreciation of productive biological assets"), ASSET),
    Account("134", Words("公益性生物资产", "Public-interest biological assets"), ASSET),
    Account("141", Words("长期投资", "Long-term investments"), ASSET),
    Account("151", Words("固定资产", "Fixed assets"), ASSET),
    Account("152", Words("累计折旧", "Accumulated depreciation"), ASSET),
    Account("153", Words("在建工程", "Construction in progress"), ASSET),
    Account("154", Words("固定资产清理", "Disposal of fixed assets"), ASSET),
    Account("161", Words("无形资产", "Intangible assets"), ASSET),
    Account("162", Words("累计摊销", "Accumulated amortisation"), ASSET),
    Account("171", Words("长期待摊费用", "Long-term deferred expenses"), ASSET),
    Account("181", Words("待处理财产损溢", "Property losses and gains to settle"), ASSET),
    Account("201", Words("短期借款", "Short-term loans"), LIABILITY),
    Account("211", Words("应付款", "Payables"), LIABILITY),
    Account("212", Words("应付工资", "Wages payable"), LIABILITY),
    Account("213", Words("应付劳务费", "Labour payable"), LIABILITY),
    Account("214", Words("应交税费", "Taxes payable"), LIABILITY),
    Account("221", Words("长期借款及应付款", "Long-term loans and payables"), LIABILITY),
    Account("231", Words("一事一议资金", "One-matter-one-meeting funds"), LIABILITY),
    Account("241", Words("专项应付款", "Special payables"), LIABILITY),
    Account("301", Words("资本", "Capital"), EQUITY),
    Account("311", Words("公积公益金", "Reserve and welfare fund"), EQUITY),
    Account("321", Words("本年收益", "Income of the year"), EQUITY),
    Account("322", Words("收益分配", "Distribution of income"), EQUITY),
    Account("401", Words("生产（劳务）成本", "Production (labour) cost"), COST),
    Account("501", Words("经营收入", "Operating income"), INCOME),
    Account("502", Words("投资收益", "Investment income"), INCOME),
    Account("503", Words("补助收入", "Subsidy income"), INCOME),
    Account("504", Words("其他收入", "Other income"), INCOME),
    Account("511", Words("经营支出", "Operating expense"), EXPENSE),
    Account("512", Words("税金及附加", "Taxes and surcharges"), EXPENSE),
    Account("513", Words("管理费用", "Management expense"), EXPENSE),
    Account("514", Words("公益支出", "Public-interest expense"), EXPENSE),
    Account("515", Words("其他支出", "Other expense"), EXPENSE),
    Account("521", Words("所得税费用", "Income tax expense"), EXPENSE),
)
"""财会〔2023〕14号: the 42 accounts of a village collective."""

COOPERATIVE = _listed(
    Account("101", Words("库存现金", "Cash on hand"), ASSET),
    Account("102", Words("银行存款", "Bank deposits"), ASSET),
    Account("113", Words("应收款", "Receivables"), ASSET),
    Account("114", Words("成员往来", "Accounts with members"), ASSET),
    Account("121", Words("产品物资", "Products and stocks"), ASSET),
    Account("124", Words("委托加工物资", "Goods being processed by others"), ASSET),
    Account("125", Words("委托代销商品", "Goods sold by others"), ASSET),
    Account("127", Words("受托代购商品", "Goods bought for members"), ASSET),
    Account("128", Words("受托代销商品", "Goods sold for members"), ASSET),
    Account("131", Words("对外投资", "Investments"), ASSET),
    Account("141", Words("消耗性生物资产", "Consumable biological assets"), ASSET),
    Account("142", Words("生产性生物资产", "Productive biological assets"), ASSET),
    Account("143", Words("生产性生物资产累计折旧", "Depreciation of productive biological assets"), ASSET),
    Account("144", Words("公益性生物资产", "Public-interest biological assets"), ASSET),
    Account("151", Words("固定资产", "Fixed assets"), ASSET),
    Account("152", Words("累计折旧", "Accumulated depreciation"), ASSET),
    Account("153", Words("在建工程", "Construction in progress"), ASSET),
    Account("154", Words("固定资产清理", "Disposal of fixed assets"), ASSET),
    Account("161", Words("无形资产", "Intangible assets"), ASSET),
    Account("162", Words("累计摊销", "Accumulated amortisation"), ASSET),
    Account("171", Words("长期待摊费用", "Long-term deferred expenses"), ASSET),
    Account("181", Words("待处理财产损溢", "Property losses and gains to settle"), ASSET),
    Account("201", Words("短期借款", "Short-term loans"), LIABILITY),
    Account("211", Words("应付款", "Payables"), LIABILITY),
    Account("212", Words("应付工资", "Wages payable"), LIABILITY),
    Account("213", Words("应付劳务费", "Labour payable"), LIABILITY),
    Account("214", Words("应交税费", "Taxes payable"), LIABILITY),
    Account("221", Words("应付盈余返还", "Surplus by volume payable"), LIABILITY),
    Account("222", Words("应付剩余盈余", "Remaining surplus payable"), LIABILITY),
    Account("231", Words("长期借款", "Long-term loans"), LIABILITY),
    Account("235", Words("专项应付款", "Special payables"), LIABILITY),
    Account("301", Words("股金", "Share capital"), EQUITY),
    Account("311", Words("专项基金", "Special fund"), EQUITY),
    Account("321", Words("资本公积", "Capital reserve"), EQUITY),
    Account("322", Words("盈余公积", "Surplus reserve"), EQUITY),
    Account("331", Words("本年盈余", "Surplus of the year"), EQUITY),
    Account("332", Words("盈余分配", "Distribution of surplus"), EQUITY),
    Account("401", Words("生产成本", "Production cost"), COST),
    Account("501", Words("经营收入", "Operating income"), INCOME),
    Account("502", Words("其他收入", "Other income"), INCOME),
    Account("511", Words("投资收益", "Investment income"), INCOME),
    Account("521", Words("经营支出", "Operating expense"), EXPENSE),
    Account("522", Words("管理费用", "Management expense"), EXPENSE),
    Account("523", Words("税金及附加", "Taxes and surcharges"), EXPENSE),
    Account("524", Words("财务费用", "Financial expense"), EXPENSE),
    Account("529", Words("其他支出", "Other expense"), EXPENSE),
    Account("531", Words("所得税费用", "Income tax expense"), EXPENSE),
)
"""财会〔2021〕37号, a farmers' co-operative; docs/economy-books.md says which codes could not be verified."""

CHARTS: Mapping[str, Mapping[str, Account]] = MappingProxyType(
    {"collective": COLLECTIVE, "cooperative": COOPERATIVE}
)
"""Chart by standard of an organisation."""


@dataclass(frozen=True, slots=True)
class Equity:
    """The accounts through which a year's result goes: of the year, of its distribution, of reserves.

    Below `distribution` everything but `kept` is carried into `kept` when a year ends.
    """

    result: str
    distribution: str
    reserve: str
    spent: str
    kept: str


EQUITY_OF: Mapping[str, Equity] = MappingProxyType(
    {
        "collective": Equity("321", "322", "311", "322-01", "322-02"),
        "cooperative": Equity("331", "332", "322", "332-01", "332-02"),
    }
)
"""By standard."""

GIVEN: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "collective": {
            "322-01": Words("各项分配", "Distributions"),
            "322-02": Words("未分配收益", "Undistributed income"),
        },
        "cooperative": {
            "332-01": Words("各项分配", "Distributions"),
            "332-02": Words("未分配盈余", "Undistributed surplus"),
        },
    }
)
"""Sub-accounts that every organisation has by the standard itself."""


def get_chart(standard: str) -> Mapping[str, Account]:
    """Account by code."""
    return CHARTS[standard]


def find_account(standard: str, code: str) -> Account | None:
    """The account of a code, or that above a sub-account (`112-03`); None when the chart has none."""
    return CHARTS[standard].get(code.partition("-")[0])
