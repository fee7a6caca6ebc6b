"""Finds hot issues among texts: gathers what is the same matter, measures how much it weighs, names it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from huiyin.language.gathering import gather, measure_cohesion
from huiyin.language.phrases import name_common
from huiyin.language.profiles import Crowd, Profile, make_profile, read_features
from huiyin.language.vectors import count_features, count_texts, make_vectors, weigh_features

BUSIEST = timedelta(days=60)
"""A matter is concentrated when most of it came within so many days."""
FADES = timedelta(days=180)


NAMED_FROM, NAMED_BY, NAMED_AT_MOST = 3, 300, 300
"""From how many members on a matter is named, by how many signs of each, and how many matters are."""


COMPARED = 2000
"""With how many other texts a profile is measured."""


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote. `person` tells people apart, empty: nobody known; `votes`: who joined in."""

    id: str
    title: str
    words: str
    at: datetime
    person: str = ""
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts about the same matter, the most typical first; `cohesion` per mille, `score` for ranking alone.

    `profile` tells whether a later text joins; it is made where `find_clusters` was asked for it.
    """

    title: str
    score: int
    members: tuple[str, ...]
    people: int
    votes: int
    first_at: datetime
    last_at: datetime
    places: tuple[str, ...]
    keywords: tuple[str, ...]
    cohesion: int
    profile: Profile | None = None

    @property
    def typical(self) -> str:
        """The member that is most like all the others."""
        return self.members[0]


def find_clusters(texts: Sequence[Text], least: int = 1, *, profiles: bool = False) -> list[Cluster]:
    """The matters of `texts`, hottest first, each with at least `least` members.

    Every id stands in exactly one cluster (with `least` = 1); the order of `texts` does not matter. Of texts
    with the same id the earliest counts.
    """
    texts = _put_in_order(texts)
    if not texts:
        return []
    counts = [count_features(text.title, text.words) for text in texts]
    having = count_texts(counts)
    weights = weigh_features(having, len(texts))
    vectors = make_vectors(counts, weights, having)
    marker = _make_marker(texts, vectors, list(weights)) if profiles else None
    namer = _Namer(texts, vectors, having, marker, {text.id: text for text in texts})
    found = [namer.make(group) for group in gather(vectors) if len(group) >= least]
    found.sort(key=lambda one: (-one.score, one.first_at, one.members))
    return [namer.name(one) if at < NAMED_AT_MOST else one for at, one in enumerate(found)]


Marker = Callable[[Sequence[int]], Profile]


def _make_marker(texts: Sequence[Text], vectors: Any, names: Sequence[str]) -> Marker:
    """Makes the profile of a group, measured against an even sample of all texts."""
    step = max(1, len(texts) // COMPARED)
    crowd = Crowd({at: read_features(texts[at].title, texts[at].words) for at in range(0, len(texts), step)})

    def make(group: Sequence[int]) -> Profile:
        members = {at: read_features(texts[at].title, texts[at].words) for at in group}
        return make_profile(vectors, names, members, crowd)

    return make


def _put_in_order(texts: Sequence[Text]) -> list[Text]:
    seen: dict[str, Text] = {}
    for text in sorted(texts, key=lambda text: (text.at, text.id, text.title, text.words)):
        seen.setdefault(text.id, text)
    return list(seen.values())


@dataclass(frozen=True, slots=True)
class _Namer:
    """Makes clusters of groups of rows."""

    texts: Sequence[Text]
    vectors: Any
    having: Counter[str]
    marker: Marker | None
    by_id: Mapping[str, Text]

    def make(self, group: Sequence[int]) -> Cluster:
        cohesion = measure_cohesion(self.vectors, group)
        order = self._put_typical_first(group)
        members = [self.texts[at] for at in order]
        people = count_people(members)
        votes = sum(text.votes for text in members)
        times = sorted(text.at for text in members)
        return Cluster(
            title=members[0].title,
            score=weigh(len(members), people, votes, cohesion, times, self.texts[-1].at),
            members=tuple(text.id for text in members),
            people=people,
            votes=votes,
            first_at=times[0],
            last_at=times[-1],
            places=(),
            keywords=(),
            cohesion=round(1000 * cohesion),
            profile=self.marker(group) if self.marker else None,
        )

    def name(self, cluster: Cluster) -> Cluster:
        """The cluster with what its members have in common, and the title of one that names the place."""
        if len(cluster.members) < NAMED_FROM:
            return cluster
        members = [self.by_id[member] for member in cluster.members]
        told = [f"{text.title}。{text.words[:NAMED_BY]}" for text in members]
        places, keywords = name_common(told, self.having, len(self.texts))
        title = _choose_title(members, places)
        return replace(cluster, title=title, places=tuple(places), keywords=tuple(keywords))

    def _put_typical_first(self, group: Sequence[int]) -> list[int]:
        if len(group) == 1:
            return list(group)
        middle = self.vectors[group].sum(axis=0)
        near = (self.vectors[group] @ middle.T).A1.tolist()
        return [at for _, at in sorted(zip([-value for value in near], group, strict=True))]


def _choose_title(members: Sequence[Text], places: Sequence[str]) -> str:
    """The title of the most typical member that names the place, where several of them do."""
    named = [text.title for text in members[:8] if places and places[0] in text.title]
    return named[0] if len(named) > 1 else members[0].title


def count_people(texts: Sequence[Text]) -> int:
    """How many people wrote: whoever is not known counts each time."""
    known = {text.person for text in texts if text.person}
    return len(known) + sum(not text.person for text in texts)


def weigh(
    size: int, people: int, votes: int, cohesion: float, times: Sequence[datetime], now: datetime
) -> int:
    """How hot: people first, then size, votes, likeness, how close together, how recent."""
    if size < 2:
        return 0
    weight = people * math.sqrt(math.sqrt(size / people)) * (1 + math.log10(1 + votes) / 4)
    alike = min(math.sqrt(cohesion / 0.2 * math.sqrt(cohesion / 0.2)), 1.3) if cohesion > 0 else 0.0
    close = 0.7 + 0.3 * _share_of_busiest(times) if people > 1 else 0.5
    recent = 0.8 + 0.2 * math.exp(-max(now - times[-1], timedelta()) / FADES)
    return round(100 * weight * alike * close * recent)


def _share_of_busiest(times: Sequence[datetime]) -> float:
    start, most = 0, 0
    for at, time in enumerate(times):
        while time - times[start] > BUSIEST:
            start += 1
        most = max(most, at - start + 1)
    return most / len(times)
