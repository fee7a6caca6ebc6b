-- name: read_compensation
-- Compensation for land that stands among the income of a year, by the words of its voucher.
SELECT v.organisation_id, extract(year FROM v.made_on)::int AS year, sum(-line.fen)::bigint
FROM books_voucher v, unnest(v.accounts, v.fen, v.notes) AS line (account, fen, note)
WHERE v.organisation_id = ANY(%(ids)s) AND v.made_on <= %(until)s
    AND starts_with(line.account, '5') AND NOT starts_with(v.source, 'carry')
    AND v.summary || ' ' || line.note ~ %(words)s
    AND NOT EXISTS (SELECT FROM distributions_setaside a WHERE a.voucher_id = v.id)
GROUP BY v.organisation_id, year

-- name: count_holders
SELECT b.organisation_id, b.id, s.units, count(*)
FROM shares_sharebook b JOIN shares_share s ON s.book_id = b.id
WHERE b.organisation_id = ANY(%(ids)s) AND s.units > 0
GROUP BY b.organisation_id, b.id, s.units

-- name: drop_lines
DELETE FROM distributions_line WHERE plan_id = ANY(%(plans)s)

-- name: make_lines
-- Each holder gets the part of their size; where a size has odd fen, those first on the roster get one more.
WITH part AS (
    SELECT * FROM unnest(%(plans)s::bigint[], %(books)s::bigint[], %(units)s::bigint[], %(fen)s::bigint[],
        %(more)s::bigint[]) AS given (plan_id, book_id, units, fen, more)
), ranked AS (
    SELECT p.plan_id, s.member_id, s.household_id, s.units, p.fen, p.more,
        row_number() OVER (PARTITION BY s.book_id, s.units ORDER BY s.member_id) AS place
    FROM shares_share s JOIN part p ON p.book_id = s.book_id AND p.units = s.units
)
INSERT INTO distributions_line (plan_id, member_id, household_id, units, fen)
SELECT plan_id, member_id, household_id, units, fen + (place <= more)::int FROM ranked

-- name: post_due
INSERT INTO distributions_entry (plan_id, member_id, turn, kind, fen, at)
SELECT plan_id, member_id, 0, 'due', fen, %(at)s FROM distributions_line
WHERE plan_id = ANY(%(plans)s) AND fen > 0

-- name: pay
-- Orders what is owed: a payment for each household that has a card (or each member of it), an entry for each member.
WITH file AS (
    SELECT * FROM unnest(%(plans)s::bigint[], %(files)s::bigint[], %(by_member)s::boolean[])
        AS given (plan_id, file_id, by_member)
), balance AS MATERIALIZED (
    SELECT e.plan_id, e.member_id, sum(CASE e.kind WHEN 'paid' THEN -e.fen ELSE e.fen END) AS fen
    FROM distributions_entry e
    WHERE %(turn)s > 1 AND e.plan_id = ANY(%(plans)s) GROUP BY e.plan_id, e.member_id
), owed AS MATERIALIZED (
    SELECT l.plan_id, l.member_id, l.fen, f.file_id, f.by_member, l.household_id
    FROM distributions_line l JOIN file f ON f.plan_id = l.plan_id
    WHERE l.fen > 0 AND (%(turn)s = 1 OR (l.plan_id, l.member_id) IN
        (SELECT b.plan_id, b.member_id FROM balance b WHERE b.fen > 0))
), card AS MATERIALIZED (
    SELECT h.id, h.number, h.sealed_card FROM members_household h
    WHERE h.sealed_card IS NOT NULL AND h.id IN (SELECT household_id FROM owed)
), payee AS MATERIALIZED (
    SELECT o.file_id, o.household_id, CASE WHEN o.by_member THEN o.member_id END AS member_id,
        sum(o.fen)::bigint AS fen
    FROM owed o GROUP BY 1, 2, 3
), ordered AS (
    INSERT INTO distributions_payment (file_id, number, household_id, member_id, fen, sealed_card, reason)
    SELECT p.file_id, row_number() OVER (PARTITION BY p.file_id ORDER BY c.number, p.member_id),
        p.household_id, p.member_id, p.fen, c.sealed_card, ''
    FROM payee p JOIN card c ON c.id = p.household_id
), posted AS (
    INSERT INTO distributions_entry (plan_id, member_id, turn, kind, fen, at)
    SELECT o.plan_id, o.member_id, %(turn)s, 'paid', o.fen, %(at)s FROM owed o
    WHERE o.household_id IN (SELECT id FROM card)
)
SELECT p.file_id, count(*), sum(p.fen)::bigint FROM payee p JOIN card c ON c.id = p.household_id GROUP BY p.file_id

-- name: read_payments
SELECT p.file_id, p.number, p.fen, h.number, coalesce(m.number, 0), p.sealed_card
FROM distributions_payment p JOIN members_household h ON h.id = p.household_id
    LEFT JOIN members_member m ON m.id = p.member_id
WHERE p.file_id = ANY(%(files)s) ORDER BY p.file_id, p.number

-- name: post_returned
-- What the bank could not pay goes back onto the accounts of the members whom the payment was for.
INSERT INTO distributions_entry (plan_id, member_id, turn, kind, fen, at)
SELECT l.plan_id, l.member_id, f.turn, 'returned', l.fen, %(at)s
FROM distributions_payment p JOIN distributions_payfile f ON f.id = p.file_id
    JOIN distributions_line l ON l.plan_id = f.plan_id AND l.household_id = p.household_id
        AND (p.member_id IS NULL OR p.member_id = l.member_id)
    JOIN distributions_entry e ON e.plan_id = l.plan_id AND e.member_id = l.member_id
        AND e.turn = f.turn AND e.kind = 'paid'
WHERE p.id = ANY(%(payments)s)

-- name: list_owed
-- Households that are still owed something of a plan, with the reason of the last return.
SELECT h.id, h.number, h.masked_head, o.fen, h.sealed_card IS NOT NULL, coalesce(last.reason, '')
FROM (
    SELECT l.household_id, sum(CASE e.kind WHEN 'paid' THEN -e.fen ELSE e.fen END)::bigint AS fen
    FROM distributions_line l JOIN distributions_entry e ON e.plan_id = l.plan_id AND e.member_id = l.member_id
    WHERE l.plan_id = %(plan)s GROUP BY l.household_id
) o JOIN members_household h ON h.id = o.household_id LEFT JOIN LATERAL (
    SELECT p.reason FROM distributions_payment p JOIN distributions_payfile f ON f.id = p.file_id
    WHERE f.plan_id = %(plan)s AND p.household_id = h.id AND p.returned_at IS NOT NULL
    ORDER BY f.turn DESC LIMIT 1
) last ON true
WHERE o.fen > 0 ORDER BY h.number

-- name: sum_entries
SELECT plan_id,
    coalesce(sum(fen) FILTER (WHERE kind = 'due'), 0)::bigint,
    coalesce(sum(CASE kind WHEN 'paid' THEN fen WHEN 'returned' THEN -fen END), 0)::bigint
FROM distributions_entry WHERE plan_id = ANY(%(plans)s) GROUP BY plan_id

-- name: make_room
-- A run holds the rows of a batch in memory rather than in files beside the tables.
SET LOCAL work_mem = '96MB'
