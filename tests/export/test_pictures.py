from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree

import pytest

from communique.errors import ExportError
from communique.export import VIEWS, png
from communique.export.svg import MAX_NODES, draw
from communique.network import VIEWS as NETWORK_VIEWS
from communique.network import add_up, build_network
from communique.store import Store

Written = Callable[..., bytes]
SVG = "{http://www.w3.org/2000/svg}"


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def crowd(size: int) -> str:
    rows = [
        {
            "source": f"body {number % 9}",
            "target": f"directorate of important matters {number}",
            "statement": f"s{number}",
            "relation": "addresses",
        }
        for number in range(size)
    ]
    return draw(add_up(rows, NETWORK_VIEWS["addresses"], {}))


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_picture_is_well_formed_and_shows_every_node_and_edge(store: Store, written: Written, view: str) -> None:
    network, root = build_network(store, view), parsed(written("svg", view=view))
    assert root.tag == f"{SVG}svg"
    assert len(root.findall(f".//{SVG}g[@data-node]")) == len(network)
    assert len(root.findall(f".//{SVG}g[@data-edge]")) == network.number_of_edges()


def test_the_picture_has_a_title_and_a_description_for_screen_readers(written: Written) -> None:
    root = parsed(written("svg"))
    names = root.attrib["aria-labelledby"].split()
    assert root.attrib["role"] == "img"
    assert [root.find(f"{SVG}{tag}").attrib["id"] for tag in ("title", "desc")] == names  # type: ignore[union-attr]
    assert root.findtext(f"{SVG}title") == "Who addresses whom"


def test_a_claim_is_told_by_dashes_and_by_words_not_by_colour_alone(written: Written) -> None:
    root = parsed(written("svg", view="accuses"))
    claims = root.findall(f".//{SVG}g[@class='e c'][@data-edge]")
    assert claims
    marks = ["".join(claim.find(f"{SVG}text").itertext()) for claim in claims]  # type: ignore[union-attr]
    assert all("(alleged" in mark or "(denied" in mark for mark in marks)
    assert re.search(r"\.e\.c path\{[^}]*stroke-dasharray", root.findtext(f"{SVG}style") or "")
    assert "not established" in "".join(root.find(f"{SVG}g[@class='legend']").itertext())  # type: ignore[union-attr]


def test_labels_do_not_overlap_in_a_crowded_picture() -> None:
    root = parsed(crowd(70).encode())
    boxes = []
    for node in root.findall(f".//{SVG}g[@class='n']"):
        for line in node.iter(f"{SVG}tspan"):
            x, y, half = float(line.attrib["x"]), float(line.attrib["y"]), len(line.text or "") * 12 * 0.6 / 2
            boxes.append((x - half, y - 10, x + half, y + 2))
    assert len(boxes) > 79
    for a, b in combinations(boxes, 2):
        assert min(a[2], b[2]) <= max(a[0], b[0]) or min(a[3], b[3]) <= max(a[1], b[1])


def test_a_picture_too_full_to_read_leaves_out_the_weakest_and_says_so() -> None:
    root = parsed(crowd(400).encode())
    drawn = len(root.findall(f".//{SVG}g[@data-node]"))
    assert drawn <= MAX_NODES
    assert f"the {drawn} nodes that most statements concern are drawn" in (root.findtext(f"{SVG}desc") or "")


def test_an_empty_network_is_a_picture_that_says_so() -> None:
    root = parsed(draw(add_up([], NETWORK_VIEWS["addresses"], {})).encode())
    assert (root.findtext(f"{SVG}desc") or "").startswith("0 nodes")


def test_markup_in_a_name_stays_text(written: Written) -> None:
    assert b"</script>" not in written("svg")
    assert "Order of </script><b>Saint Orla" in " ".join(parsed(written("svg")).itertext())


def test_the_png_is_one(written: Written) -> None:
    data = written("png", view="accuses")
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") >= 1400


def test_without_a_font_the_png_says_what_to_install() -> None:
    with pytest.raises(ExportError, match="fonts-dejavu-core"):
        png.render(crowd(2), system_fonts=False)
