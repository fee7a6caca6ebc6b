"""Installs the demo county 禾川县: everything that stands still, before the first case."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from huiyin.app.demo.county.accounts import PASSWORD, DemoAccount, install_accounts, list_demo_accounts
from huiyin.app.demo.county.catalogue import install_catalogue
from huiyin.app.demo.county.ground import install_ground
from huiyin.kernel.words import Words

__all__ = ["PASSWORD", "DemoAccount", "install_county", "list_demo_accounts"]


@transaction.atomic
def install_county(progress: Callable[[Words], None] | None = None) -> None:
    """Add whatever of the county is missing, in one transaction; what was changed since stays as it is.

    `progress` is told each step.
    """
    tell = progress or _say_nothing
    tell(Words("禾川县：乡镇、村社区、单位、场所", "Hechuan: townships, villages, units, places"))
    install_ground()
    tell(Words("禾川县：类别、职责清单、高频事项", "Hechuan: categories, duties, frequent matters"))
    install_catalogue()
    tell(Words("禾川县：工作人员、企业", "Hechuan: staff and companies"))
    install_accounts()


def _say_nothing(words: Words) -> None:
    """The reader of nobody's progress."""
    del words
