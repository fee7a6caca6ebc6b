-- name: sum_accounts
SELECT v.organisation_id, line.account,
    sum(greatest(line.fen, 0))::bigint AS debit_fen, sum(greatest(-line.fen, 0))::bigint AS credit_fen
FROM books_voucher v, unnest(v.accounts, v.fen) AS line (account, fen)
WHERE v.organisation_id = ANY(%(ids)s) AND v.made_on BETWEEN %(since)s AND %(until)s
    AND (%(carried)s OR NOT starts_with(v.source, 'carry'))
GROUP BY v.organisation_id, line.account
ORDER BY v.organisation_id, line.account
