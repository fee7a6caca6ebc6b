"""The OpenAPI 3.1 document of the interface: exact enough to be tested by machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.openapi.open311.asking import LAST_PAGE, LINK, LONGEST, MOST
from huiyin.openapi.open311.schemas import SCHEMAS

Part = dict[str, Any]
_LIST_OF_ENUM = "^((open|closed)(,(open|closed))*)?$"


def make_document(codes: Sequence[str]) -> Part:
    """The whole document; `codes` are the services that can be reported now."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Huiyin Open311 GeoReport v2",
            "version": "2.0",
            "description": "Requests from citizens, after wiki.open311.org/GeoReport_v2. Every address ends "
            "in .json or .xml. No answer holds personal data.",
        },
        "servers": [{"url": "/open311/v2"}],
        "paths": dict(_list_paths(codes)),
        "components": {"schemas": SCHEMAS},
    }


def _list_paths(codes: Sequence[str]) -> Mapping[str, Part]:
    paths: Part = {}
    for form in ("json", "xml"):
        paths[f"/discovery.{form}"] = {"get": _read("discover", form, "Discovery")}
        paths[f"/services.{form}"] = {"get": _read("list_services", form, "Services")}
        paths[f"/services/{{service_code}}.{form}"] = {
            "get": _read("define_service", form, "Definition", [_place_in_path("service_code")], found=False)
        }
        paths[f"/requests.{form}"] = {
            "get": _read("list_requests", form, "Requests", _FILTERS, refuses=True),
            "post": _report(form, codes),
        }
        for name, address, schema in (
            ("service_request_id", "requests", "Requests"),
            ("token", "tokens", "Tokens"),
        ):
            paths[f"/{address}/{{{name}}}.{form}"] = {
                "get": _read(f"get_{address[:-1]}", form, schema, [_place_in_path(name)], found=False)
            }
    return paths


def _read(
    name: str,
    form: str,
    schema: str,
    parameters: Sequence[Part] = (),
    *,
    found: bool = True,
    refuses: bool = False,
) -> Part:
    responses = {"200": _answer("As asked.", form, schema)}
    if refuses:
        responses["400"] = _answer("A parameter is wrong.", form, "Faults")
    if not found:
        responses["404"] = _answer("There is no such thing.", form, "Faults")
    return {
        "operationId": f"{name}_{form}",
        "parameters": [*parameters, _JURISDICTION],
        "responses": responses,
    }


def _report(form: str, codes: Sequence[str]) -> Part:
    fields = {**_REPORT, "service_code": {"type": "string", "enum": list(codes)} if codes else _text(200)}
    schema = {
        "type": "object",
        "required": ["service_code"],
        "properties": fields,
        "dependentRequired": {"lat": ["long"], "long": ["lat"]},
    }
    return {
        "operationId": f"report_{form}",
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": schema}},
        },
        "responses": {
            "201": _answer("Taken in.", form, "Reported"),
            "400": _answer("Something is missing or wrong.", form, "Faults"),
            "403": _answer("The api_key is missing or wrong.", form, "Faults"),
            "404": _answer("There is no such service.", form, "Faults"),
            "429": _answer("Too many requests.", form, "Faults"),
        },
    }


def _answer(about: str, form: str, schema: str) -> Part:
    if form == "xml":
        return {"description": about, "content": {"text/xml": {}}}
    shape = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": about, "content": {"application/json": {"schema": shape}}}


def _text(most: int = LONGEST) -> Part:
    return {"type": "string", "maxLength": most}


def _asked(name: str, schema: Part, about: str) -> Part:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def _place_in_path(name: str) -> Part:
    schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _number(most: int) -> Part:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _degrees(bound: int) -> Part:
    """Many clients that know no place send an empty one."""
    known = {"type": "number", "minimum": -bound, "maximum": bound}
    return {"anyOf": [known, {"type": "string", "maxLength": 0}]}


_ANY: Part = {"type": "string"}
_TIME: Part = {"type": "string", "anyOf": [{"format": "date-time"}, {"maxLength": 0}]}
_JURISDICTION = _asked("jurisdiction_id", _ANY, "Accepted, and not needed: there is one county here.")
_FILTERS = [
    _asked("service_request_id", _ANY, "Several with commas; overrides every other filter."),
    _asked("service_code", _ANY, "Several with commas."),
    _asked("status", {"type": "string", "pattern": _LIST_OF_ENUM}, "`open`, `closed`, or both with a comma."),
    _asked("start_date", _TIME, "Earliest time of reporting; without any time, 90 days ago."),
    _asked("end_date", _TIME, "Latest time of reporting."),
    _asked("page", _number(LAST_PAGE), "Page, from 1; newest first."),
    _asked("per_page", _number(MOST), "Requests on a page; `page_size` means the same."),
]
_REPORT: Part = {
    "lat": {**_degrees(90), "description": "WGS 84; together with `long`."},
    "long": _degrees(180),
    "address_string": _text(),
    "address_id": {**_text(40), "description": "The code of a place with a QR sign."},
    "description": _text(),
    "first_name": _text(100),
    "last_name": _text(100),
    "phone": {"type": "string", "pattern": "^(1[3-9][0-9]{9})?$", "description": "Kept sealed."},
    "email": {**_ANY, "description": "Accepted, and not kept."},
    "device_id": {**_ANY, "description": "Accepted, and not kept."},
    "account_id": {**_ANY, "description": "Accepted, and not kept."},
    "media_url": {"type": "string", "maxLength": 1000, "pattern": f"^({LINK})?$"},
    "api_key": {**_text(200), "description": "Where the county hands out keys."},
    "jurisdiction_id": _ANY,
}
