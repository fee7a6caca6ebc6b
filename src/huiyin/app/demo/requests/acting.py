"""Who acts in the demo county: its accounts by role and unit."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from huiyin.cases.api import PERSON, SYSTEM, Acting, ActingPost
from huiyin.people.api import Account


class Cast:
    """Every account of the county, ready to act."""

    def __init__(self) -> None:
        self._by_role: dict[str, list[Acting]] = defaultdict(list)
        self._by_post: dict[tuple[str, int], list[Acting]] = defaultdict(list)
        for account in Account.objects.filter(active=True).prefetch_related("posts__unit").order_by("id"):
            posts = tuple(
                ActingPost(post.unit_id, post.unit.short, post.role) for post in account.posts.all()
            )
            acting = Acting("staff", account.name, account.pk, posts)
            for post in posts:
                self._by_role[post.role].append(acting)
                self._by_post[post.role, post.unit_id].append(acting)

    def get_first(self, role: str, unit_id: int) -> Acting:
        """The first who holds `role` at the unit; every unit of the county has one for each role it needs."""
        return self._by_post[role, unit_id][0]

    def find(
        self,
        rng: Random,
        role: str,
        lead_id: int | None,
        assisting: list[int],
        consulted: list[int] | None = None,
    ) -> Acting | None:
        """Somebody who holds `role` (scoped as process files scope it) on a case of these units, or None."""
        if role == "person":
            return PERSON
        if role == "system":
            return SYSTEM
        name, _, scope = role.partition("@")
        if not scope:
            found = self._by_role.get(name, [])
        else:
            held = {
                "lead": [lead_id] if lead_id else [],
                "assisting": assisting,
                "consulted": consulted or [],
            }
            units = held[scope]
            found = [acting for unit in units for acting in self._by_post.get((name, unit), [])]
        return rng.choice(found) if found else None
