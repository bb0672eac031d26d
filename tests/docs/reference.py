"""Writes the reference of the command line, ``docs/cli.md``, from what the commands say of themselves.

The head of the page is written by hand; below the mark everything comes from :func:`reference`. Run
``python -m tests.docs.reference`` to bring the page up to date.
"""

from __future__ import annotations

from typing import Any

import typer
from tests.docs.console import ROOT

from communique.cli import app

PAGE = ROOT / "docs" / "cli.md"
MARK = "<!-- from here on written by `python -m tests.docs.reference` -->\n"


def commands() -> dict[str, Any]:
    """Return the commands by name."""
    top: Any = typer.main.get_command(app)
    return dict(top.commands)


def reference() -> str:
    """Return the reference of all commands in Markdown, one section a command."""
    return "\n".join(_section(name, command) for name, command in commands().items())


def _section(name: str, command: Any) -> str:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    usage = " ".join(["communique", name, "[OPTIONS]", *(_argument(each) for each in arguments)])
    lines = [f"## communique {name}", "", "```sh", usage, "```", ""]
    lines += ["\n\n".join(" ".join(part.split()) for part in command.help.split("\n\n")), ""]
    lines += ["| | | default |", "|---|---|---|", *map(_row, [*arguments, *options]), ""]
    examples = [line.strip() for line in command.epilog.splitlines() if line.startswith("  ")]
    return "\n".join([*lines, "```sh", *examples, "```", ""])


def _argument(argument: Any) -> str:
    name = argument.metavar + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _row(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        names = [_argument(parameter)]
        default = parameter.default if isinstance(parameter.default, str) else ""
    else:
        names = sorted([*parameter.opts, *parameter.secondary_opts], key=len)
        if not parameter.is_flag:
            names[-1] += f" {parameter.metavar}"
        default = _default(parameter)
    cells = (", ".join(f"`{name}`" for name in names), parameter.help, f"`{default}`" if default else "")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(option: Any) -> str:
    if option.secondary_opts:
        return str((option.opts if option.default else option.secondary_opts)[0])
    return "" if option.is_flag or not option.default else str(option.default)


def main() -> None:
    """Write the page anew below its mark."""
    head, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(f"{head}{MARK}\n{reference()}", encoding="utf-8")


if __name__ == "__main__":
    main()
