"""Addresses of the settings; accounts and posts stand first, because a security officer may open them too."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.administration.setup import (
    views_accounts,
    views_history,
    views_lists,
    views_processes,
    views_sheets,
)
from huiyin.administration.setup.registry import STAFFING


def _list_staffing(part: str) -> list[URLPattern]:
    """The addresses of a list that administrators and security officers share."""
    root, told = f"setup/{part}", {"part": part}
    return [
        path(root, views_lists.show_staff_list, told, name="staff-list"),
        path(f"{root}/new", views_lists.add_staff_entry, told, name="add-staff"),
        path(f"{root}/download", views_sheets.download_staff, told, name="download-staff"),
        path(f"{root}/upload", views_sheets.upload_staff, told, name="upload-staff"),
        path(f"{root}/upload/<int:pk>", views_sheets.preview_staff, told, name="preview-staff"),
        path(f"{root}/entry/<str:thing>", views_lists.edit_staff_entry, told, name="staff-entry"),
        path(f"{root}/entry/<str:thing>/state", views_lists.close_staff_entry, told, name="close-staff"),
        path(
            f"{root}/entry/<str:thing>/history", views_history.show_staff_history, told, name="staff-history"
        ),
    ]


_ACCOUNT = "setup/accounts/entry/<str:thing>"

urlpatterns: list[URLPattern] = [
    path("setup", views_lists.show_setup, name="setup"),
    path("setup/processes", views_processes.show_processes, name="processes"),
    path(
        "setup/processes/<str:key>/<int:version>", views_processes.download_process, name="download-process"
    ),
    *(pattern for listing in STAFFING for pattern in _list_staffing(listing.key)),
    path(f"{_ACCOUNT}/posts", views_accounts.give, name="give-post"),
    path(f"{_ACCOUNT}/posts/<int:pk>", views_accounts.end, name="end-post"),
    path(f"{_ACCOUNT}/lock", views_accounts.unlock, name="unlock"),
    path(f"{_ACCOUNT}/password", views_accounts.reset, name="reset-password"),
    path("setup/<str:part>", views_lists.show_list, name="list"),
    path("setup/<str:part>/new", views_lists.add_entry, name="add"),
    path("setup/<str:part>/download", views_sheets.download, name="download"),
    path("setup/<str:part>/upload", views_sheets.upload, name="upload"),
    path("setup/<str:part>/upload/<int:pk>", views_sheets.preview, name="preview"),
    path("setup/<str:part>/entry/<str:thing>", views_lists.edit_entry, name="entry"),
    path("setup/<str:part>/entry/<str:thing>/state", views_lists.close_entry, name="close"),
    path("setup/<str:part>/entry/<str:thing>/history", views_history.show_history, name="history"),
]
