"""The append-only hash-chained record, the outbox of events, sealed personal data, and who looked at it."""
