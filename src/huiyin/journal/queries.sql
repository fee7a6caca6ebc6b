-- name: lock_heads
SELECT subject, seq, hash FROM journal_head WHERE subject = ANY(%(subjects)s) ORDER BY subject FOR UPDATE

-- name: start_heads
-- Chains that have no head yet get an empty one; somebody else's that came first is waited for, locked and answered.
INSERT INTO journal_head (subject, seq, hash, at)
SELECT subject, 0, '', now() FROM unnest(%(subjects)s::text[]) AS given(subject) ORDER BY subject
ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject
RETURNING subject, seq, hash

-- name: append
-- A strand of a statement, for any number of entries: links, the heads that the last link of each chain makes, events.
links AS (
    SELECT * FROM json_to_recordset(%(links)s::json) AS g(
        subject text, seq int, at timestamptz, actor_id bigint, actor text, verb text, body jsonb, key text,
        algo smallint, prev text, hash text, last boolean)
), new_entries AS (
    INSERT INTO journal_entry (subject, seq, at, actor_id, actor, verb, body, key, algo, prev, hash)
    SELECT subject, seq, at, actor_id, actor, verb, body, key, algo, decode(prev, 'hex'), decode(hash, 'hex')
    FROM links
), heads AS (
    INSERT INTO journal_head (subject, seq, hash, at)
    SELECT subject, seq, decode(hash, 'hex'), at FROM links WHERE last
    ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at
), new_events AS (
    INSERT INTO journal_outbox (event, subject, body, at)
    SELECT event, subject, body, at
    FROM json_to_recordset(%(events)s::json) AS g(event text, subject text, body jsonb, at timestamptz)
)

-- name: announce
INSERT INTO journal_outbox (event, subject, body, at)
SELECT event, subject, body, at
FROM json_to_recordset(%(events)s::json) AS g(event text, subject text, body jsonb, at timestamptz)

-- name: take_events
SELECT id, event, subject, body::text, at, attempts FROM journal_outbox
WHERE failed_at IS NULL ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED

-- name: delete_events
DELETE FROM journal_outbox WHERE id = ANY(%(ids)s)

-- name: note_failures
UPDATE journal_outbox o
SET attempts = o.attempts + 1, error = given.error,
    failed_at = CASE WHEN o.attempts + 1 >= %(allowed)s THEN now() END
FROM unnest(%(ids)s::bigint[], %(errors)s::text[]) AS given(id, error)
WHERE o.id = given.id

-- name: list_entries
SELECT subject, seq, at, actor_id, actor, verb, body::text, key, prev, hash, algo
FROM journal_entry WHERE subject = ANY(%(subjects)s) ORDER BY at, subject, seq

-- name: find_by_key
SELECT subject, seq, at, actor_id, actor, verb, body::text, key, prev, hash, algo
FROM journal_entry WHERE subject = %(subject)s AND key = %(key)s

-- name: read_chains
-- Every link beside its head in one statement, hence one snapshot. Times and bytes come as text: nothing that a hostile
-- row holds can stop the reading.
SELECT e.subject, e.seq,
    CASE WHEN e.at >= '0001-01-01Z' AND e.at < '10000-01-01Z'
        THEN to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') ELSE '' END,
    e.actor_id, e.actor, e.verb, e.body::text, e.key, encode(e.prev, 'hex'), encode(e.hash, 'hex'), e.algo,
    h.seq, encode(h.hash, 'hex'), h.at = e.at
FROM journal_entry e LEFT JOIN journal_head h ON h.subject = e.subject
WHERE %(subjects)s::text[] IS NULL OR e.subject = ANY(%(subjects)s::text[])
ORDER BY e.subject, e.seq, e.id

-- name: list_bare_heads
SELECT h.subject, h.seq FROM journal_head h
WHERE (%(subjects)s::text[] IS NULL OR h.subject = ANY(%(subjects)s::text[]))
    AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.subject = h.subject)
ORDER BY h.subject

-- name: list_leaves
SELECT DISTINCT ON (subject) subject, seq, encode(hash, 'hex')
FROM journal_entry WHERE at >= %(since)s AND at < %(until)s
ORDER BY subject, seq DESC

-- name: find_lost_leaves
SELECT given.subject, given.seq, e.subject IS NULL
FROM unnest(%(subjects)s::text[], %(seqs)s::int[], %(hashes)s::text[]) AS given(subject, seq, hash)
LEFT JOIN journal_entry e ON e.subject = given.subject AND e.seq = given.seq
WHERE e.subject IS NULL OR encode(e.hash, 'hex') IS DISTINCT FROM given.hash

-- name: find_first_at
SELECT min(at) FROM journal_entry

-- name: find_last_root
SELECT "on", root FROM journal_root ORDER BY "on" DESC LIMIT 1

-- name: lock_roots
LOCK TABLE journal_root IN SHARE ROW EXCLUSIVE MODE

-- name: insert_root
INSERT INTO journal_root ("on", count, root, prev, algo, leaves, made_at)
VALUES (%(on)s, %(count)s, %(root)s, %(prev)s, %(algo)s, %(leaves)s, %(made_at)s)

-- name: list_roots
SELECT "on", count, root, prev, algo, made_at FROM journal_root ORDER BY "on"

-- name: find_root
SELECT "on", count, root, prev, algo, made_at FROM journal_root WHERE "on" = %(on)s

-- name: list_root_days
SELECT "on"::text FROM journal_root ORDER BY "on"

-- name: read_root
SELECT count, encode(root, 'hex'), encode(prev, 'hex'), algo, leaves FROM journal_root WHERE "on" = %(on)s::date

-- name: take_seals
SELECT {id}, {sealed} FROM {table}
WHERE {id} > %(after)s AND {sealed} IS NOT NULL AND substring({sealed} FROM 1 FOR 5) <> %(current)s
ORDER BY {id} LIMIT %(limit)s FOR UPDATE

-- name: write_seals
UPDATE {table} t SET {sealed} = given.sealed
FROM unnest(%(ids)s::bigint[], %(seals)s::bytea[]) AS given(id, sealed) WHERE t.{id} = given.id

-- name: newest_seal
SELECT {sealed} FROM {table} WHERE {sealed} IS NOT NULL ORDER BY {id} DESC LIMIT 1
