-- name: prepare_opening
-- All that opening must know, in one statement: new ids, of persons too, the county's own processes, known source keys,
-- the rules.
SELECT (SELECT coalesce(json_agg(nextval(pg_get_serial_sequence('cases_case', 'id'))), '[]') FROM generate_series(1, %(count)s::int))::text,
    {person_ids},
    (SELECT coalesce(json_agg(json_build_array(key, version) ORDER BY key, version), '[]') FROM cases_processfile)::text,
    (SELECT coalesce(json_agg(json_build_array(source_key, id, number)), '[]') FROM cases_case
        WHERE source_key = ANY(%(keys)s::text[]))::text,
    rules.*
FROM ({rules}) AS rules(days, years, limits)

-- name: open_cases
-- A strand of a statement, for any number of new cases: headers, words, first clocks, each row as its table has it.
-- A case whose township is not told lies in that of its area.
new_headers AS (
    INSERT INTO cases_case (
        id, number, kind, process, process_version, stage, stage_kind, grade, urgent, title, category_id, area_id,
        township_id, place, spot_id, lon_microdegrees, lat_microdegrees, channel_id, person_id, identity, source_key,
        opened_at, opened_by_id, moved_at, due_at, due_from, designated, round, extensions, returns, hurries, supervisions,
        members, cause, version)
    SELECT id, number, kind, process, process_version, stage, stage_kind, grade, urgent, title, category_id, area_id,
        coalesce(g.township_id, (
            SELECT t.id FROM people_area a
            JOIN people_area t ON t.id = ANY(string_to_array(rtrim(a.path, '/'), '/')::bigint[]) AND t.level = 'township'
            WHERE a.id = g.area_id)),
        place, spot_id, lon_microdegrees, lat_microdegrees, channel_id, person_id, identity, source_key,
        opened_at, opened_by_id, opened_at, due_at, due_from, false, 1, 0, 0, 0, 0, 0, '', 1
    FROM jsonb_populate_recordset(NULL::cases_case, %(cases)s::jsonb) AS g
), new_texts AS (
    INSERT INTO cases_casetext (case_id, words, pairs)
    SELECT case_id, words, pairs FROM jsonb_populate_recordset(NULL::cases_casetext, %(texts)s::jsonb)
), new_clocks AS (
    INSERT INTO cases_caseclock (
        case_id, key, owner, unit_id, main, round, started_at, limits, pauses, due_at, warns, next_at, outcome,
        calendar, provisional)
    SELECT case_id, key, owner, unit_id, main, round, started_at, limits, '[]', due_at, warns, next_at, 'running',
        calendar, provisional
    FROM jsonb_populate_recordset(NULL::cases_caseclock, %(clocks)s::jsonb)
)

-- name: lock_cases
-- A case and whom it follows; with `into`, also the case that it is to join and its own followers. By id, so that two
-- movers never wait for each other, and before anything is read: what is read beside a row that was waited for is old.
SELECT c.id FROM cases_case c
WHERE c.id IN (
    SELECT a.id FROM cases_case a WHERE a.number IN (%(number)s, %(into)s)
    UNION SELECT a.group_id FROM cases_case a WHERE a.number IN (%(number)s, %(into)s)
    UNION SELECT f.id FROM cases_case f JOIN cases_case a ON f.group_id = a.id
        WHERE %(into)s <> '' AND a.number = %(number)s)
ORDER BY c.id
FOR UPDATE

-- name: read_case
-- The locked case with its parts and clocks, who opened it, whether the key was acted on, where its chain stands, and
-- the rules. The columns up to `calls` are those of `CaseState`, in its order.
WITH head AS (
    SELECT seq, encode(hash, 'hex') AS hash FROM journal_head WHERE subject = 'case:' || %(number)s::text FOR UPDATE
)
SELECT c.id, c.number, c.kind, c.process, c.process_version, c.stage, c.stage_kind, c.grade, c.urgent, c.title,
    c.category_id, c.area_id, c.township_id, c.person_id, c.identity, c.opened_at, c.accepted_at, c.dispatched_at,
    c.answered_at, c.closed_at, c.moved_at, c.lead_id, c.officer_id, c.designated, c.round, c.extensions, c.returns,
    c.hurries, c.supervisions, c.due_at, c.due_from, c.paused_at, c.group_id, c.members, c.asked::text, c.asked_by_id,
    c.hung_until, c.cause, c.automatic, c.disputes, c.ruling, c.version,
    (SELECT leader.lead_id FROM cases_case leader WHERE leader.id = c.group_id) AS group_lead_id,
    (SELECT leader.category_id FROM cases_case leader WHERE leader.id = c.group_id) AS group_category_id,
    (SELECT coalesce(json_agg(to_jsonb(a) - 'case_id' ORDER BY a.id), '[]')
        FROM cases_assignment a WHERE a.case_id = c.id)::text AS assignments,
    (SELECT coalesce(json_agg(to_jsonb(k) - 'case_id' ORDER BY k.id), '[]')
        FROM cases_caseclock k WHERE k.case_id = c.id AND k.stopped_at IS NULL)::text AS clocks,
    coalesce((SELECT to_jsonb(r) FROM cases_rating r WHERE r.case_id = c.id AND r.round = c.round
        ORDER BY r.id DESC LIMIT 1), '{{}}')::text AS rating,
    (SELECT count(*) FROM cases_rating r WHERE r.case_id = c.id AND r.round = c.round
        AND r.source = 'callback') AS calls,
    c.opened_by_id,
    EXISTS (SELECT FROM journal_entry e WHERE e.subject = 'case:' || c.number AND e.key = %(key)s::text) AS acted,
    (SELECT seq FROM head) AS head_seq, (SELECT hash FROM head) AS head_hash,
    rules.days, rules.years, rules.limits
FROM cases_case c CROSS JOIN ({rules}) AS rules(days, years, limits)
WHERE c.number = %(number)s

-- name: write_header
-- This part and those that follow are what a move may change. Those with something to change are written in one
-- statement, along with the move's entry in the journal.
UPDATE cases_case t SET
    stage = h.stage, stage_kind = h.stage_kind, grade = h.grade, urgent = h.urgent, category_id = h.category_id,
    accepted_at = h.accepted_at, dispatched_at = h.dispatched_at, answered_at = h.answered_at,
    closed_at = h.closed_at, moved_at = h.moved_at, lead_id = h.lead_id, officer_id = h.officer_id,
    designated = h.designated, round = h.round, extensions = h.extensions, returns = h.returns,
    hurries = h.hurries, supervisions = h.supervisions, due_at = h.due_at, due_from = h.due_from,
    paused_at = h.paused_at, group_id = h.group_id, members = h.members, asked = h.asked,
    asked_by_id = h.asked_by_id, hung_until = h.hung_until, cause = h.cause, automatic = h.automatic,
    disputes = h.disputes, ruling = h.ruling, version = h.version
FROM jsonb_populate_record(NULL::cases_case, %(header)s::jsonb) AS h
WHERE t.id = h.id

-- name: write_new_assignments
INSERT INTO cases_assignment (
    case_id, unit_id, part, round, designated, dispatched_at, signed_at, officer_id, answered_at, ended_at, how)
SELECT %(id)s::bigint, a.unit_id, a.part, a.round, a.designated, a.dispatched_at, a.signed_at, a.officer_id,
    a.answered_at, a.ended_at, a.how
FROM jsonb_populate_recordset(NULL::cases_assignment, %(new_assignments)s::jsonb) AS a

-- name: write_old_assignments
UPDATE cases_assignment t SET designated = a.designated, signed_at = a.signed_at, officer_id = a.officer_id,
    answered_at = a.answered_at, ended_at = a.ended_at, how = a.how
FROM jsonb_populate_recordset(NULL::cases_assignment, %(old_assignments)s::jsonb) AS a
WHERE t.id = a.id

-- name: write_new_clocks
INSERT INTO cases_caseclock (
    case_id, key, owner, unit_id, main, round, started_at, limits, pauses, due_at, paused_at, warns, next_at,
    stopped_at, outcome, calendar, provisional)
SELECT %(id)s::bigint, k.key, k.owner, k.unit_id, k.main, k.round, k.started_at, k.limits, k.pauses, k.due_at,
    k.paused_at, k.warns, k.next_at, k.stopped_at, k.outcome, k.calendar, k.provisional
FROM jsonb_populate_recordset(NULL::cases_caseclock, %(new_clocks)s::jsonb) AS k

-- name: write_old_clocks
UPDATE cases_caseclock t SET unit_id = k.unit_id, limits = k.limits, pauses = k.pauses, due_at = k.due_at, paused_at = k.paused_at,
    warns = k.warns, next_at = k.next_at, stopped_at = k.stopped_at, outcome = k.outcome, calendar = k.calendar,
    provisional = k.provisional
FROM jsonb_populate_recordset(NULL::cases_caseclock, %(old_clocks)s::jsonb) AS k
WHERE t.id = k.id

-- name: write_ratings
INSERT INTO cases_rating (
    case_id, round, source, reached, solved, satisfied, understood, words, account_id, lead_id, rated_at)
SELECT %(id)s::bigint, r.round, r.source, r.reached, r.solved, r.satisfied, r.understood, r.words, r.account_id,
    r.lead_id, r.rated_at
FROM jsonb_populate_recordset(NULL::cases_rating, %(ratings)s::jsonb) AS r

-- name: write_groups
-- How many follow whoever is joined or left.
UPDATE cases_case t SET members = t.members + g.members
FROM jsonb_populate_recordset(NULL::cases_case, %(groups)s::jsonb) AS g
WHERE t.id = g.id

-- name: write_followers
UPDATE cases_case t SET group_id = %(group_id)s::bigint WHERE t.group_id = %(id)s::bigint

-- name: take_expiring
-- The next clocks to warn or expire; those of a case that somebody moves, or another worker has taken, are passed over.
SELECT k.id, k.case_id, k.key, k.owner, k.unit_id, k.main, k.round, k.started_at, k.due_at, k.paused_at, k.warns,
    k.limits, k.pauses, k.calendar, c.number, c.title, c.lead_id, c.process, c.process_version
FROM cases_caseclock k JOIN cases_case c ON c.id = k.case_id
WHERE k.next_at <= %(now)s
ORDER BY k.next_at
LIMIT %(limit)s
FOR UPDATE OF k, c SKIP LOCKED

-- name: write_expiry
UPDATE cases_caseclock t SET warns = k.warns, next_at = k.next_at
FROM jsonb_to_recordset(%(clocks)s::jsonb) AS k(id bigint, warns jsonb, next_at timestamptz)
WHERE t.id = k.id

-- name: list_dispatchers
-- Whoever gave the case to a unit, by any move that names one.
SELECT DISTINCT e.actor_id FROM journal_entry e
WHERE e.subject = %(subject)s AND e.actor_id IS NOT NULL AND e.body -> 'inputs' ? 'lead'

-- name: draw_number
INSERT INTO cases_series (name, last) VALUES (%(name)s, 1)
ON CONFLICT (name) DO UPDATE SET last = cases_series.last + 1
RETURNING last

-- name: list_recountable
SELECT DISTINCT c.number FROM cases_caseclock k JOIN cases_case c ON c.id = k.case_id
WHERE k.stopped_at IS NULL AND k.calendar <> %(calendar)s
ORDER BY c.number
LIMIT %(limit)s

-- name: count_tabs
-- Every tab of the worklist for somebody who sees all: each by its own index, and no further than `many`.
SELECT (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.closed_at IS NULL AND {todo}
        LIMIT {many:d}) AS t) AS todo,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.closed_at IS NULL AND c.due_at < %(now)s
        AND c.paused_at IS NULL LIMIT {many:d}) AS t) AS overdue,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.closed_at IS NULL AND c.due_at >= %(now)s
        AND c.due_at < %(soon)s AND c.paused_at IS NULL LIMIT {many:d}) AS t) AS soon,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.closed_at IS NULL AND c.stage_kind = 'review'
        LIMIT {many:d}) AS t) AS review,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.closed_at IS NULL AND c.lead_id IS NULL
        AND c.stage_kind = 'open' LIMIT {many:d}) AS t) AS unassigned,
    (SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.closed_at IS NULL AND {seen}
        LIMIT {many:d}) AS t) AS open

-- name: count_own_tabs
-- The same for somebody who sees what is in the hands of some units: gathered once.
SELECT count(*) FILTER (WHERE {todo}) AS todo,
    count(*) FILTER (WHERE c.due_at < %(now)s AND c.paused_at IS NULL) AS overdue,
    count(*) FILTER (WHERE c.due_at >= %(now)s AND c.due_at < %(soon)s AND c.paused_at IS NULL) AS soon,
    count(*) FILTER (WHERE c.stage_kind = 'review') AS review,
    count(*) FILTER (WHERE c.lead_id IS NULL AND c.stage_kind = 'open') AS unassigned,
    count(*) AS open
FROM cases_case c
WHERE c.closed_at IS NULL AND {seen}

-- name: list_cases
-- Names come by look-ups of their own rather than by joins: the order of seven joins took the planner ten milliseconds,
-- twenty times what the list takes. The rows come as one text: reading two thousand values one by one took two milliseconds.
SELECT coalesce(json_agg(json_build_array({fields})), '[]')::text FROM (
SELECT c.id, c.number, c.title, c.process, c.process_version, c.stage, c.stage_kind, c.grade, c.urgent, c.place,
    c.opened_at, c.closed_at, c.due_at, c.due_from, c.paused_at, c.members, c.round, c.hurries, c.returns,
    c.supervisions, c.identity, c.version, c.moved_at, c.channel_id,
    (SELECT name FROM register_channel WHERE key = c.channel_id) AS channel,
    (SELECT name_en FROM register_channel WHERE key = c.channel_id) AS channel_en,
    (SELECT name FROM register_category WHERE id = c.category_id) AS category,
    (SELECT name_en FROM register_category WHERE id = c.category_id) AS category_en,
    (SELECT name FROM people_area WHERE id = c.township_id) AS township,
    (SELECT name_en FROM people_area WHERE id = c.township_id) AS township_en,
    (SELECT short FROM people_unit WHERE id = c.lead_id) AS lead,
    (SELECT name_en FROM people_unit WHERE id = c.lead_id) AS lead_en,
    (SELECT name FROM people_account WHERE id = c.officer_id) AS officer,
    (SELECT number FROM cases_case WHERE id = c.group_id) AS group_number, c.automatic
FROM {source} c
WHERE {where}
ORDER BY {order}
LIMIT {limit:d} OFFSET {offset:d}) AS r

-- name: sift_cases
-- The source of a list whose cases are looked at again one by one: in order, so that no more are than the list shows.
(SELECT c.* FROM cases_case c WHERE {where} ORDER BY {order} OFFSET 0)

-- name: count_cases
-- Counting stops at the bound: beyond it the page says "more than".
SELECT count(*) FROM (SELECT 1 FROM cases_case c WHERE {where} LIMIT %(bound)s) AS bounded

-- name: see_number
SELECT c.number FROM cases_case c WHERE c.number = %(number)s AND {seen}

-- name: compare_headers
-- Each case beside what its journal says: the stage of its last move, the digest of its words.
SELECT c.number, c.stage, c.title, t.words,
    (SELECT e.body ->> 'to' FROM journal_entry e WHERE e.subject = 'case:' || c.number AND e.body ? 'to'
        ORDER BY e.seq DESC LIMIT 1) AS last,
    (SELECT e.body ->> 'words_digest' FROM journal_entry e WHERE e.subject = 'case:' || c.number AND e.seq = 1) AS first
FROM cases_case c LEFT JOIN cases_casetext t ON t.case_id = c.id
ORDER BY c.id

-- name: list_process_texts
SELECT coalesce(json_agg(text ORDER BY key, version), '[]')::text FROM cases_processfile

-- name: list_views
SELECT coalesce(json_agg(json_build_array(id, name, filters, columns) ORDER BY name), '[]')::text
FROM cases_savedview WHERE account_id = %(account_id)s

-- name: list_of_same_person
-- The case itself and the earlier ones of whoever can be called at the same number, with the last answer of each.
SELECT c.id, c.number, c.title, t.words, c.opened_at, c.answered_at, c.closed_at,
    (SELECT e.body -> 'told' ->> 'reply' FROM journal_entry e WHERE e.subject = 'case:' || c.number
        AND e.body -> 'told' ? 'reply' ORDER BY e.seq DESC LIMIT 1),
    (SELECT e.at FROM journal_entry e WHERE e.subject = 'case:' || c.number
        AND e.body -> 'told' ? 'reply' ORDER BY e.seq DESC LIMIT 1)
FROM cases_case mine
JOIN people_person me ON me.id = mine.person_id
JOIN people_person same ON same.id = me.id OR same.phone_digest = me.phone_digest
JOIN cases_case c ON c.person_id = same.id AND c.id <= mine.id
JOIN cases_casetext t ON t.case_id = c.id
WHERE mine.id = %(case_id)s
ORDER BY c.id DESC
LIMIT 60

-- name: list_designated
-- Each time the centre gave a matter to a unit by designating it, with the reason that its entry holds. A part that
-- goes on in the next round of the same matter was not designated again.
SELECT a.id, c.number, c.title, coalesce(k.name, ''), coalesce(k.name_en, ''), u.short, u.name_en,
    e.body #>> '{inputs,reason}', e.actor, e.at, c.closed_at
FROM cases_assignment a
JOIN cases_case c ON c.id = a.case_id
JOIN people_unit u ON u.id = a.unit_id
LEFT JOIN register_category k ON k.id = c.category_id
JOIN LATERAL (
    SELECT e.body, e.actor, e.at FROM journal_entry e
    WHERE e.subject = 'case:' || c.number AND e.body #>> '{inputs,designate}' = 'true' AND e.at >= a.dispatched_at
        AND (e.at = a.dispatched_at OR e.at < coalesce(a.ended_at, 'infinity'))
    ORDER BY e.seq LIMIT 1
) e ON true
WHERE a.designated AND a.part = 'lead' AND a.dispatched_at >= %(since)s AND a.dispatched_at < %(until)s
    AND (%(unit_id)s::bigint IS NULL OR a.unit_id = %(unit_id)s)
ORDER BY a.dispatched_at DESC, a.id DESC
LIMIT %(most)s OFFSET %(first)s

-- name: count_designated
SELECT count(*) FROM cases_assignment a
JOIN cases_case c ON c.id = a.case_id
WHERE a.designated AND a.part = 'lead' AND a.dispatched_at >= %(since)s AND a.dispatched_at < %(until)s
    AND (%(unit_id)s::bigint IS NULL OR a.unit_id = %(unit_id)s)
    AND EXISTS (SELECT FROM journal_entry e
        WHERE e.subject = 'case:' || c.number AND e.body #>> '{inputs,designate}' = 'true' AND e.at >= a.dispatched_at
            AND (e.at = a.dispatched_at OR e.at < coalesce(a.ended_at, 'infinity')))
