"""The addresses of organisations."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.home import views, views_founding

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("over/founding", views_founding.new_organisation, name="new-organisation"),
    path("over/closed", views_founding.closed, name="closed-organisations"),
    path("over/closed/<str:code>/reopen", views_founding.reopen, name="reopen-organisation"),
    path("<str:code>/charters", views_founding.charters, name="charters"),
    path("<str:code>/close", views_founding.close, name="close-organisation"),
    path("<str:code>", views.organisation, name="organisation"),
]
