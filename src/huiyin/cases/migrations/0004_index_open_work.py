"""Adds the indices by which open work is listed and counted, however many cases were closed."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_index_moved_at")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("stage_kind"),
                F("due_at").asc(nulls_last=True),
                F("id"),
                condition=Q(closed_at__isnull=True),
                name="case_open_by_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(F("unit"), F("case"), condition=~Q(how="done"), name="assignment_undone"),
        ),
    ]
