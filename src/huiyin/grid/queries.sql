-- name: stamp_names
-- Differs whenever an area, a landmark or a place with a QR code has changed.
SELECT concat_ws(' ', a.stamp, l.stamp, p.stamp)
FROM (SELECT concat_ws(':', count(*), sum(hashtextextended(xmin::text || ctid::text, 0))) FROM people_area) AS a(stamp),
    (SELECT concat_ws(':', count(*), sum(hashtextextended(xmin::text || ctid::text, 0))) FROM grid_landmark) AS l(stamp),
    (SELECT concat_ws(':', count(*), sum(hashtextextended(xmin::text || ctid::text, 0))) FROM people_place) AS p(stamp)

-- name: find_cells_at
-- Cells in use whose box, so much wider on every side, holds the point.
SELECT s.area_id, s.polygons::text
FROM grid_shape s JOIN people_area a ON a.id = s.area_id AND a.level = 'cell' AND a.active
WHERE s.south <= %(y)s + %(reach)s AND s.north >= %(y)s - %(reach)s
  AND s.west <= %(x)s + %(wide)s AND s.east >= %(x)s - %(wide)s
ORDER BY a.code

-- name: list_duty
-- Whoever holds these cells on that day, in their order, with the absence that holds on it.
SELECT h.id, h.cell_id, h.rank, coalesce(acc.name, h.name), coalesce(nullif(h.masked_phone, ''), ''), h.account_id,
    h.sealed_phone, coalesce(b.until_on::text, ''), coalesce(b.reason, ''), b.id, coalesce(acc.phone, '')
FROM grid_holder h
LEFT JOIN people_account acc ON acc.id = h.account_id
LEFT JOIN LATERAL (
    SELECT b.id, b.until_on, b.reason FROM grid_absence b
    WHERE b.holder_id = h.id AND b.ended_at IS NULL AND b.since_on <= %(on)s AND b.until_on >= %(on)s
    ORDER BY b.until_on DESC LIMIT 1
) b ON true
WHERE h.cell_id = ANY(%(cells)s) AND h.since_on <= %(on)s AND (h.until_on IS NULL OR h.until_on >= %(on)s)
    AND (acc.id IS NULL OR acc.active)
ORDER BY h.cell_id, h.rank, h.id

-- name: list_cells
-- Every cell in use with its village and township, its box and counts, whether it has a shape.
SELECT a.id, a.code, a.name, a.name_en, v.id, v.name, v.name_en, t.id, t.name, t.name_en,
    s.area_id IS NOT NULL, s.households, s.people
FROM people_area a
JOIN people_area v ON v.id = a.parent_id
JOIN people_area t ON t.id = v.parent_id
LEFT JOIN grid_shape s ON s.area_id = a.id
WHERE a.level = 'cell' AND a.active
ORDER BY a.code
