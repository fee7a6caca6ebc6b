"""The addresses of shares."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.shares import exporting, views, views_certificates, views_plans, views_transfers

urlpatterns = [
    path("over/shares", views.over_many, name="shares-over"),
    path("share-plans/<str:number>", views_plans.plan, name="share-plan"),
    path("share-plans/<str:number>/change", views_plans.change, name="change-share-plan"),
    path("share-plans/<str:number>/settle", views_plans.settle, name="settle-share-plan"),
    path("share-plans/<str:number>/export", exporting.export_plan, name="export-share-plan"),
    path("share-transfers/<str:number>", views_transfers.transfer, name="share-transfer"),
    path("<str:code>/shares", views.book, name="shares"),
    path("<str:code>/shares/export", exporting.export_book, name="export-shares"),
    path("<str:code>/shares/households/<int:pk>", views.household, name="share-household"),
    path("<str:code>/shares/ledger", views.ledger, name="share-ledger"),
    path("<str:code>/shares/ledger/export", exporting.export_ledger, name="export-share-ledger"),
    path("<str:code>/shares/plan", views_plans.new_plan, name="new-share-plan"),
    path("<str:code>/shares/transfers", views_transfers.transfers, name="share-transfers"),
    path("<str:code>/shares/transfers/export", exporting.export_transfers, name="export-share-transfers"),
    path("<str:code>/shares/transfers/new", views_transfers.new_transfer, name="new-share-transfer"),
    path("<str:code>/shares/heirs", views_transfers.new_heir, name="new-heir"),
    path("<str:code>/shares/certificates", views_certificates.certificates, name="certificates"),
    path("<str:code>/shares/certificates/export", exporting.export_certificates, name="export-certificates"),
    path("<str:code>/shares/certificates/issue", views_certificates.issue, name="issue-certificates"),
    path("<str:code>/shares/certificates/print", views_certificates.print_out, name="print-certificates"),
    path("<str:code>/shares/certificates/<int:pk>", views_certificates.certificate, name="certificate"),
    path("<str:code>/shares/printings/<int:pk>", views_certificates.printing, name="printing"),
    path("<str:code>/shares/printings/<int:pk>/file", views_certificates.printed, name="printed"),
]
