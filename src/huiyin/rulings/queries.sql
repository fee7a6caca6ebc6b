-- name: find_precedents
-- Rulings in force on the category, one above it or one beside it; with `words` also those on anything else, by time.
-- Each with how its category and its area stand to the matter's.
WITH matter AS (
    SELECT string_to_array(rtrim(g.path, '/'), '/')::bigint[] AS steps, g.parent_id
    FROM register_category g WHERE g.id = %(category_id)s::bigint
), ground AS (
    SELECT string_to_array(rtrim(a.path, '/'), '/')::bigint[] AS steps FROM people_area a WHERE a.id = %(area_id)s::bigint
)
SELECT r.number, c.number AS case_number, r.title, coalesce(g.name, '') AS category, coalesce(g.name_en, '') AS category_en,
    coalesce(a.name, '') AS area, coalesce(a.name_en, '') AS area_en, r.lead_id, u.short AS lead, u.name_en AS lead_en,
    r.assisting::text, r.clause, r.reason, r.decided_at,
    CASE WHEN r.category_id = %(category_id)s::bigint THEN 'same'
        WHEN r.category_id = ANY((SELECT steps FROM matter)::bigint[]) THEN 'above'
        WHEN g.parent_id = (SELECT parent_id FROM matter) OR g.parent_id = %(category_id)s::bigint THEN 'near'
        ELSE '' END AS kinship,
    CASE WHEN r.area_id IS NULL THEN 'wider' WHEN r.area_id = %(area_id)s::bigint THEN 'same'
        WHEN r.area_id = ANY((SELECT steps FROM ground)::bigint[]) THEN 'wider' ELSE '' END AS ground
FROM rulings_ruling r
JOIN cases_case c ON c.id = r.case_id
JOIN people_unit u ON u.id = r.lead_id
LEFT JOIN register_category g ON g.id = r.category_id
LEFT JOIN people_area a ON a.id = r.area_id
WHERE r.withdrawn_at IS NULL AND (%(on)s::date IS NULL OR r.decided_at < %(on)s::date + 1)
    AND r.case_id IS DISTINCT FROM %(case_id)s::bigint
ORDER BY (r.category_id = %(category_id)s::bigint) DESC NULLS LAST, r.decided_at DESC
LIMIT %(most)s

-- name: list_waiting
-- Open cases in a stage where the centre decides on a return: the request, its clock, what was decided before, and what
-- the unit gave back in the last year.
SELECT c.id AS case_id, c.number, c.title, c.process, c.process_version, c.stage, c.version, u.id AS unit_id,
    u.short AS unit, coalesce(u.name_en, '') AS unit_en, coalesce(g.name, '') AS category, coalesce(g.name_en, '') AS category_en, coalesce(a.name, '') AS area,
    coalesce(a.name_en, '') AS area_en, coalesce(c.asked ->> 'clause', '') AS clause,
    coalesce(c.asked ->> 'reason', '') AS reason, coalesce(who.name, '') AS asked_by, k.started_at AS asked_at,
    k.due_at, c.due_at AS promised_at, coalesce(d.clause, '') AS duty,
    (SELECT coalesce(json_agg(e.outcome || ' ' || eu.short ORDER BY e.seq), '[]') FROM rulings_dispute e
        JOIN people_unit eu ON eu.id = e.unit_id WHERE e.case_id = c.id AND e.decided_at IS NOT NULL)::text AS earlier,
    (SELECT count(*) FROM rulings_dispute h WHERE h.unit_id = u.id AND h.asked_at >= %(year_ago)s) AS returned,
    (SELECT count(*) FROM rulings_dispute h WHERE h.unit_id = u.id AND h.asked_at >= %(year_ago)s
        AND h.outcome IN ('accepted', 'ruled-for')) AS accepted,
    (SELECT count(*) FROM cases_assignment h WHERE h.unit_id = u.id AND h.part = 'lead'
        AND h.dispatched_at >= %(year_ago)s) AS dispatched
FROM cases_case c
JOIN people_unit u ON u.id = c.lead_id
LEFT JOIN people_account who ON who.id = c.asked_by_id
LEFT JOIN register_category g ON g.id = c.category_id
LEFT JOIN people_area a ON a.id = c.area_id
LEFT JOIN LATERAL (
    SELECT k.started_at, k.due_at FROM cases_caseclock k
    WHERE k.case_id = c.id AND k.owner = 'centre' AND k.stopped_at IS NULL
        AND k.started_at >= c.dispatched_at ORDER BY k.started_at DESC, k.due_at LIMIT 1) k ON true
LEFT JOIN LATERAL (
    SELECT o.duty_id FROM rulings_dispute o WHERE o.case_id = c.id AND o.outcome = 'open' LIMIT 1) o ON true
LEFT JOIN register_duty d ON d.id = o.duty_id
WHERE c.closed_at IS NULL AND c.stage = ANY(%(names)s) AND c.process || '/' || c.stage = ANY(%(stages)s)
ORDER BY k.due_at NULLS LAST, c.id
LIMIT %(most)s

-- name: list_opinions
-- By case: each unit that is consulted, with its opinion if it has given one and until when it may.
SELECT p.case_id, u.short, u.name_en, coalesce(e.body -> 'inputs' ->> 'clause', '') AS clause,
    coalesce(e.body -> 'inputs' ->> 'opinion', '') AS words, coalesce(e.actor, '') AS by, e.at, k.due_at
FROM cases_assignment p
JOIN cases_case c ON c.id = p.case_id
JOIN people_unit u ON u.id = p.unit_id
LEFT JOIN LATERAL (
    SELECT e.actor, e.at, e.body FROM journal_entry e
    WHERE e.subject = 'case:' || c.number AND e.body -> 'inputs' ? 'opinion' AND (e.body ->> 'unit')::bigint = p.unit_id
    ORDER BY e.seq DESC LIMIT 1) e ON true
LEFT JOIN cases_caseclock k ON k.case_id = p.case_id AND k.owner = 'consulted' AND k.unit_id = p.unit_id
WHERE p.case_id = ANY(%(case_ids)s) AND p.part = 'consulted'
ORDER BY p.case_id, p.id

-- name: count_by_unit
-- What each unit led in a period and what it gave back.
WITH given AS (
    SELECT p.unit_id, count(*) AS dispatched, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM rulings_dispute d WHERE d.case_id = p.case_id AND d.unit_id = p.unit_id
            AND d.asked_at >= p.dispatched_at AND (p.ended_at IS NULL OR d.asked_at <= p.ended_at))) AS returned_of
    FROM cases_assignment p
    WHERE p.part = 'lead' AND p.dispatched_at >= %(since)s AND p.dispatched_at < %(until)s
        AND (%(units)s::bigint[] IS NULL OR p.unit_id = ANY(%(units)s::bigint[]))
    GROUP BY p.unit_id
), asked AS (
    SELECT d.unit_id, count(*) AS asked, count(*) FILTER (WHERE d.outcome = 'open') AS open,
        count(*) FILTER (WHERE d.outcome = 'accepted') AS accepted,
        count(*) FILTER (WHERE d.outcome = 'refused') AS refused,
        count(*) FILTER (WHERE d.outcome IN ('withdrawn', 'lapsed')) AS withdrawn,
        count(*) FILTER (WHERE d.in_time) AS in_time, count(*) FILTER (WHERE d.again) AS again,
        count(*) FILTER (WHERE d.outcome = 'ruled-for') AS ruled_for,
        count(*) FILTER (WHERE d.outcome = 'ruled-against') AS ruled_against
    FROM rulings_dispute d
    WHERE d.asked_at >= %(since)s AND d.asked_at < %(until)s
        AND (%(units)s::bigint[] IS NULL OR d.unit_id = ANY(%(units)s::bigint[]))
    GROUP BY d.unit_id
)
SELECT u.id, u.short, u.name_en, u.kind, coalesce(g.dispatched, 0), coalesce(g.returned_of, 0), coalesce(a.asked, 0),
    coalesce(a.open, 0), coalesce(a.accepted, 0), coalesce(a.refused, 0), coalesce(a.withdrawn, 0),
    coalesce(a.in_time, 0), coalesce(a.again, 0), coalesce(a.ruled_for, 0), coalesce(a.ruled_against, 0)
FROM people_unit u
LEFT JOIN given g ON g.unit_id = u.id
LEFT JOIN asked a ON a.unit_id = u.id
WHERE g.unit_id IS NOT NULL OR a.unit_id IS NOT NULL
ORDER BY coalesce(a.asked, 0) DESC, u.sort, u.id
