"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.meetings import views, views_delegates, views_entering

urlpatterns = [
    path("<str:code>/meetings", views.meetings, name="meetings"),
    path("<str:code>/meetings/export", views.export_meetings, name="export-meetings"),
    path("<str:code>/meetings/new", views.new_meeting, name="new-meeting"),
    path("<str:code>/meetings/<int:pk>", views.meeting, name="meeting"),
    path("<str:code>/meetings/<int:pk>/attendance", views_entering.attendance, name="attendance"),
    path("<str:code>/meetings/<int:pk>/votes", views_entering.votes, name="votes"),
    path("<str:code>/meetings/<int:pk>/close", views.close, name="close-meeting"),
    path("<str:code>/meetings/<int:pk>/off", views.cancel, name="call-off-meeting"),
    path("<str:code>/meetings/<int:pk>/print", views.print_meeting, name="print-meeting"),
    path("<str:code>/delegates", views_delegates.delegates, name="delegates"),
    path("<str:code>/delegates/<int:pk>/end", views_delegates.end_seat, name="end-delegate"),
]
