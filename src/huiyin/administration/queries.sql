-- name: tell_progress
UPDATE administration_draft SET percent = %(percent)s WHERE id = %(draft_id)s
