"""The addresses of the income watch."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.income import views

urlpatterns = [
    path("income", views.income, name="income"),
    path("income/sheet", views.income_sheet, name="income-sheet"),
]
