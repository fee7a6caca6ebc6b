"""A text in the product's two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese (the source) and English; English falls back to Chinese when it is empty."""

    zh: str
    en: str = ""

    @classmethod
    def of(cls, source: Mapping[str, str] | str) -> Words:
        """Read `{"zh": …, "en": …}` or a plain Chinese text."""
        return cls(source) if isinstance(source, str) else cls(source["zh"], source.get("en", ""))

    def tell(self, language: str) -> str:
        """The text in `language` (`zh-hans`, `en`, …); anything but English is answered in Chinese."""
        return self.en if language.startswith("en") and self.en else self.zh

    def fill(self, **parts: object) -> Words:
        """Both texts with their `{names}` filled in; a part that is itself `Words` goes in by language."""

        def parts_in(language: str) -> dict[str, object]:
            return {
                key: part.tell(language) if isinstance(part, Words) else part for key, part in parts.items()
            }

        return Words(self.zh.format(**parts_in("zh")), self.en.format(**parts_in("en")))
