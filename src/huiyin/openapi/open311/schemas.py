"""The shapes of the interface's JSON answers."""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]


def _object(required: tuple[str, ...], /, **properties: Shape) -> Shape:
    return {"type": "object", "required": list(required), "properties": properties}


def _list_of(name: str) -> Shape:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_TEXT: Shape = {"type": "string"}
_MAYBE: Shape = {"type": ["string", "null"]}
_TIME: Shape = {"type": ["string", "null"], "format": "date-time"}
_DEGREES: Shape = {"type": ["number", "null"]}
_FLAG: Shape = {"type": "boolean"}

SCHEMAS: dict[str, Shape] = {
    "Fault": _object(("code", "description"), code={"type": "integer"}, description=_TEXT),
    "Faults": _list_of("Fault"),
    "Endpoint": _object(
        ("specification", "url", "formats"),
        specification=_TEXT,
        url=_TEXT,
        changeset=_TEXT,
        type=_TEXT,
        formats={"type": "array", "items": _TEXT},
    ),
    "Discovery": _object(
        ("changeset", "contact", "key_service", "endpoints"),
        changeset=_TEXT,
        contact=_TEXT,
        key_service=_TEXT,
        endpoints=_list_of("Endpoint"),
    ),
    "Service": _object(
        ("service_code", "service_name", "metadata", "type"),
        service_code=_TEXT,
        service_name=_TEXT,
        description=_TEXT,
        metadata=_FLAG,
        type={"type": "string", "enum": ["realtime", "batch", "blackbox"]},
        keywords=_TEXT,
        group=_TEXT,
    ),
    "Services": _list_of("Service"),
    "Value": _object(("key", "name"), key=_TEXT, name=_TEXT),
    "Attribute": _object(
        ("variable", "code", "datatype", "required", "order"),
        variable=_FLAG,
        code=_TEXT,
        datatype=_TEXT,
        required=_FLAG,
        datatype_description=_TEXT,
        order={"type": "integer"},
        description=_TEXT,
        values=_list_of("Value"),
    ),
    "Definition": _object(
        ("service_code", "attributes"), service_code=_TEXT, attributes=_list_of("Attribute")
    ),
    "Request": _object(
        ("service_request_id", "status", "service_name", "service_code", "requested_datetime"),
        service_request_id=_TEXT,
        status={"type": "string", "enum": ["open", "closed"]},
        status_notes=_MAYBE,
        service_name=_TEXT,
        service_code=_TEXT,
        description=_MAYBE,
        agency_responsible=_MAYBE,
        service_notice=_MAYBE,
        requested_datetime=_TIME,
        updated_datetime=_TIME,
        expected_datetime=_TIME,
        address=_MAYBE,
        address_id=_MAYBE,
        zipcode=_MAYBE,
        lat=_DEGREES,
        long=_DEGREES,
        media_url=_MAYBE,
    ),
    "Requests": _list_of("Request"),
    "Receipt": _object(
        ("service_request_id",), service_request_id=_TEXT, service_notice=_MAYBE, account_id=_MAYBE
    ),
    "Reported": _list_of("Receipt"),
    "Token": _object(("service_request_id", "token"), service_request_id=_TEXT, token=_TEXT),
    "Tokens": _list_of("Token"),
}
