"""Whole files of requests: every kind, every fault, and never the same row twice."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.cases.county import ZONE

from huiyin.appeals.api import intake_file
from huiyin.appeals.mapping import read_map
from huiyin.appeals.sources import UnreadableFile, count_rows
from huiyin.cases.api import Case
from huiyin.journal.api import verify
from huiyin.kernel.refusals import Refusal
from huiyin.people.models import Person


def lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def put(folder, name, content):
    path = folder / name
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


def take(desk, path, wanted=None):
    tally = intake_file(path, "board", "hotline", wanted or {}, desk.now)
    return tally.read, tally.taken, tally.skipped, tally.bad


def bad_rows(path):
    return [json.loads(line) for line in Path(f"{path}.bad.jsonl").read_text(encoding="utf-8").splitlines()]


ROWS = [
    {
        "id": 1,
        "title": "停水",
        "detail": "三号楼停水两天了",
        "time": "2026-03-01 08:30",
        "phone": "13900001234",
    },
    {
        "id": 2,
        "title": "路灯不亮",
        "detail": "禾川大道路灯坏了",
        "time": "2026/3/2 9:15",
        "phone": "139****5678",
    },
]


def workbook(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson", "A.JSONL"])
def test_lines_of_json_are_taken(desk, tmp_path, name):
    assert take(desk, put(tmp_path, name, lines(*ROWS))) == (2, 2, 0, 0)
    case = Case.objects.get(title="停水")
    assert (case.text.words, case.channel_id) == ("三号楼停水两天了", "board")
    assert case.opened_at == datetime(2026, 3, 1, 8, 30, tzinfo=ZONE)
    assert [person.masked_phone for person in Person.objects.all()] == ["139****1234"]
    assert verify().findings == []


def as_csv(rows):
    import io

    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_tables_are_taken_in_whatever_they_are_written(desk, tmp_path, name, encoding):
    assert take(desk, put(tmp_path, name, as_csv(ROWS).encode(encoding))) == (2, 2, 0, 0)
    assert set(Case.objects.values_list("title", flat=True)) == {"停水", "路灯不亮"}


def test_a_workbook_is_taken(desk, tmp_path):
    when = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001  as a workbook holds it
    path = workbook(
        tmp_path / "a.xlsx",
        ["编号", "标题", "内容", "时间", None],
        [7.0, "停水", "两天了", when, "x"],
        [None] * 5,
        [8, None, "只有内容", None, None],
    )
    assert take(desk, path) == (2, 2, 0, 0)
    case = Case.objects.get(title="停水")
    assert (case.source_key, case.opened_at) == ("board:7", when.replace(tzinfo=ZONE))
    assert Case.objects.get(title="只有内容").opened_at == desk.now


def test_a_second_run_takes_nothing(desk, tmp_path):
    path = put(tmp_path, "a.jsonl", lines(*ROWS))
    take(desk, path)
    assert take(desk, path) == (2, 0, 2, 0)
    assert Case.objects.count() == 2


def test_rows_without_an_id_are_known_by_their_content(desk, tmp_path):
    path = put(
        tmp_path,
        "a.jsonl",
        lines(
            {"title": "停水", "words": "两天了"},
            {"title": "停 水", "words": "两天了"},
            {"title": "停水", "words": "三天了"},
        ),
    )
    assert take(desk, path) == (3, 2, 1, 0)


def test_a_file_that_grew_gives_its_new_rows(desk, tmp_path):
    take(desk, put(tmp_path, "a.jsonl", lines(*ROWS)))
    assert take(desk, put(tmp_path, "b.jsonl", lines(*ROWS, {"id": 3, "title": "新的"}))) == (3, 1, 2, 0)


def test_the_same_id_of_another_channel_is_another_matter(desk, tmp_path):
    path = put(tmp_path, "a.jsonl", lines(ROWS[0]))
    take(desk, path)
    assert intake_file(path, "hotline", "hotline", {}, desk.now).taken == 1


def test_bad_rows_are_set_aside_with_their_reasons_and_the_rest_is_taken(desk, tmp_path):
    content = lines(ROWS[0]) + '[1, 2]\n\n{"title": \n"text"\n' + lines(
        {"id": 9},
        {"title": "明天的", "time": "2027-01-01"},
        {"title": "看不懂", "time": "昨天"},
        {"title": "长" * 9, "words": "长" * 50_001},
        ROWS[1],
    )  # fmt: skip
    path = put(tmp_path, "a.jsonl", content)
    assert take(desk, path) == (9, 2, 0, 7)
    found = bad_rows(path)
    assert sorted(row["line"] for row in found) == [2, 4, 5, 6, 7, 8, 9]
    assert all(row["reason"] for row in found)
    assert [row["row"] for row in found if row["line"] == 2] == [[1, 2]]
    assert [row["row"] for row in found if row["line"] == 4] == ['{"title":']


def test_signs_that_no_text_holds_are_dropped(desk, tmp_path):
    path = put(
        tmp_path,
        "a.jsonl",
        '{"title": "停\\u0000水\\ud800", "id": "\\ud800\\u0000", "note": "\\ud800"}\n{"time": "\\ud800"}\n',
    )
    assert take(desk, path) == (2, 1, 0, 1)
    assert Case.objects.get().title == "停水"
    assert bad_rows(path)[0]["line"] == 2


def test_lists_and_objects_where_texts_belong_are_not_read(desk, tmp_path):
    row = {
        "title": ["a"],
        "subject": "停水",
        "words": {"a": 1},
        "detail": "两天了",
        "id": [],
        "lat": [1],
        "time": None,
        "phone": {},
    }
    assert take(desk, put(tmp_path, "a.jsonl", lines(row))) == (1, 1, 0, 0)
    assert (Case.objects.get().title, Case.objects.get().text.words) == ("停水", "两天了")


@pytest.mark.parametrize(
    "more",
    [
        {"lat": 1e400, "lon": "nan"},
        {"lat": 10**400},
        {"lat": True, "lon": "x"},
        {"phone": "12345678901234"},
        {"phone": "+1 555 0100"},
        {"id": "长" * 5000},
        {"address": "路" * 500},
        {"name": "名" * 500},
    ],
)
def test_odd_values_do_not_cost_the_row(desk, tmp_path, more):
    content = json.dumps({"title": "停水", **more}, ensure_ascii=False)
    assert take(desk, put(tmp_path, "a.jsonl", content + "\n" + content)) == (2, 1, 1, 0)


def test_a_row_with_too_many_cells_is_bad_and_one_with_too_few_is_not(desk, tmp_path):
    path = put(tmp_path, "a.csv", "id,title,words\n1,停水,两天,多了\n2,停电\n3,路灯,坏了,,\n\n")
    assert take(desk, path) == (3, 2, 0, 1)
    assert bad_rows(path)[0]["row"] == ["1", "停水", "两天", "多了"]


def test_cells_may_hold_line_breaks_and_quotes(desk, tmp_path):
    path = put(tmp_path, "a.csv", 'id, title ,words\n1,"停""水""","两天\n三天"\n')
    assert take(desk, path) == (1, 1, 0, 0)
    assert Case.objects.get().text.words == "两天\n三天"


def test_names_of_other_sources_are_mapped(desk, tmp_path):
    path = put(tmp_path, "a.jsonl", lines({"abc": "停水", "def": "两天", "title": "不用"}))
    assert take(desk, path, read_map("abc=title, def=words")) == (1, 1, 0, 0)
    assert Case.objects.get().title == "停水"


@pytest.mark.parametrize("text", ["abc", "=title", "abc=nothing"])
def test_a_map_that_names_no_field_of_ours_is_refused(text):
    with pytest.raises(Refusal):
        read_map(text)


def test_a_file_that_breaks_off_keeps_what_was_taken(desk, tmp_path):
    rows = lines(*({"id": at, "title": f"第{at}件", "words": "字" * 50 + str(at)} for at in range(3000)))
    path = tmp_path / "a.jsonl.gz"
    raw = gzip.compress(rows.encode())
    path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(UnreadableFile):
        take(desk, path)
    taken = Case.objects.count()
    assert taken % 500 == 0
    path.write_bytes(raw)
    assert take(desk, path) == (3000, 3000 - taken, taken, 0)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.xlsx", "a.txt", "a"])
def test_a_file_that_is_none_of_these_says_so(desk, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 this is no such file")
    with pytest.raises(UnreadableFile):
        take(desk, path)
    assert count_rows(path) == 0 or not name.endswith(".gz")


def test_a_workbook_broken_inside_says_so(desk, tmp_path):
    path = workbook(tmp_path / "a.xlsx", ["title"], *[[f"第{at}件"] for at in range(900)])
    raw = bytearray(path.read_bytes())
    at = raw.find(b"xl/worksheets/sheet1.xml") + 200
    raw[at : at + 40] = b"\0" * 40
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile):
        take(desk, path)


def test_an_unknown_channel_or_process_is_refused_before_anything_is_read(desk, tmp_path):
    path = put(tmp_path, "a.jsonl", lines(*ROWS))
    for channel, process in (("nowhere", "hotline"), ("board", "nowhere")):
        with pytest.raises(Refusal):
            intake_file(path, channel, process, {}, desk.now)


def test_bad_rows_go_to_the_working_folder_when_there_is_no_room_beside(desk, tmp_path, monkeypatch):
    path = put(tmp_path, "a.jsonl", "[]\n")
    Path(f"{path}.bad.jsonl").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert (
        intake_file(path, "board", "hotline", {}, desk.now).bad_file
        == tmp_path / "here" / "a.jsonl.bad.jsonl"
    )


def test_progress_is_told_batch_by_batch(desk, tmp_path):
    told = []
    path = put(tmp_path, "a.jsonl", lines(*({"id": at, "title": f"第{at}件"} for at in range(1500))))
    intake_file(path, "board", "hotline", {}, desk.now, lambda tally: told.append(tally.taken))
    assert told == [500, 1000, 1500]
    assert count_rows(path) == 1500
