"""Other systems open, read, list and move cases by the same rules as the staff."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from huiyin.cases.api import Case
from huiyin.journal.api import list_entries

pytestmark = pytest.mark.django_db


def test_a_case_is_opened_and_read(intake):
    opened = intake.open(phone="10100001234", name="某甲", category="010106")
    assert opened.status_code == 201
    told = opened.json()
    assert opened.headers["Location"] == told["links"]["case"] == f"/api/v1/cases/{told['number']}"
    read = intake.get(f"/cases/{told['number']}")
    assert read.status_code == 200
    case, inside = read.json()["case"], read.json()["inside"]
    assert (case["stage"], case["category"]["code"], case["version"]) == ("received", "010106", 1)
    assert inside["person"] == {"name": "某*", "phone": "101****1234"}
    assert "10100001234" not in read.content.decode()


def test_the_secret_opens_the_persons_own_page(intake, client):
    told = intake.open().json()
    assert client.get(told["links"]["page"]).status_code == 200


def test_a_retry_gives_the_same_answer_and_opens_nothing(intake):
    first, again = intake.open(key="k-1"), intake.open(key="k-1")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_a_key_with_another_request_is_refused(intake):
    intake.open(key="k-1")
    refused = intake.open("另一件事", key="k-1")
    assert refused.status_code == 409
    assert refused.json()["code"] == "key-used-otherwise"


def test_a_key_belongs_to_its_account(machine_of):
    one, other = machine_of("linxiao").open(key="k-1"), machine_of("hemin").open(key="k-1")
    assert one.json()["number"] != other.json()["number"]


def test_a_key_of_a_refused_request_is_free_again(intake):
    assert intake.open(key="k-1", category="99").status_code == 409
    assert intake.open(key="k-1").status_code == 201


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"category": "99"}, "category-not-found", "category"),
        ({"area": "99"}, "area-not-found", "area"),
        ({"channel": "pigeon"}, "channel-not-found", "channel"),
        ({"process": "pigeon"}, "process-not-found", "process"),
        ({"grade": "pigeon"}, "no-such-grade", "grade"),
    ],
)
def test_a_code_that_names_nothing_is_refused_with_its_field(intake, more, code, field):
    refused = intake.open(**more)
    assert refused.status_code == 409
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert (refused.json()["code"], refused.json()["field"]) == (code, field)


def test_whoever_may_not_open_such_a_case_is_told_the_rule(machine_of):
    refused = machine_of("tanxue").open()
    assert refused.status_code == 403
    assert refused.json()["rule"] == "岗位职责分离"


def test_an_unchanged_case_is_not_sent_again(intake):
    number = intake.open().json()["number"]
    tag = intake.get(f"/cases/{number}").headers["ETag"]
    again = intake.get(f"/cases/{number}", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    intake.move(number, "accept")
    assert intake.get(f"/cases/{number}", **{"If-None-Match": tag}).status_code == 200


def test_a_move_answers_with_the_new_state_and_what_may_be_done_next(intake, dispatcher):
    number = intake.open().json()["number"]
    moved = intake.move(number, "accept")
    assert moved.status_code == 200
    assert (moved.json()["stage"], moved.json()["version"], moved.headers["ETag"]) == (
        "to-dispatch",
        2,
        '"2"',
    )
    asked = {move["key"]: move for move in dispatcher.get(f"/cases/{number}/moves").json()["moves"]}
    assert "lead" in {ask["key"] for ask in asked["dispatch"]["asks"] if ask["required"]}
    sent = dispatcher.move(number, "dispatch", lead="water", category="010106")
    assert sent.json()["stage"] == "dispatched"


def test_units_are_named_by_their_keys(intake, dispatcher):
    number = intake.open().json()["number"]
    intake.move(number, "accept")
    refused = dispatcher.move(number, "dispatch", lead="pigeons")
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        409,
        "unit-not-found",
        "lead",
    )


def test_a_guard_refuses_with_the_rule_it_rests_on(intake, dispatcher):
    number = intake.open(category="010106").json()["number"]
    intake.move(number, "accept")
    refused = dispatcher.move(number, "dispatch", lead="police")
    assert refused.status_code == 409
    assert refused.json()["code"] == "unit-off-list"
    assert "66号" in refused.json()["rule"]


def test_a_lost_update_is_refused(intake):
    number = intake.open().json()["number"]
    tag = intake.get(f"/cases/{number}").headers["ETag"]
    assert intake.move(number, "accept", headers={"If-Match": tag}).status_code == 200
    late = intake.move(number, "remark", headers={"If-Match": tag}, note="晚了一步")
    assert (late.status_code, late.json()["code"]) == (412, "precondition-failed")
    assert intake.move(number, "remark", headers={"If-Match": 'W/"2"'}, note="看过再办").status_code == 200


def test_a_move_sent_twice_acts_once(intake):
    number = intake.open().json()["number"]
    keyed = {"headers": {"Idempotency-Key": "m-1", "If-Match": '"1"'}}
    assert intake.move(number, "accept", **keyed).json()["repeated"] is False
    again = intake.move(number, "accept", **keyed)
    assert (again.status_code, again.json()["repeated"], again.json()["version"]) == (200, True, 2)
    other = intake.move(number, "remark", note="别的", **keyed)
    assert (other.status_code, other.json()["code"]) == (409, "key-used-otherwise")


def test_a_move_of_another_process_is_refused(intake):
    number = intake.open().json()["number"]
    refused = intake.move(number, "fly")
    assert (refused.status_code, refused.json()["code"]) == (409, "move-not-found")


def test_what_is_wrong_with_the_move_is_told_before_what_is_wrong_with_its_key(intake, machine_of):
    number, keyed = intake.open().json()["number"], {"headers": {"Idempotency-Key": "m-2"}}
    assert intake.move(number, "accept", **keyed).status_code == 200
    assert intake.move(number, "fly", **keyed).json()["code"] == "move-not-found"
    assert intake.move("HC26010199999", "accept", **keyed).json()["code"] == "case-not-found"


def test_a_key_sent_for_one_case_moves_no_other(intake):
    one, other = (intake.open().json()["number"] for _ in range(2))
    keyed = {"headers": {"Idempotency-Key": "m-3"}}
    assert intake.move(one, "accept", **keyed).status_code == 200
    for move in ("accept", "dispatch"):  # a move that would go through, and one that would be refused
        refused = intake.move(other, move, **keyed)
        assert (refused.status_code, refused.json()["code"]) == (409, "key-used-otherwise")
    assert intake.get(f"/cases/{other}/moves").json()["version"] == 1


def test_a_move_with_its_key_takes_four_statements(intake, django_assert_num_queries):
    number, saves = intake.open().json()["number"], 2  # the savepoint that stands for BEGIN in a test
    with django_assert_num_queries(4 + saves):  # who asks, lock, read, write
        assert intake.move(number, "accept", headers={"Idempotency-Key": "m-4"}).status_code == 200


def test_another_units_case_is_as_good_as_none(intake, machine_of):
    number = intake.open().json()["number"]
    stranger = machine_of("tanxue")
    for path in ("", "/moves", "/timeline", "/attachments/1"):
        assert stranger.get(f"/cases/{number}{path}").status_code == 404
    assert stranger.move(number, "remark", note="看看").status_code == 404
    sent = stranger.post(f"/cases/{number}/attachments?name=a.jpg", raw=b"x", media="image/jpeg")
    assert sent.status_code == 404


def test_the_record_tells_who_did_what(intake):
    number = intake.open().json()["number"]
    intake.move(number, "add_words", words="又坏了两盏")
    entries = intake.get(f"/cases/{number}/timeline").json()["entries"]
    assert [entry["move"] for entry in entries] == ["open", "add_words"]
    assert entries[1]["said"] == {"words": "又坏了两盏"}


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return out.getvalue()


def test_a_file_is_attached_journalled_and_handed_out(intake):
    number = intake.open().json()["number"]
    sent = intake.post(f"/cases/{number}/attachments?name=a.jpg", raw=photo(), media="image/jpeg")
    assert sent.status_code == 201
    got = intake.client.get(sent.json()["url"])
    assert (got.status_code, got.headers["Content-Type"]) == (200, "image/jpeg")
    assert got.headers["Content-Disposition"] == "attachment"
    assert list_entries(f"case:{number}")[-1].verb == "attach"
    assert intake.get(f"/cases/{number}").json()["inside"]["files"][0]["name"] == "a.jpg"


def test_a_file_sent_twice_is_kept_once(intake):
    number = intake.open().json()["number"]
    path, key = f"/cases/{number}/attachments?name=a.jpg", {"Idempotency-Key": "f-1"}
    first = intake.post(path, raw=photo(), media="image/jpeg", **key)
    again = intake.post(path, raw=photo(), media="image/jpeg", **key)
    assert again.json() == first.json()
    assert len(intake.get(f"/cases/{number}").json()["inside"]["files"]) == 1


def test_what_is_no_picture_is_not_taken_for_one(intake):
    number = intake.open().json()["number"]
    refused = intake.post(f"/cases/{number}/attachments?name=a.jpg", raw=b"MZ\x90", media="image/jpeg")
    assert (refused.status_code, refused.json()["field"]) == (409, "body")
    refused = intake.post(f"/cases/{number}/attachments?name=a.exe", raw=b"MZ\x90", media="text/html")
    assert refused.status_code == 415


def test_a_file_that_is_too_large_is_refused_before_it_is_read(intake):
    number = intake.open().json()["number"]
    large = b"\0" * (20 * 1024 * 1024 + 1)
    refused = intake.post(f"/cases/{number}/attachments?name=a.jpg", raw=large, media="image/jpeg")
    assert refused.status_code == 413


def test_whoever_only_looks_on_attaches_nothing(intake, machine_of):
    number = intake.open().json()["number"]
    refused = machine_of("luzhengping").post(
        f"/cases/{number}/attachments?name=a.jpg", raw=photo(), media="image/jpeg"
    )
    assert refused.status_code == 403


def test_a_unit_does_not_learn_the_door_of_a_confidential_request(intake, dispatcher, machine_of):
    number = intake.open(identity="confidential", category="010106", name="某乙", phone="10100001234").json()[
        "number"
    ]
    intake.move(number, "accept")
    dispatcher.move(number, "dispatch", lead="water", category="010106")
    unit = machine_of("tanxue")
    seen = unit.get(f"/cases/{number}").json()
    assert (seen["case"]["channel"], seen["inside"]["person"]) == (None, None)
    assert unit.get("/cases?channel=hotline").json()["cases"] == []
    assert len(unit.get("/cases").json()["cases"]) == 1
    assert unit.get(f"/cases/{number}/timeline").json()["entries"][0]["actor"] == ""
    assert intake.get(f"/cases/{number}").json()["case"]["channel"] == "hotline"
