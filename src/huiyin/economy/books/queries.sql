-- name: sum_accounts
SELECT v.organisation_id, line.account,
    -- what a reversal takes back is a red debit or credit, not one on the other side
    coalesce(sum(line.fen) FILTER (WHERE (line.fen > 0) <> (v.reverses_id IS NOT NULL)), 0)::bigint AS debit_fen,
    coalesce(-sum(line.fen) FILTER (WHERE (line.fen > 0) = (v.reverses_id IS NOT NULL)), 0)::bigint AS credit_fen
FROM books_voucher v, unnest(v.accounts, v.fen) AS line (account, fen)
WHERE v.organisation_id = ANY(%(ids)s) AND v.made_on BETWEEN %(since)s AND %(until)s
    AND (%(carried)s OR NOT starts_with(v.source, 'carry'))
GROUP BY v.organisation_id, line.account
ORDER BY v.organisation_id, line.account

-- name: sum_turnover
SELECT v.organisation_id, line.account,
    coalesce(sum(line.fen) FILTER (WHERE v.made_on < %(since)s OR v.source = 'opening'), 0)::bigint,
    coalesce(sum(line.fen) FILTER (WHERE v.made_on >= %(since)s AND v.source <> 'opening'
        AND (line.fen > 0) <> (v.reverses_id IS NOT NULL)), 0)::bigint,
    coalesce(-sum(line.fen) FILTER (WHERE v.made_on >= %(since)s AND v.source <> 'opening'
        AND (line.fen > 0) = (v.reverses_id IS NOT NULL)), 0)::bigint
FROM books_voucher v, unnest(v.accounts, v.fen) AS line (account, fen)
WHERE v.organisation_id = ANY(%(ids)s) AND v.made_on <= %(until)s
    AND (%(carried)s OR v.made_on < %(since)s OR NOT starts_with(v.source, 'carry'))
GROUP BY v.organisation_id, line.account
ORDER BY v.organisation_id, line.account

-- name: sum_months
SELECT split_part(line.account, '-', 1) AS head, date_trunc('month', v.made_on)::date AS month,
    coalesce(sum(line.fen) FILTER (WHERE (line.fen > 0) <> (v.reverses_id IS NOT NULL)), 0)::bigint,
    coalesce(-sum(line.fen) FILTER (WHERE (line.fen > 0) = (v.reverses_id IS NOT NULL)), 0)::bigint
FROM books_voucher v, unnest(v.accounts, v.fen) AS line (account, fen)
WHERE v.organisation_id = %(own)s AND v.made_on BETWEEN %(since)s AND %(until)s AND v.source <> 'opening'
GROUP BY 1, 2
ORDER BY 1, 2

-- name: list_lines
SELECT v.id, v.made_on, v.number, coalesce(nullif(line.note, ''), v.summary), line.account, line.fen,
    v.reverses_id IS NOT NULL
FROM books_voucher v, unnest(v.accounts, v.fen, v.notes) WITH ORDINALITY AS line (account, fen, note, at)
WHERE v.organisation_id = %(own)s AND v.made_on BETWEEN %(since)s AND %(until)s AND v.source <> 'opening'
    AND (line.account = %(account)s OR starts_with(line.account, %(account)s || '-'))
ORDER BY v.made_on, v.month_id, v.number, line.at

-- name: hold_organisations
SELECT id FROM organisations_organisation WHERE id = ANY(%(ids)s) ORDER BY id FOR KEY SHARE

-- name: find_closed
SELECT organisation_id, max(month) FROM books_bookmonth
WHERE organisation_id = ANY(%(ids)s) AND closed_at IS NOT NULL GROUP BY organisation_id

-- name: find_open
SELECT organisation_id, min(month) FROM books_bookmonth
WHERE organisation_id = ANY(%(ids)s) AND closed_at IS NULL AND vouchers > 0 GROUP BY organisation_id

-- name: count_waiting
SELECT organisation_id, count(*) FROM books_voucherdraft
WHERE organisation_id = ANY(%(ids)s) AND state IN ('draft', 'review', 'cash') AND made_on <= %(until)s
GROUP BY organisation_id

-- name: list_overview
SELECT o.id, closed.month, coalesce(posted.many, 0), coalesce(waiting.many, 0)
FROM organisations_organisation o
LEFT JOIN (SELECT organisation_id, max(month) AS month FROM books_bookmonth
    WHERE closed_at IS NOT NULL GROUP BY organisation_id) closed ON closed.organisation_id = o.id
LEFT JOIN (SELECT organisation_id, sum(vouchers) AS many FROM books_bookmonth
    WHERE closed_at IS NULL GROUP BY organisation_id) posted ON posted.organisation_id = o.id
LEFT JOIN (SELECT organisation_id, count(*) AS many FROM books_voucherdraft
    WHERE state IN ('draft', 'review', 'cash') GROUP BY organisation_id) waiting ON waiting.organisation_id = o.id
WHERE o.id = ANY(%(ids)s)

-- name: differ_balances
SELECT DISTINCT m.organisation_id, m.month
FROM books_bookmonth m
JOIN books_keptbalance k ON k.month_id = m.id
LEFT JOIN LATERAL (
    SELECT coalesce(sum(line.fen) FILTER (WHERE (line.fen > 0) <> (v.reverses_id IS NOT NULL)), 0) AS debit,
        coalesce(-sum(line.fen) FILTER (WHERE (line.fen > 0) = (v.reverses_id IS NOT NULL)), 0) AS credit
    FROM books_voucher v, unnest(v.accounts, v.fen) AS line (account, fen)
    WHERE v.month_id = m.id AND v.source <> 'opening' AND line.account = k.account
) found ON true
WHERE k.debit_fen <> found.debit OR k.credit_fen <> found.credit

-- name: list_given
SELECT accounts, fen, reverses_id IS NOT NULL FROM books_voucher
WHERE organisation_id = %(own)s AND made_on BETWEEN %(since)s AND %(until)s AND source <> 'opening'
    AND NOT starts_with(source, 'carry')
    AND EXISTS (SELECT 1 FROM unnest(accounts) code WHERE starts_with(code, %(account)s))

-- name: count_up
UPDATE books_bookmonth m SET vouchers = given.many
FROM unnest(%(ids)s::bigint[], %(counts)s::int[]) AS given (id, many) WHERE m.id = given.id

-- name: close_months
UPDATE books_bookmonth m SET closed_at = %(now)s, closed_by_id = %(by)s, digest = given.digest
FROM unnest(%(ids)s::bigint[], %(digests)s::text[]) AS given (id, digest) WHERE m.id = given.id

-- name: keep_balances
INSERT INTO books_keptbalance (month_id, account, opening_fen, debit_fen, credit_fen)
SELECT m.id, line.account,
    coalesce(sum(line.fen) FILTER (WHERE v.made_on < m.month OR v.source = 'opening'), 0),
    coalesce(sum(line.fen) FILTER (WHERE v.made_on >= m.month AND v.source <> 'opening'
        AND (line.fen > 0) <> (v.reverses_id IS NOT NULL)), 0),
    coalesce(-sum(line.fen) FILTER (WHERE v.made_on >= m.month AND v.source <> 'opening'
        AND (line.fen > 0) = (v.reverses_id IS NOT NULL)), 0)
FROM books_bookmonth m
JOIN books_voucher v ON v.organisation_id = m.organisation_id AND v.made_on <= %(until)s,
    unnest(v.accounts, v.fen) AS line (account, fen)
WHERE m.id = ANY(%(ids)s)
GROUP BY m.id, line.account

-- name: insert_vouchers
INSERT INTO books_voucher (organisation_id, month_id, number, made_on, summary, accounts, fen, notes, source, key,
    payee, reverses_id, made_by_id, reviewed_by_id, paid_by_id, posted_at)
SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (organisation_id bigint, month_id bigint, number int,
    made_on date, summary text, accounts text[], fen bigint[], notes text[], source text, key text,
    payee text, reverses_id bigint, made_by_id bigint, reviewed_by_id bigint, paid_by_id bigint,
    posted_at timestamptz)
RETURNING month_id, number, id

-- name: tell_percent
UPDATE books_vouchersheet SET percent = %(percent)s WHERE id = %(id)s
