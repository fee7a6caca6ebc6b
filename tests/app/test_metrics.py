"""Counts hold across processes; only insiders see them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from huiyin.app import watching
from huiyin.app.entrance.entering import WAITED
from huiyin.app.metrics import counting
from huiyin.app.metrics.counting import Counts
from huiyin.app.metrics.layout import BUCKETS, CELL, STATEMENTS, Layout, find_bucket
from huiyin.pages.turning_away import CROWDED, TURNED_AWAY

LAYOUT = Layout(("-", "portal:home", "static"))


def samples(client=None, **headers):
    answer = (client or Client()).get("/metrics", headers=headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {
        (one.name, *sorted(one.labels.items())): one.value for family in families for one in family.samples
    }


def count_of(found, route, status):
    labels = (("method", "GET"), ("route", route), ("status", status))
    return found.get(("huiyin_request_seconds_count", *labels), 0)


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_route_and_the_class_of_their_answer():
    before = samples()
    Client().get("/")
    Client().get("/no/such/page")
    after = samples()
    assert count_of(after, "portal:home", "2xx") == count_of(before, "portal:home", "2xx") + 1
    assert count_of(after, "-", "4xx") == count_of(before, "-", "4xx") + 1
    assert after[("huiyin_statements_total",)] > before[("huiyin_statements_total",)]
    assert after[("huiyin_database_up",)] == 1
    assert after[("huiyin_cases_open",)] == 0


@pytest.mark.django_db
def test_what_was_turned_away_is_counted_apart_whatever_its_address():
    before = samples()
    assert Client(**{TURNED_AWAY: CROWDED}).get("/").status_code == 503
    assert Client(**{TURNED_AWAY: CROWDED}).get("/no/such/page").status_code == 503
    after = samples()
    assert count_of(after, "shed", "5xx") == count_of(before, "shed", "5xx") + 2


@pytest.mark.django_db
def test_the_time_in_line_counts_as_time_of_the_request():
    before = sum_of(samples())
    Client(**{WAITED: 60.0}).get("/")
    assert sum_of(samples()) >= before + 60


def sum_of(found):
    labels = (("method", "GET"), ("route", "portal:home"), ("status", "2xx"))
    return found.get(("huiyin_request_seconds_sum", *labels), 0)


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_whoever_comes_through_a_proxy_sees_nothing(forwarded):
    assert Client().get("/metrics", headers={forwarded: "127.0.0.1"}).status_code == 403


@pytest.mark.django_db
def test_with_a_public_address_the_token_alone_counts(settings):
    settings.PUBLIC_ADDRESS = "https://12345.example.gov.cn"
    settings.METRICS_TOKEN = "let me in"
    assert Client().get("/metrics").status_code == 403
    assert Client().get("/metrics", headers={"authorization": "Bearer let me"}).status_code == 403
    assert samples(authorization="Bearer let me in")
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 403


@pytest.mark.django_db
def test_another_machine_sees_nothing():
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 403


@pytest.mark.django_db
def test_readiness_tells_details_to_insiders_alone():
    asked = {"accept": "application/json"}
    inside = Client().get("/ready", headers=asked)
    assert inside.json()["database"] == "ok"
    assert inside.json()["worker"] != "ok", "no worker runs beside the tests"
    outside = Client(REMOTE_ADDR="203.0.113.9").get("/ready", headers=asked)
    assert outside.content == b"ready"


@pytest.mark.django_db
def test_without_its_tables_a_process_is_not_sent_work(monkeypatch):
    monkeypatch.setattr("huiyin.app.health.are_tables_ready", lambda: False)
    answer = Client().get("/ready")
    assert (answer.status_code, answer.content) == (503, b"not ready")


SISTER = """
import sys
from pathlib import Path
from huiyin.app.metrics import counting
from huiyin.app.metrics.layout import Layout
counting.os.getppid = lambda: int(sys.argv[2])
counts = counting.Counts(Layout(("-", "portal:home", "static")), Path(sys.argv[1]))
for _ in range(3):
    counts.count("portal:home", "GET", 200, 0.02)
counts.count_statements(5, 0.1)
"""


def test_sisters_are_added_up_even_when_they_have_died(tmp_path):
    mine = Counts(LAYOUT, tmp_path)
    mine.count("portal:home", "GET", 200, 0.02)
    subprocess.run([sys.executable, "-c", SISTER, str(tmp_path), str(os.getppid())], check=True)
    total = mine.add_up()
    at = LAYOUT.place("portal:home", "GET", 200)
    assert total[at + find_bucket(0.02)] == 4
    assert total[at + CELL - 1] == 80_000
    assert total[STATEMENTS] == 5


def test_many_first_requests_at_once_make_one_file(settings, tmp_path):
    settings.METRICS_FOLDER = tmp_path
    watching._make_counts.cache_clear()
    ready, made = threading.Barrier(8), []

    def ask():
        ready.wait(20)
        made.append(watching.counts())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    watching._make_counts.cache_clear()
    assert len(made) == 8
    assert len(set(map(id, made))) == 1


def test_another_version_and_another_server_are_not_added_up(tmp_path):
    mine = Counts(LAYOUT, tmp_path)
    (tmp_path / f"{os.getppid()}-1.counts").write_bytes(b"\1" * (32 + LAYOUT.size * 8))
    assert not any(mine.add_up())


def test_files_of_a_server_that_has_ended_are_removed(tmp_path):
    ended = subprocess.Popen(["true"])
    ended.wait()
    (tmp_path / f"{ended.pid}-5.counts").write_bytes(b"")
    Counts(LAYOUT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [counting._file_name()]


def test_a_folder_that_cannot_be_written_costs_no_request(tmp_path):
    (tmp_path / "file").touch()
    counts = Counts(LAYOUT, tmp_path / "file")
    counts.count("portal:home", "GET", 200, 0.02)
    assert sum(counts.add_up()) == 1 + 20_000


def test_a_name_that_is_not_known_is_counted_all_the_same(tmp_path):
    counts = Counts(LAYOUT, tmp_path)
    counts.count("gone", "PATCH", 199, 99)
    assert counts.add_up()[LAYOUT.place("-", "PATCH", 200) + len(BUCKETS)] == 1
