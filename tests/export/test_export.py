from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.errors import ExportError, UsageError
from communique.export import FORMATS, Options, export
from communique.store import Store

SAMPLE = Path(__file__).with_name("sample.trig")
NAMES = [
    *("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "graphml", "gexf", "node-link"),
    *("csv", "dot", "svg", "png", "html", "table"),
]


def test_the_formats_are_those_that_are_promised() -> None:
    assert list(FORMATS) == NAMES


@pytest.mark.parametrize(
    ("format", "options", "named"),
    [
        ("word", Options(), "turtle, trig"),
        ("svg", Options(view="praises"), "addresses, accuses"),
        ("turtle", Options(profile="some"), "facts, entities, full"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(store: Store, format: str, options: Options, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        export(store, format, io.BytesIO(), options)


@pytest.mark.parametrize(
    ("format", "name", "said"),
    [
        ("table", "x.ods", r"x\.ods: table is not written.* in \.ods \(end the name in \.csv or \.xlsx\)"),
        ("turtle", "x.xlsx", r"end the name in \.ttl, or choose the format table"),
        ("svg", "x.PNG", r"end the name in \.svg, or choose the format png"),
        ("gexf", "x.csv", r"end the name in \.gexf or \.xml, or choose the format csv or table"),
    ],
)
def test_a_name_that_promises_another_format_is_refused(
    store: Store, tmp_path: Path, format: str, name: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        export(store, format, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("format", "name"), [("turtle", "x.out"), ("turtle", "x"), ("node-link", "x.JSON"), ("dot", "x.gv")]
)
def test_an_ending_that_promises_nothing_else_is_allowed(store: Store, tmp_path: Path, format: str, name: str) -> None:
    assert export(store, format, tmp_path / name) == [tmp_path / name]


@pytest.mark.parametrize("format", ["node-link", "turtle"])
def test_a_period_that_is_none_is_refused(store: Store, format: str) -> None:
    with pytest.raises(UsageError, match=r"since: 'soon' is no date \(write YYYY, YYYY-MM or YYYY-MM-DD\)"):
        export(store, format, io.BytesIO(), Options(since="soon"))


@pytest.mark.parametrize("format", NAMES)
def test_a_file_holds_what_a_stream_gets(store: Store, tmp_path: Path, format: str) -> None:
    stream = io.BytesIO()
    export(store, format, stream)
    file = export(store, format, tmp_path / "new" / f"out{FORMATS[format].suffix}")[-1]
    assert file.read_bytes() == stream.getvalue()
    assert stream.getvalue()


def test_a_failed_export_leaves_the_old_file_and_no_other(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "graph.ttl"
    file.write_text("old")
    monkeypatch.setattr("communique.export.rdf.union", fail)
    with pytest.raises(ExportError, match=r"graph\.ttl.*No space left"):
        export(store, "turtle", file)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert file.read_text() == "old"


def test_a_path_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ExportError, match="cannot be written"):
        export(store, "svg", tmp_path / "file" / "net.svg")


def test_exports_are_the_same_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from communique.store import Store; from communique.export import *\n"
        f"s = Store.memory(); s.dataset.load(path={str(SAMPLE)!r})\n"
        "for f in FORMATS.values():\n"
        "    for view in VIEWS if 'view' in f.heeds and f.name != 'png' else ['accuses']:\n"
        "        file = Path(sys.argv[1]) / f'{f.name}-{view}{f.suffix}'\n"
        "        export(s, f.name, file, Options(view=view, profile='full'))\n"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], env=environment, check=True)
    first, second = (sorted((tmp_path / seed).iterdir()) for seed in ("1", "2"))
    assert [file.name for file in first] == [file.name for file in second]
    assert len(first) > 40
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
