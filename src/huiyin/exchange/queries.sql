-- name: is_awaited
SELECT EXISTS (SELECT FROM exchange_subscription WHERE active AND events @> jsonb_build_array(%(name)s::text))
    OR %(to_peers)s AND EXISTS (SELECT FROM exchange_peer WHERE active)
