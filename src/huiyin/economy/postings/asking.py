"""A villager asks or objects under a posting, and asks again after an answer: each is a case of its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huiyin.cases.api import PERSON, SYSTEM, Case, move_within
from huiyin.economy.organisations.api import NewMatter, note, open_matters
from huiyin.economy.postings.models import FollowUp, Posting, PostingLine, Question
from huiyin.economy.postings.persons import keep_person
from huiyin.economy.postings.rules import RULE
from huiyin.economy.postings.values import ASKED, QUESTION, NewQuestion
from huiyin.kernel.masks import mask_name, mask_numbers
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words

MAX_WORDS = 500
MOST_AGAIN = 2
OBJECTION = "objection"


@transaction.atomic
def ask(new: NewQuestion, now: datetime) -> Question:
    """Raise it: it hangs under the sheet at once, and the organisation answers within its days.

    Numbers of people in the words are masked, since everybody reads them. Refuses `posting-not-found`,
    `line-not-found`, `words-missing`, `words-too-long`, `bad-phone`, `posting-over` (an objection after the
    last day: a question may be asked still).
    """
    posting = Posting.objects.select_related("organisation__area", "organisation__unit").filter(
        pk=new.posting_id
    ).first()  # fmt: skip
    if posting is None:
        raise Refusal("posting-not-found", Words("没有这张公示。", "There is no such posting."))
    new, line = _tidy(new), _find_line(posting, new.line_id)
    if new.kind == OBJECTION and timezone.localdate(now) > posting.until_on:
        words = Words(
            "公示期到 {day} 已满，不能再提异议；仍可以提问，也可以找监事或乡镇反映。",
            "The posting ended on {day}; ask a question instead, or turn to the overseer or the township.",
        )
        raise Refusal("posting-over", words.fill(day=posting.until_on.isoformat()), RULE, "kind")
    case_id, number, fresh = _open(new, posting, line, now)
    if not fresh:
        return Question.objects.select_related("case").get(case_id=case_id)
    question = Question.objects.create(
        posting=posting,
        line=line,
        case_id=case_id,
        kind=new.kind,
        words=new.words,
        masked_name=mask_name(new.name),
        asked_at=now,
    )
    told = {"posting": posting.pk, "line": line.at if line else 0, "case": number, "kind": new.kind}
    note(posting.organisation, "ask-posting", None, now, **told, digest=digest_words(new.words))
    return question


def _tidy(new: NewQuestion) -> NewQuestion:
    if new.kind not in ASKED:
        raise Refusal("kind-missing", Words("请选择提问还是提异议。", "Ask or object: choose."), field="kind")
    return replace(new, words=tidy_words(new.words), name=clean(new.name)[:40], phone=clean(new.phone))


def tidy_words(text: str) -> str:
    """The words as everybody may read them; refuses `words-missing`, `words-too-long`."""
    words = mask_numbers(clean(text))
    if not words:
        raise Refusal(
            "words-missing", Words("请写一写您想问什么。", "Please say what you want to know."), field="words"
        )
    if len(words) > MAX_WORDS:
        limit = Words(
            "最多写 {limit} 字，现在有 {count} 字。请删短一些。", "At most {limit} signs; there are {count}."
        )
        raise Refusal("words-too-long", limit.fill(limit=MAX_WORDS, count=len(words)), field="words")
    return words


def _find_line(posting: Posting, line_id: int | None) -> PostingLine | None:
    if line_id is None:
        return None
    line = PostingLine.objects.filter(pk=line_id, posting=posting).first()
    if line is None:
        raise Refusal("line-not-found", Words("没有这一行。", "There is no such line."), field="line")
    return line


def _open(
    new: NewQuestion, posting: Posting, line: PostingLine | None, now: datetime
) -> tuple[int, str, bool]:
    said = Words("第 {at} 行", "line {at}").fill(at=line.at).zh if line else ""
    digest = digest_words(f"{new.words}\0{new.line_id}\0{new.kind}")
    source_key = f"village-question:{posting.pk}:{new.key}:{digest[:16]}" if new.key else None
    known = Case.objects.filter(source_key=source_key).first() if source_key else None
    if known is not None:
        return known.pk, known.number, False
    matter = NewMatter(
        organisation=posting.organisation,
        process=QUESTION,
        title=shorten(f"{ASKED[new.kind].zh}：{posting.title}{said}", 60),
        words=new.words,
        grade=OBJECTION if new.kind == OBJECTION else "",
        source_key=source_key,
        body={"posting": posting.pk, "line": line.at if line else 0},
        person_id=keep_person(new.name, new.phone, now),
        identity="confidential" if new.phone else "anonymous",
    )
    opened = open_matters([matter], PERSON, now)[0]
    if opened.fresh and new.kind == OBJECTION:
        move_within(opened.number, "object", {}, SYSTEM, now)
    return opened.case_id, opened.number, opened.fresh


@transaction.atomic
def ask_again(question_id: int, words: str, now: datetime) -> FollowUp:
    """Ask again after an answer, at most `MOST_AGAIN` times; it is answered within the days anew.

    Refuses `question-not-found`, `asked-enough`, what the words refuse, and what the move refuses.
    """
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("case", "posting__organisation")
        .filter(pk=question_id)
        .first()
    )
    if question is None:
        raise Refusal("question-not-found", Words("没有这个问题。", "There is no such question."))
    said = tidy_words(words)
    if question.follow_ups.count() >= MOST_AGAIN:
        enough = Words(
            "已经追问 {most} 次。还不清楚的，请找监事或乡镇农经员反映，也可以打 12345。",
            "Asked again {most} times already. Turn to the overseer or the township, or call 12345.",
        )
        raise Refusal("asked-enough", enough.fill(most=MOST_AGAIN), RULE, "words")
    move_within(question.case.number, "ask_again", {"words": said}, PERSON, now)
    if question.kind == OBJECTION:
        move_within(question.case.number, "object", {}, SYSTEM, now)
    told = {"posting": question.posting_id, "case": question.case.number, "digest": digest_words(said)}
    note(question.posting.organisation, "ask-again", None, now, **told)
    return FollowUp.objects.create(question=question, words=said, asked_at=now)


def digest_words(text: str) -> str:
    """What the organisation's journal keeps of words that everybody reads."""
    return hashlib.sha256(text.encode()).hexdigest()
