"""Run every ``bench_*.py`` beside this file, print ratios and figures, and write ``results.json`` and ``scaling.svg``.

Each module has ``measure() -> list[Ratio]``, most with ``full``. Name modules on the command line to run only those:
``.venv/bin/python benchmarks/run.py bench_net_targets``. ``--full`` adds the large sizes.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
from plot import scaling_plot

if TYPE_CHECKING:
    from ratio import Ratio

HERE = Path(__file__).resolve().parent
RESULTS, PLOT = HERE / "results.json", HERE / "scaling.svg"
NAMES = (*(f"L{number}" for number in range(1, 14)), *(f"S{number}" for number in range(1, 5)), "U1")
"""Figures that the linking engine (L), the policy lab (S) and the pages under many users (U) are held to."""


def measurements(wanted: Sequence[str], *, full: bool) -> Iterator[tuple[str, Ratio]]:
    """Yield every measurement with its module, one module after the other so that none disturbs another."""
    for path in sorted(HERE.glob("bench_*.py")):
        if wanted and path.stem not in wanted:
            continue
        measure = importlib.import_module(path.stem).measure
        knows_full = "full" in inspect.signature(measure).parameters
        for ratio in measure(full=full) if knows_full else measure():
            yield path.stem, ratio


def figure_lines(ratios: Sequence[Ratio]) -> Iterator[str]:
    """Yield a line per figure, wanted beside reached; a figure that no module of this run measured says so."""
    found = [figure for ratio in ratios for figure in ratio.figures]
    for name in NAMES:
        own = [figure for figure in found if figure.name == name]
        for figure in own:
            sign, verdict = (">=" if figure.at_least else "<="), ("holds" if figure.holds else "FALLS SHORT")
            yield (
                f"{name:>4}  {figure.what}: wanted {sign} {figure.wanted:g} {figure.unit}, "
                f"reached {figure.reached:.6g} {figure.unit}: {verdict}"
            )
        if not own:
            yield f"{name:>4}  no figure of this name in this run; see the notes above, or add --full"


def main(arguments: Sequence[str]) -> int:
    """Print a line per measurement and per figure; end with 1 when a promised ratio is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="only these modules")
    parser.add_argument("--full", action="store_true", help="large sizes too")
    asked = parser.parse_args(arguments)
    rows, ratios = [], []
    for module, ratio in measurements(asked.modules, full=asked.full):
        promise = (
            ""
            if ratio.limit is None
            else f"  (at most {ratio.limit:g}: {'kept' if ratio.kept else 'EXCEEDED'})"
        )
        print(f"{ratio.ratio:8.2f} x  {ratio.name}: {ratio.ours:.4g} {ratio.unit} against ", end="")
        print(f"{ratio.theirs:.4g} of {ratio.against}{promise}", flush=True)
        print(*([f"            {ratio.note}"] if ratio.note else []), sep="\n")
        rows.append({"module": module, **asdict(ratio), "ratio": ratio.ratio, "kept": ratio.kept})
        ratios.append(ratio)
    print(*figure_lines(ratios), sep="\n")
    scaling: list[dict[str, float]] = []
    if not asked.modules or "bench_linking" in asked.modules:
        scaling = importlib.import_module("bench_linking").scaling(full=asked.full)
        PLOT.write_text(scaling_plot(scaling), encoding="utf-8")
        for point in scaling:
            print("scaling: " + ", ".join(f"{name} {value:.5g}" for name, value in point.items()))
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "full": asked.full,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.system(),
            "load": os.getloadavg()[0],
        },
        "ratios": rows,
        "scaling": scaling,
    }
    RESULTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0 if all(row["kept"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
