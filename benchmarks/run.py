"""Run every ``bench_*.py`` beside this file, print ratios and write ``results.json``.

Each module has ``measure() -> list[Ratio]``. Name modules on the command line to run only those:
``.venv/bin/python benchmarks/run.py bench_net_targets``.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ratio import Ratio

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"


def measurements(wanted: list[str]) -> Iterator[tuple[str, Ratio]]:
    """Yield every measurement with its module, one module after the other so that none disturbs another."""
    for path in sorted(HERE.glob("bench_*.py")):
        if wanted and path.stem not in wanted:
            continue
        for ratio in importlib.import_module(path.stem).measure():
            yield path.stem, ratio


def main(wanted: list[str]) -> int:
    """Print a line per measurement; end with 1 when a promised ratio is exceeded."""
    rows = []
    for module, ratio in measurements(wanted):
        promise = (
            ""
            if ratio.limit is None
            else f"  (at most {ratio.limit:g}: {'kept' if ratio.kept else 'EXCEEDED'})"
        )
        print(f"{ratio.ratio:8.2f} x  {ratio.name}: {ratio.ours:.4g} {ratio.unit} against ", end="")
        print(f"{ratio.theirs:.4g} of {ratio.against}{promise}", flush=True)
        rows.append({"module": module, **asdict(ratio), "ratio": ratio.ratio, "kept": ratio.kept})
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.system(),
        },
        "ratios": rows,
    }
    RESULTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0 if all(row["kept"] for row in rows) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main(sys.argv[1:]))
