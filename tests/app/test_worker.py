"""From the outbox to the queue."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from huiyin.app import listeners, worker
from huiyin.journal.api import Event, announce, drain_outbox, list_failed_events

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_every_job_that_listens_exists():
    named = {job for jobs in listeners.LISTENERS.values() for job in jobs}
    assert named <= set(app.tasks)


@pytest.mark.django_db
def test_an_event_becomes_the_jobs_that_listen_for_it(monkeypatch):
    monkeypatch.setattr(worker, "LISTENERS", {"case-moved": ("hear-move",)})
    announce([Event("case-moved", "case:HC1", {"number": "HC1", "move": "dispatch"}, NOON)])
    assert drain_outbox(worker.hear, 10) == 1
    job = ProcrastinateJob.objects.get()
    assert job.task_name == "hear-move"
    assert job.args == {"name": "case-moved", "body": {"number": "HC1", "move": "dispatch"}}


QUIET = {"move": "sign", "tells": False, "answered": False, "closed": False, "members": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "jobs"),
    [
        ({}, []),
        ({"tells": True}, ["hear-move"]),
        ({"move": "hurry"}, ["hear-move"]),
        ({"again": True}, ["hear-move"]),
        ({"answered": True, "members": 2}, ["share-answer"]),
        ({"closed": True, "members": 2}, ["free-members"]),
    ],
)
def test_a_job_is_made_only_when_the_move_gives_it_something_to_do(change, jobs):
    announce([Event("case-moved", "case:HC1", QUIET | change, NOON)])
    assert drain_outbox(worker.hear, 10) == 1
    assert [job.task_name for job in ProcrastinateJob.objects.order_by("id")] == jobs


@pytest.mark.django_db
def test_an_event_that_nobody_listens_for_leaves_the_outbox_without_a_job():
    announce([Event("something-happened", "case:HC1", {}, NOON)])
    assert drain_outbox(worker.hear, 10) == 1
    assert not ProcrastinateJob.objects.exists()
    assert not list_failed_events()


@pytest.mark.django_db
def test_a_job_that_does_not_exist_keeps_its_event_and_queues_nothing_of_it(monkeypatch):
    monkeypatch.setattr(worker, "LISTENERS", {"case-moved": ("hear-move", "no-such-job")})
    announce([Event("case-moved", "case:HC1", {"number": "HC1", "move": "dispatch"}, NOON)])
    assert drain_outbox(worker.hear, 10) == 0
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_health_and_readiness_answer_machines(client):
    assert client.get("/health").content == b"ok"
    assert client.get("/ready").content == b"ready"


def test_a_worker_waits_for_a_database_that_is_away(monkeypatch):
    answers = iter([ConnectorException("away"), psycopg.OperationalError("away"), None])

    def run(_app, _concurrency):
        answer = next(answers)
        if answer is not None:
            raise answer

    monkeypatch.setattr(worker, "_run", run)
    assert [worker._work(1) for _ in range(3)] == [False, False, True]
