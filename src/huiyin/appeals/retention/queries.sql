-- name: take_persons
-- Persons all of whose matters were closed before the moment given, oldest first; who raised none counts from its day.
SELECT p.id FROM people_person p
WHERE p.id > %(after)s AND p.anonymised_at IS NULL AND p.created_at < %(cutoff)s AND NOT EXISTS (
    SELECT 1 FROM cases_case c WHERE c.person_id = p.id AND (c.closed_at IS NULL OR c.closed_at >= %(cutoff)s))
ORDER BY p.id LIMIT %(limit)s

-- name: count_persons
SELECT count(*) FROM people_person p
WHERE p.anonymised_at IS NULL AND p.created_at < %(cutoff)s AND NOT EXISTS (
    SELECT 1 FROM cases_case c WHERE c.person_id = p.id AND (c.closed_at IS NULL OR c.closed_at >= %(cutoff)s))
