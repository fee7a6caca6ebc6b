"""The sender and the endpoint of this very product speak with each other, over HTTP.

In a file of its own: what it writes is really written, while the county of the other files is rolled back.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.cases.county import NO_WATER

from huiyin.cases.api import Case
from huiyin.exchange import sendings
from huiyin.exchange.api import NewPeer, add_peer
from huiyin.exchange.models import Sending


@pytest.mark.parametrize("form", ["json", "xml"])
def test_two_counties_of_this_product_understand_each_other(open_desk, live_server, settings, form):
    settings.EXCHANGE_NETWORKS = ["127.0.0.0/8"]
    now = timezone.now()
    new = NewPeer("邻县", f"{live_server.url}/open311/v2", f"{NO_WATER} = {NO_WATER}", form=form, at="opened")
    add_peer(new, by=None, now=now)
    case = open_desk.case(open_desk.open(category_id=open_desk.categories[NO_WATER], place="锦绣小区"))
    [pk] = sendings.make_sendings("case-opened", {"case_id": case.pk}, now)
    sendings.send(pk, now)
    sendings.ask(pk, now)
    one = Sending.objects.get(pk=pk)
    assert (one.state, one.their_status, one.error) == ("sent", "open", "")
    there = Case.objects.get(number=one.their_number)
    assert (there.channel_id, there.category_id, there.place) == ("open311", case.category_id, "锦绣小区")
