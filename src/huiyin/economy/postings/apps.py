"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PostingsConfig(AppConfig):
    """What is posted for the villagers to see, with their questions and objections."""

    name = "huiyin.economy.postings"

    def ready(self) -> None:
        """The moves of a question's case write its answer; a reversal is told where its voucher hangs."""
        from huiyin.cases.api import register_gate
        from huiyin.economy.books.api import register_voucher_gate
        from huiyin.economy.postings.answering import pass_question
        from huiyin.economy.postings.monthly import mark_reversed
        from huiyin.economy.postings.values import QUESTION

        register_gate(QUESTION, pass_question)
        register_voucher_gate(mark_reversed)
