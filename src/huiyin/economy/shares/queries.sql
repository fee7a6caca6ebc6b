-- name: reckon_class
-- What a class gives every member confirmed by that day; what somebody settled by hand stays.
INSERT INTO shares_classshare (of_id, member_id, units, reason)
SELECT c.id, m.id,
       CASE c.basis
         WHEN 'each' THEN c.units
         WHEN 'years' THEN c.units * greatest(0, least(c.most_years,
                coalesce(extract(year FROM age(p.counted_on, m.born_on))::int - 16, 0)))
         ELSE c.units END,
       ''
FROM shares_shareclass c
JOIN shares_shareplan p ON p.id = c.plan_id
JOIN members_member m ON m.organisation_id = p.organisation_id AND m.standing = 'confirmed'
 AND (m.since_on IS NULL OR m.since_on <= p.counted_on)
WHERE p.id = %(plan_id)s
ON CONFLICT (of_id, member_id) DO UPDATE SET units = excluded.units
WHERE shares_classshare.reason = '';

-- name: drop_strangers
-- Nobody stays in the plan who is no confirmed member of that day any more.
DELETE FROM shares_classshare s
USING shares_shareclass c, shares_shareplan p, members_member m
WHERE c.id = s.of_id AND p.id = c.plan_id AND p.id = %(plan_id)s AND m.id = s.member_id
  AND (m.standing <> 'confirmed' OR m.since_on > p.counted_on);

-- name: add_up_plan
SELECT count(DISTINCT s.member_id), coalesce(sum(s.units), 0)::bigint
FROM shares_classshare s JOIN shares_shareclass c ON c.id = s.of_id
WHERE c.plan_id = %(plan_id)s;

-- name: add_up_households
-- The plan household by household, as it is posted.
SELECT h.id, h.number, h.masked_head, count(DISTINCT m.id), sum(s.units)::bigint
FROM shares_classshare s
JOIN shares_shareclass c ON c.id = s.of_id
JOIN members_member m ON m.id = s.member_id
JOIN members_household h ON h.id = m.household_id
WHERE c.plan_id = %(plan_id)s
GROUP BY h.id
ORDER BY h.number;

-- name: add_up_classes
SELECT c.id, count(s.id) FILTER (WHERE s.units > 0), coalesce(sum(s.units), 0)::bigint
FROM shares_shareclass c LEFT JOIN shares_classshare s ON s.of_id = c.id
WHERE c.plan_id = %(plan_id)s
GROUP BY c.id;

-- name: fix_plan
-- Every member's units of all classes become what the member holds, inside the household.
INSERT INTO shares_share (book_id, household_id, member_id, units)
SELECT %(book_id)s, m.household_id, m.id, sum(s.units)
FROM shares_classshare s
JOIN shares_shareclass c ON c.id = s.of_id
JOIN members_member m ON m.id = s.member_id
WHERE c.plan_id = %(plan_id)s
GROUP BY m.id
ORDER BY m.id;

-- name: open_ledger
-- The first entries of books that have none: what each holds on the day on which it was fixed.
WITH fresh AS (
  SELECT b.id, b.collective_units, p.case_id
  FROM shares_sharebook b LEFT JOIN shares_shareplan p ON p.id = b.plan_id
  WHERE b.entries = 0 AND (%(book_ids)s::bigint[] IS NULL OR b.id = ANY (%(book_ids)s::bigint[]))
), held AS (
  SELECT f.id, f.case_id, s.member_id, s.household_id, s.units
  FROM fresh f JOIN shares_share s ON s.book_id = f.id WHERE s.units > 0
  UNION ALL
  SELECT f.id, f.case_id, NULL, NULL, f.collective_units FROM fresh f WHERE f.collective_units > 0
), written AS (
  INSERT INTO shares_shareentry
         (book_id, number, kind, to_member_id, to_household_id, units, reason, case_id, by_id, at)
  SELECT id, row_number() OVER (PARTITION BY id ORDER BY member_id NULLS LAST), 'fix',
         member_id, household_id, units, '', case_id, %(by_id)s, %(at)s
  FROM held
  RETURNING book_id
)
UPDATE shares_sharebook b SET entries = w.many
FROM (SELECT book_id, count(*) AS many FROM written GROUP BY book_id) w
WHERE b.id = w.book_id;

-- name: digest_ledger
-- One digest over the first entries of a book, for the journal.
SELECT encode(sha256(convert_to(string_agg(
         coalesce(to_member_id::text, '-') || ':' || coalesce(to_household_id::text, '-') || ':' || units,
         ',' ORDER BY number), 'UTF8')), 'hex')
FROM shares_shareentry WHERE book_id = %(book_id)s AND kind = 'fix';

-- name: list_breaks
-- Books whose parts do not add up to the frozen total, or whose holdings are not those of the ledger.
WITH asked AS (
  SELECT b.* FROM shares_sharebook b
  WHERE %(book_ids)s::bigint[] IS NULL OR b.id = ANY (%(book_ids)s::bigint[])
), held AS (
  SELECT s.book_id, sum(s.units) AS units FROM shares_share s JOIN asked a ON a.id = s.book_id GROUP BY s.book_id
), entries AS (
  SELECT e.* FROM shares_shareentry e JOIN asked a ON a.id = e.book_id AND a.entries > 0
), flows AS (
  SELECT book_id, to_member_id AS member_id, units FROM entries
  UNION ALL
  SELECT book_id, from_member_id, -units FROM entries WHERE from_member_id IS NOT NULL
), sums AS (
  SELECT book_id, member_id, sum(units) AS units FROM flows GROUP BY book_id, member_id
), wrong AS (
  SELECT coalesce(g.book_id, s.book_id) AS book_id
  FROM (SELECT * FROM sums WHERE member_id IS NOT NULL) g
  FULL JOIN (SELECT s.* FROM shares_share s JOIN asked a ON a.id = s.book_id AND a.entries > 0) s
    ON s.member_id = g.member_id
  WHERE coalesce(g.units, 0) <> coalesce(s.units, 0)
)
SELECT o.code, 'held', coalesce(h.units, 0)::bigint, a.held_units
FROM asked a JOIN organisations_organisation o ON o.id = a.organisation_id LEFT JOIN held h ON h.book_id = a.id
WHERE coalesce(h.units, 0) <> a.held_units
UNION ALL
SELECT o.code, 'entries', coalesce(c.many, 0), a.entries
FROM asked a JOIN organisations_organisation o ON o.id = a.organisation_id
LEFT JOIN (SELECT book_id, count(*) AS many FROM entries GROUP BY book_id) c ON c.book_id = a.id
WHERE a.entries > 0 AND coalesce(c.many, 0) <> a.entries
UNION ALL
SELECT o.code, 'collective', coalesce(s.units, 0)::bigint, a.collective_units
FROM asked a JOIN organisations_organisation o ON o.id = a.organisation_id
LEFT JOIN sums s ON s.book_id = a.id AND s.member_id IS NULL
WHERE a.entries > 0 AND coalesce(s.units, 0) <> a.collective_units
UNION ALL
SELECT o.code, 'holdings', count(*), 0
FROM wrong w JOIN asked a ON a.id = w.book_id JOIN organisations_organisation o ON o.id = a.organisation_id
GROUP BY o.code
ORDER BY 1, 2;

-- name: list_households
-- A page of the share book: households with their units, people and certificate, by number.
SELECT h.id, h.number, h.masked_head, h.group_name, sum(s.units)::bigint, count(*) FILTER (WHERE s.units > 0),
       max(c.number), count(*) OVER ()
FROM shares_share s
JOIN members_household h ON h.id = s.household_id
LEFT JOIN shares_certificate c ON c.household_id = h.id AND c.state = 'valid'
WHERE s.book_id = %(book_id)s
  AND (%(wanted)s = '' OR h.masked_head LIKE %(like)s OR h.number::text = %(wanted)s OR h.group_name LIKE %(like)s
       OR EXISTS (SELECT 1 FROM members_member m WHERE m.household_id = h.id AND m.masked_name LIKE %(like)s))
GROUP BY h.id
ORDER BY h.number
LIMIT %(most)s OFFSET %(after)s;
