"""The values of members: the identity that is sealed, standings."""

from __future__ import annotations

from dataclasses import dataclass, field

from huiyin.kernel.words import Words

IDENTITY = "member"
"""Purpose of the seal of a member's identity."""

CARD = "household-card"
"""Purpose of the seal of a household's payee and bank account."""

ID_NUMBER = "member-id-number"
"""Purpose of the blind index of identity numbers."""

STANDINGS: dict[str, Words] = {
    "candidate": Words("待确认", "To be confirmed"),
    "confirmed": Words("成员", "Member"),
    "refused": Words("不予确认", "Not confirmed"),
    "special": Words("特殊情形，待议", "Special, to be decided"),
    "lost": Words("已丧失", "Lost"),
}
"""Where somebody stands towards the organisation."""


@dataclass(frozen=True, slots=True)
class MemberIdentity:
    """What is sealed of a member. Its `repr` shows nothing."""

    name: str = field(repr=False)
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PayCard:
    """To whom and into which account a household is paid; sealed. Its `repr` shows nothing."""

    payee: str = field(repr=False)
    account: str = field(repr=False)
    bank: str = field(default="", repr=False)
