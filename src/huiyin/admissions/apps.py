"""Admission of duties."""

from __future__ import annotations

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    """What is proposed for the register of duties."""

    name = "huiyin.admissions"
