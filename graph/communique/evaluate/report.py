"""The report of an evaluation, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from communique.evaluate.compare import Mistake
from communique.evaluate.evaluation import Evaluation
from communique.evaluate.figures import BINS, Bin, Figures
from communique.evaluate.places import PlaceFigures

_WIDTH = 18


def text(evaluation: Evaluation, errors: Sequence[str] = (), calibration: bool = False) -> str:
    """Return the figures as a table, then the calibration if asked for, then the mistakes of the fields asked for."""
    absent = [each.file for each in evaluation.comparisons if not each.present]
    lines = [f"{len(evaluation.comparisons)} documents, {len(absent)} of them not in the graph"]
    lines += [f"  {file}" for file in absent]
    if evaluation.least:
        lines.append(f"only what has a confidence of at least {evaluation.least:g}")
    interval = any(row.low is not None for row in evaluation.figures.values())
    head = f"{'field':{_WIDTH}}{'precision':>9}{'recall':>8}{'F1':>8}"
    head += f"{'95 % interval':>17}" if interval else ""
    lines += ["", f"{head}{'gold':>7}{'found':>7}"]
    lines += [_row(name, row, interval) for name, row in evaluation.figures.items()]
    if calibration:
        lines += ["", *_calibration(evaluation.calibration)]
    for name in errors:
        lines += ["", *_mistakes(name, evaluation.mistakes(name))]
    return "\n".join(lines) + "\n"


def _row(name: str, row: Figures, interval: bool) -> str:
    between = ""
    if interval:
        between = f"{f'{row.low:.3f} to {row.high:.3f}' if row.low is not None else '':>17}"
    shares = f"{row.precision:>9.3f}{row.recall:>8.3f}{row.f1:>8.3f}"
    if not row.gold and not row.found:
        shares = f"{'-':>9}{'-':>8}{'-':>8}"  # nothing to find and nothing found is neither right nor wrong
    return f"{name:{_WIDTH}}{shares}{between}{row.gold:>7}{row.found:>7}"


def _calibration(fields: dict[str, dict[str, Bin]]) -> list[str]:
    head = f"{'right by confidence':{_WIDTH + 2}}" + "".join(f"{name:>20}" for name, _ in BINS)
    rows = [(name, list(bins.values())) for name, bins in fields.items()]
    every = [
        Bin(sum(b.facts for b in column), sum(b.right for b in column))
        for column in zip(*(bins for _, bins in rows), strict=True)
    ]
    return [head, *(_bins(name, bins) for name, bins in [*rows, ("all", every)])]


def _bins(name: str, bins: Iterable[Bin]) -> str:
    cells = (f"{b.right} of {b.facts}  {b.share:.3f}" if b.share is not None else "-" for b in bins)
    return f"{name:{_WIDTH + 2}}" + "".join(f"{cell:>20}" for cell in cells)


def _mistakes(name: str, mistakes: Sequence[Mistake]) -> list[str]:
    counts = [(what, sum(each.what == what for each in mistakes)) for what in ("missed", "wrong", "differs")]
    head = ", ".join(f"{count} {what}" for what, count in counts if count) or "no mistakes"
    return [f"{name}: {head}", *(f"  {_mistake(each)}" for each in mistakes)]


def _mistake(mistake: Mistake) -> str:
    about = f"{mistake.about}: " if mistake.about else ""
    sure = f" ({mistake.confidence:g})" if mistake.confidence is not None else ""
    if mistake.what == "differs":
        said = f"differs  {about}is {mistake.gold}, found {mistake.found}"
    else:
        said = f"{mistake.what:7}  {about}{mistake.gold or mistake.found}{sure}"
    return f"{mistake.file}: {said}"


def as_json(evaluation: Evaluation, errors: Sequence[str] = (), calibration: bool = False) -> str:
    """Return the same as JSON: ``documents``, ``missing``, ``fields``, and what else was asked for."""
    out: dict[str, Any] = {
        "documents": len(evaluation.comparisons),
        "missing": sum(not each.present for each in evaluation.comparisons),
        "min_confidence": evaluation.least,
        "fields": {name: asdict(row) for name, row in evaluation.figures.items()},
    }
    if calibration:
        out["calibration"] = {
            field: {name: {"facts": each.facts, "right": each.right} for name, each in bins.items()}
            for field, bins in evaluation.calibration.items()
        }
    if errors:
        out["errors"] = {name: [asdict(each) for each in evaluation.mistakes(name)] for name in errors}
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


def places_text(figures: PlaceFigures, errors: bool = False) -> str:
    """Return how places are linked, in lines, then the mistakes if asked for."""
    lines = [
        f"{figures.labelled} places, {figures.with_entry} of them with an entry in GeoNames; {figures.found} found",
        f"entry right    {figures.right} of {figures.linked} linked  {figures.precision:.3f}",
        f"entries found  {figures.right} of {figures.with_entry}  {figures.recall:.3f}",
        f"country right  {figures.country_right} of {figures.found} found  {figures.country_share:.3f}",
    ]
    if errors:
        lines += [
            "",
            *(f"{m.document}: {m.place}: {m.what} is {m.expected}, found {m.found}" for m in figures.mistakes),
        ]
    return "\n".join(lines) + "\n"


def places_json(figures: PlaceFigures, errors: bool = False) -> str:
    """Return the same as JSON: the counts, ``precision``, ``recall``, ``country_share``, and mistakes if asked for."""
    out = asdict(figures)
    mistakes = out.pop("mistakes")
    out |= {"precision": figures.precision, "recall": figures.recall, "country_share": figures.country_share}
    if errors:
        out["errors"] = mistakes
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"
