"""The addresses of the village economy's pages, part by part; mounted under `console/villages/`."""

from __future__ import annotations

from huiyin.villages.books.urls import urlpatterns as books
from huiyin.villages.cooperatives.urls import urlpatterns as cooperatives
from huiyin.villages.home.urls import urlpatterns as home
from huiyin.villages.income.urls import urlpatterns as income
from huiyin.villages.limits.urls import urlpatterns as limits
from huiyin.villages.shares.urls import urlpatterns as shares

app_name = "villages"
urlpatterns = [
    *cooperatives,
    *income,
    *limits,
    *home,
    *books,
    *shares,
]
