"""Every list that an administrator keeps, in the order of the landing page."""

from __future__ import annotations

from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.accounts import ACCOUNTS
from huiyin.administration.setup.lists.areas import AREAS
from huiyin.administration.setup.lists.categories import CATEGORIES
from huiyin.administration.setup.lists.cells import CELLS
from huiyin.administration.setup.lists.channels import CHANNELS
from huiyin.administration.setup.lists.days import DAYS
from huiyin.administration.setup.lists.duties import DUTIES
from huiyin.administration.setup.lists.holders import HOLDERS
from huiyin.administration.setup.lists.landmarks import LANDMARKS
from huiyin.administration.setup.lists.limits import LIMITS
from huiyin.administration.setup.lists.matters import MATTERS
from huiyin.administration.setup.lists.places import PLACES
from huiyin.administration.setup.lists.posts import POSTS
from huiyin.administration.setup.lists.replies import REPLIES
from huiyin.administration.setup.lists.units import UNITS
from huiyin.administration.setup.lists.ways import WAYS
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

STAFFING = (ACCOUNTS, POSTS)
"""Lists that a security officer sees too: the three officers' posts are theirs to give."""

LISTINGS: tuple[Listing, ...] = (
    AREAS,
    UNITS,
    *STAFFING,
    CATEGORIES,
    DUTIES,
    CHANNELS,
    PLACES,
    CELLS,
    HOLDERS,
    LANDMARKS,
    MATTERS,
    REPLIES,
    WAYS,
    LIMITS,
    DAYS,
)


def get_listing(key: str) -> Listing:
    """The list of that key; refuses `part-not-found`."""
    found = next((listing for listing in LISTINGS if listing.key == key), None)
    if found is None:
        raise Refusal("part-not-found", Words("没有这一项设置。", "There is no such part."))
    return found
