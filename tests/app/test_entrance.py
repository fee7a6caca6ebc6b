"""Few are served at once, some wait in order, the rest are told at once to come again."""

from __future__ import annotations

import io
import threading
import time

import pytest
from django.db import connection, connections

from huiyin.app.entrance import receiving
from huiyin.app.entrance.entering import WAITED, Entrance, count_threads
from huiyin.app.entrance.line import Line
from huiyin.app.entrance.receiving import receive
from huiyin.app.entrance.tide import LATEST, SPAN, Tide
from huiyin.pages.turning_away import CROWDED, CUT_OFF, NO_LENGTH, TURNED_AWAY

LONG = 20.0
MOST = 100_000


def start(act, *given):
    thread = threading.Thread(target=act, args=given, daemon=True)
    thread.start()
    return thread


def wait_until(true):
    until = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < until
        time.sleep(0.002)


def test_whoever_came_first_is_called_first():
    line, called = Line(["place"], 5), []
    place = line.enter(LONG)
    waiting = []

    def visit(name):
        mine = line.enter(LONG)
        called.append(name)
        line.leave(mine)

    for name in "abc":
        waiting.append(start(visit, name))
        wait_until(lambda: len(line._waiting) == len(waiting))
    line.leave(place)
    for thread in waiting:
        thread.join(LONG)
    assert called == ["a", "b", "c"]
    assert line.enter(LONG) == "place", "it is free again"


def test_a_full_line_says_so_at_once():
    line = Line(["place"], 0)
    assert line.enter(LONG) == "place"
    assert line.enter(LONG) is None


def test_who_has_waited_too_long_goes_and_is_not_called_later():
    line = Line(["place"], 1)
    place = line.enter(LONG)
    assert line.enter(0.01) is None
    line.leave(place)
    assert line.enter(0.01) == "place"


class Sender:
    """A body as the server gives it: in pieces, and nothing when the client has gone."""

    def __init__(self, content: bytes) -> None:
        self.rest, self.read_so_far = io.BytesIO(content), 0

    def read(self, size):
        piece = self.rest.read(min(size, 1000))
        self.read_so_far += len(piece)
        return piece


def send(content: bytes, **environ):
    given = {"wsgi.input": Sender(content), **environ}
    return given, receive(given, MOST)


@pytest.mark.parametrize("kept", [10, MOST])
def test_a_body_is_there_whole_before_anything_happens(monkeypatch, kept):
    monkeypatch.setattr(receiving, "KEPT_IN_MEMORY", kept)
    given, why = send(b"x" * 2500 + b"rest of another", CONTENT_LENGTH="2500")
    with given["wsgi.input"] as body:
        assert (why, body.read()) == ("", b"x" * 2500)


def test_a_body_that_was_cut_off_is_turned_away():
    given, why = send(b"words=half", CONTENT_LENGTH="200")
    assert (why, given["wsgi.input"].read(), given["CONTENT_LENGTH"]) == (CUT_OFF, b"", "0")


def test_a_body_without_a_length_is_turned_away_and_none_at_all_is_nothing():
    assert send(b"words", HTTP_TRANSFER_ENCODING="chunked")[1] == NO_LENGTH
    assert send(b"", HTTP_TRANSFER_ENCODING="chunked")[1] == ""
    given, why = send(b"never read")
    assert (why, given["wsgi.input"].read_so_far) == ("", 0)


def test_too_much_is_read_away_and_told_by_its_length():
    sender, content = Sender(b"x" * (MOST + 1)), {}
    content = {"wsgi.input": sender, "CONTENT_LENGTH": str(MOST + 1)}
    assert receive(content, MOST) == ""
    assert (sender.read_so_far, content["wsgi.input"].read()) == (MOST + 1, b"")
    given, _ = send(b"x" * (MOST + 1), HTTP_TRANSFER_ENCODING="chunked")
    assert given["CONTENT_LENGTH"] == str(MOST + 1)


def test_too_much_is_read_away_within_bounds(monkeypatch):
    monkeypatch.setattr(receiving, "DISCARDED", 5000)
    sender = Sender(b"x" * 20_000)
    receive({"wsgi.input": sender, "CONTENT_LENGTH": str(MOST + 1)}, MOST)
    assert sender.read_so_far == 5000


def test_who_asks_before_sending_too_much_is_answered_without_sending():
    sender = Sender(b"x" * 20_000)
    receive({"wsgi.input": sender, "CONTENT_LENGTH": str(MOST + 1), "HTTP_EXPECT": "100-continue"}, MOST)
    assert sender.read_so_far == 0


def test_a_full_disk_under_bodies_passes(monkeypatch):
    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(receiving.tempfile, "SpooledTemporaryFile", lambda _size: Full())
    monkeypatch.setattr(receiving, "KEPT_IN_MEMORY", 10)
    assert send(b"x" * 100, CONTENT_LENGTH="100")[1] == CROWDED


class Answer(list):
    streaming = False

    def close(self):
        self.closed = True


class Office:
    """An application whose requests last until they are let go."""

    def __init__(self) -> None:
        self.inside, self.go, self.seen, self.places = [], threading.Event(), [], set()

    def __call__(self, environ, _start):
        self.seen.append(environ)
        if not environ.get(TURNED_AWAY) and environ["PATH_INFO"] == "/work":
            self.inside.append(environ)
            self.places.add(connections["default"])
            self.go.wait(LONG)
        return Answer([b"done"])


@pytest.fixture
def office(settings):
    settings.PLACES, settings.LONGEST_LINE, settings.LONGEST_WAIT = 2, 1, LONG
    office = Office()
    yield office, Entrance(office)
    office.go.set()


def ask(entrance, path="/work"):
    environ = {"PATH_INFO": path, "wsgi.input": io.BytesIO()}
    assert list(entrance(environ, None)) == [b"done"]
    return environ


def fill(office, entrance):
    threads = [start(ask, entrance) for _ in range(3)]
    wait_until(lambda: len(office.inside) == 2 and len(entrance._line._waiting) == 1)
    return threads


def test_beyond_places_and_line_a_request_is_turned_away_and_nobody_who_waits_is(office):
    inside, entrance = office
    threads = fill(inside, entrance)
    assert ask(entrance)[TURNED_AWAY] == CROWDED
    inside.go.set()
    for thread in threads:
        thread.join(LONG)
    assert len(inside.inside) == 3
    assert not any(environ.get(TURNED_AWAY) for environ in inside.inside)
    assert inside.inside[2][WAITED] > 0


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics", "/static/app.css"])
def test_who_watches_and_files_of_the_pages_are_served_in_any_crowd(office, path):
    inside, entrance = office
    fill(inside, entrance)
    assert not ask(entrance, path).get(TURNED_AWAY)


def test_who_has_waited_too_long_is_turned_away(office, settings):
    inside, entrance = office
    settings.LONGEST_WAIT = 0.01
    start(ask, entrance)
    start(ask, entrance)
    wait_until(lambda: len(inside.inside) == 2)
    assert ask(entrance)[TURNED_AWAY] == CROWDED


def test_each_place_is_one_connection_and_leaves_that_of_the_thread_alone(office):
    inside, entrance = office
    own = connections["default"]
    for _ in range(2):
        fill(inside, entrance)
        inside.go.set()
        wait_until(lambda: len(entrance._line._free) == 2)
        inside.go.clear()
        inside.inside.clear()
    assert len(inside.places) == 2
    assert own not in inside.places
    assert connections["default"] is own


def test_a_fault_gives_its_place_back(settings):
    settings.PLACES, settings.LONGEST_LINE = 1, 0

    def fail(_environ, _start):
        raise RuntimeError

    entrance = Entrance(fail)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(entrance)
    assert len(entrance._line._free) == 1


def test_there_are_threads_left_to_say_no(settings):
    settings.PLACES, settings.LONGEST_LINE = 3, 64
    assert count_threads() >= 3 + 64 + 8


def test_the_proxy_of_django_finds_the_place(office):
    _, entrance = office
    found = []

    def look(environ, _start):
        found.append(connection.alias and connections["default"])
        return Answer([b"done"])

    entrance._application = look
    ask(entrance)
    assert found[0] in entrance._line._free


def test_the_more_are_turned_away_for_each_one_served_the_later_they_come_again(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("huiyin.app.entrance.tide.time.monotonic", lambda: clock[0])
    tide = Tide()
    for _ in range(100):
        tide.serve()
    few = [tide.turn_away() for _ in range(11)]
    many = [tide.turn_away() for _ in range(3000)][-11:]
    assert 1 <= min(few) < max(few) <= 4
    assert min(many) > max(few)
    assert max(many) <= LATEST * 1.5
    assert len(set(many)) > 5, "they do not come back all at once"
    clock[0] = SPAN * 3
    assert tide.turn_away() <= 10, "what was long ago no longer counts"
