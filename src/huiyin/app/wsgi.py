"""The web application as a server (granian) loads it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from huiyin.app.entrance.entering import Entrance

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.app.settings")

application = Entrance(get_wsgi_application())
