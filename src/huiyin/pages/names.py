"""What the product is called on its two faces, by the county that runs it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from huiyin.kernel.words import Words

_DEMO_COUNTY = Words("禾川县", "Hechuan County")


def county() -> Words:
    """The county's name: the setting `COUNTY`, else the invented county of the demonstration."""
    named = getattr(settings, "COUNTY", None)
    return named if isinstance(named, Words) else _DEMO_COUNTY


def staff_title() -> str:
    """The name above the staff's pages."""
    return Words("{county}回音", "{county} Huiyin").fill(county=county()).tell(get_language() or "zh")


def citizen_title() -> str:
    """The name above the citizens' pages."""
    return (
        Words("{county}民意直通", "{county} Direct Line").fill(county=county()).tell(get_language() or "zh")
    )
