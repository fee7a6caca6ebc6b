"""Files of rows: what is left out is borne, what is wrong is named by its line."""

from __future__ import annotations

import gzip
import json

import pytest

from huiyin.triage.examples import UnreadableRows, read_rows


def _write(folder, name, text):
    path = folder / name
    raw = text.encode() if isinstance(text, str) else text
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


ROWS = "\n".join(
    json.dumps(row, ensure_ascii=False)
    for row in (
        {"row": 7, "subject": "停水", "detail": "三天了", "label": "供水", "group": 3},
        {"subject": "路灯", "detail": None, "label": "路灯", "group": None},
        {"detail": "只有内容", "label": 5},
    )
)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson"])
def test_rows_are_read_zipped_or_not_and_what_is_left_out_is_borne(tmp_path, name):
    rows = read_rows(_write(tmp_path, name, ROWS), labelled=True)
    assert [(one.row, one.subject, one.detail, one.label, one.group) for one in rows] == [
        (7, "停水", "三天了", "供水", "3"),
        (2, "路灯", "", "路灯", None),
        (3, "", "只有内容", "5", None),
    ]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path, mark):
    raw = mark + ROWS.replace("\n", "\r\n").encode() + b"\r\n\r\n"
    assert len(read_rows(_write(tmp_path, "a.jsonl", raw), labelled=True)) == 3


def test_a_sheet_saved_as_csv_is_read_in_both_encodings(tmp_path):
    text = "subject,detail,label\n停水,三天了,供水\n路灯,,路灯\n"
    for raw in (text.encode("utf-8-sig"), text.encode("gb18030")):
        rows = read_rows(_write(tmp_path, "a.csv", raw), labelled=True)
        assert [(one.subject, one.label) for one in rows] == [("停水", "供水"), ("路灯", "路灯")]


def test_rows_without_labels_are_read_where_none_are_needed(tmp_path):
    path = _write(tmp_path, "a.jsonl", '{"subject": "停水"}\n{}\n')
    assert [one.label for one in read_rows(path, labelled=False)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"subject": "a", "label": "b"}\n{oops', "第 2 行不是 JSON"),
        ('{"subject": "a", "label": "b"}\n[1]', "第 2 行不是 JSON 对象"),
        ('{"subject": "a", "label": "b"}\n\n{"subject": "a"}', "第 3 行没有 label"),
        ('{"label": "b"}', "第 1 行没有 subject 和 detail"),
        ("", "文件里没有数据"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path, text, told):
    with pytest.raises(UnreadableRows, match=told):
        read_rows(_write(tmp_path, "a.jsonl", text), labelled=True)


def test_a_file_of_another_kind_is_refused(tmp_path):
    with pytest.raises(UnreadableRows, match="只收"):
        read_rows(_write(tmp_path, "a.docx", "x"), labelled=True)
    broken = tmp_path / "b.jsonl.gz"
    broken.write_bytes(gzip.compress(ROWS.encode())[:30])
    with pytest.raises(UnreadableRows, match="不完整"):
        read_rows(broken, labelled=True)
