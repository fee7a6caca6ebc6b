"""The addresses of contracts and payments."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.contracts import views_acts, views_contracts, views_spending

urlpatterns = [
    path("oversight/filing/<str:number>", views_acts.filing, name="filing"),
    path("<str:code>/contracts", views_contracts.contracts, name="contracts"),
    path("<str:code>/contracts/export", views_contracts.export_contracts, name="export-contracts"),
    path("<str:code>/contracts/new", views_contracts.new_contract, name="new-contract"),
    path("<str:code>/contracts/<int:pk>", views_contracts.contract, name="contract"),
    path("<str:code>/contracts/<int:pk>/change", views_contracts.change, name="change-contract"),
    path("<str:code>/contracts/<int:pk>/act", views_acts.act_on_contract, name="act-on-contract"),
    path("<str:code>/spending", views_spending.spending, name="spending"),
    path("<str:code>/spending/export", views_spending.export_spending, name="export-spending"),
    path("<str:code>/spending/new", views_spending.new_payment, name="new-payment"),
    path("<str:code>/spending/<int:pk>", views_spending.payment, name="payment"),
    path("<str:code>/spending/<int:pk>/act", views_acts.act_on_payment, name="act-on-payment"),
]
