-- name: read_told
-- What the organisations' chains keep of vouchers, or of sheets: which one, and its digest.
SELECT (body ->> %(key)s)::bigint, body ->> 'digest' FROM journal_entry
WHERE verb = %(verb)s AND starts_with(subject, 'organisation:')

-- name: find_books_apart
-- Share books whose holders do not add up to what is held.
SELECT b.id, b.organisation_id, b.held_units, coalesce(s.units, 0)::bigint, b.total_units, b.collective_units
FROM shares_sharebook b LEFT JOIN (
    SELECT book_id, sum(units) AS units FROM shares_share GROUP BY book_id
) s ON s.book_id = b.id
WHERE coalesce(s.units, 0) <> b.held_units OR b.total_units <> b.held_units + b.collective_units

-- name: sum_lines
-- Each plan's lines by size of holding: how many, least, most and all fen.
SELECT plan_id, units, count(*), min(fen), max(fen), sum(fen)::bigint
FROM distributions_line GROUP BY plan_id, units

-- name: find_entries_apart
-- Members whose account does not say what their line says, or that got more than they were due.
SELECT coalesce(l.plan_id, e.plan_id), count(*)
FROM (SELECT l.plan_id, l.member_id, l.fen FROM distributions_line l JOIN distributions_plan p ON p.id = l.plan_id
      WHERE p.approved_at IS NOT NULL AND l.fen > 0) l
FULL JOIN (
    SELECT plan_id, member_id, sum(fen) FILTER (WHERE kind = 'due') AS due,
        coalesce(sum(CASE kind WHEN 'paid' THEN fen WHEN 'returned' THEN -fen END), 0) AS paid
    FROM distributions_entry GROUP BY plan_id, member_id
) e ON e.plan_id = l.plan_id AND e.member_id = l.member_id
WHERE l.fen IS DISTINCT FROM e.due OR e.paid NOT BETWEEN 0 AND l.fen
GROUP BY 1

-- name: sum_files
-- Each file beside its payments and the entries of its turn.
SELECT f.id, f.plan_id, f.lines, f.fen, p.lines, coalesce(p.fen, 0)::bigint, coalesce(e.fen, 0)::bigint
FROM distributions_payfile f
LEFT JOIN (SELECT file_id, count(*) AS lines, sum(fen) AS fen FROM distributions_payment GROUP BY file_id) p
    ON p.file_id = f.id
LEFT JOIN (SELECT plan_id, turn, sum(fen) AS fen FROM distributions_entry WHERE kind = 'paid' GROUP BY plan_id, turn) e
    ON e.plan_id = f.plan_id AND e.turn = f.turn
