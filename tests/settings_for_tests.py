"""The product's settings, on a throw-away data folder and database."""

from database_for_tests import prepare_environment

prepare_environment()

from huiyin.app.settings import *  # noqa: E402, F403  the settings read the environment when they are imported

# What a test has committed need not survive a power cut.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # noqa: F405  it came with the settings
