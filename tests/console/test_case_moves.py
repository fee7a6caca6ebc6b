"""Moves made on the page of a case: every shipped process, nothing typed is lost, nothing happens twice."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from huiyin.cases.api import Attachment, Case, list_newest
from huiyin.journal.api import list_entries
from huiyin.process.api import INPUTS

OPENERS = {
    "hotline": ("hotline", "linxiao"),
    "enterprise": ("enterprise-line", "linxiao"),
    "through-train": ("visit", "ruanqin"),
    "scan": ("scan", "linxiao"),
    "stuck": ("stuck-desk", "tianxin"),
}


def _url(case, move):
    return f"/console/cases/{case.number}/moves/{move}"


def _send(client, case, move, **fields):
    case.refresh_from_db()
    return client.post(_url(case, move), {"version": case.version, **fields})


def _photo(name="泵房.png"):
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


@pytest.fixture
def handling(make_case, move, unit_of):
    """A case that the water company has signed for."""
    case = make_case("六楼没水", title="六楼没水", name="王秀兰", phone="13900002716")
    move(case, "accept", "linxiao")
    move(case, "dispatch", "hemin", lead=unit_of("water").pk, grade="ordinary", designate=True, reason="牵头")
    return move(case, "sign", "tanxue")


@pytest.mark.parametrize("process", list(OPENERS))
def test_every_move_of_every_shipped_process_draws_its_form(client, sign_in, make_case, move, process):
    channel, by = OPENERS[process]
    who = {"name": "王秀兰", "phone": "13900002716"}
    answered = make_case("路灯坏了", title="路灯不亮", **who)  # so that a repeat may be refused
    move(answered, "answer_at_once", "linxiao", reply="已经修好")
    case = make_case("路灯坏了", title="路灯不亮", process=process, channel=channel, by=by, **who)
    shipped = next(one for one in list_newest() if one.key == process)
    drawn = set()
    for stage in shipped.stages:
        Case.objects.filter(pk=case.pk).update(stage=stage, stage_kind=shipped.stages[stage].kind)
        for login in ("linxiao", "hemin", "guoheng", "maqing", "chengmo", "fangzheng", "tianxin", "ruanqin"):
            signed = sign_in(client, login)
            page = signed.get(f"/console/cases/{case.number}")
            if page.status_code == 404:
                continue
            for key in set(re.findall(r"\?move=(\w+)#act", page.content.decode())) - drawn:
                form = signed.get(f"/console/cases/{case.number}?move={key}").content.decode()
                for ask in shipped.moves[key].asks:
                    assert f'name="{ask.key}"' in form, (key, ask.key)
                    assert INPUTS[ask.key].title.zh in form
                drawn.add(key)
    bare = {
        key
        for key, one in shipped.moves.items()
        if set(one.roles) & {"intake", "dispatcher", "centre", "callback"}
    }
    assert bare <= drawn


def test_a_move_by_the_form_leads_back_to_the_case_with_a_word_of_it(client, sign_in, handling):
    signed = sign_in(client, "tanxue")
    answer = _send(signed, handling, "progress", reply="配件明天到货", note="内部话", unknown="x")
    assert answer.status_code in {302, 303}
    page = signed.get(answer["Location"].partition("#")[0]).content.decode()
    assert "已提交：进展反馈" in page
    assert "配件明天到货" in page


def test_what_was_typed_survives_a_refusal(client, sign_in, handling, unit_of):
    signed = sign_in(client, "hemin")
    sent = _send(
        signed, handling, "redispatch", lead=unit_of("education").pk, assisting=[unit_of("chengguan").pk],
        reason="写了很久的一段理由", note="另一段话",
    )  # fmt: skip
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "职责清单没有" in page or "没有" in page
    assert "写了很久的一段理由" in page
    assert "另一段话" in page
    assert f'value="{unit_of("education").pk}" selected' in page
    assert re.search(rf'value="{unit_of("chengguan").pk}" checked', page)
    handling.refresh_from_db()
    assert handling.lead_id == unit_of("water").pk


def test_a_missing_field_is_named_beside_it(client, sign_in, handling):
    page = _send(sign_in(client, "tanxue"), handling, "progress", note="只有内部话").content.decode()
    assert "请填写“告诉诉求人的话”" in page
    assert 'aria-invalid="true"' in page
    assert "只有内部话" in page


def test_the_same_form_sent_twice_acts_once_and_keeps_one_set_of_files(client, sign_in, handling):
    signed = sign_in(client, "tanxue")
    before = handling.version
    for _ in range(2):
        fields = {
            "version": before,
            "client_key": "k-1",
            "reply": "已到现场",
            "files": _photo(),
            "files-asked": "yes",
        }
        assert signed.post(_url(handling, "progress"), fields).status_code in {302, 303}
    verbs = [entry.verb for entry in list_entries(f"case:{handling.number}")]
    assert verbs.count("progress") == 1
    assert Attachment.objects.filter(case=handling).count() == 1


def test_a_form_of_an_older_state_is_refused_and_keeps_its_words(client, sign_in, handling, move):
    move(handling, "remark", "hemin", note="插一步")
    sent = sign_in(client, "tanxue").post(_url(handling, "progress"), {"version": 1, "reply": "我写好的话"})
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "别人已经处理过" in page
    assert "我写好的话" in page


def test_words_for_a_step_that_is_gone_are_given_back(client, sign_in, handling, move):
    old = handling.version
    move(handling, "answer", "tanxue", reply="修好了")
    sent = sign_in(client, "tanxue").post(
        _url(handling, "ask_extension"), {"version": old, "reason": "还要等配件到货"}
    )
    assert sent.status_code == 409
    assert "还要等配件到货" in sent.content.decode()


def test_files_go_with_the_step_and_are_public_only_when_said_so(client, sign_in, handling):
    signed = sign_in(client, "tanxue")
    _send(
        signed,
        handling,
        "progress",
        reply="已到现场",
        files=_photo("一.png"),
        **{"files-asked": "yes", "files-public": "yes"},
    )
    _send(signed, handling, "progress", reply="又去了一次", files=_photo("二.png"), **{"files-asked": "yes"})
    first, second = Attachment.objects.filter(case=handling).order_by("id")
    assert (first.public, second.public) == (True, False)
    page = signed.get(f"/console/cases/{handling.number}").content.decode()
    assert page.index("已到现场") < page.index("一.png") < page.index("又去了一次") < page.index("二.png")


def test_a_file_is_kept_over_a_refusal_and_comes_back_by_its_signed_name(client, sign_in, handling):
    signed = sign_in(client, "tanxue")
    refused = _send(signed, handling, "progress", note="忘了写回话", files=_photo(), **{"files-asked": "yes"})
    token = re.search(r'name="kept" value="([^"]+)"', refused.content.decode())
    assert token is not None
    _send(signed, handling, "progress", reply="补上了", kept=token[1], **{"files-asked": "yes"})
    assert Attachment.objects.get(case=handling).name == "泵房.png"
    _send(signed, handling, "progress", reply="伪造", kept=token[1] + "x", **{"files-asked": "yes"})
    assert Attachment.objects.filter(case=handling).count() == 1


def test_a_file_of_a_kind_that_is_not_taken_loses_neither_words_nor_the_other_files(
    client, sign_in, handling
):
    bad = SimpleUploadedFile("x.exe", b"MZ not a picture")
    sent = _send(
        sign_in(client, "tanxue"),
        handling,
        "progress",
        reply="写好的话",
        files=[_photo(), bad],
        **{"files-asked": "yes"},
    )
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "x.exe" in page
    assert "写好的话" in page
    assert 'name="kept"' in page


def test_attachments_are_given_to_those_who_see_the_case_alone(client, sign_in, handling):
    _send(
        sign_in(client, "tanxue"), handling, "progress", reply="看", files=_photo(), **{"files-asked": "yes"}
    )
    file = Attachment.objects.get(case=handling)
    shown = client.get(f"/console/files/{file.pk}")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith("inline")
    assert b"".join(shown.streaming_content)
    Attachment.objects.filter(pk=file.pk).update(media_type="application/pdf")
    saved = client.get(f"/console/files/{file.pk}")
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content)
    from huiyin.people.models import Post

    other = Post.objects.filter(role="handler", unit__key="education").select_related("account").first()
    assert sign_in(client, other.account.login).get(f"/console/files/{file.pk}").status_code == 404


def test_another_tab_keeps_what_was_typed_and_htmx_gets_the_form_alone(client, sign_in, handling):
    signed = sign_in(client, "tanxue")
    fields = {"version": handling.version, "show": "tab", "reply": "写了一半", "note": "内部"}
    part = signed.post(_url(handling, "answer"), fields, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "写了一半" in part
    whole = signed.post(_url(handling, "answer"), fields).content.decode()
    assert "<html" in whole
    assert "写了一半" in whole


def test_a_template_is_filled_in_without_script(client, sign_in, handling):
    from huiyin.register.api import list_reply_templates

    template = list_reply_templates(None)[0]
    fields = {"version": handling.version, "show": "template", "template": template.pk, "reply": "您好。"}
    page = sign_in(client, "tanxue").post(_url(handling, "progress"), fields).content.decode()
    assert f"您好。\n{template.words}" in page


def test_units_of_the_duty_list_stand_first_with_their_clause(client, sign_in, make_case, move):
    from huiyin.people.models import Area
    from huiyin.register.api import Duty

    duty = Duty.objects.filter(part="lead", area=None, category__level=3).select_related("unit").first()
    duty = duty or Duty.objects.filter(part="lead", area=None).select_related("unit").first()
    case = make_case(
        "某事",
        title="某事",
        category_id=duty.category_id,
        area_id=Area.objects.filter(level="village").first().pk,
    )
    move(case, "accept", "linxiao")
    page = sign_in(client, "hemin").get(f"/console/cases/{case.number}?move=dispatch").content.decode()
    select = page[page.index('name="lead"') : page.index("</select>", page.index('name="lead"'))]
    assert "职责清单上的单位" in select
    assert duty.clause in select
    assert select.index(duty.unit.short) < select.index("县政府办")


def test_an_extension_asked_granted_and_explained(client, sign_in, handling):
    _send(sign_in(client, "tanxue"), handling, "ask_extension", extra="5wd", reason="等配件到货")
    handling.refresh_from_db()
    page = sign_in(client, "zhaomingde").get(f"/console/cases/{handling.number}").content.decode()
    assert "待审批的申请" in page
    assert "等配件到货" in page
    _send(client, handling, "endorse_extension")
    _send(sign_in(client, "guoheng"), handling, "grant_extension", reply="需要等配件")
    page = client.get(f"/console/cases/{handling.number}").content.decode()
    assert "延期 5个工作日" in page
    assert "等配件到货" in page


def test_the_callback_asks_solved_and_satisfied_apart(client, sign_in, handling, move):
    move(handling, "answer", "tanxue", reply="修好了")
    handling.refresh_from_db()
    if handling.stage == "answered":
        move(handling, "close", "zhaomingde")
    page = sign_in(client, "maqing").get(f"/console/cases/{handling.number}?move=callback").content.decode()
    assert 'data-when="reached=yes"' in page
    assert "问题解决了吗" in page
    assert "非常满意" in page
    _send(client, handling, "callback", reached="yes", solved="yes", satisfied="5")
    handling.refresh_from_db()
    assert handling.ratings.get().satisfied == 5
    assert handling.closed_at is not None


def test_a_process_whose_grade_needs_an_approver_still_takes_what_the_dispatcher_ticks(
    client, sign_in, make_case, unit_of
):
    from huiyin.register.api import list_categories

    case = make_case("厂门口路坏了", process="through-train", channel="visit", by="ruanqin")
    _send(sign_in(client, "hemin"), case, "accept", urgent="yes", **{"was-urgent": "no"})
    case.refresh_from_db()
    assert case.urgent
    category = list_categories(level=3)[0]
    fields = {"lead": unit_of("water").pk, "category": category.pk, "designate": "yes", "reason": "牵头"}
    _send(client, case, "dispatch", **fields, **{"was-urgent": "yes"})
    case.refresh_from_db()
    assert (case.stage, case.urgent, case.category_id) == ("dispatched", False, category.pk)


def test_another_tab_does_not_untick_what_was_not_on_the_form(client, sign_in, make_case, move):
    case = make_case("六楼没水", title="六楼没水", urgent=True)
    fields = {"version": case.version, "show": "tab", "reply": "写了一半"}
    page = sign_in(client, "linxiao").post(_url(case, "accept"), fields).content.decode()
    box = page[page.index('id="id_urgent"') :]
    assert box[: box.index(">")].endswith("checked") or " checked" in box[: box.index(">")]
