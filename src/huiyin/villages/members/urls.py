"""The addresses of roster, officers, rounds and appeals."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.members import (
    views_appeals,
    views_import,
    views_officers,
    views_over,
    views_people,
    views_roster,
    views_round,
    views_rounds,
)

urlpatterns = [
    path("membership", views_rounds.membership, name="membership"),
    path("membership/export", views_rounds.export_membership, name="export-membership"),
    path("membership/appeals", views_over.appeals_over, name="membership-appeals"),
    path("membership/appeals/export", views_over.export_appeals, name="export-appeals"),
    path("rounds/<str:number>", views_round.membership_round, name="membership-round"),
    path("rounds/<str:number>/add", views_round.add_to_round, name="add-to-round"),
    path("rounds/<str:number>/export", views_round.export_round, name="export-round"),
    path("rounds/<str:number>/entries/<int:pk>", views_round.entry_of_round, name="membership-entry"),
    path("appeals/<str:number>", views_appeals.membership_appeal, name="membership-appeal"),
    path("<str:code>/members", views_roster.roster, name="members"),
    path("<str:code>/members/find", views_roster.find_by_id, name="find-member"),
    path("<str:code>/members/export", views_roster.export_roster, name="export-roster"),
    path("<str:code>/members/import", views_import.import_roster, name="import-roster"),
    path("<str:code>/members/template", views_import.roster_template, name="roster-template"),
    path("<str:code>/members/<int:pk>", views_people.member, name="member"),
    path("<str:code>/members/<int:pk>/identity", views_people.reveal, name="reveal-member"),
    path("<str:code>/members/<int:pk>/move", views_people.move, name="move-member"),
    path("<str:code>/members/<int:pk>/correct", views_people.correct, name="correct-member"),
    path("<str:code>/members/<int:pk>/appeal", views_appeals.new_appeal, name="new-membership-appeal"),
    path("<str:code>/households", views_roster.new_household, name="new-household"),
    path("<str:code>/households/<int:pk>", views_roster.household, name="household"),
    path("<str:code>/households/<int:pk>/new", views_people.new_person, name="new-person"),
    path("<str:code>/officers", views_officers.officers, name="officers"),
    path("<str:code>/officers/<int:pk>/end", views_officers.end_officer, name="end-officer"),
    path("<str:code>/officers/<int:pk>/kin", views_officers.add_kin, name="add-kin"),
    path("<str:code>/rounds", views_rounds.rounds, name="rounds"),
]
