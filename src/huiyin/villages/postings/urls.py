"""The addresses of postings and of the questions under them."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.postings import views_many, views_month, views_one, views_question

QUESTION, CODE = "questions/<str:number>", "<str:code>/postings"

urlpatterns = [
    path("postings", views_many.postings, name="postings"),
    path("postings/export", views_many.export_postings, name="export-postings"),
    path("questions", views_many.questions, name="questions"),
    path("questions/export", views_many.export_questions, name="export-questions"),
    path(QUESTION, views_question.question, name="question"),
    path(f"{QUESTION}/move", views_question.move, name="move-question"),
    path(CODE, views_one.own_postings, name="own-postings"),
    path(f"{CODE}/month/<str:key>", views_month.month, name="posting-month"),
    path(f"{CODE}/<int:pk>", views_one.posting, name="posting"),
    path(f"{CODE}/lines/<int:pk>", views_one.correct, name="correct-line"),
]
