"""The addresses of the pages of other systems."""

from __future__ import annotations

from django.urls import path

from huiyin.administration.machines import views_exports, views_peers, views_webhooks

urlpatterns = [
    path("webhooks", views_webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:pk>", views_webhooks.webhook, name="webhook"),
    path("webhooks/<int:pk>/export", views_exports.export_deliveries, name="export-deliveries"),
    path("webhooks/<int:pk>/state", views_webhooks.change_webhook, name="change-webhook"),
    path("webhooks/<int:pk>/pings", views_webhooks.send_ping, name="ping-webhook"),
    path("webhooks/<int:pk>/replays", views_webhooks.send_again, name="replay-webhook"),
    path("peers", views_peers.peers, name="peers"),
    path("peers/<int:pk>", views_peers.peer, name="peer"),
    path("peers/<int:pk>/export", views_exports.export_sendings, name="export-sendings"),
    path("peers/<int:pk>/retries", views_peers.send_again, name="retry-sending"),
]
