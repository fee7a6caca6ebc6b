"""The door of the journal: record, events, seals, access log, verification."""

from __future__ import annotations

from huiyin.journal.accesses import forget_accesses, list_accesses, log_access
from huiyin.journal.appending import append, make_links
from huiyin.journal.cursors import open_cursor
from huiyin.journal.keycheck import KeyNames, UnopenedSeal, name_keys, try_seals
from huiyin.journal.outbox import announce, drain_outbox, list_failed_events, retry_failed_events
from huiyin.journal.reading import find_by_key, list_entries, list_entries_of
from huiyin.journal.roots import list_roots, make_root
from huiyin.journal.rotating import register_sealed, rotate_keys
from huiyin.journal.rounds import ask_verification, list_verifications, run_verification
from huiyin.journal.sealing import SealBroken, blind, open_seal, open_seals, reseal, seal
from huiyin.journal.searching import (
    Cursor,
    Found,
    Sought,
    count_accesses,
    find_accesses,
    find_running,
    iterate_accesses,
    iterate_running,
)
from huiyin.journal.statements import load_queries
from huiyin.journal.telling import name_subject
from huiyin.journal.together import Strand, name_unique, write_together
from huiyin.journal.values import (
    Access,
    Algo,
    Event,
    FailedEvent,
    Finding,
    FindingKind,
    NewEntry,
    Place,
    Report,
    Root,
    StoredEntry,
)
from huiyin.journal.verifying import register_witness, verify, verify_all

__all__ = [
    "Access",
    "Algo",
    "Cursor",
    "Event",
    "FailedEvent",
    "Finding",
    "FindingKind",
    "Found",
    "KeyNames",
    "NewEntry",
    "Place",
    "Report",
    "Root",
    "SealBroken",
    "Sought",
    "StoredEntry",
    "Strand",
    "UnopenedSeal",
    "announce",
    "append",
    "ask_verification",
    "blind",
    "count_accesses",
    "drain_outbox",
    "find_accesses",
    "find_by_key",
    "find_running",
    "forget_accesses",
    "iterate_accesses",
    "iterate_running",
    "list_accesses",
    "list_entries",
    "list_entries_of",
    "list_failed_events",
    "list_roots",
    "list_verifications",
    "load_queries",
    "log_access",
    "make_links",
    "make_root",
    "name_keys",
    "name_subject",
    "name_unique",
    "open_cursor",
    "open_seal",
    "open_seals",
    "register_sealed",
    "register_witness",
    "reseal",
    "retry_failed_events",
    "rotate_keys",
    "run_verification",
    "seal",
    "try_seals",
    "verify",
    "verify_all",
    "write_together",
]
