"""The sheets for the provincial platform: code and title of each, its columns, and how its rows are read.

A code is never used again for anything else: what is no longer told leaves its code unused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Sheet, Value
from huiyin.villages.export import reading

Read = Callable[[Sequence[Organisation], int, date], Iterable[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its code, its title, columns by code, and what reads its rows."""

    code: str
    title: Words
    columns: tuple[tuple[str, Words], ...]
    read: Read

    def draw(self, organisations: Sequence[Organisation], year: int, on: date) -> Sheet:
        """The sheet; each heading is the code and the title of its column."""
        columns = [
            Column(Words(f"{code} {title.zh}", f"{code} {title.en}"), 18) for code, title in self.columns
        ]
        return Sheet(f"{self.code} {self.title.zh}", columns, self.read(organisations, year, on))


CODE = ("JT001", Words("组织编码", "Code of the organisation"))

TABLES: tuple[Table, ...] = (
    Table(
        "JT0",
        Words("组织", "Organisations"),
        (
            CODE,
            ("JT002", Words("名称", "Name")),
            ("JT003", Words("类型", "Kind")),
            ("JT004", Words("会计制度", "Standard")),
            ("JT005", Words("行政区划代码", "Code of the area")),
            ("JT006", Words("乡镇", "Township")),
            ("JT007", Words("村", "Village")),
            ("JT008", Words("成立日期", "Founded on")),
            ("JT009", Words("领办组织编码", "Code of whoever leads it")),
        ),
        reading.list_organisations,
    ),
    Table(
        "JT1",
        Words("成员", "Members"),
        (
            CODE,
            ("JT101", Words("成员户数", "Households")),
            ("JT102", Words("成员人数", "Members")),
            ("JT103", Words("其中女性", "Of them women")),
            ("JT104", Words("股份总数", "Shares in all")),
            ("JT105", Words("成员股", "Of members")),
            ("JT106", Words("集体股", "Of the collective")),
        ),
        reading.list_members,
    ),
    Table(
        "JT2",
        Words("资产", "Assets"),
        (
            CODE,
            ("JT201", Words("资产类别", "Register")),
            ("JT202", Words("项数", "Entries")),
            ("JT203", Words("账面净值（元）", "Net book value (yuan)")),
            ("JT204", Words("面积（亩）", "Area (mu)")),
        ),
        reading.list_assets,
    ),
    Table(
        "JT3",
        Words("合同", "Contracts"),
        (
            CODE,
            ("JT301", Words("合同工单号", "Case of the contract")),
            ("JT302", Words("类别", "Kind")),
            ("JT303", Words("名称", "Title")),
            ("JT304", Words("收付方向", "Direction")),
            ("JT305", Words("合同价款（元）", "Price (yuan)")),
            ("JT306", Words("起", "From")),
            ("JT307", Words("止", "Until")),
            ("JT308", Words("备案日期", "Filed on")),
        ),
        reading.list_contracts,
    ),
    Table(
        "JT4",
        Words("收入", "Income"),
        (
            CODE,
            ("JT401", Words("年度", "Year")),
            ("JT402", Words("经营性收入（元）", "Operating income (yuan)")),
            ("JT403", Words("补助收入（元）", "Subsidies (yuan)")),
            ("JT404", Words("其他收入（元）", "Other income (yuan)")),
            ("JT405", Words("支出（元）", "Expense (yuan)")),
        ),
        reading.list_incomes,
    ),
    Table(
        "JT5",
        Words("收益分配", "Distributions"),
        (
            CODE,
            ("JT501", Words("年度", "Year")),
            ("JT502", Words("可分配收益（元）", "To distribute (yuan)")),
            ("JT503", Words("公积公益金（元）", "Reserve (yuan)")),
            ("JT504", Words("集体股分配（元）", "To the collective (yuan)")),
            ("JT505", Words("成员分配（元）", "To members (yuan)")),
            ("JT506", Words("批准日期", "Approved on")),
        ),
        reading.list_distributions,
    ),
    Table(
        "JT6",
        Words("合作社", "Co-operatives"),
        (
            CODE,
            ("JT601", Words("领办模式", "Model")),
            ("JT602", Words("成员数", "Members")),
            ("JT603", Words("入社农户", "Households")),
            ("JT604", Words("出资总额（元）", "Contributions (yuan)")),
            ("JT605", Words("集体出资（元）", "Of the collective (yuan)")),
            ("JT606", Words("最近分配年度", "Last year distributed")),
            ("JT607", Words("可分配盈余（元）", "Surplus (yuan)")),
            ("JT608", Words("联农带农合同", "Benefit contracts")),
            ("JT609", Words("联农带农已付（元）", "Benefits paid (yuan)")),
            ("JT610", Words("联农带农逾期（元）", "Benefits overdue (yuan)")),
        ),
        reading.list_cooperatives,
    ),
)
"""In the order of the workbook."""


def draw_sheets(organisations: Sequence[Organisation], year: int, on: date) -> list[Sheet]:
    """Every sheet over these organisations."""
    return [table.draw(organisations, year, on) for table in TABLES]
