-- name: note_key
INSERT INTO openapi_sentkey (account_id, key, digest, sent_at)
VALUES (%(account_id)s, %(key)s, %(digest)s, %(sent_at)s)
ON CONFLICT (account_id, key) DO NOTHING
RETURNING id

-- name: write_key
-- A strand of a statement: a key that nobody has sent before.
new_key AS (
    INSERT INTO openapi_sentkey (account_id, key, digest, sent_at)
    VALUES (%(key_account_id)s, %(key)s, %(key_digest)s, %(key_sent_at)s)
)
