"""Has the planner count stage, unit and end together: work that waits is rare among all cases, not among open ones."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_index_due_at")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS IF NOT EXISTS case_together (mcv)"
            " ON stage, stage_kind, lead_id, closed_at FROM cases_case",
            "DROP STATISTICS IF EXISTS case_together",
        ),
    ]
