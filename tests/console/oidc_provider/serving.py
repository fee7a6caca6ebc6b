"""The provider itself: `python serving.py` prints its port, then serves until it is ended.

Whoever sends `X-User: login` is signed in as that user. The signing key comes in `PROVIDER_KEY`.
"""

from __future__ import annotations

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

USERS = {"hemin": "", "linxiao": "otp", "nobody-here": ""}
"""Login → the second factor that the provider says it proved."""


class SignInByHeader:
    """The person at the provider, without a page to sign in on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        from django.contrib.auth.models import AnonymousUser, User

        found = User.objects.filter(username=request.headers.get("X-User", "")).first()
        request.user = found or AnonymousUser()
        return self.get_response(request)


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_arguments):
        """Say nothing."""


def configure() -> None:
    """One application, signed by RS256, everything in memory."""
    settings.configure(
        SECRET_KEY="provider-for-tests-only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="__main__",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
        MIDDLEWARE=["__main__.SignInByHeader"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": os.environ["PROVIDER_KEY"],
            "SCOPES": {"openid": "who", "profile": "name"},
            "PKCE_REQUIRED": True,
            "OAUTH2_VALIDATOR_CLASS": "__main__.Validator",
        },
    )
    django.setup()


def fill(back: str) -> None:
    """The users and the application of the product."""
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    for login, factor in USERS.items():
        User.objects.create(username=login, first_name=factor)
    Application.objects.create(
        name="product", client_id="huiyin", client_secret="provider-knows", redirect_uris=back,
        client_type="confidential", authorization_grant_type="authorization-code",
        skip_authorization=True, algorithm="RS256",
    )  # fmt: skip


def make_validator():
    """The claims that the provider adds."""
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):
        """Tells the login, and the second factor if there was one."""

        oidc_claim_scope = None

        def get_additional_claims(self, request):
            """`preferred_username`, `amr`."""
            factor = request.user.first_name
            return {"preferred_username": request.user.username, **({"amr": [factor]} if factor else {})}

    return Validator


if __name__ == "__main__":
    configure()
    urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]
    call_command("migrate", verbosity=0)
    Validator = make_validator()
    fill(sys.argv[1])
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        print(server.server_port, flush=True)  # noqa: T201  the tests read it
        server.serve_forever()
