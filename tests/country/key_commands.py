"""A program that runs several commands of ``eenthuis`` one after another, as one would at a terminal.

It reads a JSON list of commands and writes what each ended with and printed. In a command ``{prefix}`` stands for the
prefix of the first secret that was printed.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from eenthuis.cli.main import main


def run(commands: list[list[str]]) -> list[tuple[int, str, str]]:
    """Run the commands and return the end, output and error output of each."""
    done: list[tuple[int, str, str]] = []
    prefix = "none"
    for words in commands:
        out, wrong = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(wrong):
            ended = main([word.replace("{prefix}", prefix) for word in words])
        said = out.getvalue()
        if prefix == "none" and said.startswith("eenthuis_"):
            prefix = said.split("_")[1]
        done.append((ended, said, wrong.getvalue()))
    return done


if __name__ == "__main__":
    json.dump(run(json.loads(sys.stdin.read())), sys.stdout)
