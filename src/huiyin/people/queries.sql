-- name: know_account
-- Session, account, posts and the rules that end or bind a session, in one statement; the visit is noted at
-- most once a minute.
WITH rules AS (
    SELECT coalesce((by -> 'idle_minutes')::int, %(idle_minutes)s) * interval '1 minute' AS idle,
           coalesce((by -> 'password_days')::int, 0) AS password_days,
           coalesce(by -> 'second_factor_roles', '[]') AS strong_roles
    FROM (SELECT jsonb_object_agg(key, value) AS by FROM people_signinsetting
          WHERE key IN ('idle_minutes', 'password_days', 'second_factor_roles')) given
), seen AS (
    UPDATE people_session SET seen_at = %(now)s FROM rules
    WHERE digest = %(digest)s AND expires_at > %(now)s
      AND seen_at > %(now)s - idle AND seen_at < %(now)s - interval '1 minute'
)
SELECT a.id, a.login, a.name, coalesce(held.posts, '[]'::json),
    CASE
        WHEN s.way = 'password' AND (a.must_change_password OR (password_days > 0
            AND coalesce(a.password_set_at, '-infinity') <= %(now)s - password_days * interval '1 day'))
            THEN 'password'
        WHEN strong_roles <> '[]' AND NOT s.strong AND strong_roles ?| held.roles
            THEN 'second-factor'
        ELSE ''
    END
FROM people_session s
CROSS JOIN rules
JOIN people_account a ON a.id = s.account_id AND a.active
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(u.id, u.short, u.kind, p.role, u.name_en) ORDER BY p.id) AS posts,
           array_agg(p.role) AS roles
    FROM people_post p JOIN people_unit u ON u.id = p.unit_id
    WHERE p.account_id = a.id AND p.since_on <= %(today)s AND (p.until_on IS NULL OR p.until_on >= %(today)s)
) held ON true
WHERE s.digest = %(digest)s AND s.expires_at > %(now)s AND s.seen_at > %(now)s - idle;

-- name: count_failure
-- A failed sign-in; the one that reaches the limit locks. A lock that has run out starts the count anew.
UPDATE people_account SET
    failed_count = CASE WHEN locked_until <= %(now)s THEN 1 ELSE failed_count + 1 END,
    locked_until = CASE
        WHEN (CASE WHEN locked_until <= %(now)s THEN 1 ELSE failed_count + 1 END) >= %(allowed)s THEN %(lock_end)s
        WHEN locked_until > %(now)s THEN locked_until
    END
WHERE id = %(account_id)s
RETURNING locked_until;

-- name: start_session
-- Nothing is started when another attempt has locked the account meanwhile.
WITH welcome AS (
    UPDATE people_account SET failed_count = 0, locked_until = NULL, last_login = %(now)s
    WHERE id = %(account_id)s AND active AND (locked_until IS NULL OR locked_until <= %(now)s)
    RETURNING id
)
INSERT INTO people_session
    (digest, account_id, created_at, seen_at, expires_at, way, strong, address, agent)
SELECT %(digest)s, id, %(now)s, %(now)s, %(expires_at)s, %(way)s, %(strong)s, %(address)s, %(agent)s FROM welcome
RETURNING account_id;

-- name: draw_person_ids
-- A value for a statement that is made anyway: ids for so many new persons.
(SELECT coalesce(json_agg(nextval(pg_get_serial_sequence('people_person', 'id'))), '[]')
    FROM generate_series(1, %(persons)s::int))::text

-- name: register_persons
-- A strand of a statement, for any number of persons.
new_persons AS (
    INSERT INTO people_person
        (id, kind, sealed, phone_digest, masked_name, masked_phone, company_id, created_at)
    SELECT id, kind, decode(sealed, 'base64'), decode(phone_digest, 'base64'), masked_name, masked_phone, company_id,
        created_at
    FROM json_to_recordset(%(new_persons)s::json) AS g(
        id bigint, kind text, sealed text, phone_digest text, masked_name text, masked_phone text, company_id bigint,
        created_at timestamptz)
)

-- name: know_token
-- Token, account, posts and the count of this minute in one statement, and always one row. A request counts for its
-- token when that is alive, else for its address; the use is noted at most once a minute.
WITH held AS (
    SELECT t.id, t.scopes, t.expires_at, t.revoked_at, t.account_id, a.login, a.name,
        a.active AND t.revoked_at IS NULL AND t.expires_at > %(now)s AS alive
    FROM people_accesstoken t JOIN people_account a ON a.id = t.account_id
    WHERE t.digest = %(digest)s
), counted AS (
    INSERT INTO people_machineuse AS u (mark, minute, uses)
    SELECT coalesce((SELECT convert_to('token:' || id, 'UTF8') FROM held WHERE alive), %(address)s), %(minute)s, 1
    WHERE %(counts)s
    ON CONFLICT (mark) DO UPDATE
        SET uses = CASE WHEN u.minute = excluded.minute THEN u.uses + 1 ELSE 1 END, minute = excluded.minute
    RETURNING uses
), noted AS (
    UPDATE people_accesstoken t SET last_used_at = %(now)s FROM held
    WHERE t.id = held.id AND held.alive
      AND (t.last_used_at IS NULL OR t.last_used_at < %(now)s - interval '1 minute')
)
SELECT held.id, held.scopes, held.alive, held.expires_at, held.revoked_at, held.account_id, held.login, held.name,
    coalesce(posts.held, '[]'::json), coalesce((SELECT uses FROM counted), 0)
FROM (SELECT 1) AS one
LEFT JOIN held ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(u.id, u.short, u.kind, p.role, u.name_en) ORDER BY p.id) AS held
    FROM people_post p JOIN people_unit u ON u.id = p.unit_id
    WHERE p.account_id = held.account_id AND p.since_on <= %(today)s
      AND (p.until_on IS NULL OR p.until_on >= %(today)s)
) posts ON true;

-- name: set_area_paths
-- Every path anew from the county down, written where it differs: of new areas, and of moved ones with all below them.
WITH RECURSIVE tree AS (
    SELECT id, id || '/' AS path FROM people_area WHERE parent_id IS NULL
    UNION ALL
    SELECT a.id, tree.path || a.id || '/' FROM people_area a JOIN tree ON tree.id = a.parent_id
)
UPDATE people_area a SET path = tree.path FROM tree WHERE tree.id = a.id AND a.path <> tree.path
