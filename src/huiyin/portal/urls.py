"""The addresses of the citizens' pages."""

from __future__ import annotations

from django.urls import path, register_converter

from huiyin.portal import (
    views_acts,
    views_files,
    views_help,
    views_home,
    views_report,
    views_scan,
    views_track,
)
from huiyin.portal.addresses import Code, Secret

register_converter(Code, "code")
register_converter(Secret, "secret")

app_name = "portal"
urlpatterns = [
    path("", views_home.show_home, name="home"),
    path("find", views_home.find_matter, name="find"),
    path("matters", views_scan.list_matters, name="matters"),
    path("report", views_report.report_matter, name="report"),
    path("received/<code:number>/<secret:secret>", views_report.show_receipt, name="received"),
    path("t/<code:number>/<secret:secret>", views_track.show_track, name="track"),
    path("t/<code:number>/<secret:secret>/moves/<slug:move>", views_acts.make_move, name="move"),
    path("t/<code:number>/<secret:secret>/files/<int:pk>", views_files.show_file, name="file"),
    path("p/<code:code>", views_scan.show_place, name="place"),
    path("p/<code:code>/code.svg", views_scan.draw_place_code, name="place-code"),
    path("p/<code:code>/poster", views_scan.show_poster, name="poster"),
    path("help", views_help.show_help, name="help"),
    path("robots.txt", views_help.tell_robots, name="robots"),
]
