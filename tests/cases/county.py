"""The demo county at work: what the tests of cases, requests and journeys share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import override_settings

from huiyin.app.demo.county.loader import install_county
from huiyin.cases.api import Acting, ActingPost, Case, Kept, NewCase, move_case, open_cases, record_files
from huiyin.journal.api import list_entries, verify
from huiyin.kernel.refusals import Refusal
from huiyin.people.models import Account, Unit
from huiyin.register.models import Category

ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=ZONE)
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
NO_WATER, WASTE_OF_WATER = "010101", "010106"
_serial = count(1)


def install() -> None:
    """The county as it stands before the first case."""
    with override_settings(**QUICK):
        install_county()


@pytest.fixture(scope="module")
def _county_of_module(django_db_setup, django_db_blocker):
    """Stands for one file of tests and is rolled back after it: other packages find empty tables."""
    with django_db_blocker.unblock(), transaction.atomic():
        install()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def desk(_county_of_module, db):
    """The county at ten on a Wednesday, with no case yet."""
    return Desk()


@pytest.fixture
def open_desk(transactional_db):
    """The same for tests of several connections: everything is really written, and swept out afterwards."""
    install()
    return Desk()


@dataclass
class Desk:
    """Opens and moves cases as the county's people, on a clock that a test turns."""

    now: datetime = WEDNESDAY
    _acting: dict[str, Acting] = field(default_factory=dict)

    def later(self, **span: int) -> Desk:
        """Turn the clock on."""
        self.now += timedelta(**span)
        return self

    def at(self, *moment: int) -> Desk:
        """Set the clock."""
        self.now = datetime(*moment, tzinfo=ZONE)
        return self

    def acting(self, login: str) -> Acting:
        """The account of that login, with its posts."""
        if login not in self._acting:
            account = Account.objects.get(login=login)
            posts = account.posts.select_related("unit").order_by("id")
            held = tuple(ActingPost(post.unit_id, post.unit.short, post.role) for post in posts)
            self._acting[login] = Acting("staff", account.name, account.pk, held)
        return self._acting[login]

    @cached_property
    def units(self) -> dict[str, int]:
        return dict(Unit.objects.values_list("key", "id"))

    @cached_property
    def categories(self) -> dict[str, int]:
        return dict(Category.objects.values_list("code", "id"))

    def new(
        self, title="锦绣小区停水", words="三号楼停水两天了，没有人管", process="hotline", **more
    ) -> NewCase:
        told = {"kind": "appeal", "channel": "hotline", "opened_at": self.now, **more}
        return NewCase(process=process, title=title, words=words, **told)

    def open(self, *, by="linxiao", **more) -> str:
        """The number of a new case."""
        return open_cases([self.new(**more)], self.acting(by))[0].number

    def move(self, number, move, by, *, key=None, version=None, **inputs):
        """Make the move as `by`: a login, or an `Acting`."""
        acting = by if isinstance(by, Acting) else self.acting(by)
        return move_case(number, move, inputs, acting, self.now, key=key, version=version)

    def refuse(self, number, move, by, *, key=None, version=None, **inputs) -> Refusal:
        """The refusal of a move; that nothing at all was written is made sure of."""
        before = self.snapshot(number)
        with pytest.raises(Refusal) as caught:
            self.move(number, move, by, key=key, version=version, **inputs)
        assert self.snapshot(number) == before, "a refused move wrote something"
        return caught.value

    def snapshot(self, number: str) -> list[tuple[object, ...]]:
        """All that there is of a case, for comparing."""
        tables = ("cases_assignment", "cases_caseclock", "cases_rating")
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(c)::text FROM cases_case c WHERE number = %s", [number])
            rows = cursor.fetchall()
            for table in tables:
                cursor.execute(
                    f"SELECT to_jsonb(t)::text FROM {table} t JOIN cases_case c ON c.id = t.case_id"  # noqa: S608
                    " WHERE c.number = %s ORDER BY t.id",
                    [number],
                )
                rows += cursor.fetchall()
            cursor.execute("SELECT count(*) FROM journal_entry UNION ALL SELECT count(*) FROM journal_outbox")
            return rows + cursor.fetchall()

    def case(self, number: str) -> Case:
        return Case.objects.get(number=number)

    def stage(self, number: str) -> str:
        return self.case(number).stage

    def entries(self, number: str):
        return list_entries(f"case:{number}")

    def clock(self, number: str, key: str):
        """The newest run of a clock."""
        return self.case(number).clocks.filter(key=key).order_by("-id").first()

    def dispatched(self, *, lead="water", assisting=(), category=WASTE_OF_WATER, **more) -> str:
        """A new case, accepted and given to a unit on the register."""
        number = self.open(**more)
        self.dispatch(number, lead=lead, assisting=assisting, category=category)
        return number

    def dispatch(
        self, number, *, lead="water", assisting=(), category=WASTE_OF_WATER, move="dispatch", **more
    ):
        """The dispatcher gives the case to units by their keys."""
        units = [self.units[key] for key in assisting]
        given = {"lead": self.units[lead], "category": self.categories[category], **more}
        return self.move(number, move, "hemin", **given, **({"assisting": units} if units else {}))

    def handled(self, **more) -> str:
        """A case that the water company has signed for."""
        number = self.dispatched(**more)
        self.move(number, "sign", "tanxue")
        return number

    def answered(self, **more) -> str:
        """A case whose answer was approved: the person is to be called."""
        number = self.handled(**more)
        self.answer(number)
        return number

    def answer(self, number: str, reply: str = "已经修好") -> None:
        self.move(number, "answer", "tanxue", reply=reply)
        self.move(number, "close", "zhaomingde")

    def give_file(self, number: str) -> int:
        """The id of a file that was given with the case."""
        kept = Kept("0" * 64, "证明.pdf", "application/pdf", 9)
        return record_files(self.case(number).pk, [kept], "谭雪", self.now, public=False)[0]

    def verify(self, number: str) -> list[object]:
        return verify([f"case:{number}"]).findings


def serial() -> str:
    """A key that no other test uses."""
    return f"test-{next(_serial)}"
