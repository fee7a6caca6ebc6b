"""The posts that accounts hold, as a list: given, and ended by a date."""

from __future__ import annotations

from datetime import date

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.keeping import save_singly
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.lists.options import Option, list_unit_options
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import end_post, find_account, find_unit, give_post, list_accounts, list_posts
from huiyin.process.api import ROLES


def _list_logins() -> list[Option]:
    return [(one.login, Words(one.name, one.name)) for one in list_accounts()]


FIELDS = (
    Field("id", Words("编号", "Number"), "id", width=8, hint=Words("新增的空着", "Empty for a new one")),
    Field(
        "login",
        Words("账号", "Account"),
        "ref",
        required=True,
        fixed=True,
        options=_list_logins,
        listed=True,
        width=20,
    ),
    Field(
        "unit",
        Words("单位", "Unit"),
        "ref",
        required=True,
        fixed=True,
        options=list_unit_options,
        listed=True,
        width=28,
    ),
    Field(
        "role",
        Words("岗位", "Role"),
        "choice",
        required=True,
        fixed=True,
        options=lambda: list(ROLES.items()),
        listed=True,
    ),
    Field("since", Words("开始", "Since"), "date", required=True, fixed=True, listed=True),
    Field(
        "until",
        Words("到哪天为止", "Until"),
        "date",
        listed=True,
        hint=Words("含这一天；空着就是一直", "That day included; empty: until further notice"),
    ),
)


def _list_rows() -> list[Row]:
    return [
        {
            "id": str(post.pk),
            "login": post.account.login,
            "unit": post.unit.key,
            "role": post.role,
            "since": post.since_on.isoformat(),
            "until": post.until_on.isoformat() if post.until_on else "",
        }
        for post in list_posts()
    ]


def _add(row: Row, acts: Acts) -> None:
    account, unit = find_account(row["login"]), find_unit(row["unit"])
    if account is None or unit is None:
        words = Words("账号或单位不在了。", "The account or the unit is gone.")
        raise Refusal("entry-not-found", words, field="login")
    since = date.fromisoformat(row["since"])
    post = give_post(account.pk, unit.pk, row["role"], since, by=acts.by, now=acts.now)
    if row["until"]:
        end_post(post.pk, date.fromisoformat(row["until"]), by=acts.by, now=acts.now)


def _change(row: Row, acts: Acts) -> None:
    if not row["until"]:
        words = Words("已经定了结束日期的任职不能恢复，请新给一个。", "An ended post is not taken up again.")
        raise Refusal("post-over", words, field="until")
    end_post(int(row["id"]), date.fromisoformat(row["until"]), by=acts.by, now=acts.now)


def _call(row: Row) -> Words:
    parts = {one.key: one.title_of(row[one.key]) for one in FIELDS if one.key in {"login", "role"}}
    return Words("{login} {role}", "{login}, {role}").fill(**parts)


def _list_entries(row: Row) -> list[StoredEntry]:
    account = find_account(row["login"])
    entries = list_entries(f"account:{account.pk}") if account else []
    return [entry for entry in entries if entry.verb in {"post-given", "post-ended"}]


POSTS = Listing(
    key="posts",
    title=Words("任职", "Posts"),
    about=Words("谁在哪个单位担任什么岗位，从哪天到哪天", "Who holds which role at which unit, and how long"),
    icon="briefcase",
    fields=FIELDS,
    identity="id",
    name="login",
    rows=_list_rows,
    save=save_singly(_change, _add),
    most=2_000,
    entries=_list_entries,
    called=_call,
)
