"""A real OpenID Connect provider (django-oauth-toolkit), run beside the tests."""
