"""The addresses of the villages' public pages; mounted under `village/`."""

from __future__ import annotations

from django.urls import path

from huiyin.noticeboard import views_asking, views_board, views_sheet
from huiyin.noticeboard.why.urls import urlpatterns as why

app_name = "noticeboard"
urlpatterns = [
    *why,
    path("posting/<int:pk>", views_sheet.show_posting, name="posting"),
    path("posting/<int:pk>/sheet.json", views_sheet.send_sheet, name="sheet"),
    path("posting/<int:pk>/ask", views_asking.ask_question, name="ask"),
    path("question/<str:number>", views_asking.show_question, name="question"),
    path("<str:code>", views_board.show_board, name="board"),
]
