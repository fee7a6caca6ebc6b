-- name: read_incomes
SELECT v.organisation_id, extract(year FROM v.made_on)::int AS year,
    coalesce(-sum(line.fen) FILTER (WHERE left(line.account, 3) IN ('501', '502')), 0)::bigint,
    coalesce(-sum(line.fen) FILTER (WHERE left(line.account, 3) = '503'), 0)::bigint,
    coalesce(-sum(line.fen) FILTER (WHERE left(line.account, 3) = '504'), 0)::bigint,
    coalesce(sum(line.fen) FILTER (WHERE left(line.account, 3) BETWEEN '511' AND '521'), 0)::bigint
FROM books_voucher v, unnest(v.accounts, v.fen) AS line (account, fen)
WHERE v.organisation_id = ANY(%(ids)s) AND v.made_on BETWEEN %(since)s AND %(until)s
    AND NOT starts_with(v.source, 'carry')
GROUP BY v.organisation_id, extract(year FROM v.made_on)
ORDER BY v.organisation_id, year
