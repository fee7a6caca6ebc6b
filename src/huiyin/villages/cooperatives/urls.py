"""The addresses of co-operatives and benefit contracts."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.cooperatives import (
    views_batch,
    views_benefits,
    views_contributions,
    views_due,
    views_many,
    views_members,
    views_one,
    views_surplus,
    views_votes,
)

OF_ONE = "<str:code>/cooperative"
urlpatterns = [
    path("all/cooperatives", views_many.cooperatives, name="cooperatives"),
    path("all/cooperatives/export", views_many.cooperatives_sheet, name="cooperatives-sheet"),
    path("all/cooperatives/new", views_many.new_cooperative, name="new-cooperative"),
    path("all/benefits", views_due.all_benefits, name="all-benefits"),
    path("all/benefits/export", views_due.all_benefits_sheet, name="all-benefits-sheet"),
    path("all/benefits/overdue", views_due.overdue, name="benefits-overdue"),
    path("all/benefits/overdue/export", views_due.overdue_sheet, name="benefits-overdue-sheet"),
    path("surplus/<str:number>", views_surplus.plan, name="surplus-plan"),
    path("surplus/<str:number>/export", views_surplus.plan_sheet, name="surplus-sheet"),
    path("surplus/<str:number>/lines/<int:pk>", views_surplus.line, name="surplus-line"),
    path(OF_ONE, views_one.cooperative, name="cooperative"),
    path(f"{OF_ONE}/contributions", views_contributions.contributions, name="contributions"),
    path(
        f"{OF_ONE}/contributions/export", views_contributions.contributions_sheet, name="contributions-sheet"
    ),
    path(
        f"{OF_ONE}/contributions/<int:pk>/certificate",
        views_contributions.certificate,
        name="contribution-certificate",
    ),
    path(f"{OF_ONE}/members", views_members.members, name="cooperative-members"),
    path(f"{OF_ONE}/members/export", views_members.members_sheet, name="cooperative-members-sheet"),
    path(f"{OF_ONE}/members/<int:pk>", views_members.member, name="cooperative-member"),
    path(f"{OF_ONE}/votes", views_votes.votes, name="cooperative-votes"),
    path(f"{OF_ONE}/surplus", views_surplus.surplus, name="surplus"),
    path(f"{OF_ONE}/benefits", views_benefits.benefits, name="benefits"),
    path(f"{OF_ONE}/benefits/export", views_benefits.benefits_sheet, name="benefits-sheet"),
    path(f"{OF_ONE}/benefits/new", views_benefits.new_benefit, name="new-benefit"),
    path(f"{OF_ONE}/benefits/<int:pk>", views_benefits.benefit, name="benefit"),
    path(f"{OF_ONE}/batch/<str:part>", views_batch.batch, name="cooperative-batch"),
]
