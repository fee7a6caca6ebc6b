"""What the tests of the citizens' pages share: the demo county, a form filled in, a matter on its way."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from huiyin.app.demo.county.loader import install_county
from huiyin.cases.api import Acting, ActingPost, Case, move_case
from huiyin.people import api as people

PHONE = "13900001234"


@pytest.fixture(scope="module")
def _county(django_db_setup, django_db_blocker):
    """The county stands for one file of tests, then is rolled back: other packages find empty tables."""
    hasher = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**hasher):
            install_county()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def county(_county, db, settings, tmp_path):
    """The demo county 禾川县 without a case; files go into a folder of the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fill():
    """`fill(words="…")`: the fields of a report that lacks nothing, as a browser sends them."""

    def make(**changed):
        form = {
            "client_key": str(uuid4()),
            "kind": "other",
            "words": "禾川大道路灯坏了三天",
            "township": "",
            "where": "",
            "identity": "named",
            "name": "某甲",
            "phone": PHONE,
        }
        return {**form, **changed}

    return make


@pytest.fixture
def photo():
    """`photo("a.jpg")`: a picture to upload; each name has a size of its own."""

    def take(name="a.jpg"):
        out = io.BytesIO()
        Image.new("RGB", (sum(name.encode()), 40), "teal").save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")

    return take


def acting_as(login: str) -> Acting:
    """That account of the county with its posts. Nobody signs in: whether they can is not asked here."""
    account = people.Account.objects.get(login=login)
    posts = account.posts.select_related("unit").order_by("id")
    return Acting(
        "staff", account.name, account.pk, tuple(ActingPost(p.unit_id, p.unit.short, p.role) for p in posts)
    )


class Matter:
    """A matter on its way: its case, its link, and the moves of the staff."""

    def __init__(self, number: str, secret: str) -> None:
        self.number, self.secret = number, secret

    @property
    def case(self) -> Case:
        return Case.objects.get(number=self.number)

    @property
    def path(self) -> str:
        return f"/t/{self.number}/{self.secret}"

    def go(self, move: str, login: str, **inputs: object) -> Matter:
        """The matter after that move by that account of the county."""
        move_case(self.number, move, inputs, acting_as(login), timezone.now())
        return self

    def dispatch(self) -> Matter:
        """With the water company, signed for."""
        lead = people.find_unit("water").pk
        return (
            self.go("accept", "linxiao")
            .go("dispatch", "hemin", lead=lead, designate=True, reason="首接负责")
            .go("sign", "tanxue")
        )

    def answer(self, reply: str = "水泵修好了，水来了。") -> Matter:
        """Answered by its unit, the answer approved by its head."""
        return self.go("answer", "tanxue", reply=reply).go("close", HEAD)


HEAD = "zhaomingde"


@pytest.fixture
def report(client, fill):
    """`report(words="…")`: the matter that the form made, through the page itself."""

    def send(**changed):
        response = client.post("/report", fill(**changed))
        assert response.status_code == 303, response.content.decode()[:3000]
        return open_matter(response)

    return send


def open_matter(response) -> Matter:
    """The matter whose receipt the response leads to."""
    number, secret = response.headers["Location"].split("/")[-2:]
    return Matter(number, secret)
