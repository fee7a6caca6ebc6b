-- name: list_duties_for
-- By the category or any of its ancestors, in the area, in one that holds it, or everywhere. The most specific comes
-- first: the deeper category, then the deeper area, then the lead unit, then the older entry.
SELECT d.id, d.unit_id, u.short, u.name_en, d.category_id, d.area_id, d.part, d.clause, d.basis, c.level,
       d.area_id IS NOT NULL
FROM register_category asked
JOIN register_category c ON c.id = ANY (string_to_array(rtrim(asked.path, '/'), '/')::bigint[])
JOIN register_duty d ON d.category_id = c.id
JOIN people_unit u ON u.id = d.unit_id AND u.active
LEFT JOIN people_area da ON da.id = d.area_id
WHERE asked.id = %(category_id)s
  AND d.valid_from <= %(on)s AND (d.valid_until IS NULL OR d.valid_until >= %(on)s)
  AND (d.area_id IS NULL OR d.area_id = ANY (
        SELECT unnest(string_to_array(rtrim(a.path, '/'), '/')::bigint[])
        FROM people_area a WHERE a.id = %(area_id)s))
ORDER BY c.level DESC, length(coalesce(da.path, '')) DESC, d.part = 'lead' DESC, d.id;

-- name: list_units_on_register
-- Every unit that may be given a matter of this category in this area, for checking several at once.
SELECT DISTINCT d.unit_id
FROM register_category asked
JOIN register_duty d
  ON d.category_id = ANY (string_to_array(rtrim(asked.path, '/'), '/')::bigint[])
JOIN people_unit u ON u.id = d.unit_id AND u.active
WHERE asked.id = %(category_id)s
  AND d.valid_from <= %(on)s AND (d.valid_until IS NULL OR d.valid_until >= %(on)s)
  AND (d.area_id IS NULL OR d.area_id = ANY (
        SELECT unnest(string_to_array(rtrim(a.path, '/'), '/')::bigint[])
        FROM people_area a WHERE a.id = %(area_id)s));

-- name: look_up
-- What a move names: whether there is that category, what there is of those units, and their duties in the matter.
SELECT EXISTS (SELECT FROM register_category WHERE id = %(category_id)s::bigint),
    (SELECT coalesce(json_agg(json_build_array(u.id, u.short, u.active, u.kind)), '[]')
        FROM people_unit u WHERE u.id = ANY (%(unit_ids)s::bigint[]))::text,
    (SELECT coalesce(json_agg(json_build_array(d.unit_id, d.part)), '[]')
        FROM register_category asked
        JOIN register_duty d ON d.category_id = ANY (string_to_array(rtrim(asked.path, '/'), '/')::bigint[])
        WHERE asked.id = %(matter_id)s::bigint AND d.unit_id = ANY (%(unit_ids)s::bigint[])
          AND d.valid_from <= %(on)s AND (d.valid_until IS NULL OR d.valid_until >= %(on)s)
          AND (d.area_id IS NULL OR d.area_id = ANY (
                SELECT unnest(string_to_array(rtrim(a.path, '/'), '/')::bigint[])
                FROM people_area a WHERE a.id = %(area_id)s::bigint)))::text

-- name: find_by_codes
-- What another system's words name; always one row.
SELECT EXISTS (SELECT FROM register_channel WHERE key = %(channel)s::text AND active),
    (SELECT id FROM register_category WHERE code = %(category)s::text AND active),
    (SELECT id FROM people_area WHERE code = %(area)s::text AND active),
    (SELECT coalesce(json_agg(json_build_array(key, id)), '[]') FROM people_unit
        WHERE key = ANY (%(unit_keys)s::text[]) AND active)::text

-- name: load_rules
-- All that due dates are counted by, beyond the State Council's notices: one row of three lists, small or empty.
SELECT
    (SELECT coalesce(json_agg(json_build_array("on", works, name, name_en, source) ORDER BY "on"), '[]')::text
        FROM register_dayoverride),
    (SELECT coalesce(json_agg(year ORDER BY year), '[]')::text FROM register_announcedyear),
    (SELECT coalesce(json_agg(json_build_array(process, clock, grade, "limit") ORDER BY id), '[]')::text
        FROM register_limitsetting)

-- name: read_offered
-- What filters offer, as one text: small tables, read whole.
SELECT json_build_object(
    'townships', (SELECT coalesce(json_agg(json_build_array(id, name, name_en) ORDER BY code), '[]')
        FROM people_area WHERE level = 'township'),
    'categories', (SELECT coalesce(json_agg(json_build_array(id, name, name_en) ORDER BY sort, code), '[]')
        FROM register_category WHERE active AND level = 1),
    'units', (SELECT coalesce(json_agg(json_build_array(id, short, name_en) ORDER BY sort, id), '[]')
        FROM people_unit WHERE active),
    'channels', (SELECT coalesce(json_agg(json_build_array(key, name, name_en) ORDER BY sort, key), '[]')
        FROM register_channel WHERE active))::text

-- name: has_channel
SELECT 1 FROM register_channel WHERE key = %(key)s AND active

-- name: stamp_catalogue
-- Differs whenever a category or an area was added, changed or removed: a version of a row is known by the transaction
-- that made it and by its place, which no other version of that transaction has.
SELECT concat_ws(' ', c.stamp, a.stamp)
FROM (SELECT concat_ws(':', count(*), sum(hashtextextended(xmin::text || ctid::text, 0))) FROM register_category) AS c(stamp),
    (SELECT concat_ws(':', count(*), sum(hashtextextended(xmin::text || ctid::text, 0))) FROM people_area) AS a(stamp)

-- name: set_category_paths
-- Every path anew from the first level down, written where it differs: of new categories.
WITH RECURSIVE tree AS (
    SELECT id, id || '/' AS path FROM register_category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, tree.path || c.id || '/' FROM register_category c JOIN tree ON tree.id = c.parent_id
)
UPDATE register_category c SET path = tree.path FROM tree WHERE tree.id = c.id AND c.path <> tree.path

-- name: lock_versions
LOCK TABLE register_registerversion IN SHARE ROW EXCLUSIVE MODE

-- name: list_of_version
-- The end that a duty had at a version is what the next change after it found; unchanged since, it is the present one.
SELECT d.id, CASE WHEN later.version_id IS NULL THEN d.valid_until ELSE later.until_before END
FROM register_duty d
LEFT JOIN register_dutychange made ON made.duty_id = d.id AND made.act = 'added'
LEFT JOIN LATERAL (
    SELECT c.version_id, c.until_before FROM register_dutychange c
    WHERE c.duty_id = d.id AND c.act = 'ended' AND c.version_id > %(number)s ORDER BY c.version_id, c.id LIMIT 1
) later ON true
WHERE coalesce(made.version_id, 0) <= %(number)s
