"""The addresses of the village economy's pages, part by part; mounted under `console/villages/`."""

from __future__ import annotations

from huiyin.villages.assets.urls import urlpatterns as assets
from huiyin.villages.books.urls import urlpatterns as books
from huiyin.villages.contracts.urls import urlpatterns as contracts
from huiyin.villages.cooperatives.urls import urlpatterns as cooperatives
from huiyin.villages.distributions.urls import urlpatterns as distributions
from huiyin.villages.export.urls import urlpatterns as export
from huiyin.villages.home.urls import urlpatterns as home
from huiyin.villages.income.urls import urlpatterns as income
from huiyin.villages.limits.urls import urlpatterns as limits
from huiyin.villages.meetings.urls import urlpatterns as meetings
from huiyin.villages.members.urls import urlpatterns as members
from huiyin.villages.oversight.urls import urlpatterns as oversight
from huiyin.villages.postings.urls import urlpatterns as postings
from huiyin.villages.shares.urls import urlpatterns as shares

app_name = "villages"
urlpatterns = [
    *assets,
    *cooperatives,
    *income,
    *distributions,
    *limits,
    *members,
    *meetings,
    *postings,
    *oversight,
    *contracts,
    *export,
    *home,
    *books,
    *shares,
]
