"""The addresses of the console, part by part."""

from __future__ import annotations

from huiyin.console.court.urls import urlpatterns as court
from huiyin.console.dispatching.urls import urlpatterns as dispatching
from huiyin.console.doors.urls import urlpatterns as doors
from huiyin.console.duties.urls import urlpatterns as duties
from huiyin.console.grid.urls import urlpatterns as grid
from huiyin.console.issues.urls import urlpatterns as issues
from huiyin.console.ledger.urls import urlpatterns as ledger
from huiyin.console.matter.urls import urlpatterns as matter
from huiyin.console.replies.urls import urlpatterns as replies
from huiyin.console.sign.urls import urlpatterns as sign
from huiyin.console.worklists.urls import urlpatterns as worklists

app_name = "console"
urlpatterns = [
    *sign,
    *worklists,
    *doors,
    *grid,
    *ledger,
    *issues,
    *duties,
    *replies,
    *matter,
    *court,
    *dispatching,
]
