"""Compares the check of replies with fitted scores on judged rows: `python -m bench.reply_quality FILE`.

Fitted scores are judged by models that did not see the row (5-fold, five shuffles).
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from huiyin.language.api import POINTS
from huiyin.replies.commands import JUDGED, check_row


def main(file: Path) -> None:
    """Print the area under the curve of each way."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    judged = [int(row[JUDGED]) for row in rows]
    checks = [check_row(row) for row in rows]
    texts = [row["reply"] or "" for row in rows]
    print("rules", round(roc_auc_score(judged, [one.score for one in checks]), 4))
    print("length", round(roc_auc_score(judged, [len(text) for text in texts]), 4))
    print("substance", round(roc_auc_score(judged, [one.points["substance"] for one in checks]), 4))
    sides = make_pipeline(StandardScaler(), LogisticRegression())
    print("sides, fitted", *_judge(sides, [[one.points[key] for key in POINTS] for one in checks], judged))
    grams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    signs = make_pipeline(grams, LogisticRegression(C=10, class_weight="balanced"))
    print("signs, fitted", *_judge(signs, texts, judged))


def _judge(model, given, judged) -> list[float]:
    found = []
    for seed in range(5):
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        chances = cross_val_predict(model, given, judged, cv=folds, method="predict_proba")[:, 1]
        found.append(round(roc_auc_score(judged, chances), 4))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
