-- What other systems read: lists that go on from a key and never count, and one case whole, both made into JSON here.

-- name: page_of_all
-- For whoever sees every case: down (or up) the primary key from where the last page ended.
SELECT c.id FROM cases_case c WHERE {where} ORDER BY c.id {way} LIMIT %(limit)s

-- name: page_of_seen
-- For the others: the cases that they lead, opened or have a part in, each way bounded before they are put together.
SELECT seen.id FROM (
    (SELECT c.id FROM cases_case c WHERE c.lead_id = ANY(%(seen_units)s) AND {where}
        ORDER BY c.id {way} LIMIT %(limit)s)
    UNION
    (SELECT c.id FROM cases_case c WHERE c.opened_by_id = %(seen_account)s AND {where}
        ORDER BY c.id {way} LIMIT %(limit)s)
    UNION
    (SELECT DISTINCT c.id FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id
        WHERE a.unit_id = ANY(%(seen_units)s) AND {where} ORDER BY c.id {way} LIMIT %(limit)s)
) AS seen
ORDER BY seen.id {way} LIMIT %(limit)s

-- name: page_of_number
-- The few cases whose number begins so, by the index of numbers; put in order only then.
SELECT found.id FROM (
    SELECT c.id FROM cases_case c
    WHERE c.number ~>=~ %(number)s::text AND c.number ~<~ (%(number)s::text || ':') AND {seen} OFFSET 0
) AS found
ORDER BY found.id {way} LIMIT %(limit)s

-- name: show_page
-- The page as JSON, the id it ends with, and how many cases it has; one more than asked for tells that there is a next.
WITH page AS MATERIALIZED ({page}), shown AS (
    SELECT id FROM page ORDER BY id {way} LIMIT %(limit)s - 1
)
SELECT coalesce(json_agg({row} ORDER BY c.id {way})::text, '[]'), {last}(c.id), (SELECT count(*) FROM page)
FROM shown JOIN cases_case c ON c.id = shown.id
LEFT JOIN register_category category ON category.id = c.category_id
LEFT JOIN people_area township ON township.id = c.township_id
LEFT JOIN people_unit unit ON unit.id = c.lead_id
LEFT JOIN cases_case leader ON leader.id = c.group_id

-- name: read_seen
-- One case for whoever may see it: what decides about moves, and all that is shown of it as JSON.
SELECT c.id, c.number, c.process, c.process_version, c.stage, c.version, c.asked_by_id, c.opened_by_id,
    (SELECT coalesce(json_agg(json_build_array(a.unit_id, a.part)), '[]')::text FROM cases_assignment a
        WHERE a.case_id = c.id AND a.ended_at IS NULL) AS parts,
    {source} AS source,
    json_build_object(
        'words', t.words,
        'person', CASE WHEN c.identity = 'named' AND person.id IS NOT NULL
            THEN json_build_object('name', person.masked_name, 'phone', person.masked_phone) END,
        'parts', (SELECT coalesce(json_agg(json_build_object(
                'unit', json_build_object('key', u.key, 'name', u.short), 'part', a.part, 'round', a.round,
                'dispatched_at', a.dispatched_at, 'signed_at', a.signed_at, 'answered_at', a.answered_at,
                'ended_at', a.ended_at) ORDER BY a.id), '[]')
            FROM cases_assignment a JOIN people_unit u ON u.id = a.unit_id WHERE a.case_id = c.id),
        'files', (SELECT coalesce(json_agg(json_build_object(
                'id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size, 'public', f.public,
                'given_at', f.given_at) ORDER BY f.id), '[]')
            FROM cases_attachment f WHERE f.case_id = c.id AND f.removed_at IS NULL
                AND ({source} OR NOT (f.media_type LIKE 'audio/%%' OR f.media_type LIKE 'video/%%'))),
        'ratings', (SELECT coalesce(json_agg(json_build_object(
                'round', r.round, 'source', r.source, 'reached', r.reached, 'solved', r.solved,
                'satisfied', r.satisfied, 'words', r.words, 'rated_at', r.rated_at) ORDER BY r.id), '[]')
            FROM cases_rating r WHERE r.case_id = c.id)
    )::text AS inside,
    {row}::text AS row
FROM cases_case c
LEFT JOIN cases_casetext t ON t.case_id = c.id
LEFT JOIN people_person person ON person.id = c.person_id
LEFT JOIN register_category category ON category.id = c.category_id
LEFT JOIN people_area township ON township.id = c.township_id
LEFT JOIN people_unit unit ON unit.id = c.lead_id
LEFT JOIN cases_case leader ON leader.id = c.group_id
WHERE c.number = %(number)s AND {seen}

-- name: row_of_case
json_build_object(
    'number', c.number, 'title', c.title, 'process', c.process, 'process_version', c.process_version,
    'stage', c.stage, 'stage_kind', c.stage_kind, 'grade', c.grade, 'urgent', c.urgent, 'round', c.round,
    'identity', c.identity, 'channel', CASE WHEN {source} THEN c.channel_id END,
    'category', CASE WHEN category.id IS NOT NULL
        THEN json_build_object('code', category.code, 'name', category.name) END,
    'township', CASE WHEN township.id IS NOT NULL
        THEN json_build_object('code', township.code, 'name', township.name) END,
    'place', c.place,
    'lon', round(c.lon_microdegrees / 1000000.0, 6), 'lat', round(c.lat_microdegrees / 1000000.0, 6),
    'unit', CASE WHEN unit.id IS NOT NULL THEN json_build_object('key', unit.key, 'name', unit.short) END,
    'opened_at', c.opened_at, 'moved_at', c.moved_at, 'due_at', c.due_at, 'paused_at', c.paused_at,
    'closed_at', c.closed_at, 'group', leader.number, 'members', c.members, 'version', c.version)

-- name: source_is_known
-- Of a confidential request only the side of the centre knows the door, and not at a unit that handles it.
(c.identity <> 'confidential' OR (%(knows)s AND NOT EXISTS (
    SELECT 1 FROM cases_assignment own WHERE own.case_id = c.id AND own.unit_id = ANY(%(own_units)s))))
