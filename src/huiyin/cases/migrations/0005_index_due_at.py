"""Adds the index by which all cases are listed in the order of their limits, closed ones too."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_index_open_work")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(F("due_at").asc(nulls_last=True), F("id"), name="case_by_due"),
        ),
    ]
