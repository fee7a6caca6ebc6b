-- name: count_by_stage
-- Of each township: its collectives by the stage of the year's inventory ('' when none is open yet), and how many of
-- them have a clock that ran out.
SELECT o.township_id, coalesce(c.stage, ''), count(*),
    count(*) FILTER (WHERE c.closed_at IS NULL AND EXISTS (
        SELECT 1 FROM cases_caseclock k
        WHERE k.case_id = c.id AND k.stopped_at IS NULL AND k.paused_at IS NULL AND k.due_at < %(now)s))
FROM organisations_organisation o
LEFT JOIN assets_inventory i ON i.organisation_id = o.id AND i.year = %(year)s
LEFT JOIN cases_case c ON c.id = i.case_id
WHERE o.id = ANY(%(ids)s)
GROUP BY 1, 2
