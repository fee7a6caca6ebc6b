"""The door of learning. To enter loads numpy and scipy: do it where it is needed, never at a start.

scikit-learn is loaded by what learns or judges, not by what only tells.
"""

from huiyin.learning.judging import judge, judge_model
from huiyin.learning.model import Model, load_model
from huiyin.learning.training import train
from huiyin.learning.values import (
    ClassFigures,
    CoveragePoint,
    Example,
    ForeignModel,
    Guess,
    Judgement,
    Reason,
    TooLittleToLearn,
)

__all__ = [
    "ClassFigures",
    "CoveragePoint",
    "Example",
    "ForeignModel",
    "Guess",
    "Judgement",
    "Model",
    "Reason",
    "TooLittleToLearn",
    "judge",
    "judge_model",
    "load_model",
    "train",
]
