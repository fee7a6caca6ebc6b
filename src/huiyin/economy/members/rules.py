"""Decisions about who is put on a roster: names, identity numbers, days of birth. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

RULE = "农村集体经济组织法 第12条：成员名册"
SEXES: dict[str, Words] = {"female": Words("女", "Female"), "male": Words("男", "Male")}
_ID = re.compile(r"\d{17}[\dX]")
_PHONE = re.compile(r"\d{7,12}")


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Somebody as they are typed in, before anything is sealed."""

    name: str
    id_number: str
    sex: str
    born_on: date | None = None
    relation: str = ""
    phone: str = ""
    capable: bool = True


def check_entry(entry: PersonEntry) -> PersonEntry:
    """The entry tidied, its day of birth read out of the number when it was not given.

    Refuses `name-missing`, `bad-id-number`, `bad-birth`, `bad-sex`, `bad-phone`, each naming its field.
    """
    name, number = clean(entry.name), clean(entry.id_number).upper()
    phone = clean(entry.phone).replace("-", "").replace(" ", "")
    if not 1 < len(name) <= 40:
        raise Refusal("name-missing", Words("请填写姓名。", "Give the name."), RULE, "name")
    if not _ID.fullmatch(number):
        words = Words("身份证号是 18 位，请核对。", "An identity number has 18 signs. Check it.")
        raise Refusal("bad-id-number", words, RULE, "id_number")
    if entry.sex not in SEXES:
        raise Refusal("bad-sex", Words("请选择男或女。", "Choose female or male."), RULE, "sex")
    if phone and not _PHONE.fullmatch(phone):
        raise Refusal("bad-phone", Words("电话号码不对。", "This is no phone number."), RULE, "phone")
    born = _read_birth(number)
    if entry.born_on not in {None, born}:
        words = Words(
            "出生日期和身份证号对不上，请核对。", "The day of birth is not that of the identity number."
        )
        raise Refusal("bad-birth", words, RULE, "born_on")
    return PersonEntry(name, number, entry.sex, born, clean(entry.relation)[:20], phone, entry.capable)


def _read_birth(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        words = Words("身份证号里的出生日期不对，请核对。", "The number holds no day of birth. Check it.")
        raise Refusal("bad-id-number", words, RULE, "id_number") from error
