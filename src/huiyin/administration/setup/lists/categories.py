"""The tree of categories, as a list: each under the one above it."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, SORT, list_category_options, list_icon_options
from huiyin.kernel.words import Words
from huiyin.register.api import CATEGORY_KEEPER, Grade

GRADES = {
    Grade.URGENT: Words("紧急", "Urgent"),
    Grade.UTILITY: Words("民生保障", "Utility"),
    Grade.ORDINARY: Words("一般", "Ordinary"),
    Grade.COMPLEX: Words("复杂", "Complex"),
}
FIELDS = (
    Field(
        "code",
        Words("代码", "Code"),
        required=True,
        fixed=True,
        listed=True,
        most=20,
        hint=Words("定了不再改", "It stays for good"),
    ),
    Field("name", Words("名称", "Name"), required=True, listed=True, width=28, most=60),
    Field("name_en", Words("英文名", "English name"), width=28),
    Field(
        "parent",
        Words("上级类别", "Parent"),
        "ref",
        fixed=True,
        options=list_category_options,
        loose=True,
        listed=True,
        width=24,
        hint=Words("空着就是第一级；最多三级", "Empty: the first level; three levels at most"),
    ),
    Field(
        "grade",
        Words("等级", "Grade"),
        "choice",
        required=True,
        options=lambda: [(grade.value, words) for grade, words in GRADES.items()],
        default=Grade.ORDINARY.value,
        listed=True,
        hint=Words("决定办理时限", "It chooses the limit"),
    ),
    Field(
        "keywords",
        Words("关键词", "Keywords"),
        "words",
        listed=True,
        width=40,
        most=1000,
        hint=Words("用顿号隔开；用来推荐类别", "Parted by commas; used to suggest the category"),
    ),
    Field("icon", Words("图标", "Icon"), "ref", options=list_icon_options),
    SORT,
    ACTIVE,
)


CATEGORIES = Listing(
    key="categories",
    title=Words("类别", "Categories"),
    about=Words(
        "诉求分什么类，三级；职责清单按它派单",
        "What matters are about, in three levels; duties are given by them",
    ),
    icon="tag",
    fields=FIELDS,
    identity="code",
    name="name",
    rows=read_kept(CATEGORY_KEEPER, FIELDS),
    save=save_kept(CATEGORY_KEEPER, FIELDS),
    subject=lambda row: f"category:{row['code']}",
)
