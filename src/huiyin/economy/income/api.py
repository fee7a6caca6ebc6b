"""The door of the income watch."""

from huiyin.economy.income.reading import read_incomes
from huiyin.economy.income.rules import choose_band, count_bands, name_bands
from huiyin.economy.income.values import BANDS, YearIncome

__all__ = ["BANDS", "YearIncome", "choose_band", "count_bands", "name_bands", "read_incomes"]
