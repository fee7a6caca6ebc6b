"""The accounts of the staff, as a list."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language

from huiyin.administration.setup.fields import NO, YES, Field, Row
from huiyin.administration.setup.keeping import save_singly
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.lists.options import ACTIVE
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import (
    Account,
    AccountCard,
    change_account,
    check_desk_phone,
    check_filled,
    check_key,
    close_account,
    find_account,
    list_accounts,
    make_password_up,
    open_account,
)
from huiyin.process.api import ROLES

FIELDS = (
    Field(
        "login",
        Words("登录名", "Login"),
        required=True,
        fixed=True,
        listed=True,
        most=40,
        hint=Words("字母、数字和 -，定了不再改", "Letters, digits and -; it stays for good"),
    ),
    Field("name", Words("姓名", "Name"), required=True, listed=True, most=40),
    Field(
        "phone",
        Words("办公电话", "Office phone"),
        listed=True,
        most=60,
        hint=Words("群众会看到的电话", "Citizens may see it"),
    ),
    Field("posts", Words("岗位", "Posts"), told=True, listed=True, width=40),
    ACTIVE,
)


def _list_rows() -> list[Row]:
    return [_row(account) for account in list_accounts()]


def _row(account: Account) -> Row:
    today = timezone.localdate()
    posts = [
        f"{post.unit.short} {ROLES[post.role].tell(get_language() or 'zh')}"
        for post in account.posts.all()
        if post.since_on <= today and (post.until_on is None or post.until_on >= today)
    ]
    return {
        "login": account.login,
        "name": account.name,
        "phone": account.phone,
        "posts": "、".join(posts),
        "active": YES if account.active else NO,
    }


def _add(row: Row, acts: Acts) -> None:
    _demand_admin(acts)
    check_key(row["login"])
    check_filled(name=row["name"])
    check_desk_phone(row["phone"])
    if acts.rehearsal:
        return  # a password is hashed slowly on purpose: not for a trial
    password = make_password_up(row["login"], row["name"])
    open_account(row["login"], row["name"], row["phone"], password, by=acts.by, now=acts.now)
    acts.passwords.append((row["login"], row["name"], password))


def _change(row: Row, acts: Acts) -> None:
    account = find_account(row["login"])
    if account is None or (account.name, account.phone) != (row["name"], row["phone"]):
        _demand_admin(acts)
    closes = account is not None and account.active and row["active"] == NO
    card = AccountCard(row["login"], row["name"], row["phone"], active=closes or row["active"] == YES)
    changed = change_account(card, by=acts.by, now=acts.now)
    if closes:
        close_account(changed.pk, by=acts.by, now=acts.now)


def _demand_admin(acts: Acts) -> None:
    if "admin" not in acts.by.roles:
        words = Words("账号由系统管理员开设和修改。", "Accounts are opened and changed by an administrator.")
        raise Refusal("not-your-duty", words, field="login")


def _list_entries(row: Row) -> list[StoredEntry]:
    account = find_account(row["login"])
    return list_entries(f"account:{account.pk}") if account else []


ACCOUNTS = Listing(
    key="accounts",
    title=Words("账号", "Accounts"),
    about=Words("谁能登录", "Who can sign in"),
    icon="user",
    fields=FIELDS,
    identity="login",
    name="name",
    rows=_list_rows,
    save=save_singly(_change, _add),
    entries=_list_entries,
    answers=True,
    most=2_000,
    most_new=100,
)
