"""Addresses of the worklist, its batches and saved views, the bell and the log of messages."""

from __future__ import annotations

from django.urls import path

from huiyin.console.worklists import batches, messages, notices, saving, views

urlpatterns = [
    path("cases", views.show_worklist, name="worklist"),
    path("cases/export", views.export, name="export"),
    path("cases/batch", batches.batch, name="batch"),
    path("cases/columns", saving.choose_columns, name="columns"),
    path("views", saving.save_view, name="save-view"),
    path("views/<int:pk>/removal", saving.remove_view, name="remove-view"),
    path("notices", notices.show_notices, name="notices"),
    path("messages", messages.show_messages, name="messages"),
    path("messages/<int:pk>/retry", messages.retry, name="retry-message"),
]
