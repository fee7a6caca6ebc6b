-- name: count_cell_cases
-- Open cases of every cell, and how many of them are overdue; from what is open, however much was closed.
SELECT p.cell_id, count(*), count(*) FILTER (WHERE c.paused_at IS NULL AND c.due_at < %(now)s)
FROM cases_case c JOIN placing_placing p ON p.case_id = c.id
WHERE c.closed_at IS NULL AND p.cell_id IS NOT NULL
GROUP BY p.cell_id

-- name: list_cell_cases
-- Cases of these cells for whoever holds them: never a confidential one, for it may be about the holder.
SELECT c.id, c.number, c.title, c.process, c.process_version, c.stage, c.stage_kind, c.urgent, c.place, c.opened_at,
    c.closed_at, c.due_at, c.due_from, c.paused_at, a.code, a.name, a.name_en, p.confirmed_at IS NOT NULL OR p.sure,
    u.short, u.name_en
FROM placing_placing p
JOIN cases_case c ON c.id = p.case_id
JOIN people_area a ON a.id = p.cell_id
LEFT JOIN people_unit u ON u.id = c.lead_id
WHERE p.cell_id = ANY(%(cells)s) AND c.identity <> 'confidential'
    AND (c.closed_at IS NULL OR %(closed)s) AND (%(number)s = '' OR c.number = %(number)s)
ORDER BY c.closed_at DESC NULLS FIRST, c.due_at ASC NULLS LAST, c.id DESC
LIMIT %(limit)s
