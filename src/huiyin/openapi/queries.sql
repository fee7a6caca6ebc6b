-- name: note_key
INSERT INTO openapi_sentkey (account_id, key, digest, sent_at)
VALUES (%(account_id)s, %(key)s, %(digest)s, %(sent_at)s)
ON CONFLICT (account_id, key) DO NOTHING
RETURNING id
