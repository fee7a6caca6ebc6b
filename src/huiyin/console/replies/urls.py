"""Addresses of the reply checks."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.replies.views import export_replies, show_replies
from huiyin.console.replies.views_check import check_typed
from huiyin.console.replies.views_rules import show_rules
from huiyin.console.replies.views_sample import show_sample

urlpatterns: list[URLPattern] = [
    path("replies", show_replies, name="replies"),
    path("replies/export", export_replies, name="replies-export"),
    path("replies/rules", show_rules, name="reply-rules"),
    path("replies/<int:pk>", show_sample, name="reply"),
    path("cases/<str:number>/moves/<str:move>/reply", check_typed, name="reply-check"),
]
