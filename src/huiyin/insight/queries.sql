-- name: read_texts
-- What cases say, with a mark of whoever said it: the same phone is the same person.
SELECT c.id, c.title, t.words, c.opened_at, coalesce(encode(p.phone_digest, 'hex'), 'person ' || c.person_id, ''),
    c.hurries, c.township_id, c.category_id
FROM cases_case c
JOIN cases_casetext t ON t.case_id = c.id
LEFT JOIN people_person p ON p.id = c.person_id
WHERE c.kind = 'appeal' AND c.opened_at >= %(since)s AND c.opened_at < %(until)s
    AND (%(township_id)s::bigint IS NULL OR c.township_id = %(township_id)s::bigint)
ORDER BY c.opened_at DESC, c.id DESC
LIMIT %(limit)s

-- name: list_issues
-- Issues with what a period has of them: cases, those of the period before, people, hurries, what is open or overdue.
SELECT i.id, i.title, i.state, i.score, i.first_at, i.last_at, i.places, i.keywords, i.reason,
    area.name, area.name_en, category.name, category.name_en, lead.number, into_issue.title,
    i.split_from_id IS NOT NULL,
    count(*) FILTER (WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s),
    count(*) FILTER (WHERE c.opened_at >= %(before)s AND c.opened_at < %(since)s),
    count(DISTINCT coalesce(encode(p.phone_digest, 'hex'), c.person_id::text, 'case ' || c.id))
        FILTER (WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s),
    coalesce(sum(c.hurries) FILTER (WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s), 0),
    count(c.id) FILTER (WHERE c.closed_at IS NULL),
    count(*) FILTER (WHERE c.closed_at IS NULL AND c.paused_at IS NULL AND c.due_at < %(now)s),
    count(*) FILTER (WHERE c.answered_at IS NOT NULL),
    count(c.id)
FROM insight_issue i
LEFT JOIN insight_member m ON m.issue_id = i.id
LEFT JOIN cases_case c ON c.id = m.case_id
LEFT JOIN people_person p ON p.id = c.person_id
LEFT JOIN people_area area ON area.id = i.township_id
LEFT JOIN register_category category ON category.id = i.category_id
LEFT JOIN cases_case lead ON lead.id = i.lead_case_id
LEFT JOIN insight_issue into_issue ON into_issue.id = i.into_id
WHERE (%(issue_id)s::bigint IS NULL OR i.id = %(issue_id)s::bigint)
    AND (%(issue_id)s::bigint IS NOT NULL OR i.state = ANY(%(states)s))
    AND (%(township_id)s::bigint IS NULL OR c.township_id = %(township_id)s::bigint)
    AND (%(category_id)s::bigint IS NULL OR c.category_id IN (
        SELECT below.id FROM register_category below JOIN register_category top
            ON starts_with(below.path, top.path) WHERE top.id = %(category_id)s::bigint))
GROUP BY i.id, area.id, category.id, lead.id, into_issue.id
HAVING %(issue_id)s::bigint IS NOT NULL OR 'merged' = ANY(%(states)s)
    OR count(*) FILTER (WHERE c.opened_at >= %(since)s AND c.opened_at < %(until)s) > 0
ORDER BY i.score DESC, i.id

-- name: list_members
SELECT c.id, c.number, c.title, c.process, c.process_version, c.stage, c.stage_kind, c.opened_at, c.due_at, c.due_from,
    c.paused_at, c.closed_at, c.answered_at, c.hurries, c.members, leader.number, lead.short, lead.name_en,
    area.name, area.name_en, m.joined_at, m.by_hand
FROM insight_member m
JOIN cases_case c ON c.id = m.case_id
LEFT JOIN cases_case leader ON leader.id = c.group_id
LEFT JOIN people_unit lead ON lead.id = c.lead_id
LEFT JOIN people_area area ON area.id = c.township_id
WHERE m.issue_id = %(issue_id)s
ORDER BY c.opened_at DESC, c.id DESC

-- name: find_issue
-- The issue that a case is about, unless it was dismissed: with how many others are.
SELECT i.id, i.title, i.state, (SELECT count(*) FROM insight_member n WHERE n.issue_id = i.id), lead.number
FROM insight_member m JOIN insight_issue i ON i.id = m.issue_id LEFT JOIN cases_case lead ON lead.id = i.lead_case_id
WHERE m.case_id = %(case_id)s AND i.state IN ('open', 'named')

-- name: stamp_profiles
SELECT coalesce(max(changed_at)::text, ''), count(*) FROM insight_issue

-- name: read_profiles
-- What new cases may join: what was found lately, what was dismissed (so that it is not found again), and for what was
-- merged the issue that it went into.
SELECT coalesce(i.into_id, i.id), i.profile, i.joins_from FROM insight_issue i
WHERE i.last_at >= %(since)s AND i.profile <> '{}'::jsonb
ORDER BY i.score DESC, i.id

-- name: read_case
SELECT c.title, t.words, c.opened_at FROM cases_case c JOIN cases_casetext t ON t.case_id = c.id
WHERE c.id = %(case_id)s AND c.kind = 'appeal'

-- name: add_members
INSERT INTO insight_member (issue_id, case_id, joined_at, by_hand)
SELECT m.issue_id, m.case_id, %(now)s, false FROM unnest(%(issue_ids)s::bigint[], %(case_ids)s::bigint[]) AS m(issue_id, case_id)
ON CONFLICT (case_id) DO NOTHING

-- name: tell_progress
UPDATE insight_run SET percent = %(percent)s WHERE id = %(run_id)s
