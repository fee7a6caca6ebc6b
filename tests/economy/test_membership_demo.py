"""The demo county has something to show at every step of confirmation, of meetings, of appeals."""

from __future__ import annotations

from django.utils import timezone

from huiyin.app.demo.economy.membership import fill_membership
from huiyin.app.demo.economy.people import fill_people
from huiyin.economy.assemblies.api import Resolution
from huiyin.economy.membership.api import Appeal, Round
from huiyin.economy.organisations.api import Organisation


def test_every_step_has_something_to_show(villages):
    Organisation.objects.filter(pk__in=[one.pk for one in villages[16:]]).update(kind="cooperative")
    now = timezone.now()
    fill_people(now)
    fill_membership(now)
    assert set(Round.objects.values_list("case__stage", flat=True)) == {
        "sorting", "reviewing", "deciding", "resolved", "first", "second", "third", "confirmed", "filed",
    }  # fmt: skip
    assert set(Resolution.objects.values_list("valid", flat=True)) == {None, True, False}
    assert set(Appeal.objects.values_list("outcome", flat=True)) == {"", "upheld", "dismissed"}
    fill_membership(now)
    assert Appeal.objects.count() == 4
