"""Tables of things that are called by a name or a title in both languages."""

from __future__ import annotations

from django.db import models

from huiyin.kernel.words import Words


class Named(models.Model):
    """Something with a name in both languages."""

    name = models.TextField()
    name_en = models.TextField(default="", blank=True)

    class Meta:
        abstract = True

    @property
    def called(self) -> Words:
        """The name in the product's two languages."""
        return Words(self.name, self.name_en)


class Titled(models.Model):
    """Something with a title in both languages."""

    title = models.TextField()
    title_en = models.TextField(default="", blank=True)

    class Meta:
        abstract = True

    @property
    def called(self) -> Words:
        """The title in the product's two languages."""
        return Words(self.title, self.title_en)
