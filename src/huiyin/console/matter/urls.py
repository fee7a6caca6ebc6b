"""Addresses of the page of one case."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.console.matter.ground import settle
from huiyin.console.matter.views import show_case
from huiyin.console.matter.views_files import show_file
from huiyin.console.matter.views_identity import reveal
from huiyin.console.matter.views_moves import make_move
from huiyin.console.matter.views_record import show_clock, show_record

urlpatterns: list[URLPattern] = [
    path("cases/<str:number>", show_case, name="case"),
    path("cases/<str:number>/moves/<str:move>", make_move, name="move"),
    path("cases/<str:number>/place", settle, name="place-case"),
    path("cases/<str:number>/record", show_record, name="record"),
    path("cases/<str:number>/reveal", reveal, name="reveal"),
    path("cases/<str:number>/clocks/<int:pk>", show_clock, name="clock"),
    path("files/<int:pk>", show_file, name="attachment"),
]
