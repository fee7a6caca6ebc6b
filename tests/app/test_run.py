"""`huiyin run` for real: its own data folder, its own database, its own port."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from huiyin.app.database import Database, find_running
from huiyin.app.database.supervisor import be_silent
from huiyin.app.running import command
from huiyin.app.running.children import QUICK_DEATHS, Child, Crew
from huiyin.app.running.ports import check_address
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

TITLE = Words("试验", "trial")


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def list_descendants(pid: int) -> set[int]:
    children = {
        int(task)
        for file in Path(f"/proc/{pid}/task").glob("*/children")
        for task in file.read_text().split()
    }
    return children.union(*(list_descendants(child) for child in children))


def read_until(process, sign: str) -> str:
    read = ""
    for line in process.stdout:
        read += line
        if sign in line:
            return read
    pytest.fail(f"ended without {sign!r}:\n{read}")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the list of processes is read from /proc")
def test_run_serves_the_first_page_and_ctrl_c_leaves_no_process_behind(data_folder, start):
    port = find_port()
    run = start("-m", "huiyin.app.cli", "run", "--port", str(port), "--no-demo")
    read = read_until(run, "Ctrl-C")
    assert f"http://127.0.0.1:{port}/" in read
    assert ask(port, "/ready") == (200, "ready")
    assert ask(port, "/")[0] < 500
    family = list_descendants(run.pid)
    assert len(family) >= 3, "the web server, the worker, PostgreSQL"
    run.send_signal(signal.SIGINT)
    assert run.wait(30) == 0
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    assert find_running() is None


def test_a_taken_port_is_refused_with_one_that_is_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal) as refused:
            check_address("127.0.0.1", port)
    assert refused.value.code == "port-taken"
    assert str(port) in refused.value.words.zh
    if Path("/proc/net/tcp").exists():
        assert f"pid {os.getpid()}" in refused.value.words.zh


def test_a_child_that_died_is_started_again_and_given_up_after_quick_deaths(monkeypatch):
    monkeypatch.setattr("huiyin.app.running.children.time.sleep", lambda _seconds: None)
    told: list[Words] = []
    with Crew(told.append) as crew:
        child = Child(TITLE, ["-c", "raise SystemExit(3)"])
        crew.start(child)
        with pytest.raises(Refusal) as refused:
            mend_forever(crew, child)
    assert refused.value.code == "keeps-dying"
    assert len(told) == QUICK_DEATHS - 1
    assert "3" in told[0].zh


def test_what_has_worked_is_started_again_however_often_it_dies(monkeypatch):
    monkeypatch.setattr("huiyin.app.running.children.time.sleep", lambda _seconds: None)
    with Crew(lambda _words: None) as crew:
        child = Child(TITLE, ["-c", "raise SystemExit(3)"], has_worked=True)
        crew.start(child)
        for _ in range(QUICK_DEATHS + 2):
            child.process.wait()
            crew.mend()


def test_a_killed_child_leaves_none_of_its_own_behind():
    below = "import subprocess, time; subprocess.Popen(['sleep', '60'])"
    with Crew(lambda _words: None) as crew:
        child = Child(TITLE, ["-c", f"{below}; print(1, flush=True); time.sleep(60)"])
        crew.start(child)
        until = time.monotonic() + 20
        while not (left := list_descendants(child.process.pid)) and time.monotonic() < until:
            time.sleep(0.02)
        child.process.kill()
        child.process.wait()
        crew.mend()
        assert left
        assert not any(is_alive(pid) for pid in left)


def is_alive(pid: int) -> bool:
    until = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.02)
    return Path(f"/proc/{pid}").exists()


def test_a_database_that_does_not_come_back_is_told_once_and_tried_again(monkeypatch):
    monkeypatch.setattr("huiyin.app.running.command.time.sleep", lambda _seconds: None)
    told: list[Words] = []
    monkeypatch.setattr("huiyin.app.running.command.say", told.append)
    full, database = Refusal("disk-full", Words("磁盘已满", "The disk is full")), Database("")
    monkeypatch.setattr(database, "revive", raise_(full))
    said = command._revive(database, "")
    assert command._revive(database, said) == said == "The disk is full"
    assert told == [full.words]
    monkeypatch.setattr(database, "revive", lambda: True)
    assert command._revive(database, said) == ""


def raise_(error):
    def act():
        raise error

    return act


def mend_forever(crew: Crew, child: Child) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        child.process.wait()
        crew.mend()


def test_a_child_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr("huiyin.app.running.children.GRACE", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    child = Child(TITLE, ["-c", deaf])
    with Crew(be_silent) as crew:
        crew.start(child)
        time.sleep(0.3)
    assert child.process.returncode in (-signal.SIGKILL, -signal.SIGTERM)
