-- What the database says of itself: one row, one statement, a few milliseconds.

-- name: measure
SELECT
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo') AS jobs_todo,
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing') AS jobs_doing,
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS jobs_failed,
    (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute') AS workers,
    (SELECT count(*) FROM journal_outbox WHERE failed_at IS NULL) AS outbox_waiting,
    (SELECT count(*) FROM journal_outbox WHERE failed_at IS NOT NULL) AS outbox_failed,
    (SELECT coalesce(extract(epoch FROM now() - min(at)), 0)::float8 FROM journal_outbox
        WHERE failed_at IS NULL) AS outbox_oldest_seconds,
    (SELECT count(*) FROM cases_case WHERE closed_at IS NULL) AS cases_open,
    (SELECT count(*) FROM cases_case
        WHERE closed_at IS NULL AND due_at < now() AND paused_at IS NULL) AS cases_overdue,
    (SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend') AS connections,
    pg_database_size(current_database()) AS database_bytes
