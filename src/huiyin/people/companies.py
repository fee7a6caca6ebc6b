"""Companies that may raise matters."""

from __future__ import annotations

import re

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, fold
from huiyin.kernel.words import Words
from huiyin.people.models import Company

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
CREDIT_RULE = "GB 32100-2015 法人和其他组织统一社会信用代码编码规则"


@transaction.atomic
def register_company(
    name: str, credit_code: str, *, area_id: int | None = None, unit_id: int | None = None, address: str = ""
) -> Company:
    """The company with this credit code, made if it is new. Refuses `bad-credit-code` (GB 32100)."""
    code = check_credit_code(credit_code)
    company, _made = Company.objects.get_or_create(
        credit_code=code,
        defaults={"name": clean(name), "area_id": area_id, "unit_id": unit_id, "address": clean(address)},
    )
    return company


def check_credit_code(credit_code: str) -> str:
    """The code in capitals without blanks; refuses `bad-credit-code`."""
    code = fold(credit_code).replace(" ", "").upper()
    if not _CREDIT_CODE.fullmatch(code):
        words = Words(
            "统一社会信用代码是 18 位数字和大写字母，请核对营业执照。",
            "A unified social credit code has 18 digits and capitals: see the business licence.",
        )
        raise Refusal("bad-credit-code", words, rule=CREDIT_RULE, field="credit_code")
    return code


def find_company(credit_code: str) -> Company | None:
    """The company with this credit code."""
    return Company.objects.filter(credit_code=fold(credit_code).replace(" ", "").upper()).first()


def get_company(company_id: int) -> Company:
    """The company; refuses `company-not-found`."""
    company = Company.objects.select_related("unit", "steward").filter(pk=company_id).first()
    if company is None:
        raise Refusal(
            "company-not-found", Words("没有这家企业。", "There is no such company."), field="company"
        )
    return company


def list_companies(text: str = "", *, steward_id: int | None = None, limit: int = 50) -> list[Company]:
    """Active companies by name; those that hold `text`, or which a steward serves, if asked."""
    companies = Company.objects.filter(active=True).order_by("name", "id")
    if text.strip():
        companies = companies.filter(name__icontains=text.strip()) | companies.filter(
            credit_code__startswith=text.strip().upper()
        )
    companies = companies.filter(steward_id=steward_id) if steward_id else companies
    return list(companies[:limit])


def assign_steward(company_id: int, account_id: int | None) -> None:
    """Say which account serves the company, or that none does. Refuses `company-not-found`."""
    company = get_company(company_id)
    company.steward_id = account_id
    company.save(update_fields=["steward"])
