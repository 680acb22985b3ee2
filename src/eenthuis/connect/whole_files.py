"""Several files at once, or none: written beside their place first, and moved there when all are done."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eenthuis.terms.errors import InputError, Location


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` by name into ``folder``, which is made when it is not there; the last named comes last.

    Raises
    ------
    InputError
        INP-07 when the folder cannot be written in.
    """
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".being-written-") as beside:
            for name, content in files.items():
                (Path(beside) / name).write_bytes(content)
            for name in files:
                (Path(beside) / name).replace(folder / name)
    except OSError as wrong:
        raise InputError(
            "INP-07",
            f"the folder cannot be written in: {wrong.strerror}",
            remedy="Give a folder that you may write in, inside one that is there.",
            location=Location(str(folder)),
        ) from wrong


def array_file(array: NDArray[np.generic]) -> bytes:
    """Return an array as the content of a ``.npy`` file."""
    out = io.BytesIO()
    np.save(out, array, allow_pickle=False)
    return out.getvalue()
