"""The tables that a fill writes: their columns, and the indices that are built after it."""

from __future__ import annotations

from typing import Any

COLUMNS: dict[str, str] = {
    "people_person": "id kind sealed phone_digest masked_name masked_phone created_at",
    "cases_case": (
        "id number kind process process_version stage stage_kind grade urgent title category_id area_id"
        " township_id place channel_id person_id identity opened_at accepted_at dispatched_at answered_at"
        " closed_at moved_at lead_id designated round extensions returns hurries supervisions due_at due_from"
        " members cause version"
    ),
    "cases_casetext": "case_id words pairs",
    "cases_caseclock": (
        "case_id key owner unit_id main round started_at limits pauses due_at warns next_at stopped_at"
        " outcome calendar provisional"
    ),
    "cases_assignment": (
        "case_id unit_id part round designated dispatched_at signed_at answered_at ended_at how"
    ),
    "cases_rating": "case_id round source reached solved satisfied words lead_id rated_at",
    "journal_entry": "subject seq at actor verb body algo prev hash",
    "journal_head": "subject seq hash at",
    "appeals_appeal": ("case_id secret_hash secret_sealed suggestion failed_matter language content_digest"),
    "appeals_band": "mark case_id",
}

_NEUTRAL = {"boolean": "f", "text": "", "jsonb": "{}", "smallint": "0", "integer": "0", "bigint": "0"}


def complete(cursor: Any, table: str) -> tuple[list[str], str]:
    """The columns to copy, and what to add to each line for those that must hold something besides."""
    columns = COLUMNS[table].split()
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' ORDER BY ordinal_position",
        [table],
    )
    more = [(name, _NEUTRAL[kind]) for name, kind in cursor.fetchall() if name not in columns]
    return columns + [name for name, _ in more], "".join(f"\t{value}" for _, value in more)


def drop_indices(cursor: Any) -> list[str]:
    """Drop foreign keys and plain indices of the tables; the statements that make them again."""
    tables = list(COLUMNS)
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) ORDER BY 1, 2",
        [tables],
    )
    keys = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = ANY(%s)"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)"
        " ORDER BY tablename, indexname",
        [tables],
    )
    indices = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indices:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in indices] + [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys
    ]
