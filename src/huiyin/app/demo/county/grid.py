"""The demo county's grid: cells of every village with their shapes, invented holders, and landmarks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from huiyin.app.demo.county.terrain import cut_pieces, draw_outline, round_ring, split_piece
from huiyin.grid.api import (
    HOLDER_KEEPER,
    LANDMARK_KEEPER,
    HolderCard,
    LandmarkCard,
    NewShape,
    Point,
    Polygons,
    Shape,
    begin_absence,
    bound,
    find_inside,
    list_drawn,
    write_shapes,
)
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import AREA_KEEPER, Area, AreaCard, Order, find_account, list_areas

SEED = 20261127
ORDINALS = (("第一网格", "Cell 1"), ("第二网格", "Cell 2"), ("第三网格", "Cell 3"))
SURNAMES = "陈李周赵吴郑孙马朱胡林郭何高罗梁宋谢唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈"
GIVEN = (
    "秀英",
    "建国",
    "桂芳",
    "志强",
    "玉兰",
    "国华",
    "春梅",
    "永福",
    "小红",
    "大勇",
    "雪梅",
    "文军",
    "丽华",
    "海波",
)
KEEPERS = {"999001001001": "shihui", "999001001005": "shihui"}
"""Villages whose first cell an account of the county holds, and stands in for the others: “my cells” is not
empty."""
SILENT = 0.35
"""The share of reports that come without a point."""
VACANT = 17
"""Every so many-th cell has nobody: the map warns of it."""
LANDMARKS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("禾川大道", "road", "999001001000", ("禾川路",), ""),
    ("文庙街", "road", "999001001003", (), ""),
    ("柳堤路", "road", "999001002002", (), ""),
    ("幸福里小区", "estate", "999001001005", ("幸福里",), "1"),
    ("滨河花园", "estate", "999001001004", ("滨河小区",), "1"),
    ("学府名苑", "estate", "999001002003", ("学府小区",), "2"),
    ("金桂家园", "estate", "999001002004", (), "1"),
    ("站前广场", "site", "999001001006", ("火车站广场",), "1"),
    ("禾川一中", "site", "999001002003", ("县一中",), "1"),
    ("县人民医院", "site", "999001001002", ("人民医院",), "2"),
    ("东湖公园", "site", "999001002001", ("湖心公园",), "1"),
    ("石门水库", "site", "999001003002", (), "2"),
    ("老渡口", "alias", "999001003004", ("渡口村",), ""),
)
"""Name, kind, area, other names, and in which of its cells it stands when that is known."""


def install_grid(now: datetime | None = None) -> None:
    """Add cells, shapes, holders and landmarks where there are none; what was changed since stays."""
    now = now or timezone.now()
    villages = list_areas("village")
    if Shape.objects.exists() or not villages:
        return
    seeds = [(village.lon_microdegrees / 1e6, village.lat_microdegrees / 1e6) for village in villages]  # type: ignore[operator]  # every village of the demo has its point
    outline = draw_outline(seeds)
    pieces = [split_piece(piece) for piece in cut_pieces(seeds, outline)]
    _add_cells(villages, [len(cells) for cells in pieces], now)
    _add_shapes(
        villages, [[round_ring(cell) for cell in cells] for cells in pieces], round_ring(outline), now
    )
    _add_holders(now)
    _add_landmarks(now)


class Spots:
    """Points of the county to report from: each within a cell of the village that is asked for."""

    def __init__(self) -> None:
        self._rng = Random(SEED + 2)  # noqa: S311  invented data, the same each time  # nosec B311
        self._cells: dict[str, list[Polygons]] = {}
        for spot, shape in list_drawn("cell"):
            self._cells.setdefault(spot.code[:-3], []).append(shape.polygons)

    def choose(self, village: str) -> tuple[int | None, int | None]:
        """Longitude and latitude in millionths of a degree for most reports; none without a map."""
        cells = self._cells.get(village, ())
        if not cells or self._rng.random() < SILENT:
            return None, None
        lon, lat = find_inside(self._rng.choice(cells))
        return lon // 10 + self._rng.randint(-300, 300), lat // 10 + self._rng.randint(-300, 300)


def _add_cells(villages: list[Area], counts: list[int], now: datetime) -> None:
    cards = [
        AreaCard(
            code=f"{village.code}{at + 1:03d}",
            name=f"{village.name}{ORDINALS[at][0]}",
            name_en=f"{village.name_en} {ORDINALS[at][1]}",
            parent=village.code,
        )
        for village, count in zip(villages, counts, strict=True)
        for at in range(count)
    ]
    AREA_KEEPER.save_all([Order(adds=True, card=card) for card in cards], by=None, now=now)


def _add_shapes(
    villages: list[Area], pieces: list[list[list[Point]]], outline: list[Point], now: datetime
) -> None:
    rng = Random(SEED)  # noqa: S311  invented data, the same each time  # nosec B311
    shapes = []
    for village, cells in zip(villages, pieces, strict=True):
        for at, ring in enumerate(cells):
            homes = rng.randint(90, 420)
            people = homes * rng.randint(24, 36) // 10
            shapes.append(NewShape(f"{village.code}{at + 1:03d}", [[ring]], bound([[ring]]), homes, people))
    areas = {area.code: area.pk for area in list_areas()}
    county = next(area.code for area in list_areas("county"))
    shapes.append(NewShape(county, [[outline]], bound([[outline]])))
    write_shapes(shapes, areas, None, now)


def _add_holders(now: datetime) -> None:
    """Somebody and mostly a substitute for each cell; some are on leave, some cells have nobody."""
    rng = Random(SEED + 1)  # noqa: S311  invented data, the same each time  # nosec B311
    since = (now - timedelta(days=200)).date()
    cells = [area.code for area in list_areas("cell")]
    cards = [card for at, code in enumerate(cells) for card in _hold(rng, at, code, since)]
    made = HOLDER_KEEPER.save_all([Order(adds=True, card=card) for card in cards], by=None, now=now)
    first = timezone.localdate(now)
    days = first - timedelta(days=1), first + timedelta(days=6)
    for at, holder in enumerate(made):
        if at % 23 == 5 and not isinstance(holder, Refusal):
            begin_absence(holder.pk, *days, "年休假", by=None, now=now)


def _hold(rng: Random, at: int, code: str, since: date) -> list[HolderCard]:
    login = KEEPERS.get(code[:12], "")
    login = login if login and find_account(login) else ""
    names = [rng.choice(SURNAMES) + rng.choice(GIVEN) for _ in range(2)]
    phones = [f"1990000{rng.randint(0, 9999):04d}" for _ in range(2)]
    if at % VACANT == VACANT - 1:
        return []
    second = HolderCard(cell=code, since=since.isoformat(), name=names[1], phone=phones[1], rank=1)
    if login and code.endswith("001"):
        return [HolderCard(cell=code, since=since.isoformat(), login=login), second]
    first = HolderCard(cell=code, since=since.isoformat(), name=names[0], phone=phones[0])
    if login:
        return [first, HolderCard(cell=code, since=since.isoformat(), login=login, rank=1)]
    return [first, second] if at % 5 else [first]


def _add_landmarks(now: datetime) -> None:
    inside = {spot.code: find_inside(shape.polygons) for spot, shape in list_drawn("cell")}
    cards = []
    for name, kind, area, aliases, cell in LANDMARKS:
        point = inside.get(f"{area}{int(cell):03d}") if cell else None
        lon, lat = (part // 10 for part in point) if point else (None, None)
        cards.append(LandmarkCard(name, kind, area, aliases, lon, lat))
    LANDMARK_KEEPER.save_all([Order(adds=True, card=card) for card in cards], by=None, now=now)
