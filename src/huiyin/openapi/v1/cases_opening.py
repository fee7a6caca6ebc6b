"""Opens cases."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from msgspec import UNSET, json

from huiyin.appeals.api import NewAppeal, Reported, report
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.sent_keys import is_sent, note_key, write_key
from huiyin.openapi.v1.case_shapes import NewCaseBody, OpenedCase, OpenedLinks
from huiyin.openapi.v1.cases_reading import ETAG, address_of_case
from huiyin.openapi.v1.contract import Answer, Body, Call, Operation, Reply
from huiyin.openapi.v1.move_inputs import demand_category
from huiyin.openapi.v1.shapes import Keys
from huiyin.register.api import find_by_codes


def _open(call: Call) -> Reply:
    key = call.headers.idempotency_key
    appeal = _make_appeal(call.body, call, None if key is UNSET else key)
    reported, repeated = (
        (report(appeal, call.acting), False) if key is UNSET else _open_once(appeal, call, str(key))
    )
    headers = {"Location": address_of_case(reported.number), "ETag": '"1"'}
    if repeated:
        headers["Idempotency-Replayed"] = "true"
    return Reply(_tell(reported), 201, headers)


def _open_once(appeal: NewAppeal, call: Call, key: str) -> tuple[Reported, bool]:
    """The case that the key opens, or has opened, and whether it has; another request with it is refused."""
    sent = (call.account.id, f"open:{key}", (b"open", json.encode(call.body)), call.now)
    try:
        reported = report(appeal, call.acting, beside=[write_key(*sent)])
    except IntegrityError as error:
        if not is_sent(error):
            raise
        note_key(*sent)
        reported = report(appeal, call.acting)
    return reported, not reported.fresh and note_key(*sent) is not None


def _make_appeal(body: NewCaseBody, call: Call, key: str | None) -> NewAppeal:
    given = _find_codes(body)
    if body.lon is not UNSET and body.lat is not UNSET:
        given |= {"lon_microdegrees": _micro(body.lon), "lat_microdegrees": _micro(body.lat)}
    return NewAppeal(
        process=body.process,
        words=body.words,
        opened_at=call.now,
        title=body.title,
        name=body.name,
        phone="" if body.phone is UNSET else str(body.phone),
        identity=body.identity,
        place=body.place,
        grade="" if body.grade is UNSET else str(body.grade),
        urgent=body.urgent,
        source_key=f"api:{call.account.id}:{key}" if key else None,
        language=body.language,
        **given,
    )


def _find_codes(body: NewCaseBody) -> dict[str, Any]:
    """Channel, category and area as the cases know them. Refused when one of them names nothing."""
    category, area = (None if code is UNSET else str(code) for code in (body.category, body.area))
    found = find_by_codes(category, area=area, channel=body.channel)
    if category is not None:
        demand_category(found.category_id, category, "category")
    if area is not None and found.area_id is None:
        words = Words("没有代码为 {code} 的区域。见 /areas。", "No area {code}. See /areas.")
        raise Refusal("area-not-found", words.fill(code=area), field="area")
    return {"channel": body.channel, "category_id": found.category_id, "area_id": found.area_id}


def _micro(degrees: Any) -> int:
    return round(float(degrees) * 1_000_000)


def _tell(reported: Reported) -> OpenedCase:
    number, secret = reported.number, reported.secret
    page = reverse("portal:track", args=[number, secret])
    links = OpenedLinks(address_of_case(number), reverse("openapi:track-number", args=[number]), page)
    return OpenedCase(number, secret, 1, links)


OPERATIONS = (
    Operation(
        key="openCase",
        method="POST",
        path="/cases",
        scope="cases:write",
        group="cases",
        title=Words("登记诉求", "Open a case"),
        told=Words(
            "请带 Idempotency-Key：网络断了照原样重发，答的还是同一个工单，不会登记两次。"
            "答复里的 secret 是诉求人查进度的密钥，只能交给本人。",
            "Send an Idempotency-Key: when the network fails, send the same again; the same case is answered "
            "and none is opened twice. `secret` opens the person's own page: hand it to that person alone.",
        ),
        run=_open,
        answers={
            201: Answer(
                Words("已登记", "Opened"),
                OpenedCase,
                {"Location": Words("工单的地址", "Where the case is read"), "ETag": ETAG},
            )
        },
        headers=Keys,
        body=Body(NewCaseBody),
        problems=(409,),
        links={
            "readCase": {"number": "$response.body#/number"},
            "listMoves": {"number": "$response.body#/number"},
        },
    ),
)
