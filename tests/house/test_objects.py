"""Somebody else's case, township or secret: no route that takes one hands anything of it out.

The routes are found by looking at the addresses: one that is added later is tried without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON, Case, Kept, make_acting, move_case, path_of, record_files
from huiyin.journal.api import list_entries
from huiyin.openapi.v1.contract import Operation
from huiyin.openapi.v1.operations import OPERATIONS
from huiyin.people.api import (
    EVERYONE,
    SCOPES,
    SESSION_COOKIE,
    STAFF,
    Account,
    find_account,
    find_account_in_hand,
    find_unit,
    make_token,
    sign_in,
)
from huiyin.register.models import Category

SECRET_WORDS = "只有水务公司该知道的事"
SECRET_TITLE = "水表被人砸了"
PHONE, NAME = "13900002716", "欧阳秀兰"
_SLOT = re.compile(r"<(?:\w+:)?(\w+)>")


def _routes(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, path, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            yield path, f"{space}:{pattern.name}" if space else str(pattern.name), pattern.callback


ALL = list(_routes(get_resolver()))
OF_A_CASE = [route for route in ALL if "number" in _SLOT.findall(route[0])]
STAFFS = [route for route in OF_A_CASE if EVERYONE not in getattr(route[2], "access", {EVERYONE})]
PERSONS = [route for route in OF_A_CASE if "secret" in _SLOT.findall(route[0])]
MACHINES = [
    route
    for route in OF_A_CASE
    if EVERYONE in getattr(route[2], "access", {EVERYONE}) and "secret" not in _SLOT.findall(route[0])
]
"""Routes that know their callers by something else than a session: tried without any."""


@dataclass(frozen=True)
class Matter:
    """A case of the water company in the township of Chengguan, with a file, and the person's own secret."""

    number: str
    secret: str
    file: int
    clock: int


@pytest.fixture
def matter(county: None, settings: Any, tmp_path: Any) -> Matter:
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    new = NewAppeal(
        process="hotline", channel="portal", words=SECRET_WORDS, title=SECRET_TITLE, opened_at=now, name=NAME,
        phone=PHONE,
    )  # fmt: skip
    reported = report(new, PERSON)
    dispatcher = _acting("hemin")
    given = {"lead": find_unit("water").pk, "category": Category.objects.get(code="010106").pk}
    move_case(reported.number, "dispatch", given, dispatcher, now)
    case = Case.objects.get(number=reported.number)
    path_of("a" * 64).parent.mkdir(parents=True)
    path_of("a" * 64).write_bytes(SECRET_WORDS.encode())
    kept = Kept("a" * 64, "secret.pdf", "application/pdf", 30)
    (file,) = record_files(case.pk, [kept], "诉求人", now, public=True)
    return Matter(reported.number, reported.secret, file, case.clocks.order_by("id")[0].pk)


def _token(login: str) -> str:
    return sign_in(login, PASSWORD, timezone.now()).token


def _acting(login: str) -> Any:
    return make_acting(find_account_in_hand(_token(login), timezone.now()))


def _browser(login: str) -> Client:
    client = Client(raise_request_exception=True)
    client.cookies[SESSION_COOKIE] = _token(login)
    return client


def _fill(path: str, matter: Matter, **other: str) -> str:
    """The address of that route for the matter; a slot that is not known here is filled with a plain word."""
    known = {"number": matter.number, "secret": matter.secret, "move": "remark", **other}
    known |= {"pk": str(matter.clock if "clocks" in path else matter.file), "file": str(matter.file)}
    return "/" + _SLOT.sub(lambda slot: known.get(slot[1], "x"), path)


def _visit(client: Client, address: str) -> Iterator[Any]:
    yield client.get(address)
    yield client.post(address, {"reason": "核实情况需要", "note": "看一看这件事", "words": "看一看"})
    yield client.get(address, headers={"accept": "application/json"})


def _gives_away(response: Any) -> list[str]:
    body = b"".join(response) if response.streaming else response.content
    return [
        word for word in (SECRET_WORDS, SECRET_TITLE, PHONE, NAME, "139****2716") if word.encode() in body
    ]


def _strangers() -> list[str]:
    """One account of each kind of other unit and set of roles that sees neither every case nor this one."""
    from huiyin.cases.seeing import SEES_ALL

    found: dict[tuple[object, ...], str] = {}
    for account in Account.objects.prefetch_related("posts__unit").order_by("login"):
        posts = list(account.posts.all())
        roles = sorted({post.role for post in posts})
        if not set(roles) & SEES_ALL and "water" not in {post.unit.key for post in posts}:
            found.setdefault((*sorted({post.unit.kind for post in posts}), *roles), account.login)
    return list(found.values())


def test_the_county_has_strangers_of_a_unit_a_township_and_the_system(county: None) -> None:
    kinds = {
        post.unit.kind
        for account in Account.objects.filter(login__in=_strangers()).prefetch_related("posts__unit")
        for post in account.posts.all()
    }
    assert {"department", "township"} <= kinds


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "view"), STAFFS, ids=[name for _, name, _ in STAFFS])
def test_a_stranger_is_told_that_there_is_no_such_case(
    path: str, name: str, view: Any, matter: Matter
) -> None:
    address = _fill(path, matter)
    for login in _strangers():
        client = _browser(login)
        for response in _visit(client, address):
            assert response.status_code in {401, 403, 404, 405}, (login, response.status_code)
            assert _gives_away(response) == [], login


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "view"), STAFFS, ids=[name for _, name, _ in STAFFS])
def test_every_role_gets_what_the_route_declares_and_its_cases_allow(
    path: str, name: str, view: Any, matter: Matter
) -> None:
    from huiyin.cases.seeing import SEES_ALL

    address = _fill(path, matter)
    for account in list_demo_accounts():
        response = _browser(account.login).get(address)
        _gives_away(response)  # read to its end, a file closes
        status = response.status_code
        named = STAFF in view.access or account.role in view.access
        water = "water" in set(
            Account.objects.get(login=account.login).posts.values_list("unit__key", flat=True)
        )
        if not named:
            assert status in {401, 403, 405}, (account.role, status)  # a session is no token
        elif path.startswith("console/villages/"):
            assert status in {401, 403, 404, 405}, (account.role, status)  # a page of other processes
        elif account.role in SEES_ALL or water:
            assert status in {200, 302, 303, 400, 401, 403, 405, 409, 422}, (account.role, status)
        else:
            assert status in {401, 403, 404, 405}, (account.role, status)


@pytest.mark.django_db
def test_a_file_of_somebody_elses_case_is_not_there(matter: Matter) -> None:
    for login in _strangers():
        response = _browser(login).get(f"/console/files/{matter.file}")
        assert response.status_code == 404, login
        assert _gives_away(response) == []
    own = _browser("tanxue").get(f"/console/files/{matter.file}")
    assert own.status_code == 200
    assert b"".join(own.streaming_content)


@pytest.mark.django_db
def test_lists_and_searches_of_a_stranger_do_not_hold_the_case(matter: Matter) -> None:
    for login in _strangers():
        client = _browser(login)
        for address in (
            "/console/cases?tab=all",
            f"/console/cases?tab=all&q={matter.number}",
            f"/console/cases?tab=all&q={PHONE}",
            "/console/cases?tab=all&q=水表",
            "/console/cases/export?tab=all",
        ):
            response = client.get(address)
            body = b"".join(response) if response.streaming else response.content
            assert SECRET_TITLE.encode() not in body, (login, address)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "view"), PERSONS, ids=[name for _, name, _ in PERSONS])
def test_another_persons_secret_opens_nothing(path: str, name: str, view: Any, matter: Matter) -> None:
    new = NewAppeal(process="hotline", channel="portal", words="别人的事", opened_at=timezone.now())
    other = report(new, PERSON)
    for wrong in (other.secret, matter.secret[:-1] + ("A" if matter.secret[-1] != "A" else "B"), "x" * 22):
        for response in _visit(Client(), _fill(path, matter, secret=wrong)):
            assert response.status_code in {404, 405, 429}, (wrong, response.status_code)
            assert _gives_away(response) == []


@pytest.mark.django_db
def test_a_file_of_another_matter_is_not_there_for_ones_own_secret(matter: Matter) -> None:
    new = NewAppeal(process="hotline", channel="portal", words="别人的事", opened_at=timezone.now())
    other = report(new, PERSON)
    response = Client().get(f"/t/{other.number}/{other.secret}/files/{matter.file}")
    assert response.status_code == 404
    assert _gives_away(response) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "view"), MACHINES, ids=[name for _, name, _ in MACHINES])
def test_a_machine_that_does_not_say_who_it_is_gets_nothing(
    path: str, name: str, view: Any, matter: Matter
) -> None:
    for response in _visit(Client(), _fill(path, matter)):
        assert response.status_code in {400, 401, 403, 404, 405, 422}, response.status_code
        assert _gives_away(response) == []


BY_TOKEN = [one for one in OPERATIONS if one.scope and "{number}" in one.path]
BY_SECRET = [one for one in OPERATIONS if not one.scope and "{number}" in one.path]
_BODIES: dict[str, Any] = {
    "moveCase": {"move": "remark", "inputs": {"words": "看一看"}},
    "rateCase": {"solved": True, "satisfied": 5},
    "addWords": {"words": "再补充一句"},
}


def _machine(login: str) -> Client:
    """Another system that acts as that account, with a token for all that a token can be good for."""
    account = find_account(login)
    assert account is not None
    made = make_token(account.pk, "陌生系统", tuple(SCOPES), 30, by=None, now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {made.text}"})


def _ask(client: Client, operation: Operation, number: str, file: int, secret: str = "") -> Any:
    """The operation on that case, with everything else in order."""
    address = "/api/v1" + operation.path.replace("{number}", number).replace("{file}", str(file))
    headers = {"Huiyin-Secret": secret} if secret else {}
    if operation.body is None:
        return client.generic(operation.method, address, headers=headers)
    if operation.body.shape is None:
        return client.generic(
            operation.method, f"{address}?name=a.pdf", b"%PDF-1.4 %%EOF", "application/pdf", headers=headers
        )
    return client.post(address, _BODIES[operation.key], "application/json", headers=headers)


def _wide(settings: Any) -> None:
    settings.API_RATE_TOKEN = settings.API_RATE_ADDRESS = 0


def test_every_operation_that_names_an_object_is_tried() -> None:
    named = {one.key for one in OPERATIONS if "{" in one.path}
    assert named == {one.key for one in BY_TOKEN} | {one.key for one in BY_SECRET}
    with_json = {one.key for one in BY_TOKEN + BY_SECRET if one.body and one.body.shape}
    assert with_json == set(_BODIES)


@pytest.mark.django_db
@pytest.mark.parametrize("operation", BY_TOKEN, ids=lambda one: one.key)
def test_the_token_of_a_stranger_is_told_that_there_is_no_such_case(
    operation: Operation, matter: Matter, settings: Any
) -> None:
    _wide(settings)
    before = len(list_entries(f"case:{matter.number}"))
    for login in _strangers():
        response = _ask(_machine(login), operation, matter.number, matter.file)
        nowhere = _ask(_machine(login), operation, "HC26010199999", matter.file)
        assert response.status_code == nowhere.status_code == 404, login
        assert response.json()["code"] == nowhere.json()["code"] == "case-not-found", login
        assert _gives_away(response) == [], login
    assert len(list_entries(f"case:{matter.number}")) == before


@pytest.mark.django_db
@pytest.mark.parametrize("operation", BY_TOKEN, ids=lambda one: one.key)
def test_the_token_of_whoever_holds_the_case_is_let_in(
    operation: Operation, matter: Matter, settings: Any
) -> None:
    _wide(settings)
    response = _ask(_machine("tanxue"), operation, matter.number, matter.file)
    assert response.status_code in {200, 201, 409}, response.content.decode()


@pytest.mark.django_db
def test_a_file_of_another_case_is_not_there_under_ones_own(matter: Matter, settings: Any) -> None:
    _wide(settings)
    (read,) = [one for one in BY_TOKEN if one.key == "readFile"]
    for login in _strangers():
        unit = Account.objects.get(login=login).posts.order_by("id")[0].unit
        if unit.kind not in {"department", "township"}:
            continue
        own = report(NewAppeal("hotline", "portal", "别人的事", timezone.now()), PERSON).number
        given = {
            "lead": unit.pk,
            "category": Category.objects.get(code="010106").pk,
            "reason": "就近办理",
            "designate": True,
        }
        move_case(own, "dispatch", given, _acting("hemin"), timezone.now())
        response = _ask(_machine(login), read, own, matter.file)
        assert response.status_code == 404, login
        assert _gives_away(response) == []


@pytest.mark.django_db
@pytest.mark.parametrize("operation", BY_SECRET, ids=lambda one: one.key)
def test_another_persons_secret_opens_nothing_to_a_machine(
    operation: Operation, matter: Matter, settings: Any
) -> None:
    _wide(settings)
    other = report(NewAppeal("hotline", "portal", "别人的事", timezone.now()), PERSON)
    before = len(list_entries(f"case:{matter.number}"))
    for client in (Client(), _machine("linxiao"), _machine("tanxue")):
        for wrong in (other.secret, matter.secret[:-1] + ("A" if matter.secret[-1] != "A" else "B")):
            response = _ask(client, operation, matter.number, matter.file, wrong)
            assert response.status_code == 404, response.content.decode()
            assert _gives_away(response) == []
    assert len(list_entries(f"case:{matter.number}")) == before
    own = _ask(Client(), operation, matter.number, matter.file, matter.secret)
    assert own.status_code in {200, 409}, own.content.decode()


@pytest.mark.django_db
def test_lists_by_token_of_a_stranger_do_not_hold_the_case(matter: Matter, settings: Any) -> None:
    _wide(settings)
    for login in _strangers():
        machine = _machine(login)
        for query in ("", f"?q={matter.number}", f"?q={PHONE}", "?q=水表"):
            response = machine.get(f"/api/v1/cases{query}")
            assert matter.number not in response.content.decode(), (login, query)
            assert _gives_away(response) == []
    assert matter.number in _machine("tanxue").get("/api/v1/cases").content.decode()
