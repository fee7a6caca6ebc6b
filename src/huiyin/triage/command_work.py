"""What the commands do: figures in shares between 0 and 1, as other programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from huiyin.learning.api import Example, ForeignModel, judge, judge_model, load_model, train
from huiyin.triage.examples import RowRead, UnreadableRows, read_rows
from huiyin.triage.figures import WHOLE, tell_figures

AT_ONCE = 500
MOST_REASONS = 5


def read_examples(file: Path) -> list[Example]:
    """The labelled rows of a file."""
    rows = read_rows(file, labelled=True)
    return [Example(row.subject, row.detail, row.label, row.group) for row in rows]


def train_to_file(examples: Sequence[Example], out: Path) -> dict[str, Any]:
    """Train on all rows and write the model down; no database is asked."""
    model = train(examples)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(model.dump())
    return {"model": str(out), "rows": len(examples), "labels": list(model.labels)}


def train_version(examples: Sequence[Example] | None, source: str, *, promote: bool) -> dict[str, Any]:
    """Train a version and keep it; None trains on the county's own cases."""
    from django.utils import timezone

    from huiyin.triage.models import ModelVersion
    from huiyin.triage.starting import begin
    from huiyin.triage.training import carry_out, complete
    from huiyin.triage.versions import promote as put_in_force

    ModelVersion.objects.filter(state="training", origin="file").update(state="failed")
    now = timezone.now()
    version = begin("cases" if examples is None else "file", source, by=None, now=now)
    if examples is None:
        carry_out(version.number)
        version.refresh_from_db()
    else:
        version = complete(version, examples)
    if version.state == "failed":
        raise UnreadableRows(" / ".join(version.refusal))
    if promote:
        version = put_in_force(version.number, "命令行启用", by=None, now=timezone.now())
    return {
        "version": version.number, "rows": version.rows, "labels": version.labels, "state": version.state,
        **{key: version.figures[key] / 1000 for key in WHOLE if key in version.figures},
    }  # fmt: skip


def load(model_file: Path | None, number: int | None) -> Any:
    """The model of a file or of a version; the newest when neither is named. Refused when there is none."""
    model = find(model_file, number)
    if model is None:
        raise UnreadableRows(
            "还没有训练过模型，请先运行 huiyin triage train / no version yet: run huiyin triage train"
        )
    return model


def find(model_file: Path | None, number: int | None) -> Any | None:
    """The same; None where no version was trained."""
    if model_file is not None:
        try:
            return load_model(model_file.read_bytes())
        except (ForeignModel, OSError) as error:
            raise UnreadableRows(f"{model_file}：不是模型文件 / not a model: {error}") from error
    from huiyin.triage.holding import find_newest, get_version, load_version

    if number is not None:
        return load_version(get_version(number).number)
    version = find_newest()
    return load_version(version.number) if version else None


def load_kept(examples: Sequence[Example]) -> Any:
    """The version in force, or the newest one where that knows none of the labels of these rows."""
    from huiyin.triage.holding import find_promoted, list_usable, load_version

    labels = {one.label for one in examples}
    promoted = find_promoted()
    versions = [*([promoted] if promoted else []), *list_usable()]
    found = next((one for one in versions if labels.intersection(one.labels)), None)
    if found is None:
        raise UnreadableRows("没有一版模型认识这些类别 / no version knows any of these labels")
    return load_version(found.number)


def judge_folds(examples: Sequence[Example], folds: int) -> dict[str, Any]:
    """A judgement by so many folds; groups are kept together."""
    return tell_figures(judge(examples, folds=folds))


def judge_kept(model: Any, examples: Sequence[Example]) -> dict[str, Any]:
    """A judgement of one model on rows that it was, one hopes, not trained with."""
    return tell_figures(judge_model(model, examples))


def predict_rows(model: Any, rows: Sequence[RowRead], out: Path) -> int:
    """One line a row, in the order of the file; how many."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        for line in _predict(model, rows):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(rows)


def _predict(model: Any, rows: Sequence[RowRead]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        told = model.predict_with_reasons([(row.subject, row.detail) for row in part], MOST_REASONS)
        for row, (guess, reasons) in zip(part, told, strict=True):
            yield {
                "row": row.row,
                "label": guess.label,
                "confidence": guess.per_mille / 1000,
                "reasons": [reason.words for reason in reasons],
            }


def explain(text: str, model: Any | None, *, county: bool) -> dict[str, Any]:
    """What would be said of a text: by the model and, where the county is at hand, by its register."""
    from huiyin.triage.urgency import read_danger, read_way

    told: dict[str, Any] = {"urgent_words": list(read_danger(text).words), "way": read_way(text)}
    if model is not None:
        ((guess, reasons),) = model.predict_with_reasons([("", text)])
        told |= {
            "label": guess.label, "confidence": guess.per_mille / 1000,
            "ranked": [{"label": label, "confidence": share / 1000} for label, share in guess.ranked],
            "reasons": [{"words": one.words, "weight": round(float(one.weight), 4)} for one in reasons],
        }  # fmt: skip
    return told | (_route(text, model) if county else {})


def _route(text: str, model: Any | None) -> dict[str, Any]:
    from django.utils import timezone

    from huiyin.register.api import find_lead_duty, load_catalogue
    from huiyin.triage.routing import route

    catalogue = load_catalogue()
    routed = route("", text, catalogue, model, None)
    category = next((one for one in catalogue.categories if one.pk == routed.category_id), None)
    duty = find_lead_duty(category.pk, None, timezone.localdate()) if category else None
    return {
        "category": category.name if category else "",
        "category_code": category.code if category else "",
        "basis": routed.basis,
        "unit": duty.unit.zh if duty else "",
        "clause": duty.clause if duty else "",
    }


def tell_training(told: dict[str, Any]) -> str:
    """A training in one line."""
    place = told.get("model") or f"第 {told['version']} 版（{told['state']}）"
    shares = "，".join(f"{key} {told[key]:.3f}" for key in WHOLE if key in told)
    return f"{place}：{told['rows']} 行，{len(told['labels'])} 类" + (
        f"；留出数据上 {shares}" if shares else ""
    )


def tell_judgement(told: dict[str, Any]) -> str:
    """A judgement as a small table."""
    lines = [f"{told['rows']} 行  " + "  ".join(f"{key} {told[key]:.3f}" for key in WHOLE), ""]
    lines += [_tell_class(name, one) for name, one in told["per_class"].items()]
    lines += ["", *("  ".join(f"{key} {one[key]:.3f}" for key in one) for one in told["coverage"])]
    return "\n".join(lines)


def _tell_class(name: str, one: dict[str, Any]) -> str:
    shares = "  ".join(f"{key} {one[key]:.3f}" for key in ("precision", "recall", "f1"))
    return f"{name}  {one['rows']} 行  {shares}"


def tell_explanation(told: dict[str, Any]) -> str:
    """What was read out of a text, line by line."""
    lines = []
    if "label" in told:
        lines.append(f"{told['label']}  {told['confidence']:.1%}")
        lines.append("理由：" + "、".join(one["words"] for one in told["reasons"]))
    if told.get("category"):
        lines.append(f"类别：{told['category']}（{told['basis']}）")
    if told.get("unit"):
        lines.append(f"单位：{told['unit']}  {told['clause']}")
    if told["urgent_words"]:
        lines.append("紧急：" + "、".join(told["urgent_words"]))
    if told["way"]:
        lines.append(f"法定途径：{told['way']}")
    return "\n".join(lines) or "没有读出什么 / nothing was read out of it"


def tell_versions() -> Iterator[str]:
    """One line a version, the newest first."""
    from huiyin.triage.holding import list_versions
    from huiyin.triage.values import STATES

    for one in list_versions():
        figures = "  ".join(f"{key} {one.figures[key] / 1000:.3f}" for key in WHOLE if key in one.figures)
        told = (
            one.number,
            STATES[one.state].zh,
            f"{one.trained_at:%Y-%m-%d %H:%M}",
            one.rows,
            one.source,
            figures,
        )
        yield "  ".join(map(str, told))
