-- name: sum_unfiled
-- Payments to these payees that no file covers: neither reversed nor a reversal, not from a filed source.
SELECT v.organisation_id, v.payee, v.made_on, flow.out_fen
FROM books_voucher v CROSS JOIN LATERAL (
    SELECT -sum(line.fen)::bigint AS out_fen FROM unnest(v.accounts, v.fen) AS line (account, fen)
    WHERE split_part(line.account, '-', 1) IN ('101', '102')
) flow
WHERE v.organisation_id = ANY(%(ids)s) AND v.made_on BETWEEN %(since)s AND %(until)s
    AND v.payee = ANY(%(payees)s) AND flow.out_fen > 0 AND v.reverses_id IS NULL
    AND split_part(v.source, ':', 1) <> ALL(%(filed)s)
    AND NOT EXISTS (SELECT FROM books_voucher taken WHERE taken.reverses_id = v.id)
ORDER BY v.made_on, v.id

-- name: flow
-- What every search of hints stands on: organisations with their limits, and what left cash and bank.
org AS (
    SELECT o.id, o.township_id,
        coalesce(own_line.value, all_line.value, %(filing_line)s)::bigint AS line_fen,
        coalesce(own_cash.value, all_cash.value, %(cash_line)s)::bigint AS cash_line_fen
    FROM organisations_organisation o
    LEFT JOIN organisations_setting own_line ON own_line.key = 'filing-line' AND own_line.township_id = o.township_id
    LEFT JOIN organisations_setting all_line ON all_line.key = 'filing-line' AND all_line.township_id IS NULL
    LEFT JOIN organisations_setting own_cash ON own_cash.key = 'cash-line' AND own_cash.township_id = o.township_id
    LEFT JOIN organisations_setting all_cash ON all_cash.key = 'cash-line' AND all_cash.township_id IS NULL
    WHERE o.active AND (%(everywhere)s OR o.id = ANY(%(ids)s))
),
flow AS (
    SELECT v.id, v.organisation_id, v.made_on, v.payee, v.source, v.accounts, org.line_fen, org.cash_line_fen,
        sums.out_fen, sums.cash_fen, split_part(v.source, ':', 1) = ANY(%(filed)s) AS covered
    FROM org JOIN books_voucher v ON v.organisation_id = org.id CROSS JOIN LATERAL (
        SELECT -sum(line.fen) FILTER (WHERE split_part(line.account, '-', 1) IN ('101', '102'))::bigint AS out_fen,
            -sum(line.fen) FILTER (WHERE split_part(line.account, '-', 1) = '101')::bigint AS cash_fen
        FROM unnest(v.accounts, v.fen) AS line (account, fen)
    ) sums
    WHERE v.made_on >= %(since)s AND v.reverses_id IS NULL
        AND NOT EXISTS (SELECT FROM books_voucher taken WHERE taken.reverses_id = v.id)
)

-- name: keep_hints
-- One kind of hint: what holds no more is forgotten unless somebody has dismissed it, what is new is kept.
WITH {flow},
found AS ({find}),
gone AS (
    DELETE FROM contracts_hint h USING org
    WHERE org.id = h.organisation_id AND h.kind = %(kind)s AND h.dismissed_at IS NULL
        AND NOT EXISTS (SELECT FROM found f WHERE f.organisation_id = h.organisation_id AND f.key = h.key)
),
kept AS (
    INSERT INTO contracts_hint (organisation_id, kind, key, voucher_id, contract_id, fen, "on", told, count, found_at,
        reason)
    SELECT DISTINCT ON (organisation_id, key)
        organisation_id, %(kind)s, key, voucher_id, contract_id, fen, on_day, told, many, %(now)s, ''
    FROM found ORDER BY organisation_id, key, on_day DESC
    ON CONFLICT (organisation_id, kind, key) DO UPDATE SET fen = excluded.fen, count = excluded.count,
        voucher_id = excluded.voucher_id, "on" = excluded."on", told = excluded.told
    WHERE contracts_hint.dismissed_at IS NULL
    RETURNING xmax = 0 AS fresh
)
SELECT count(*) FILTER (WHERE fresh) FROM kept

-- name: find_split
-- Each below the line, together within thirty days at or over it; without a payee, those of one day.
SELECT organisation_id, 'v' || id AS key, id AS voucher_id, NULL::bigint AS contract_id, total AS fen,
    made_on AS on_day, payee AS told, many
FROM (
    SELECT f.*, sum(out_fen) OVER near AS total, count(*) OVER near AS many
    FROM flow f WHERE NOT covered AND out_fen > 0 AND out_fen < line_fen AND payee <> ''
    WINDOW near AS (PARTITION BY organisation_id, payee ORDER BY made_on
        RANGE BETWEEN INTERVAL '29 days' PRECEDING AND CURRENT ROW)
) n WHERE total >= line_fen AND many > 1
UNION ALL
SELECT organisation_id, 'd' || made_on, max(id), NULL, sum(out_fen)::bigint, made_on, '', count(*)
FROM flow WHERE NOT covered AND out_fen > 0 AND out_fen < line_fen AND payee = ''
GROUP BY organisation_id, made_on, line_fen HAVING count(*) > 1 AND sum(out_fen) >= line_fen

-- name: find_payee
-- Four or more within ninety days, outside every filed contract.
SELECT organisation_id, 'p' || payee || to_char(max(made_on), ':YYYYMM') AS key, max(id) AS voucher_id,
    NULL::bigint AS contract_id, sum(out_fen)::bigint AS fen, max(made_on) AS on_day, payee AS told, count(*) AS many
FROM flow f
WHERE NOT covered AND out_fen > 0 AND payee <> '' AND made_on > %(today)s::date - 90
    AND NOT EXISTS (SELECT FROM contracts_contract c WHERE c.organisation_id = f.organisation_id
        AND c.counterparty = f.payee AND c.filed_at IS NOT NULL)
GROUP BY organisation_id, payee, line_fen HAVING count(*) >= 4 AND sum(out_fen) >= line_fen

-- name: find_kin
-- Vouchers and contracts with somebody who was kin of an officer at the time; contracts with officers themselves.
SELECT f.organisation_id, 'v' || f.id AS key, f.id AS voucher_id, NULL::bigint AS contract_id, f.out_fen AS fen,
    f.made_on AS on_day, f.payee || ' · ' || who.name || k.relation AS told, 1 AS many
FROM flow f
JOIN organisations_officer who ON who.organisation_id = f.organisation_id AND who.since_on <= f.made_on
    AND coalesce(who.until_on, 'infinity') >= f.made_on
JOIN organisations_kinship k ON k.officer_id = who.id AND k.name = f.payee
WHERE f.out_fen > 0
UNION ALL
SELECT c.organisation_id, 'c' || c.id, NULL, c.id, c.price_fen, coalesce(c.signed_on, c.from_on),
    c.counterparty || ' · ' || who.name || coalesce(k.relation, ''), 1
FROM org JOIN contracts_contract c ON c.organisation_id = org.id
JOIN organisations_officer who ON who.organisation_id = c.organisation_id
    AND coalesce(who.until_on, 'infinity') >= c.from_on
LEFT JOIN organisations_kinship k ON k.officer_id = who.id AND k.name = c.counterparty
WHERE (k.id IS NOT NULL OR who.name = c.counterparty) AND c.ended_on IS NULL

-- name: find_cash
SELECT organisation_id, 'v' || id AS key, id AS voucher_id, NULL::bigint AS contract_id, cash_fen AS fen,
    made_on AS on_day, payee AS told, 1 AS many
FROM flow WHERE out_fen > 0 AND cash_fen > cash_line_fen

-- name: find_cash_parts
-- Cash drawn from the bank at or over the line, and within ten days paid out in parts below it.
SELECT d.organisation_id, 'v' || d.id AS key, d.id AS voucher_id, NULL::bigint AS contract_id, d.drawn AS fen,
    d.made_on AS on_day, '' AS told, p.many
FROM (
    SELECT f.*, -cash_fen AS drawn FROM flow f WHERE -cash_fen >= line_fen AND out_fen = 0
) d CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(sum(f.cash_fen), 0) AS paid FROM flow f
    WHERE f.organisation_id = d.organisation_id AND f.out_fen > 0 AND f.cash_fen > 0 AND f.cash_fen < d.line_fen
        AND f.made_on BETWEEN d.made_on AND d.made_on + 10
) p WHERE p.many > 1 AND p.paid >= d.line_fen

-- name: find_closed_month
SELECT v.organisation_id, 'v' || v.id AS key, v.id AS voucher_id, NULL::bigint AS contract_id,
    (SELECT sum(greatest(fen, 0))::bigint FROM unnest(v.fen) AS fen) AS fen, v.made_on AS on_day,
    to_char(m.month, 'YYYY-MM') AS told, 1 AS many
FROM org JOIN books_voucher v ON v.organisation_id = org.id
JOIN books_voucher was ON was.id = v.reverses_id
JOIN books_bookmonth m ON m.id = was.month_id
WHERE v.made_on >= %(since)s AND m.closed_at IS NOT NULL AND m.closed_at <= v.posted_at

-- name: find_personal
-- Money that went to an officer by name, beyond wages.
SELECT f.organisation_id, 'v' || f.id AS key, f.id AS voucher_id, NULL::bigint AS contract_id, f.out_fen AS fen,
    f.made_on AS on_day, f.payee AS told, 1 AS many
FROM flow f JOIN organisations_officer who ON who.organisation_id = f.organisation_id AND who.name = f.payee
    AND who.since_on <= f.made_on AND coalesce(who.until_on, 'infinity') >= f.made_on
WHERE f.out_fen > 0 AND NOT '212' = ANY(f.accounts)

-- name: find_arrears
SELECT c.organisation_id, 'c' || c.id AS key, NULL::bigint AS voucher_id, c.id AS contract_id,
    sum(d.fen - d.settled_fen)::bigint AS fen, min(d.due_on) AS on_day, c.counterparty AS told, count(*) AS many
FROM org JOIN contracts_contract c ON c.organisation_id = org.id JOIN contracts_due d ON d.contract_id = c.id
WHERE c.incoming AND c.filed_at IS NOT NULL AND d.settled_fen < d.fen AND NOT d.cancelled AND d.due_on < %(today)s
GROUP BY c.organisation_id, c.id, c.counterparty

-- name: find_expired
-- Past its end, not ended, and money still moves, or the rent of the last term is still open.
SELECT c.organisation_id, 'c' || c.id AS key, used.voucher_id, c.id AS contract_id, c.price_fen AS fen,
    c.until_on AS on_day, c.counterparty AS told, used.many
FROM org JOIN contracts_contract c ON c.organisation_id = org.id CROSS JOIN LATERAL (
    SELECT max(v.id) AS voucher_id, count(*) AS many
    FROM contracts_settlement s JOIN contracts_due d ON d.id = s.due_id JOIN books_voucher v ON v.id = s.voucher_id
    WHERE d.contract_id = c.id AND v.made_on > c.until_on
) used
WHERE c.until_on < %(today)s AND c.ended_on IS NULL AND c.filed_at IS NOT NULL
    AND (used.many > 0 OR c.kind IN ('lease', 'rent'))
    AND NOT EXISTS (SELECT FROM contracts_contract later WHERE later.amends_id = c.id AND later.filed_at IS NOT NULL)

-- name: find_unfiled
-- In force for a week and still not on the township's file.
SELECT c.organisation_id, 'c' || c.id AS key, NULL::bigint AS voucher_id, c.id AS contract_id, c.price_fen AS fen,
    c.from_on AS on_day, c.counterparty AS told, 1 AS many
FROM org JOIN contracts_contract c ON c.organisation_id = org.id JOIN cases_case k ON k.id = c.case_id
WHERE c.filed_at IS NULL AND k.closed_at IS NULL AND c.from_on < %(today)s::date - 7

-- name: find_silent
-- Neither last month's sheet hangs, nor, where several months are posted together, one of these three months.
-- The books of last month should hang on the public page by the day that is set.
SELECT org.id AS organisation_id, 'm' || to_char(last.month, 'YYYYMM') AS key, NULL::bigint AS voucher_id,
    NULL::bigint AS contract_id, 0::bigint AS fen, last.month::date AS on_day, to_char(last.month, 'YYYY-MM') AS told,
    1 AS many
FROM org CROSS JOIN (SELECT date_trunc('month', %(today)s::date) - INTERVAL '1 month' AS month) last
WHERE extract(day FROM %(today)s::date) > %(posting_due_day)s
    AND EXISTS (SELECT FROM books_voucher v WHERE v.organisation_id = org.id AND v.made_on < date_trunc('month', %(today)s::date))
    AND NOT EXISTS (SELECT FROM postings_posting p WHERE p.organisation_id = org.id AND p.kind = 'books'
        AND (p.subject = 'month:' || to_char(last.month, 'YYYY-MM')
            OR starts_with(p.subject, 'months:') AND p.from_on >= last.month - INTERVAL '2 months'))
