"""Tells what happened to a case, from its journal: nothing is left out, what the person sees is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huiyin.cases.api import Attachment, CaseView
from huiyin.console.matter import signs
from huiyin.console.matter.names import Names
from huiyin.console.matter.saying import Saying, say_inputs
from huiyin.journal.api import StoredEntry
from huiyin.kernel.words import Words
from huiyin.pages.api import write_moment
from huiyin.process.api import INPUTS, Move, Process

HIDDEN_DOOR = Words("登记", "Registered")
OPENED_BY = {
    "phone": Words("来电登记", "Registered by phone"),
    "online": Words("网上提交", "Sent online"),
    "counter": Words("窗口登记", "Registered at the counter"),
    "visit": Words("走访登记", "Registered on a visit"),
    "machine": Words("系统转入", "Came in by machine"),
    "inside": Words("内部提出", "Proposed"),
}
REMOVED = {
    "anonymised": Words(
        "保存期限（{days} 天）已过，诉求人身份已抹去",
        "Kept for {days} days: the person's identity was removed",
    ),
    "files-removed": Words(
        "保存期限（{days} 天）已过，附件已删除", "Kept for {days} days: the files were removed"
    ),
}
SENT_TO_PEER = Words(
    "已送到{peer}，对方编号 {their_number}", "Sent to {peer}; their number is {their_number}"
)
PEER_SAYS = Words("{peer}：{their_number} {their_status}", "{peer}: {their_number} {their_status}")
PLACED = Words("地点确认为 {name}", "It lies in {name}")
NOTED = Words("网格员到场", "Seen by the holder of the cell")
BEFORE_AFTER = Words("{clock}：{before} 改为 {after}", "{clock}: {before} becomes {after}")

AUTOMATIC = Words("自动{move}", "{move}, by itself")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the journal as it is told. `shown`: its person sees that it happened."""

    seq: int
    mark: str
    icon: str
    tone: str
    title: Words
    actor: Words
    at: datetime
    shown: bool
    gap: timedelta | None = None
    said: tuple[Saying, ...] = ()
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What is particular to an entry, before time and place are added."""

    sign: signs.Sign
    title: Words
    actor: Words
    shown: bool = False
    said: tuple[Saying, ...] = ()


def tell_steps(view: CaseView, names: Names, files: Sequence[Attachment], *, door: bool) -> list[Step]:
    """Every entry of the case's chain as a step, oldest first. `door`: the reader may know whence it came."""
    teller = _Teller(view, names, door=door)
    placed = _place_files(view.entries, files)
    steps: list[Step] = []
    for entry in view.entries:
        told = teller.tell(entry)
        gap = entry.at - steps[-1].at if steps else None
        given = tuple(placed.get(entry.seq, ()))
        steps.append(
            Step(
                entry.seq,
                entry.hash.hex()[:12],
                *told.sign,
                told.title,
                told.actor,
                entry.at,
                told.shown,
                gap,
                told.said,
                given,
            )
        )
    return steps


def _place_files(entries: Sequence[StoredEntry], files: Sequence[Attachment]) -> dict[int, list[Attachment]]:
    """Each file at the step that gave it; what no step mentions came when the case was opened."""
    given = {pk: entry.seq for entry in entries for pk in entry.body.get("inputs", {}).get("files", ())}
    first = entries[0].seq if entries else 0
    placed: dict[int, list[Attachment]] = {}
    for file in files:
        placed.setdefault(given.get(file.pk, first), []).append(file)
    return placed


class _Teller:
    """Says one entry after another, by what kind of entry it is."""

    def __init__(self, view: CaseView, names: Names, *, door: bool) -> None:
        self.view, self.names, self.door = view, names, door
        self.process: Process = view.process
        self.by_verb: dict[str, Callable[[StoredEntry], _Told]] = {
            "open": self._opened,
            "attach": self._attached,
            "clock-warned": self._warned,
            "clock-expired": self._expired,
            "clock-recounted": self._recounted,
            "anonymised": self._removed,
            "files-removed": self._removed,
            "placed": self._placed,
            "cell-noted": self._noted,
            "peer-sent": self._told_to_peer,
            "peer-answered": self._told_to_peer,
        }

    def tell(self, entry: StoredEntry) -> _Told:
        if entry.verb in self.by_verb:
            return self.by_verb[entry.verb](entry)
        return self._moved(entry) if entry.verb in self.process.moves else self._unknown(entry)

    def _opened(self, entry: StoredEntry) -> _Told:
        channel = self.view.case.channel
        if not self.door:
            return _Told(("inbox", "grey"), HIDDEN_DOOR, Words(""), shown=True)
        sign = signs.OPENED.get(channel.kind, signs.UNKNOWN)
        title = OPENED_BY.get(channel.kind, HIDDEN_DOOR)
        actor = Words("{channel} · {actor}", "{channel} · {actor}").fill(
            channel=channel.called, actor=entry.actor
        )
        return _Told(sign, title, actor, shown=True)

    def _moved(self, entry: StoredEntry) -> _Told:
        move = self.process.moves[entry.verb]
        inputs = entry.body.get("inputs", {})
        shown = bool(move.plain.zh)
        order = [ask.key for ask in move.asks]
        asked = {
            key: inputs[key]
            for key in sorted(inputs, key=lambda key: order.index(key) if key in order else 99)
        }
        said = list(say_inputs(asked, self.names, shown=shown))
        told = entry.body.get("told", {}).get("reply")
        if told and told != inputs.get("reply"):
            said.append(Saying(INPUTS["reply"].title, Words(told), shown, long=True))
        called = AUTOMATIC.fill(move=move.title) if went_by_itself(move, entry) else move.title
        title = _name_units(called, inputs, self.names)
        if entry.body.get("ruling"):
            said.insert(
                0, Saying(Words("裁定", "Ruling"), Words(entry.body["ruling"]), seen=False, long=False)
            )
        return _Told(signs.choose_sign(move, entry), title, Words(entry.actor), shown, tuple(said))

    def _attached(self, entry: StoredEntry) -> _Told:
        title = Words("附上文件", "File attached")
        return _Told(signs.UNKNOWN, title, Words(entry.actor), shown=entry.body.get("public") is True)

    def _clock(self, entry: StoredEntry) -> Words:
        key = str(entry.body.get("clock", ""))
        return self.process.clocks[key].title if key in self.process.clocks else Words(key)

    def _warned(self, entry: StoredEntry) -> _Told:
        share = int(entry.body.get("share") or 0) // 10
        title = Words("{clock}已用 {share}%，发出提醒", "{clock}: {share}% used, a warning was sent")
        return _Told(signs.WARNED, title.fill(clock=self._clock(entry), share=share), _system(entry))

    def _expired(self, entry: StoredEntry) -> _Told:
        title = Words("{clock}已到期", "{clock} has run out").fill(clock=self._clock(entry))
        return _Told(signs.EXPIRED, title, _system(entry))

    def _recounted(self, entry: StoredEntry) -> _Told:
        title = Words("工作日历有变化，时限重算", "The calendar changed: limits counted anew")
        said = tuple(self._change(change, entry) for change in entry.body.get("changes", ()))
        return _Told(signs.RECOUNTED, title, _system(entry), said=said)

    def _change(self, change: Mapping[str, Any], entry: StoredEntry) -> Saying:
        key = str(change.get("clock", ""))
        title = self.process.clocks[key].title if key in self.process.clocks else Words(key)
        before, after = (
            write_moment(datetime.fromisoformat(change[part]), entry.at) for part in ("before", "after")
        )
        return Saying(
            Words(""), BEFORE_AFTER.fill(clock=title, before=before, after=after), seen=False, long=True
        )

    def _removed(self, entry: StoredEntry) -> _Told:
        days = entry.body.get("days", "")
        return _Told(signs.REMOVED, REMOVED[entry.verb].fill(days=days), _system(entry))

    def _placed(self, entry: StoredEntry) -> _Told:
        title = PLACED.fill(name=entry.body.get("name", ""))
        return _Told(signs.PLACED, title, Words(entry.actor))

    def _noted(self, entry: StoredEntry) -> _Told:
        said = Saying(Words(""), Words(str(entry.body.get("words", ""))), seen=False, long=True)
        return _Told(signs.PLACED, NOTED, Words(entry.actor), said=(said,))

    def _told_to_peer(self, entry: StoredEntry) -> _Told:
        told = {key: str(entry.body.get(key, "")) for key in ("peer", "their_number", "their_status")}
        title = SENT_TO_PEER if entry.verb == "peer-sent" else PEER_SAYS
        return _Told(("network", "grey"), title.fill(**told), Words(entry.actor))

    def _unknown(self, entry: StoredEntry) -> _Told:
        """A verb that this page has not met is told all the same: nothing of a record is hidden."""
        body = {key: value for key, value in entry.body.items() if isinstance(value, str | int)}
        said = tuple(
            Saying(Words(key), Words(str(value)), seen=False, long=False) for key, value in body.items()
        )
        return _Told(signs.UNKNOWN, Words(entry.verb), Words(entry.actor), said=said)


def went_by_itself(move: Move, entry: StoredEntry) -> bool:
    """Whether the product dispatched the case; which version, and how sure, stands in the note."""
    return entry.body.get("role") == "system" and "dispatch" in move.does


def _name_units(title: Words, inputs: Mapping[str, Any], names: Names) -> Words:
    """派单至 水务公司（主办）、城关街道（协办）; 邀请会商：住建局（会商）."""
    parts = [(names.unit(unit), Words("会商", "consulted")) for unit in inputs.get("invited", ())]
    parts += [(names.unit(inputs["lead"]), Words("主办", "lead"))] if inputs.get("lead") else []
    if not parts:
        return title
    parts += [(names.unit(unit), Words("协办", "assisting")) for unit in inputs.get("assisting", ())]
    zh = "、".join(f"{unit}（{part.zh}）" for unit, part in parts)
    en = ", ".join(f"{unit} ({part.en})" for unit, part in parts)
    return Words(f"{title.zh}：{zh}", f"{title.en}: {en}")


def _system(entry: StoredEntry) -> Words:
    return Words(entry.actor, "System" if entry.actor_id is None else entry.actor)


def list_inputs(view: CaseView) -> Iterator[Mapping[str, Any]]:
    """All the inputs that the page will say: of every entry, and of the request that is open."""
    yield from (entry.body.get("inputs", {}) for entry in view.entries)
    yield view.case.asked or {}
