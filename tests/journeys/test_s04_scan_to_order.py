"""S04 码上办 (麻城): 群众点单—后台派单—干部接单—群众评单, with 44 frequent items."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.walker import read_receipt

from huiyin.cases.api import Case

STEPS = ["群众点单", "后台派单", "干部接单", "群众评单"]
PLACE, PLACE_NAME = "HC0001", "城关街道便民服务中心"


def choose(walker, title="停水了"):
    """The address behind the tile of that matter on the place's page."""
    tiles = walker.open(f"/p/{PLACE}").first("div", id="matters").find("a", "way")
    return next(tile.attrs["href"] for tile in tiles if tile.words == title)


def order(walker, **typed):
    """Scan, tap, send: number and link."""
    return walker.report(choose(walker), **{"phone": "13900001234", **typed})


def do(walker, number, reply="水阀换好了，来水了"):
    walker.press(number, "派单", "hemin", lead="水务公司")
    walker.press(number, "接单", "tanxue")
    return walker.press(number, "办好了", "tanxue", reply=reply)


def test_the_page_of_the_place_offers_forty_four_matters_and_its_poster_the_four_steps(walker):
    page = walker.open(f"/p/{PLACE}")
    tiles = page.first("div", id="matters").find("a", "way")
    assert (PLACE_NAME in page.words, len(tiles)) == (True, 44)
    assert len({tile.attrs["href"] for tile in tiles}) == 44
    steps = walker.open(f"/p/{PLACE}/poster").first("ol", "poster-steps").find("li")
    assert [step.words.lstrip("1234") for step in steps] == STEPS


def test_every_one_of_the_forty_four_can_be_ordered_from_its_tile(walker):
    for tile in walker.open(f"/p/{PLACE}").first("div", id="matters").find("a", "way"):
        form = walker.open(tile.attrs["href"])
        assert {tile.words, PLACE_NAME} <= {b.words for b in form.find("b")}, tile.words


def test_an_order_goes_the_four_steps(walker):
    number, link = order(walker)
    assert number.startswith("MS260304")
    walked = [walker.case(number, "hemin")]
    assert walked[-1].steps == STEPS
    assert walked[-1].clock.startswith("派单时限 03-04 14:00")
    assert PLACE_NAME in walked[-1].words
    walked.append(walker.press(number, "派单", "hemin", lead="水务公司"))
    assert walked[-1].clock.startswith("办理时限 03-09 17:30")
    promise = walker.open(link).first("section", "promise")
    assert promise.first("p", "when").words == "3 月 9 日 17:30"
    walked.append(walker.later(hours=1).press(number, "接单", "tanxue"))
    assert "干部已接单，正在办" in walker.open(link).words
    walker.later(hours=3).press(number, "办好了", "tanxue", reply="水阀换好了，来水了")
    told = walker.open(link)
    assert "水阀换好了，来水了" in told.first("section", "answer").words
    assert told.asked[0] == "evaluate"
    walker.later(hours=1).say(link, "evaluate", solved="解决了", satisfied="非常满意")
    walked.append(walker.case(number, "hemin"))
    assert [page.step for page in walked] == STEPS
    assert "解决了 · 非常满意" in walker.open(link).first("section", "rated").words
    assert (walked[-1].stage, walker.is_whole(number)) == ("已评单", True)


def test_the_person_is_told_each_step_by_message(walker):
    number, _ = order(walker)
    do(walker, number)
    sent, taken, done = walker.texts(number)
    assert "已派给水务公司，最晚 3月9日17:30 办好" in sent
    assert "已有干部接单" in taken
    assert "办好了：水阀换好了，来水了 请您评单" in done


def test_a_phone_that_sends_again_over_a_bad_network_orders_once(walker):
    page = walker.open(choose(walker))
    sent = [walker.send(page, "", "/report", phone="13900001234") for _ in range(5)]
    assert len({read_receipt(receipt) for receipt in sent}) == 1
    assert Case.objects.count() == 1


def test_a_rating_sent_again_over_a_bad_network_rates_once(walker):
    number, link = order(walker)
    do(walker, number)
    page = walker.open(link)
    for _ in range(3):
        walker.send(page, "", f"{link}/moves/evaluate", solved="没解决", satisfied="不满意", words="还没来水")
    assert walker.state(number)[1:] == ("reopened", 2)


def test_who_says_it_is_not_solved_says_why_and_gets_it_done_again(walker):
    number, link = order(walker)
    do(walker, number, "来水了")
    page = walker.say(link, "evaluate", solved="没解决", satisfied="不满意")
    assert "请写一写哪里没解决" in page.words
    page = walker.say(link, "evaluate", solved="没解决", satisfied="不满意", words="只有一楼有水")
    assert "您说没解决，已退回重办" in page.words
    page = walker.case(number, "tanxue")
    assert (page.stage, page.marks[:1], "只有一楼有水" in page.words) == ("待再办", ["第 2 轮"], True)


def test_an_urgent_order_is_dispatched_within_the_hour_and_done_in_two(walker):
    number, _ = order(walker)
    walker.press(number, "调整等级", "hemin", grade="紧急", reason="幼儿园停水")
    assert walker.runs(number, "dispatch").due_at == walker.now + timedelta(hours=1)
    page = walker.press(number, "派单", "hemin", lead="水务公司")
    assert page.clock.startswith("办理时限 03-04 12:00")
