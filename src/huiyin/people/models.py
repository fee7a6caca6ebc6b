"""The tables of people: units, areas, places, accounts and their sign-in, posts, persons, companies."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q

from huiyin.people.naming import Named, Titled


class UnitKind(models.TextChoices):
    """What a unit is; `centre` is the one that receives and dispatches, `board` the review board.

    A `collective` is the office of a village's economic organisation: no request is dispatched to it.
    """

    CENTRE = "centre", "中心"
    DEPARTMENT = "department", "部门"
    TOWNSHIP = "township", "乡镇街道"
    COMPANY = "company", "公共服务企业"
    BOARD = "board", "复核委员会"
    COLLECTIVE = "collective", "集体经济组织"


class AreaLevel(models.TextChoices):
    """How deep an area lies."""

    COUNTY = "county", "县"
    TOWNSHIP = "township", "乡镇街道"
    VILLAGE = "village", "村社区"
    CELL = "cell", "网格"


class PersonKind(models.TextChoices):
    """A resident speaks for themselves, a contact for a company."""

    RESIDENT = "resident", "居民"
    CONTACT = "company-contact", "企业联系人"


class Area(Named):
    """A county, township, village or cell; `path` lists the ids from the county down to itself: `1/5/17/`.

    One that has ended is no longer `active`: it stays for what refers to it, and is offered nowhere.
    """

    code = models.TextField(unique=True)
    level = models.TextField(choices=AreaLevel.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.TextField()
    lon_microdegrees = models.IntegerField(null=True, blank=True)
    lat_microdegrees = models.IntegerField(null=True, blank=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="areas")
    active = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [models.Index(fields=["path"], opclasses=["text_pattern_ops"], name="area_path")]

    def __str__(self) -> str:
        return self.name


class Unit(Named):
    """An office or company that can hold a case. `phone` is its public desk phone."""

    key = models.SlugField(max_length=60, unique=True)
    short = models.TextField()
    kind = models.TextField(choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="seated_units")
    phone = models.TextField(default="", blank=True)
    sort = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.short


class Place(Titled):
    """A spot with a QR code on its wall; `code` is what the QR code carries (`HC0012`)."""

    code = models.TextField(unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="places")
    lon_microdegrees = models.IntegerField(null=True, blank=True)
    lat_microdegrees = models.IntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title


class Account(AbstractBaseUser):
    """A named member of staff who can sign in. `phone` is the office number that citizens may call.

    `must_change_password`: somebody else chose the password, so that it opens nothing but its change.
    """

    login = models.TextField(unique=True)
    name = models.TextField()
    phone = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)
    failed_count = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False, db_default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role held by an account at a unit, from `since_on` to `until_on` inclusive (open when null)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.TextField()
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "role"], condition=Q(until_on__isnull=True), name="post_held_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("since_on")),
                name="post_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}@{self.unit_id}"


class Right(models.Model):
    """Something that one account may do beyond its roles, from `since_on` to `until_on`, unless ended before.

    Given by a security officer for a reason; both stay on the row, and every change is journalled.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="rights")
    right = models.TextField()
    reason = models.TextField()
    since_on = models.DateField()
    until_on = models.DateField()
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "right"], name="right_by_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("since_on")), name="right_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} of {self.account_id}"


class Session(models.Model):
    """A signed-in browser; only the SHA-256 of its token is kept.

    `way`: `password` or `single-sign-on`; `strong`: a second factor was proven. `agent` names the browser.
    """

    digest = models.BinaryField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    way = models.TextField(default="password", db_default="password")
    strong = models.BooleanField(default=False, db_default=False)
    address = models.TextField(default="", db_default="", blank=True)
    agent = models.TextField(default="", db_default="", blank=True)

    def __str__(self) -> str:
        return f"session of {self.account_id}"


class AccessToken(models.Model):
    """A key by which another system acts as an account. Only its SHA-256 is kept; `start` tells it apart."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    title = models.TextField()
    digest = models.BinaryField(unique=True)
    start = models.TextField()
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.start}… of {self.account_id}"


class MachineUse(models.Model):
    """How often a token, or an address without one, asked this minute. Unlogged: a crash forgets it."""

    mark = models.BinaryField(primary_key=True)
    minute = models.DateTimeField()
    uses = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.uses} uses at {self.minute}"


class SignInSetting(models.Model):
    """One rule of signing in that the security officer has set; a rule without a row has its default."""

    key = models.TextField(primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class OldPassword(models.Model):
    """The hash of a password that an account had, so that it is not taken again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="old_passwords")
    password = models.TextField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"old password of {self.account_id}"


class SecondFactor(models.Model):
    """The secret from which an account's codes are made (RFC 6238), sealed; nothing until it is confirmed.

    `last_counter` is the time step of the last code that was taken: no code is taken twice.
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="second_factor")
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_counter = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"second factor of {self.account_id}"


class RecoveryCode(models.Model):
    """The keyed digest of a code that stands in once for the second factor."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"


class SignInNote(models.Model):
    """One line of the sign-in log. `login` is masked when there is no such account."""

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="sign_ins")
    login = models.TextField()
    outcome = models.TextField()
    address = models.TextField(default="", blank=True)
    agent = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="sign_in_of_account"),
            models.Index(fields=["address", "at"], name="sign_in_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.login} {self.outcome}"


class Company(Named):
    """A company that may raise matters; `steward` is the account that serves it."""

    credit_code = models.TextField(unique=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="companies")
    address = models.TextField(default="", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="companies")
    steward = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="companies")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who raised a matter. Identity lies in `sealed`; the masks may be shown to staff.

    After `anonymised_at` the seal holds an empty identity, and nothing of the row says who it was.
    """

    kind = models.TextField(choices=PersonKind.choices, default=PersonKind.RESIDENT)
    sealed = models.BinaryField()
    phone_digest = models.BinaryField(null=True, blank=True)
    masked_name = models.TextField(default="", blank=True)
    masked_phone = models.TextField(default="", blank=True)
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="contacts")
    created_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["phone_digest"], condition=Q(phone_digest__isnull=False), name="person_by_phone"
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"
