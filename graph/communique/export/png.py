"""A picture of a network as PNG: the SVG, rendered by resvg."""

from __future__ import annotations

import re
from functools import cache
from typing import BinaryIO

import resvg_py

from communique.errors import ExportError
from communique.export.options import Options
from communique.export.svg import FONTS, draw
from communique.store import Store

_WIDEST = 6000  # pixels: larger pictures are not enlarged, so that viewers still open them


def write(store: Store, out: BinaryIO, options: Options) -> None:
    """Write the picture of a view, at twice its size in pixels where that is not too large."""
    out.write(render(draw(options.network(store))))


def render(svg: str, *, system_fonts: bool = True) -> bytes:
    """Return an SVG as PNG.

    Raises:
        ExportError: the machine has no font to write the labels in.
    """
    if not _has_font(system_fonts):
        raise ExportError(
            "PNG: no font found, so the labels would be missing",
            remedy="install one (Debian: apt-get install fonts-dejavu-core) or export svg",
        )
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    widest = max(int(size[1]), int(size[2])) if size else _WIDEST
    zoom = min(2.0, max(1.0, _WIDEST / widest))
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, background="#ffffff", zoom=zoom, skip_system_fonts=not system_fonts)
    )


@cache
def _has_font(system_fonts: bool) -> bool:
    """Return whether text leaves a mark; resvg passes over text that it has no font for."""
    blank = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
    marked = blank.format(f'<text x="2" y="16" font-family="{FONTS}">M</text>')
    pictures = [
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=not system_fonts) for svg in (blank.format(""), marked)
    ]
    return bytes(pictures[0]) != bytes(pictures[1])
