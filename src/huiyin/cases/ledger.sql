-- name: ledger_by_channel
-- What came in, by channel.
SELECT channel.key, channel.name, channel.name_en, count(*) AS taken,
    count(*) FILTER (WHERE c.urgent) AS urgent,
    count(*) FILTER (WHERE c.identity <> 'named') AS unnamed,
    count(*) FILTER (WHERE c.group_id IS NOT NULL) AS merged,
    count(*) FILTER (WHERE c.closed_at IS NULL) AS open,
    count(*) FILTER (WHERE c.closed_at IS NOT NULL) AS closed
FROM cases_case c JOIN register_channel channel ON channel.key = c.channel_id
WHERE {where}
GROUP BY channel.key, channel.name, channel.name_en, channel.sort
ORDER BY channel.sort, channel.key

-- name: ledger_by_category
-- Sorted by the first level of the category; what nobody has sorted yet has no category.
SELECT top.id, top.name, top.name_en, count(*) AS taken,
    count(*) FILTER (WHERE c.group_id IS NOT NULL) AS merged,
    count(*) FILTER (WHERE c.closed_at IS NULL AND c.group_id IS NULL AND c.lead_id IS NULL) AS unplaced,
    count(*) FILTER (WHERE c.closed_at IS NULL AND c.lead_id IS NOT NULL AND c.answered_at IS NULL) AS in_hand,
    count(*) FILTER (WHERE c.closed_at IS NULL AND c.answered_at IS NOT NULL) AS answered,
    count(*) FILTER (WHERE c.closed_at IS NOT NULL) AS closed
FROM cases_case c
LEFT JOIN register_category category ON category.id = c.category_id
LEFT JOIN register_category top ON top.id = split_part(category.path, '/', 1)::bigint
WHERE {where}
GROUP BY top.id, top.name, top.name_en, top.sort, top.code
ORDER BY top.sort NULLS FIRST, top.code

-- name: ledger_by_stage
-- Where they stand: one row for each stage of each process version, merged ones apart.
SELECT c.process, c.process_version, c.stage, c.stage_kind, c.group_id IS NOT NULL AS merged,
    c.lead_id IS NOT NULL AS placed, count(*) AS cases,
    count(*) FILTER (WHERE c.closed_at IS NOT NULL) AS closed
FROM cases_case c
WHERE {where}
GROUP BY 1, 2, 3, 4, 5, 6

-- name: ledger_total
-- The other side of the account: counted by itself.
SELECT count(*) AS taken, count(*) FILTER (WHERE c.closed_at IS NOT NULL) AS closed,
    count(*) FILTER (WHERE c.closed_at IS NULL) AS open,
    count(*) FILTER (WHERE c.group_id IS NOT NULL AND c.closed_at IS NULL) AS merged,
    count(*) FILTER (WHERE c.group_id IS NULL AND c.closed_at IS NULL AND c.lead_id IS NULL) AS unplaced,
    count(*) FILTER (WHERE c.group_id IS NULL AND c.closed_at IS NULL AND c.lead_id IS NOT NULL) AS placed,
    count(*) FILTER (WHERE c.closed_at IS NULL AND c.paused_at IS NULL AND c.due_at < %(now)s) AS overdue
FROM cases_case c
WHERE {where}

-- name: ledger_by_unit
-- What units were given and what became of it. A dispatch is one assignment; the four ends and the open ones make it up.
SELECT unit.id, unit.short AS name, unit.name_en, count(*) AS dispatched,
    count(*) FILTER (WHERE a.part = 'assisting') AS assisting,
    count(*) FILTER (WHERE a.signed_at IS NOT NULL) AS signed,
    count(*) FILTER (WHERE a.ended_at IS NULL AND a.answered_at IS NULL) AS open,
    count(*) FILTER (WHERE a.ended_at IS NULL AND a.answered_at IS NULL AND a.part = 'lead' AND c.paused_at IS NULL
        AND c.due_at < %(now)s) AS overdue,
    count(*) FILTER (WHERE a.ended_at IS NULL AND a.answered_at IS NOT NULL) AS answered,
    count(*) FILTER (WHERE a.how IN ('done', 'reported')) AS done,
    count(*) FILTER (WHERE a.how = 'returned') AS returned,
    count(*) FILTER (WHERE a.how = 'not-solved') AS unsolved,
    count(*) FILTER (WHERE a.how IN ('superseded', 'dropped')) AS moved
FROM cases_case c
JOIN cases_assignment a ON a.case_id = c.id
JOIN people_unit unit ON unit.id = a.unit_id
WHERE {where} {own}
GROUP BY unit.id, unit.short, unit.name_en, unit.sort
ORDER BY unit.sort, unit.id

-- name: ledger_by_officer
-- Handed over to whom, when signed for, limits kept or late. A clock belongs to the dispatch at whose moment it began;
-- the main one goes with the case to the unit to which it is passed on.
SELECT unit.id AS unit_id, unit.short AS unit, unit.name_en AS unit_en, officer.id AS officer_id, officer.name AS officer,
    count(*) AS handed,
    count(*) FILTER (WHERE a.signed_at IS NOT NULL) AS signed,
    count(*) FILTER (WHERE sign.outcome = 'kept') AS sign_kept,
    count(*) FILTER (WHERE sign.outcome = 'late') AS sign_late,
    (avg(extract(epoch FROM a.signed_at - a.dispatched_at)) FILTER (WHERE a.signed_at IS NOT NULL))::bigint AS sign_seconds,
    count(*) FILTER (WHERE main.outcome = 'kept') AS kept,
    count(*) FILTER (WHERE main.outcome = 'late') AS late,
    count(*) FILTER (WHERE main.outcome = 'running') AS running,
    count(*) FILTER (WHERE main.outcome = 'running' AND main.paused_at IS NULL AND main.due_at < %(now)s) AS overdue,
    count(*) FILTER (WHERE a.answered_at IS NOT NULL) AS answered
FROM cases_case c
JOIN cases_assignment a ON a.case_id = c.id AND a.part = 'lead'
JOIN people_unit unit ON unit.id = a.unit_id
LEFT JOIN people_account officer ON officer.id = a.officer_id
-- One clock each, also when a case was dispatched twice in the same instant (imports).
LEFT JOIN LATERAL (
    SELECT k.* FROM cases_caseclock k
    WHERE k.case_id = c.id AND k.key = 'sign' AND k.unit_id = a.unit_id AND k.started_at = a.dispatched_at
    ORDER BY k.id DESC LIMIT 1) sign ON true
LEFT JOIN LATERAL (
    SELECT k.* FROM cases_caseclock k
    WHERE k.case_id = c.id AND k.main AND k.owner = 'lead' AND k.unit_id = a.unit_id
        AND (k.started_at = a.dispatched_at
            OR k.started_at < a.dispatched_at AND (k.stopped_at IS NULL OR k.stopped_at > a.dispatched_at)
            AND NOT EXISTS (SELECT 1 FROM cases_assignment b WHERE b.case_id = c.id AND b.unit_id = a.unit_id
                AND b.part = 'lead' AND b.dispatched_at = k.started_at))
    ORDER BY k.id DESC LIMIT 1) main ON true
WHERE {where} {own}
GROUP BY unit.id, unit.short, unit.name_en, unit.sort, officer.id, officer.name
ORDER BY unit.sort, unit.id, officer.id NULLS LAST

-- name: ledger_results
-- The result by lead unit. Cleared: closed, and the person was reached and asked in the round that stands.
SELECT unit.id, unit.short AS name, unit.name_en, count(*) AS taken,
    count(*) FILTER (WHERE c.closed_at IS NOT NULL) AS closed,
    count(*) FILTER (WHERE c.closed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM cases_rating r WHERE r.case_id = c.id AND r.round = c.round AND r.reached)) AS cleared,
    count(*) FILTER (WHERE c.answered_at IS NOT NULL) AS answered,
    count(*) FILTER (WHERE c.round > 1) AS again,
    max(c.round) AS rounds,
    sum(c.supervisions)::bigint AS supervisions, sum(c.hurries)::bigint AS hurries, sum(c.returns)::bigint AS returns,
    sum(c.extensions)::bigint AS extensions
FROM cases_case c
LEFT JOIN people_unit unit ON unit.id = c.lead_id
WHERE {where}
GROUP BY unit.id, unit.short, unit.name_en, unit.sort
ORDER BY unit.sort NULLS LAST, unit.id

-- name: ledger_ratings
-- What people said, by the unit that led then: the last word of every round counts, whatever came after it.
-- Unreached is neither solved nor satisfied, and not a valid callback.
SELECT unit.id, unit.short AS name, unit.name_en, count(*) AS rated,
    count(*) FILTER (WHERE r.source = 'online') AS rated_online,
    count(r.solved) AS asked_solved, count(*) FILTER (WHERE r.solved) AS solved,
    count(r.satisfied) AS asked_satisfied, count(*) FILTER (WHERE r.satisfied >= 3) AS satisfied,
    count(*) FILTER (WHERE r.understood AND r.satisfied < 3) AS understood
FROM cases_case c
JOIN LATERAL (
    SELECT DISTINCT ON (x.round) x.* FROM cases_rating x WHERE x.case_id = c.id AND x.reached ORDER BY x.round, x.id DESC
) AS r ON true
LEFT JOIN people_unit unit ON unit.id = r.lead_id
WHERE {where} {rated}
GROUP BY unit.id, unit.short, unit.name_en, unit.sort
ORDER BY unit.sort NULLS LAST, unit.id

-- name: ledger_rounds
-- How many matters stand in which round.
SELECT c.round, count(*) AS taken, count(*) FILTER (WHERE c.closed_at IS NOT NULL) AS closed
FROM cases_case c WHERE {where} GROUP BY c.round ORDER BY c.round
