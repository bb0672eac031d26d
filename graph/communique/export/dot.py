"""Networks as Graphviz text."""

from __future__ import annotations

from typing import BinaryIO

from communique.export.options import Options
from communique.network import edge_label
from communique.store import Store

_SHAPES = {
    "person": "ellipse",
    "office": "house",
    "organization": "box",
    "state": "hexagon",
    "place": "diamond",
    "event": "note",
}
_HEAD = """  graph [overlap=false, splines=true, fontname="sans-serif", label={title}, labelloc=t];
  node [fontname="sans-serif", fontsize=11];
  edge [fontname="sans-serif", fontsize=9];
"""


def write(store: Store, out: BinaryIO, options: Options) -> None:
    """Write DOT: an edge that is only alleged is dashed and says so."""
    network = options.network(store)
    kind, arrow = ("digraph", "->") if network.is_directed() else ("graph", "--")
    lines = [f"{kind} {_quoted(options.view)} {{\n", _HEAD.format(title=_label(network.graph["title"]))]
    for node, data in network.nodes(data=True):
        shape = _SHAPES.get(data["type"], "plain")
        lines.append(
            f"  {_quoted(node)} [label={_label(data['label'])}, shape={shape}, tooltip={_quoted(data['type'])}];\n"
        )
    for source, target, data in network.edges(data=True):
        style = "dashed" if data["alleged"] else "solid"
        width = min(1 + data["weight"] / 2, 6)
        attributes = f"label={_quoted(edge_label(data))}, style={style}, penwidth={width:g}, weight={data['weight']}"
        lines.append(f"  {_quoted(source)} {arrow} {_quoted(target)} [{attributes}];\n")
    out.write("".join([*lines, "}\n"]).encode())


def _label(text: str) -> str:
    """Return a label; Graphviz reads character references (``&lt;``) in labels, so a plain ampersand becomes one."""
    return _quoted(text.replace("&", "&amp;"))


def _quoted(text: str) -> str:
    """Return a DOT string: line breaks become blanks, quotation marks and backslashes are escaped."""
    line = " ".join(text.replace("\0", " ").split())
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
