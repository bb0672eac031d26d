"""Functions for other processes: they must be importable there, which functions of a test module are not."""

from __future__ import annotations

import os
import time


def shifted(item: int, shared: int) -> int:
    """Return the sum; the smaller the item, the later."""
    time.sleep(0.002 * (item % 3 == 0))
    return item + shared


def fatal(item: int, shared: int) -> int:
    """Die at the shared number."""
    if item == shared:
        os._exit(9)
    return item


def lost(item: int) -> int:
    """Return what stands in for an item whose process died."""
    return -item
