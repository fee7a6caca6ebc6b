"""What is done on the page of an inventory: counts, explanations, elders, moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from huiyin.cases.api import Upload, keep_files, move_case
from huiyin.console.api import acting_of
from huiyin.economy.assets.api import (
    Count,
    CountLine,
    Inventory,
    agree_elder,
    count_lines,
    explain_differences,
    get_inventory,
    keep_photo,
    name_elders,
    read_mu,
)
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.assets.views_inventory import show_inventory

MOVERS = ("bookkeeper", "overseer", "director", "rural")


@require_POST
@open_to("bookkeeper")
def count(request: HttpRequest, number: str) -> HttpResponse:
    """Enter what was counted of one register; rows without a state are left as they are."""

    def write(one: Inventory) -> str:
        lines = one.lines.select_related("asset").filter(asset__register=request.POST.get("register", ""))
        counts = [_read_count(request, line) for line in lines if request.POST.get(f"seen-{line.pk}")]
        count_lines(one, counts, get_account_of(request), timezone.now())
        return f"?part=lines&register={request.POST.get('register', '')}&done=counted"

    return _act(request, number, "lines", write)


def _read_count(request: HttpRequest, line: CountLine) -> Count:
    typed, field = request.POST, f"line-{line.pk}"
    text = typed.get(f"counted-{line.pk}", "").strip()
    land = line.asset.register == "land"
    return Count(
        line.pk,
        typed.get(f"seen-{line.pk}", ""),
        None if land or not text else read_yuan(text, field),
        read_mu(text, field) if land and text else None,
        typed.get(f"note-{line.pk}", ""),
    )


@require_POST
@open_to("bookkeeper")
def photograph(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a photo with a line."""

    def write(one: Inventory) -> str:
        file = request.FILES.get("photo")
        if file is None or not (file.content_type or "").startswith("image/"):
            raise Refusal("photo-missing", Words("请选择照片。", "Choose a photo."), field="photo")
        (kept,) = keep_files([Upload(file.name or "photo", cast("BinaryIO", file.file))])
        line = read_number(request.POST.get("line", "")) or 0
        keep_photo(one, line, kept, get_account_of(request), timezone.now())
        return f"?part=lines&register={request.POST.get('register', '')}&done=photographed"

    return _act(request, number, "lines", write)


@require_POST
@open_to("bookkeeper")
def explain(request: HttpRequest, number: str) -> HttpResponse:
    """Say why things differ and what becomes of it; rows without a word are left as they are."""

    def write(one: Inventory) -> str:
        typed = request.POST
        explained = {
            row.pk: (typed.get(f"why-{row.pk}", ""), typed.get(f"how-{row.pk}", ""))
            for row in one.differences.all()
            if typed.get(f"why-{row.pk}", "").strip()
        }
        explain_differences(one, explained, get_account_of(request), timezone.now())
        return "?part=differences&done=explained"

    return _act(request, number, "differences", write)


@require_POST
@open_to("bookkeeper", "director", "overseer")
def elders(request: HttpRequest, number: str) -> HttpResponse:
    """Name those who look on."""

    def write(one: Inventory) -> str:
        named = zip(request.POST.getlist("name"), request.POST.getlist("kind"), strict=False)
        name_elders(one, list(named), get_account_of(request), timezone.now())
        return "?part=elders&done=elders"

    return _act(request, number, "elders", write)


@require_POST
@open_to("overseer")
def agree(request: HttpRequest, number: str) -> HttpResponse:
    """Enter that one of them has looked on and agrees."""

    def write(one: Inventory) -> str:
        agree_elder(
            one, read_number(request.POST.get("elder", "")) or 0, get_account_of(request), timezone.now()
        )
        return "?part=elders&done=agreed"

    return _act(request, number, "elders", write)


@require_POST
@open_to(*MOVERS)
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Make the next move; the same form sent twice moves once."""

    def write(one: Inventory) -> str:
        typed = request.POST
        inputs = {key: typed[key] for key in ("note", "reason") if typed.get(key)}
        key = typed.get("client_key", "")[:64] or None
        move_case(one.case.number, typed.get("move", ""), inputs, acting_of(request), timezone.now(), key)
        return "?done=moved"

    return _act(request, number, "", write)


def _act(request: HttpRequest, number: str, part: str, write: Callable[[Inventory], str]) -> HttpResponse:
    one = get_inventory(number, get_account_of(request))
    try:
        query = write(one)
    except Refusal as refusal:
        return show_inventory(
            request,
            get_inventory(number, get_account_of(request)),
            refusal,
            request.POST.dict(),
            part,
        )
    place, _, done = f"{url('villages:inventory', one.case.number)}{query}".rpartition("done=")
    return go_to(place.rstrip("?&"), done)
