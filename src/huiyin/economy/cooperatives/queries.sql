-- name: sum_bases
SELECT a.id, a.number, coalesce(t.fen, 0)::bigint, coalesce(c.fen, 0)::bigint, a.reserve_fen
FROM cooperatives_memberaccount a
LEFT JOIN (
    SELECT t.account_id, sum(t.fen) AS fen FROM cooperatives_trade t
    JOIN cooperatives_memberaccount m ON m.id = t.account_id AND m.organisation_id = %(organisation)s
    WHERE t.traded_on >= make_date(%(year)s, 1, 1) AND t.traded_on < make_date(%(year)s + 1, 1, 1)
    GROUP BY t.account_id
) t ON t.account_id = a.id
LEFT JOIN (
    SELECT c.account_id, sum(c.fen) AS fen FROM cooperatives_contribution c
    JOIN cooperatives_memberaccount m ON m.id = c.account_id AND m.organisation_id = %(organisation)s
    WHERE c.confirmed_at IS NOT NULL AND c.made_on <= %(day)s
        AND (c.returned_on IS NULL OR c.returned_on > %(day)s)
    GROUP BY c.account_id
) c ON c.account_id = a.id
WHERE a.organisation_id = %(organisation)s AND a.joined_on <= %(day)s
    AND (a.left_on IS NULL OR a.left_on >= %(day)s)
ORDER BY a.number

-- name: sum_cooperatives
SELECT o.id,
    coalesce(m.members, 0), coalesce(m.farmers, 0), coalesce(m.households, 0),
    coalesce(c.fen, 0)::bigint, coalesce(c.collective, 0)::bigint, coalesce(c.waiting, 0),
    p.year, p.distributable_fen
FROM organisations_organisation o
LEFT JOIN (
    SELECT organisation_id, count(*) AS members, count(*) FILTER (WHERE kind = 'farmer') AS farmers,
        count(DISTINCT coalesce(household_id, -id)) FILTER (WHERE kind IN ('farmer', 'citizen')) AS households
    FROM cooperatives_memberaccount
    WHERE organisation_id = ANY(%(ids)s) AND joined_on <= %(day)s AND (left_on IS NULL OR left_on >= %(day)s)
    GROUP BY organisation_id
) m ON m.organisation_id = o.id
LEFT JOIN (
    SELECT a.organisation_id,
        sum(c.fen) FILTER (WHERE c.confirmed_at IS NOT NULL) AS fen,
        sum(c.fen) FILTER (WHERE c.confirmed_at IS NOT NULL AND a.kind = 'collective') AS collective,
        count(*) FILTER (WHERE c.confirmed_at IS NULL) AS waiting
    FROM cooperatives_contribution c
    JOIN cooperatives_memberaccount a ON a.id = c.account_id
    WHERE a.organisation_id = ANY(%(ids)s) AND c.returned_on IS NULL
    GROUP BY a.organisation_id
) c ON c.organisation_id = o.id
LEFT JOIN LATERAL (
    SELECT year, distributable_fen FROM cooperatives_surplusplan
    WHERE organisation_id = o.id AND NOT dropped AND ended_on IS NOT NULL
    ORDER BY year DESC LIMIT 1
) p ON true
WHERE o.id = ANY(%(ids)s)

-- name: sum_benefits
SELECT b.organisation_id, count(DISTINCT b.id), count(DISTINCT b.id) FILTER (WHERE b.filed_on IS NULL),
    count(DISTINCT coalesce(b.household_id, -b.account_id)),
    coalesce(sum(d.fen) FILTER (WHERE d.due_on <= %(day)s), 0)::bigint,
    coalesce(sum(d.paid_fen), 0)::bigint,
    coalesce(sum(d.fen - d.paid_fen) FILTER (WHERE d.due_on < %(day)s), 0)::bigint,
    count(DISTINCT b.id) FILTER (WHERE d.due_on < %(day)s AND d.paid_fen < d.fen)
FROM cooperatives_benefitcontract b
LEFT JOIN cooperatives_benefitpart p ON p.contract_id = b.id
LEFT JOIN cooperatives_benefitdue d ON d.part_id = p.id
WHERE b.organisation_id = ANY(%(ids)s)
GROUP BY b.organisation_id

-- name: sum_contracts
SELECT b.id,
    coalesce(sum(d.fen) FILTER (WHERE d.due_on <= %(day)s), 0)::bigint,
    coalesce(sum(d.paid_fen), 0)::bigint,
    coalesce(sum(d.fen - d.paid_fen) FILTER (WHERE d.due_on < %(day)s), 0)::bigint
FROM cooperatives_benefitcontract b
LEFT JOIN cooperatives_benefitpart p ON p.contract_id = b.id
LEFT JOIN cooperatives_benefitdue d ON d.part_id = p.id
WHERE b.organisation_id = %(organisation)s
GROUP BY b.id
