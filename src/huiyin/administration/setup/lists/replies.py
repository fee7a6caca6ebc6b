"""The reply templates, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, SORT, list_category_options
from huiyin.kernel.words import Words
from huiyin.register.api import REPLY_KEEPER

FIELDS = (
    Field(
        "id",
        Words("编号", "Number"),
        "id",
        width=8,
        hint=Words("新增的空着", "Empty for a new one"),
    ),
    Field("title", Words("名称", "Title"), required=True, listed=True, width=24, most=60),
    Field(
        "category",
        Words("类别", "Category"),
        "ref",
        options=list_category_options,
        listed=True,
        width=24,
        hint=Words("空着就是各类都能用", "Empty: it serves every matter"),
    ),
    Field(
        "words",
        Words("答复的话", "Words"),
        "text",
        required=True,
        width=60,
        most=4000,
        hint=Words(
            "诉求人会看到；要填的地方写（填写）", "The person sees them; write （填写） where to fill in"
        ),
    ),
    SORT,
    ACTIVE,
)


REPLIES = Listing(
    key="replies",
    title=Words("答复模板", "Reply templates"),
    about=Words("写答复时可以从它开始", "Words from which replies are begun"),
    icon="message-square",
    fields=FIELDS,
    identity="id",
    name="title",
    rows=read_kept(REPLY_KEEPER, FIELDS),
    save=save_kept(REPLY_KEEPER, FIELDS),
    subject=lambda row: f"reply:{row['id']}",
)
