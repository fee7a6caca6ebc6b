-- name: read_panel
-- The newest suggestion of a case with every name that its page shows, as one text; none, no row.
SELECT json_build_object(
    'id', p.id, 'version', v.number, 'origin', v.origin, 'basis', p.basis, 'per_mille', p.per_mille,
    'category_id', p.category_id, 'unit_id', p.unit_id,
    'category_code', coalesce((SELECT c.code FROM register_category c WHERE c.id = p.category_id), ''),
    'unit_key', coalesce((SELECT u.key FROM people_unit u WHERE u.id = p.unit_id), ''), 'clause', p.clause, 'clause_basis', p.clause_basis,
    'grade', p.grade, 'urgent', p.urgent, 'urgent_words', p.urgent_words, 'reasons', p.reasons, 'way', p.way,
    'hindrance', p.hindrance, 'outcome', p.outcome, 'automatic', p.automatic, 'place', p.place,
    'unit', (SELECT json_build_array(u.short, u.name_en) FROM people_unit u WHERE u.id = p.unit_id),
    'area', (SELECT json_agg(json_build_array(a.name, a.name_en) ORDER BY length(a.path))
        FROM people_area own JOIN people_area a ON own.path LIKE a.path || '%%' AND a.level <> 'county'
        WHERE own.id = p.area_id),
    'category', (SELECT json_agg(json_build_array(c.name, c.name_en) ORDER BY c.level)
        FROM register_category own JOIN register_category c
            ON c.id = ANY (string_to_array(rtrim(own.path, '/'), '/')::bigint[])
        WHERE own.id = p.category_id),
    'ranked', (SELECT json_agg(json_build_array(c.name, c.name_en, (r.pair ->> 1)::int, c.id) ORDER BY r.at)
        FROM jsonb_array_elements(p.ranked) WITH ORDINALITY AS r(pair, at)
        JOIN register_category c ON c.id = (r.pair ->> 0)::bigint),
    'way_title', (SELECT json_build_array(w.title, w.title_en) FROM register_lawfulway w WHERE w.key = p.way AND w.active),
    'past', (SELECT json_agg(json_build_object('number', c.number, 'title', c.title, 'per_mille', (r.pair ->> 1)::int,
            'closed', c.closed_at IS NOT NULL, 'unit', u.short) ORDER BY r.at)
        FROM jsonb_array_elements(p.past) WITH ORDINALITY AS r(pair, at)
        JOIN cases_case c ON c.id = (r.pair ->> 0)::bigint LEFT JOIN people_unit u ON u.id = c.lead_id),
    'alike', (SELECT json_agg(json_build_object('number', c.number, 'title', c.title, 'per_mille', (r.pair ->> 1)::int,
            'closed', c.closed_at IS NOT NULL, 'unit', u.short) ORDER BY r.at)
        FROM jsonb_array_elements(p.alike) WITH ORDINALITY AS r(pair, at)
        JOIN cases_case c ON c.id = (r.pair ->> 0)::bigint LEFT JOIN people_unit u ON u.id = c.lead_id)
    )::text
FROM triage_prediction p JOIN triage_modelversion v ON v.id = p.version_id
WHERE p.case_id = %(case_id)s
ORDER BY p.id DESC LIMIT 1

-- name: find_waiting
-- Open cases that nobody has dispatched and that the present version has not looked at, the oldest first.
SELECT c.id FROM cases_case c
WHERE c.closed_at IS NULL AND c.lead_id IS NULL AND c.stage_kind = 'open' AND c.dispatched_at IS NULL
    AND NOT EXISTS (SELECT FROM triage_prediction p WHERE p.case_id = c.id AND p.version_id = %(version_id)s)
ORDER BY c.id LIMIT %(limit)s

-- name: is_from_same_person
-- Whether an open case of the same phone is among these.
SELECT EXISTS (
    SELECT FROM cases_case c
    JOIN people_person own ON own.id = c.person_id AND own.phone_digest IS NOT NULL
    JOIN people_person other ON other.phone_digest = own.phone_digest
    JOIN cases_case earlier ON earlier.person_id = other.id AND earlier.id <> c.id AND earlier.closed_at IS NULL
    WHERE c.id = %(case_id)s AND (earlier.id = ANY (%(alike)s) OR earlier.category_id = %(category_id)s))

-- name: measure
-- How each category fared since a day: suggestions that were decided on, and how sure each was, in steps of five per cent.
SELECT p.category_id, p.per_mille / 50 * 50 AS step, count(*), count(*) FILTER (WHERE {right}),
    count(*) FILTER (WHERE p.automatic), count(*) FILTER (WHERE p.automatic AND {right})
FROM triage_prediction p
WHERE p.outcome <> '' AND p.decided_at >= %(since)s AND p.category_id IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2

-- name: count_arrived
-- Over all: suggestions that were decided on since a day, right ones, those that went by themselves.
SELECT count(*), count(*) FILTER (WHERE {right}), count(*) FILTER (WHERE p.automatic)
FROM triage_prediction p WHERE p.outcome <> '' AND p.decided_at >= %(since)s

-- name: list_examples
-- Cases that a person's decision has labelled: closed ones, and open ones whose suggestion somebody accepted or corrected.
SELECT c.number, c.title, t.words, k.code, coalesce(c.group_id, c.id)
FROM cases_case c JOIN cases_casetext t ON t.case_id = c.id JOIN register_category k ON k.id = c.category_id
WHERE c.kind = 'appeal' AND (c.closed_at IS NOT NULL OR EXISTS (
    SELECT FROM triage_prediction p WHERE p.case_id = c.id AND p.outcome IN ('accepted', 'corrected')))
ORDER BY c.id
