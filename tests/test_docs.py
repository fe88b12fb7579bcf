"""The README says what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

pytestmark = pytest.mark.skipif(not README.exists(), reason="the README is in the checkout")


def commands(text: str) -> str:
    """The command list of `forecast --help`, as the README shows it."""
    listed = text.split("Commands:", 1)[1].rstrip()
    return "```text" + listed + "\n```"


def test_the_readme_lists_every_command_as_help_does(run: Any) -> None:
    told = README.read_text(encoding="utf-8")
    block = re.search(r"<!-- commands -->\n(.*?)\n?<!-- /commands -->", told, re.S)
    assert block is not None
    wanted = commands(run("--help").stdout)
    assert block.group(1) == wanted, f"replace the README's block by:\n{wanted}"


def test_the_readmes_two_commands_are_what_ci_runs() -> None:
    told = README.read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = [line for line in told.splitlines() if "/bin/pip install" in line and "&&" in line]
    assert len(lines) == 2
    for line in lines:
        assert line in script


def test_every_option_shown_in_the_readme_exists(run: Any) -> None:
    told = README.read_text(encoding="utf-8")
    shown: dict[str, set[str]] = {}
    for line in told.replace("\\\n", " ").splitlines():
        match = re.match(r"forecast ([a-z-]+)( [a-z]+)? ?(.*)", line)
        if match:
            group = f"{match[1]}{match[2] or ''}" if match[1] in ("snapshot", "target", "define") else match[1]
            shown.setdefault(group, set()).update(re.findall(r"--[a-z-]+", line.split("#")[0]))
    assert "project" in shown
    for command, options in shown.items():
        text = run(*command.split(), "--help").stdout
        assert not {o for o in options if o not in text}, command


def test_the_readmes_table_of_kinds_is_what_their_file_says() -> None:
    from forecast.reference.classes import HERE

    data = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))
    told = README.read_text(encoding="utf-8")
    for kind, scores in data["held_out_scores"].items():
        panels = sum(entry["kind"] == kind for entry in data["data"]["panels"].values())
        cells = [" / ".join(f"{scores[n][what]:.2f}" for n in "2346") for what in ("error", "wis", "coverage_80")]
        assert f"| `{kind}` | {panels} | {' | '.join(cells)} |" in told


def test_the_readmes_table_of_countries_is_what_the_kinds_file_says() -> None:
    from forecast.reference.classes import HERE

    data = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))
    told = README.read_text(encoding="utf-8")
    for panel, scores in data["countries_not_read"].items():
        cells = [" / ".join(f"{scores[n][what]:.2f}" for n in "2346") for what in ("error", "wis", "coverage_80")]
        assert f"| `{panel}` | `{data['data']['panels'][panel]['kind']}` | {' | '.join(cells)} |" in told
