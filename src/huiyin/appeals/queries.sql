-- name: insert_appeals
-- A strand of a statement, for any number of requests beside their cases, with their likeness marks.
appeals AS (
    SELECT * FROM jsonb_to_recordset(%(appeals)s::jsonb) AS g(
        case_id bigint, secret_hash text, secret_sealed text, suggestion text, company_id bigint,
        failed_case_id bigint, failed_matter text, language text, content_digest text, marks jsonb)
), new_marks AS (
    INSERT INTO appeals_band (mark, case_id)
    SELECT mark::bigint, case_id FROM appeals, jsonb_array_elements_text(appeals.marks) AS mark
), new_appeals AS (
    INSERT INTO appeals_appeal (
        case_id, secret_hash, secret_sealed, suggestion, company_id, failed_case_id, failed_matter, language, content_digest)
    SELECT case_id, decode(secret_hash, 'base64'), decode(secret_sealed, 'base64'), suggestion, company_id, failed_case_id,
        failed_matter, language, decode(content_digest, 'base64')
    FROM appeals
)

-- name: find_alike
-- Candidates that share a mark, those that share most first, with their words for a second look. Of a mark that very
-- many requests have (the same words sent again and again) the newest are looked at, so that it takes no longer.
SELECT c.id, c.number, c.title, t.words, c.process, c.process_version, c.stage, c.opened_at,
    c.closed_at IS NOT NULL AS closed, leader.number AS group_number
FROM (
    SELECT b.case_id, count(*) AS shared
    FROM unnest(%(marks)s::bigint[]) AS m(mark) CROSS JOIN LATERAL (
        SELECT case_id FROM appeals_band WHERE mark = m.mark ORDER BY case_id DESC LIMIT 200
    ) AS b
    GROUP BY b.case_id ORDER BY shared DESC, b.case_id DESC LIMIT %(limit)s
) AS near
JOIN cases_case c ON c.id = near.case_id
JOIN cases_casetext t ON t.case_id = c.id
LEFT JOIN cases_case leader ON leader.id = c.group_id
WHERE c.opened_at >= %(since)s AND c.id <> %(besides)s
ORDER BY near.shared DESC, c.id DESC

-- name: list_secrets
SELECT case_id, secret_sealed FROM appeals_appeal WHERE case_id = ANY(%(ids)s)

-- name: count_unread
SELECT count(*) FROM appeals_notice WHERE read_at IS NULL AND unit_id = ANY(%(unit_ids)s)
