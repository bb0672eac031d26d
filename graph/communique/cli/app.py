"""The program that the commands belong to, and what they share: options, the store, one line of standard error."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from communique.model import Ner

if TYPE_CHECKING:
    from communique.store import Store

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class _Commands(TyperGroup):
    """The commands, with the two ways to end them from outside that typer would take for something else."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever reads the output has seen enough, as ``head`` has
            discard_output()
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            err("communique: interrupted")
            raise typer.Exit(130) from None


def examples(*lines: str) -> str:
    r"""Return the end of a help text, its lines kept as they are (``\b`` asks typer for that)."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


app = typer.Typer(
    name="communique",
    cls=_Commands,
    help="Reads official statements into an RDF knowledge graph: who said what, about which event, where, when, "
    "to whom, in which words.",
    epilog=examples("communique build FOLDER", "communique query --list", "communique build --help"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
StoreOption = Annotated[Path, typer.Option("--store", metavar="DIR", help="The store to read.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
NerOption = Annotated[
    Ner, typer.Option("--ner", help="A statistical model that proposes names too (needs communique[ner]).")
]
AuthorityOption = Annotated[
    list[Path] | None,
    typer.Option("--authority", metavar="FILE", help="Your own records (CSV, Turtle); may be given again."),
]
ConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        metavar="X",
        help="Only what is at least so sure, from 0 to 1, and what does not hang on less sure facts.",
    ),
]
DEFAULT_STORE = Path("output/store")


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from communique import __version__

        typer.echo(f"communique {__version__}")
        raise typer.Exit


@contextmanager
def open_store(path: Path, min_confidence: float = 0.0) -> Iterator[Store]:
    """Yield a store opened for reading, or a copy in memory of what is sure enough in it; closed afterwards."""
    from communique.store import Store

    with Store.open(path) as opened:
        if not min_confidence:
            yield opened
            return
        from communique.confidence import at_least

        with at_least(opened, min_confidence) as kept:
            yield kept


def err(text: str) -> None:
    """Print one line on standard error, whatever characters a file's name or a parser's message brings along."""
    typer.echo(_CONTROL.sub(" ", text), err=True)


def discard_output() -> None:
    """Point a closed pipe at nothing, so that the interpreter's last flush does not complain."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nothing, stream.fileno())
